"""What a rule about terms consists of: how long, from when, counted how, made longer by what."""

from __future__ import annotations

import calendar
import json
import zlib
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

LONGEST_FOR_ATW = 180
"""3 months, 12 weeks or 90 days, in half days (Atw art. 4)."""


class Counting(Enum):
    """Which law says what happens to a term that ends when nobody works."""

    ATW = "atw"
    REGULATION = "verordening 1182/71"
    WORKDAYS = "werkdagen"
    NONE = "geen"


class Begin(Enum):
    """What a term counts from; the value is how it is written in the file."""

    RECEIPT = "ontvangst"
    REPORT = "melding"
    APPLICATION = "aanvraag"
    INSPECTION = "terinzagelegging"
    ANNOUNCEMENT = "bekendmaking"


@dataclass(frozen=True)
class Span:
    """A length of time in whole units; of a norm the days are working days."""

    months: int = 0
    weeks: int = 0
    days: int = 0

    def after(self, day: int) -> int:
        """Return the day (ordinal) this long after one; a month without that day ends earlier."""
        return (_months_on(day, self.months) if self.months else day) + 7 * self.weeks + self.days

    def __add__(self, other: Span) -> Span:
        return Span(self.months + other.months, self.weeks + other.weeks, self.days + other.days)

    @property
    def too_long_for_atw(self) -> bool:
        """Whether it is more than 3 months, 12 weeks or 90 days (Atw art. 4)."""
        return 60 * self.months + 15 * self.weeks + 2 * self.days > LONGEST_FOR_ATW


@dataclass(frozen=True)
class Term:
    """How long, and which article says so."""

    span: Span
    article: str


@dataclass(frozen=True)
class Extension:
    """How much longer at most after a notice in time; None when the notice itself names a date."""

    most: Span | None
    article: str


@dataclass(frozen=True)
class Suspension:
    """What stops the clock: up to ("tot") the last day, or that day too ("tot en met")."""

    last_day_counts: bool
    article: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One kind of case, and all that the law says about its term."""

    key: str
    name: str
    source: str
    counting: Counting
    begin: Begin
    term: Term | None
    """None for a norm of which each topic names its own number of working days."""
    begin_counts: bool = False
    """The first day itself counts (Awb 3:16)."""
    before: Term | None = None
    """A term that runs first, and that this one follows."""
    committee: Term | None = None
    consent: Term | None = None
    extension: Extension | None = None
    suspension: Suspension | None = None
    no_penalty: str = ""
    """Why no dwangsom is due when it is late; empty when one can be."""
    next_day_after_closing: bool = False

    def term_of(self, committee: bool, consent: bool) -> Term | None:
        """Return the term with a committee or with consent, if that makes a difference."""
        return (committee and self.committee) or (consent and self.consent) or self.term

    @property
    def minds_holidays(self) -> bool:
        """Whether a holiday can move its end, by law."""
        if self.counting is Counting.ATW:
            return self.before is not None or not (self.term and self.term.span.too_long_for_atw)
        return self.counting is Counting.REGULATION

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when the rule could have another outcome; words do not count."""
        spans = [
            term and [term.span.months, term.span.weeks, term.span.days]
            for term in (self.term, self.before, self.committee, self.consent)
        ]
        most = self.extension and str(self.extension.most)
        last = self.suspension and self.suspension.last_day_counts
        how = [self.counting.value, self.begin is Begin.ANNOUNCEMENT, self.begin_counts]
        return zlib.crc32(
            json.dumps([spans, most, last, how, self.next_day_after_closing]).encode()
        )


@dataclass(frozen=True)
class Contested:
    """Where lawyers differ: what is used here. The other reading is told with each outcome."""

    atw_beyond_twelve_weeks: bool = False
    """Atw on a term that only its extension makes longer than 12 weeks."""
    last_suspended_day: bool = False
    """The last day of "tot" in a suspension (Awb 4:15) is suspended too."""
    penalty_from: int = 15
    """The first day of a dwangsom, in days after the notice of default: 15 or 14."""
    atw_on_grace: bool = False
    """Atw on the two weeks after the notice of default."""


@dataclass(frozen=True)
class Penalty:
    """The dwangsom: (days, euro a day) one after the other, and the article."""

    steps: tuple[tuple[int, int], ...] = ()
    article: str = ""
    grace: Span = field(default_factory=lambda: Span(weeks=2))


def _months_on(day: int, months: int) -> int:
    start = date.fromordinal(day)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, last)).toordinal()
