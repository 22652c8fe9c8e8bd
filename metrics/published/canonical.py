"""One way to write a value of a report as bytes, and the hash of these."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeVar

import msgspec

Value = TypeVar("Value")


def written(value: object) -> bytes:
    """Write a value as JSON: equal values always give equal bytes."""
    return msgspec.json.encode(value, order="deterministic")


def read(content: bytes, kind: type[Value]) -> Value:
    """Read what was written; raise msgspec.DecodeError when it is something else."""
    return msgspec.json.decode(content, type=kind)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return sha256(content).hexdigest()
