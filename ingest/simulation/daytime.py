"""Local days as epoch seconds, over both clock changes, and the simulated town's holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from data.calendar import ZONE

DAY = 86_400
HALF_HOUR = 1_800
CLOCKS_CHANGE_FROM = 180
_MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(1_440))
_SECONDS = tuple(f"{second:02}" for second in range(60))


@lru_cache(maxsize=4096)
def day_start(day: int) -> int:
    """Return the instant of local midnight."""
    return int(datetime.combine(date.fromordinal(day), datetime.min.time(), ZONE).timestamp())


def instant(day: int, minutes: int) -> int:
    """Return the instant of a local clock time, given in minutes after midnight."""
    begins = day_start(day)
    changed = day_start(day + 1) - begins - DAY if minutes >= CLOCKS_CHANGE_FROM else 0
    return begins + minutes * 60 + changed


def half_hours(day: int) -> list[tuple[int, int]]:
    """Return the day's half hours: when each begins, and its place on the local clock (0-47)."""
    moments = range(day_start(day), day_start(day + 1), HALF_HOUR)
    clocks = [datetime.fromtimestamp(moment, ZONE) for moment in moments]
    return [(m, c.hour * 2 + c.minute // 30) for m, c in zip(moments, clocks, strict=True)]


def doubled_hour(day: int) -> range:
    """Return the instants whose local clock time occurs twice on a day."""
    begins = day_start(day)
    if day_start(day + 1) - begins <= DAY:
        return range(0)
    return range(begins + 2 * 3600, begins + 4 * 3600)


def clock_text(moment: int) -> str:
    """Return the local time as an export writes it, without offset."""
    days, seconds = divmod(moment + _offset(moment // HALF_HOUR), DAY)
    minutes, seconds = divmod(seconds, 60)
    return f"{_date_text(days)} {_MINUTES[minutes]}{_SECONDS[seconds]}"


@lru_cache(maxsize=65_536)
def _offset(half_hour: int) -> int:
    shift = datetime.fromtimestamp(half_hour * HALF_HOUR, ZONE).utcoffset()
    return int((shift or timedelta()).total_seconds())


@lru_cache(maxsize=4096)
def _date_text(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days)).isoformat()


@lru_cache(maxsize=4096)
def day_text(day: int) -> str:
    """Return a day (ordinal) as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


@lru_cache(maxsize=8192)
def is_working_day(day: int) -> bool:
    """Tell whether the town hall works on a day."""
    return day % 7 not in (6, 0) and day not in _holidays(date.fromordinal(day).year)


@lru_cache(maxsize=65_536)
def working_days_after(day: int, count: int) -> int:
    """Return the day that lies a number of working days after a day."""
    while count:
        day += 1
        count -= is_working_day(day)
    return day


def next_working_day(day: int) -> int:
    """Return the day itself or the first working day after it."""
    while not is_working_day(day):
        day += 1
    return day


def last_working_day(day: int) -> int:
    """Return the day itself or the last working day before it."""
    while not is_working_day(day):
        day -= 1
    return day


def weekday_after(day: int, weekday: int) -> int:
    """Return the next such weekday (1 is Monday), or the working day before it if that is free."""
    found = day + 1 + (weekday - 1 - day) % 7
    moved = last_working_day(found)
    return moved if moved > day else weekday_after(found, weekday)


@cache
def _holidays(year: int) -> frozenset[int]:
    easter = _easter(year)
    kings_day = date(year, 4, 27).toordinal()
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    days = {date(year, month, number).toordinal() for month, number in fixed}
    days |= {easter - 2, easter + 1, easter + 39, easter + 50}
    return frozenset(days | {kings_day - (kings_day % 7 == 0)})


def _easter(year: int) -> int:
    """Return Easter Sunday by Gauss's method in Lichtenberg's form, valid for all years."""
    century = year // 100
    shift = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    moon = (19 * (year % 19) + shift) % 30
    correction = (moon + year % 19 // 11) // 29
    limit = 21 + moon - correction
    sunday = 7 - (year + year // 4 + 2 - (3 * century + 3) // 4) % 7
    day_in_march = limit + 7 - (limit - sunday) % 7
    return date(year, 3, 1).toordinal() + day_in_march - 1
