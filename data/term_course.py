"""The course of a case that a term is computed from, and the marks that the computation leaves.

A mark says what was done and the day (ordinal) at which the count stood then; the words for it are
made elsewhere, and only when somebody wants to read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple

NEVER = 10**9
"""A day that does not come: the end of a suspension that has not ended."""
LAST_DAY = date(9000, 1, 1).toordinal()
"""Behind it nothing is computed: a source that writes 9999 means that it does not know."""

Ending = Callable[[int], int]
"""Takes the day that a term was counted to, to the day on which it ends by law."""


@dataclass(frozen=True)
class Course:
    """What happened to a case, as far as its term is concerned."""

    ontvangen: date
    bekendgemaakt: date | None = None
    verdaagd: date | None = None
    """The day on which the extension was notified."""
    verdaagd_tot: date | None = None
    """The new date that this notice names."""
    opgeschort: tuple[tuple[date, date | None], ...] = ()
    """Invited or notified, and completed or viewed; None while that has not happened."""
    commissie: bool = False
    instemming: bool = False
    werkdagen: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing made the term longer."""
        return not (self.opgeschort or self.verdaagd or self.verdaagd_tot)


class Did(Enum):
    """What was done, or why it was not."""

    BEFORE = auto()
    COUNTED = auto()
    RECEIVED_SHUT = auto()
    WORKDAYS = auto()
    EXTENDED = auto()
    NAMED = auto()
    NAMED_SOONER = auto()
    NOT_EXTENDABLE = auto()
    TOO_LATE = auto()
    TOO_EARLY = auto()
    PAUSED = auto()
    PAUSED_TOO_LATE = auto()
    RUNS_THROUGH = auto()
    TWO_WORKDAYS = auto()
    NOT_MOVED = auto()
    # and why there is no date at all
    STANDS_STILL = auto()
    NO_ANNOUNCEMENT = auto()
    NO_NOTICE = auto()
    NO_NEW_DATE = auto()
    NO_WORKDAYS = auto()
    OUT_OF_SIGHT = auto()


class Mark(NamedTuple):
    """What was done, the day at which the count stands then, and what it was done with."""

    did: Did
    day: int | None
    by: Any = None


class Leg(NamedTuple):
    """The day that a term was counted to, and how the law ends it."""

    raw: int
    ending: Ending

    @property
    def end(self) -> int:
        """The day on which it ends by law, or NEVER."""
        return NEVER if self.raw >= LAST_DAY else self.ending(self.raw)


class Walk(NamedTuple):
    """The end of the first term, the end of all (None: it cannot be said), and the marks."""

    first: int | None
    end: int | None
    marks: list[Mark]


def as_counted(raw: int) -> int:
    """End a term where it was counted to."""
    return raw


def as_named(raw: int) -> int:
    """End a term on the date that a notice named: the Atw is about terms that a law sets."""
    return raw
