"""Dates, times and counts as a Dutch reader expects them."""

from __future__ import annotations

from datetime import date, datetime

from data.dutch_days import MONTHS
from data.dutch_days import day_text as listed_day
from metrics.periods import ZONE, local_day
from metrics.units import decimal_text

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def weekday(instant: datetime) -> str:
    """Name the local day of the week."""
    return WEEKDAYS[instant.astimezone(ZONE).weekday()]


def month(instant: datetime) -> str:
    """Name the local month."""
    return MONTHS[instant.astimezone(ZONE).month - 1]


def day_text(instant: datetime, *, short: bool = False) -> str:
    """Write 'maandag 23 november', or 'ma 23 november' where room is short."""
    name = weekday(instant)
    return f"{name[:2] if short else name} {instant.astimezone(ZONE).day} {month(instant)}"


def weekday_text(day: date) -> str:
    """Write a day in a list: 'ma 23 november 2026'."""
    return listed_day(day.toordinal())


def clock_time(instant: datetime) -> str:
    """Write a time of day the way a notice on a door does: 8:30."""
    local = instant.astimezone(ZONE)
    return f"{local.hour}:{local.minute:02d}"


def moment_text(instant: datetime | None, now: datetime) -> str:
    """Write 14:31:55; on another day the day comes first."""
    if instant is None:
        return "nog geen"
    local = instant.astimezone(ZONE)
    days = (local_day(now) - local.date()).days
    if days == 0:
        return f"{local:%H:%M:%S}"
    if days == 1:
        return f"gisteren {local:%H:%M}"
    return f"{local.day} {month(local)[:3]} {local:%H:%M}"


def opening_text(opens_at: datetime | None, now: datetime) -> str:
    """Say until when it is closed: 'tot 8:30', 'tot maandag 8:30'."""
    if opens_at is None:
        return ""
    days = (local_day(opens_at) - local_day(now)).days
    name = "" if days == 0 else "morgen " if days == 1 else f"{weekday(opens_at)} "
    return f" tot {name}{clock_time(opens_at)}"


def count_text(number: int, one: str, many: str) -> str:
    """Write '1 gesprek', '2 gesprekken'."""
    return f"{decimal_text(number, 0)} {one if number == 1 else many}"
