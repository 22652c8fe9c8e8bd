"""Periods and their buckets, in the local calendar of the municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")


class Grain(Enum):
    """The lengths of a bucket."""

    KWARTIER = "kwartier"
    UUR = "uur"
    DAG = "dag"
    WEEK = "week"
    MAAND = "maand"


@dataclass(frozen=True)
class Period:
    """Half-open stretch of time between two aware instants, kept in UTC.

    Two local times compare by their wall clock, which is wrong in the doubled hour.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @classmethod
    def days(cls, first: date, after: date) -> Period:
        """Span local days: `first` inclusive, `after` exclusive."""
        return cls(midnight(first), midnight(after))

    def until(self, now: datetime) -> Period:
        """The part of the period that has passed at `now`."""
        return Period(self.start, max(self.start, min(self.end, now.astimezone(UTC))))


def midnight(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def local_day(instant: datetime) -> date:
    """The local calendar day of an instant."""
    return instant.astimezone(ZONE).date()


def today(now: datetime) -> Period:
    """The local day of `now`, whole."""
    day = local_day(now)
    return Period.days(day, day + timedelta(days=1))


def this_month(now: datetime) -> Period:
    """The local calendar month of `now`, whole."""
    return whole_month(local_day(now))


def whole_month(day: date) -> Period:
    """The calendar month of a day, whole."""
    return Period.days(day.replace(day=1), next_month(day))


def next_month(day: date) -> date:
    """The first day of the month after the one of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_before(day: date) -> date:
    """The first day of the month before the one of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def bucket_start(day: date, grain: Grain) -> date:
    """The first day of the bucket (day, ISO week or month) that holds `day`."""
    if grain is Grain.MAAND:
        return day.replace(day=1)
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day


def buckets(period: Period, grain: Grain) -> Iterator[Period]:
    """Cut a period into its buckets; the first and last may be partial."""
    start = period.start
    while start < period.end:
        end = min(_next_edge(start, grain), period.end)
        yield Period(start, end)
        start = end


def _next_edge(instant: datetime, grain: Grain) -> datetime:
    if grain in (Grain.KWARTIER, Grain.UUR):
        step = 900 if grain is Grain.KWARTIER else 3600
        edge = (int(instant.timestamp()) // step + 1) * step
        return datetime.fromtimestamp(edge, UTC)
    day = bucket_start(local_day(instant), grain)
    if grain is Grain.MAAND:
        return midnight(next_month(day))
    return midnight(day + timedelta(days=7 if grain is Grain.WEEK else 1))


def local_text(instant: datetime | None) -> str | None:
    """Write an instant as local time with its offset (ISO 8601)."""
    return None if instant is None else instant.astimezone(ZONE).isoformat()
