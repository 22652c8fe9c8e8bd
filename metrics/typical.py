"""What is normal for a day like this: the spread of comparable days, per half-hour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from data.calendar import Calendar
from data.history import Event
from metrics.engine import Look
from metrics.periods import ZONE, local_day

DAYS = 12
FEWEST = 8
WEEKS_BACK = 20
LOW, HIGH = 10, 90
PER_DAY = 48
QUARTERS = 96
QUARTER_S = 900


@dataclass(frozen=True)
class TypicalDay:
    """Low and high (P10, P90) of a share so far, at the end of each half-hour of the day.

    `band` has (slot, low, high); slot 1 ends at 00:30. Too few comparable days give no band.
    """

    band: tuple[tuple[int, float, float], ...]
    days: int

    @property
    def known(self) -> bool:
        """Whether there is a band."""
        return bool(self.band)


@dataclass(frozen=True)
class Past:
    """The days that lie behind: when it was open, and what happened that was not ordinary."""

    calendar: Calendar
    events: tuple[Event, ...] = ()

    def like(self, day: date, kpis: Collection[str]) -> list[date]:
        """Return the last 12 ordinary days of the same weekday, the newest first."""
        weeks = (day - timedelta(weeks=number) for number in range(1, WEEKS_BACK + 1))
        return list(islice((day for day in weeks if self._ordinary(day, kpis)), DAYS))

    def _ordinary(self, day: date, kpis: Collection[str]) -> bool:
        disturbed = any(event.covers(day) for event in self.events if event.touches_any(kpis))
        return bool(self.calendar.blocks(day.toordinal())) and not disturbed


def comparable(look: Look, past: Past, key: str, now: datetime) -> list[date]:
    """Return the days like today that no event touched, in this figure or one of the same rows."""
    catalogue = look.engine.catalogue
    rows = catalogue[key].measure.fact
    alike = [other for other, kpi in catalogue.items() if kpi.measure.fact is rows]
    return past.like(local_day(now), alike)


def typical(look: Look, past: Past, key: str, now: datetime) -> TypicalDay:
    """Compare with the last 12 ordinary days of this weekday on which the municipality was open."""
    days = comparable(look, past, key, now)
    courses = courses_of(look, key, days) if days else np.zeros((0, PER_DAY))
    known = courses[~np.isnan(courses).all(axis=1)]
    if len(known) < FEWEST:
        return TypicalDay((), len(known))
    slots = np.flatnonzero(~np.isnan(known).any(axis=0))
    low, high = np.percentile(known[:, slots], (LOW, HIGH), axis=0).tolist()
    band = zip((slots + 1).tolist(), low, high, strict=True)
    return TypicalDay(tuple(band), len(known))


def courses_of(look: Look, key: str, days: Sequence[date]) -> NDArray[np.float64]:
    """Return a share so far at the end of each half-hour, shape (days, 48); nan before a case."""
    part, whole = half_hours(look, key, days).cumsum(axis=2)
    shares: NDArray[np.float64] = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def half_hours(look: Look, key: str, days: Sequence[date]) -> NDArray[np.float64]:
    """Return part and whole of a share in each half-hour, shape (2, days, 48)."""
    quarters = per_quarter(look, key, days)
    summed: NDArray[np.float64] = quarters.reshape(2, len(days), PER_DAY, 2).sum(axis=3)
    return summed


def per_quarter(look: Look, key: str, days: Sequence[date]) -> NDArray[np.float64]:
    """Return part and whole of a share in each quarter-hour, shape (2, days, 96)."""
    place = {day.toordinal(): index for index, day in enumerate(days)}
    quarters, part, whole = look.quarters(look.engine.catalogue[key], list(place)).T
    clock = [datetime.fromtimestamp(at * QUARTER_S, ZONE) for at in quarters.tolist()]
    where = [place[local.toordinal()] for local in clock], [quarter(local) for local in clock]
    parts = np.zeros((2, len(days), QUARTERS))
    np.add.at(parts[0], where, part)
    np.add.at(parts[1], where, whole)
    return parts


def quarter(local: datetime) -> int:
    """The quarter-hour on the clock; the doubled hour counts as one."""
    return local.hour * 4 + local.minute // 15
