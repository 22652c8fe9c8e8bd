"""The holidays of the Algemene termijnenwet: by rule, and by royal decree for years that are known.

Days are ordinals (`date.toordinal`); the first ordinal is a Monday.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

EQUATED = "gelijkgestelde dag"


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A day that returns every year: a fixed date, or so many days from Eerste Paasdag."""

    name: str
    source: str
    month_day: tuple[int, int] | None = None
    from_easter: int = 0
    on_sunday: int = 0
    """By how many days it moves when it falls on a Sunday."""
    years: tuple[int, int] = (1, 9999)
    shut: bool = False
    """Whether the municipality is normally closed: of use to service norms only."""

    def day_in(self, year: int) -> int | None:
        """Return its day in a year, or None when it is not kept then."""
        if not self.years[0] <= year <= self.years[1]:
            return None
        if self.month_day is None:
            return easter(year) + self.from_easter
        day = date(year, *self.month_day).toordinal()
        return day + self.on_sunday if is_sunday(day) else day


@dataclass(frozen=True, kw_only=True)
class Decree:
    """The days that a royal decree equates with holidays, for the years that it is about."""

    years: tuple[int, int]
    days: tuple[date, ...]
    source: str
    shut: bool = False


@dataclass(frozen=True)
class Holidays:
    """All of them; what no decree is known about is unconfirmed."""

    yearly: tuple[Holiday, ...] = ()
    decrees: tuple[Decree, ...] = ()

    def names(self, day: int) -> tuple[str, ...]:
        """Return what a day is kept for; most days are kept for nothing."""
        return tuple(name for name, _ in self._years[date.fromordinal(day).year].get(day, ()))

    def is_shut(self, day: int) -> bool:
        """Tell whether the municipality is closed for a holiday."""
        return any(shut for _, shut in self._years[date.fromordinal(day).year].get(day, ()))

    def is_free(self, day: int) -> bool:
        """Tell whether a day is a Saturday, a Sunday or a holiday (Atw art. 1)."""
        return is_weekend(day) or day in self._years[date.fromordinal(day).year]

    def running_through(self, day: int) -> int:
        """Return the first day from this one on that is none of those (Atw art. 1)."""
        return self._through[day]

    def is_confirmed(self, year: int) -> bool:
        """Tell whether it is known which days are equated in a year."""
        return any(decree.years[0] <= year <= decree.years[1] for decree in self.decrees)

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a statutory term could end on another day."""
        return _checksum(self.yearly, self.decrees)

    @cached_property
    def shut_fingerprint(self) -> int:
        """A number that changes when a service norm could end on another day."""
        return _checksum(
            [day for day in self.yearly if day.shut], [one for one in self.decrees if one.shut]
        )

    @cached_property
    def _years(self) -> _Years:
        return _Years(self)

    @cached_property
    def _through(self) -> _Through:
        return _Through(self)


Kept = tuple[tuple[str, bool], ...]


class _Years(dict[int, Mapping[int, Kept]]):
    """Per year the holidays by day, each with its names and whether the municipality shuts."""

    def __init__(self, holidays: Holidays) -> None:
        self.holidays = holidays

    def __missing__(self, year: int) -> Mapping[int, Kept]:
        found: dict[int, Kept] = {}
        for holiday in self.holidays.yearly:
            day = holiday.day_in(year)
            if day is not None:
                found[day] = (*found.get(day, ()), (holiday.name, holiday.shut))
        for decree in self.holidays.decrees:
            for day in (one.toordinal() for one in decree.days if one.year == year):
                found[day] = (*found.get(day, ()), (EQUATED, decree.shut))
        self[year] = found
        return found


class _Through(dict[int, int]):
    """Per day the first one from it on that is not free."""

    def __init__(self, holidays: Holidays) -> None:
        self.holidays = holidays

    def __missing__(self, day: int) -> int:
        last = day
        while self.holidays.is_free(last):
            last += 1
        self[day] = last
        return last


def easter(year: int) -> int:
    """Return Eerste Paasdag of the Gregorian calendar (Meeus, Jones and Butcher's computus)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leaps, odd = divmod(century, 4)
    moon = (19 * golden + century - leaps - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * odd + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1).toordinal()


def is_sunday(day: int) -> bool:
    """Tell whether a day is a Sunday."""
    return day % 7 == 0


def is_weekend(day: int) -> bool:
    """Tell whether a day is a Saturday or a Sunday."""
    return day % 7 in (6, 0)


def _checksum(yearly: Iterable[Holiday], decrees: Iterable[Decree]) -> int:
    rules = sorted(
        json.dumps([day.month_day, day.from_easter, day.on_sunday, day.years]) for day in yearly
    )
    equated = sorted(day.toordinal() for decree in decrees for day in decree.days)
    return zlib.crc32(json.dumps([rules, equated]).encode())
