"""The municipality's own working days, which service norms count in; the Atw has no say here.

A working day is a Monday to Friday on which it opens and no holiday shuts it. Days are ordinals.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from data.calendar import ZONE, Calendar, Week
from data.holidays import Holidays, is_weekend

ALL_WEEK = (True,) * 7


@dataclass(frozen=True)
class Workdays:
    """Opening hours and holidays, as days on which is worked."""

    calendar: Calendar
    holidays: Holidays = field(default_factory=Holidays)

    def is_workday(self, day: int) -> bool:
        """Tell whether a day counts."""
        return not is_weekend(day) and self.opens(day)

    def opens(self, day: int) -> bool:
        """Tell whether it opens at all; where no hours are known, any day that is no holiday."""
        if self.holidays.is_shut(day):
            return False
        weekdays = self._weekdays(day)
        return bool(self.calendar.blocks(day)) if weekdays is not ALL_WEEK else True

    def after(self, day: int, count: int) -> int:
        """Return the so manieth working day after a day; the 0th is the first from that day on."""
        if count == 0:
            return self.after(day - 1, 1)
        year = date.fromordinal(day).year
        at = bisect_right(self._years[year], day) + count - 1
        while at >= len(self._years[year]):
            at -= len(self._years[year])
            year += 1
        return self._years[year][at]

    def between(self, first: int, last: int) -> int:
        """Return how many working days come after the first day, up to and including the last.

        On the same day 0; negative when the last is before the first.
        """
        if last <= first:
            return 0 if last == first else -self.between(last, first)
        begins, ends = date.fromordinal(first).year, date.fromordinal(last).year
        counted = bisect_right(self._years[ends], last) - bisect_right(self._years[begins], first)
        return counted + sum(len(self._years[year]) for year in range(begins, ends))

    def received_on(self, day: int) -> int:
        """Return the day that a message of this day counts for: this one if it opens, or the next.

        "Opens" and not "is a working day": who writes on an open Saturday finds somebody in.
        """
        while not self.opens(day):
            day += 1
        return day

    def received_at(self, instant: int) -> int:
        """Return the day that a message counts for, by its instant (epoch seconds).

        After the last block of the day has ended, or on a day it does not open: the next on which
        it opens. Before it opens and between two blocks: the day itself.
        """
        moment = datetime.fromtimestamp(instant, ZONE)
        day = moment.toordinal()
        blocks = self.calendar.blocks(day)
        closed = bool(blocks) and moment.hour * 60 + moment.minute >= blocks[-1][1]
        return self.received_on(day + closed)

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a count of working days could."""
        return self.calendar.fingerprint ^ self.holidays.shut_fingerprint

    @cached_property
    def _years(self) -> _Years:
        return _Years(self)

    @cached_property
    def _open_weekdays(self) -> dict[Week, tuple[bool, ...]]:
        return {week: tuple(bool(blocks) for blocks in week.blocks) for week in self.calendar.weeks}

    def _weekdays(self, day: int) -> tuple[bool, ...]:
        """Return on which weekdays it opens; without hours for a Monday to Friday, on all."""
        weeks = [week for week in self.calendar.weeks if week.since <= day]
        if not weeks:
            return ALL_WEEK
        weekdays = self._open_weekdays[max(weeks, key=lambda week: week.since)]
        return weekdays if any(weekdays[:5]) else ALL_WEEK


class _Years(dict[int, list[int]]):
    """Per year its working days, in order."""

    def __init__(self, workdays: Workdays) -> None:
        self.workdays = workdays

    def __missing__(self, year: int) -> list[int]:
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        self[year] = [day for day in range(first, after) if self.workdays.is_workday(day)]
        return self[year]
