"""Walks through the states that a question went through: when it was shut, when reopened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from data.codes import Happening
from ingest.records import Event


class Shut(NamedTuple):
    """When a question was last shut (None: it is open), and the times that it was reopened."""

    at: int | None
    reopened: tuple[Event, ...]


def shut(states: Iterable[tuple[int, bool]]) -> Shut:
    """Walk through the states: the instant of each, in order, and whether it shuts the question."""
    closed: int | None = None
    reopened = []
    for at, shuts in states:
        if closed is not None and not shuts:
            reopened.append(Event(int(Happening.HEROPEND), closed, at))
        closed = at if shuts else None
    return Shut(closed, tuple(reopened))
