"""What happens to personal data at the door: numbers become keyed pseudonyms, names day tokens."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import struct
from collections.abc import Mapping
from pathlib import Path

from data.mistakes import ConfigMistakes, Mistake

KEY_BYTES = 32
BLOCK = 64
CALLER = b"beller:"
_NOT_A_DIGIT = re.compile(r"\D+")
_LONG_NUMBER = re.compile(r"\d[\d .()-]{6,}\d")
_ADDRESS = re.compile(r"\S+@\S+")
SHOWN = 60
_BIGINT = struct.Struct(">q24x").unpack
"""The first eight bytes of a SHA-256, as the database keeps them."""


class Pseudonyms:
    """Turns telephone numbers into keyed pseudonyms; +31 23, 0031 23 and 023 are one caller.

    HMAC-SHA256 by RFC 2104 with both keyed beginnings computed once: three times the speed of
    `hmac.digest`, which sets up the key for every number.
    """

    def __init__(self, key: bytes) -> None:
        block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + CALLER)
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def __call__(self, number: str) -> int | None:
        """Return the pseudonym of a number; None when there is no number."""
        if not number.isdecimal():
            number = _NOT_A_DIGIT.sub("", number.replace("+", "00", 1))
            if not number:
                return None
        if number[:4] == "0031":
            number = "0" + number[4:]
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(number.encode())
        outer.update(inner.digest())
        pseudonym: int = _BIGINT(outer.digest())[0]
        return pseudonym


def day_token(key: bytes, name: str, day: int) -> int:
    """Return a token for a member of staff that says nothing the day after."""
    return _BIGINT(hmac.digest(key, f"lid:{day}:{name}".encode(), "sha256"))[0]


def masked(value: object) -> str:
    """Make a value fit for an error text: long numbers and addresses are blotted out."""
    text = _ADDRESS.sub("***", _LONG_NUMBER.sub("***", str(value)))
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def load_key(environment: Mapping[str, str], storage: Path) -> bytes:
    """Return the pseudonym key; made at first start, readable by its owner only.

    REGIEBORD_SLEUTEL gives it as hexadecimal text, REGIEBORD_SLEUTEL_BESTAND names a file.
    """
    written = environment.get("REGIEBORD_SLEUTEL")
    if written is not None:
        return _parsed(written, "REGIEBORD_SLEUTEL")
    path = Path(environment.get("REGIEBORD_SLEUTEL_BESTAND") or storage / "sleutel")
    if not path.exists():
        _make(path)
    return _parsed(path.read_text("ascii"), str(path))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _parsed(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        hint = f"geef minstens {KEY_BYTES} bytes als hexadecimale tekst (openssl rand -hex 32)"
        raise ConfigMistakes([Mistake("omgeving", where, None, hint)])
    return key
