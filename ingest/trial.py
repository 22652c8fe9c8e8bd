"""A trial of a source: few requests, no second tries, and an ear for the clock at the other side.

It holds for what is asked inside the `with` block, so that sources need not know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

REQUESTS = 5


@dataclass
class Trial:
    """What is asked of a source while it is tried, and by how many seconds its clock is ahead."""

    clock: Callable[[], int]
    left: int = REQUESTS
    ahead: int | None = None

    def may_ask(self) -> bool:
        """Count a request; False when enough has been asked."""
        self.left -= 1
        return self.left >= 0

    def hear(self, date: str | None) -> None:
        """Compare the Date header of an answer, when there is one, with our clock."""
        try:
            told = int(parsedate_to_datetime(date or "").timestamp())
        except ValueError:
            return
        self.ahead = told - self.clock()


_CURRENT: ContextVar[Trial | None] = ContextVar("trial", default=None)


def current() -> Trial | None:
    """Return the trial that is going on."""
    return _CURRENT.get()


@contextmanager
def trial(clock: Callable[[], int]) -> Iterator[Trial]:
    """Try what is asked in this block; `clock` tells our time (epoch seconds)."""
    tried = Trial(clock)
    token = _CURRENT.set(tried)
    try:
        yield tried
    finally:
        _CURRENT.reset(token)
