"""At the start what the wall shows now is read first; other sources wait for that, once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.source import Source

MOST_WAIT_S = 120.0
"""So long a source waits at most: one that hangs never keeps the others from their turn."""


def goes_first(source: Source) -> bool:
    """Tell whether calls come of a source: it reads them, or writes what others read."""
    return not source.feeds or "gesprek" in source.feeds


class Turns:
    """Who is reading what goes first."""

    def __init__(self) -> None:
        self._first = 0
        self._ended = False
        self._changed = threading.Condition()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Read while others wait."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                self._changed.notify_all()

    def wait(self, most: float = MOST_WAIT_S) -> None:
        """Wait until nobody reads what goes first, or for so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._first or self._ended, most)

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
