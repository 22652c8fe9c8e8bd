"""What happens to personal data at the door: numbers become keyed pseudonyms, names day tokens."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from data.mistakes import ConfigMistakes, Mistake

KEY_BYTES = 32
_NOT_A_DIGIT = re.compile(r"\D+")
_LONG_NUMBER = re.compile(r"\d[\d .()-]{6,}\d")
_ADDRESS = re.compile(r"\S+@\S+")
SHOWN = 60


def pseudonym(key: bytes, number: str) -> int | None:
    """Return the keyed pseudonym of a telephone number; None when there is no number.

    +31 23, 0031 23 and 023 are the same caller.
    """
    if not number.isdigit():
        number = _NOT_A_DIGIT.sub("", number.replace("+", "00", 1))
        if not number:
            return None
    if number.startswith("0031"):
        number = "0" + number[4:]
    return _digest(key, b"beller:" + number.encode())


def day_token(key: bytes, name: str, day: int) -> int:
    """Return a token for a member of staff that says nothing the day after."""
    return _digest(key, f"lid:{day}:{name}".encode())


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


def _digest(key: bytes, message: bytes) -> int:
    return int.from_bytes(hmac.digest(key, message, "sha256")[:8], "big", signed=True)
