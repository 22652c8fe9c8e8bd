"""When an answer is due, and why: statutory terms and service norms as values.

All dates are calendar dates in Europe/Amsterdam; a case is in time when it was answered on or
before `uiterlijk`. The rules are data: reference/termijnen.toml and reference/feestdagen.toml.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data.calendar import ZONE, Calendar
from data.holidays import Holidays
from data.mistakes import nearest
from data.term_clock import walk
from data.term_course import LAST_DAY, Course, Walk
from data.term_doubts import contested, unconfirmed, unused
from data.term_law import Law
from data.term_rules import Begin, Contested, Counting, Penalty, Rule
from data.term_text import Step, Wording
from data.workdays import Workdays

__all__ = ["Course", "Deadline", "Step", "Terms", "UnknownRule"]

VERSION = 1
"""Of the arithmetic: raise it when a rule that did not change has another outcome."""
Days = NDArray[np.datetime64]
FIRST_DATE, LAST_DATE = np.datetime64("0001-01-02"), np.datetime64("9000-01-01")
NOT_A_DAY = np.datetime64("NaT", "D")


class UnknownRule(ValueError):
    """There is no rule by this key; the hint names the nearest."""

    def __init__(self, key: str, hint: str) -> None:
        self.hint = hint
        super().__init__(f"termijn {key!r}: {hint}")


@dataclass(frozen=True)
class Deadline:
    """When a case is due, with the reasons."""

    eerste: date | None
    """The end of the first term, without extension or suspension."""
    uiterlijk: date | None
    """None when it cannot be said: the first of `onzeker` says why."""
    stappen: tuple[Step, ...]
    """What was done, in order; the last step stands at `uiterlijk`."""
    onzeker: tuple[str, ...]
    """What is not known or was not used."""
    omstreden: tuple[str, ...]
    """Where another reading of the law gives another date, and which."""


@dataclass(frozen=True)
class Terms:
    """The rules by key, and all that they depend on."""

    rules: Mapping[str, Rule]
    holidays: Holidays
    calendar: Calendar
    contested: Contested
    penalty: Penalty

    def rule(self, key: str) -> Rule:
        """Return a rule; raise UnknownRule, with the nearest, when there is none by this key."""
        if key in self.rules:
            return self.rules[key]
        raise UnknownRule(key, f"deze termijn bestaat niet; {nearest(key, self.rules)}")

    def due(self, rule: str, course: Course) -> tuple[date | None, date | None]:
        """Return the end of the first term and the deadline, without the reasons."""
        found = self._walk(rule, course)
        return _date(found.first), _date(found.end)

    def compute(self, rule: str, course: Course) -> Deadline:
        """Return when a case is due, step by step, with what is uncertain about it."""
        kind, found = self.rule(rule), self._walk(rule, course)
        words = Wording(kind, course, self.holidays, self.workdays)
        steps = tuple(words.step(mark) for mark in found.marks)
        return Deadline(
            _date(found.first),
            _date(found.end),
            steps,
            (
                *([steps[-1].regel] if found.end is None else []),
                *unconfirmed(self.holidays, kind, found),
                *unused(kind, course),
            ),
            tuple(contested(self._law, kind, course, found)),
        )

    def bulk(self, rule: str, begun: Days, werkdagen: int | None = None) -> Days:
        """Return the deadlines of cases that were neither extended nor suspended.

        `begun` is the day of receipt, or of the announcement for a rule that counts from that.
        What is no date, or too far away to compute with, gives NaT. Each day is computed once, by
        the same arithmetic as a single case.
        """
        announced = self.rule(rule).begin is Begin.ANNOUNCEMENT
        days, where = np.unique(begun.astype("datetime64[D]"), return_inverse=True)
        ends = np.full(len(days), NOT_A_DAY)
        for at in np.flatnonzero((days >= FIRST_DATE) & (days < LAST_DATE)):
            day: date = days[at].item()
            course = Course(day, bekendgemaakt=day if announced else None, werkdagen=werkdagen)
            ends[at] = self.due(rule, course)[1] or NOT_A_DAY
        return ends[where]

    def received(self, rule: str, instant: int) -> date:
        """Return the day of receipt to count from, by the instant (epoch seconds).

        The local day; for a norm that says so, a message after closing time counts for the next
        day on which the municipality opens.
        """
        shifts = self.rule(rule).next_day_after_closing
        if shifts:
            return date.fromordinal(self.workdays.received_at(instant))
        return datetime.fromtimestamp(instant, ZONE).date()

    def werkdagen_tussen(self, ontvangen: date, beantwoord: date) -> int:
        """Return how many working days came after receipt, the day of the answer included.

        On the same day 0; negative when the answer is dated before the receipt.
        """
        return self.workdays.between(ontvangen.toordinal(), beantwoord.toordinal())

    def fingerprint(self, rule: str) -> int:
        """A number that changes when a case under this rule could have another outcome."""
        kind = self.rule(rule)
        return zlib.crc32(repr([VERSION, kind.fingerprint, *self._conditions(kind)]).encode())

    @cached_property
    def workdays(self) -> Workdays:
        """The municipality's own working days."""
        return Workdays(self.calendar, self.holidays)

    @cached_property
    def _law(self) -> Law:
        return Law(self.holidays, self.workdays, self.contested)

    def _conditions(self, rule: Rule) -> Iterator[int]:
        """Yield a number for each thing outside a rule that it depends on."""
        if rule.counting is Counting.WORKDAYS:
            yield self.workdays.fingerprint
            return
        tot = rule.suspension is not None and not rule.suspension.last_day_counts
        extendable = rule.extension is not None and rule.counting is Counting.ATW
        yield self.holidays.fingerprint if rule.minds_holidays else 0
        yield tot and self.contested.last_suspended_day
        yield extendable and rule.minds_holidays and self.contested.atw_beyond_twelve_weeks

    def _walk(self, rule: str, course: Course) -> Walk:
        return walk(self._law, self.rule(rule), course)


def _date(day: int | None) -> date | None:
    return None if day is None or day >= LAST_DAY else date.fromordinal(day)
