"""What is normal for a day like this: the spread of comparable days, per half-hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from data.calendar import Calendar
from metrics.engine import Engine
from metrics.periods import ZONE, Grain, Period, local_day
from metrics.readings import Query, Reading

DAYS = 12
FEWEST = 8
WEEKS_BACK = 20
LOW, HIGH = 10, 90
PER_DAY = 48


@dataclass(frozen=True)
class TypicalDay:
    """Low and high (P10, P90) of a share so far, at the end of each half-hour of the day.

    `band` has (slot, low, high); slot 1 ends at 00:30. Too few comparable days give no band.
    """

    band: tuple[tuple[int, float, float], ...]
    days: int


def typical(engine: Engine, calendar: Calendar, key: str, now: datetime) -> TypicalDay:
    """Compare with the last 12 days of this weekday on which the municipality was open."""
    days = list(_comparable(calendar, local_day(now)))
    courses = [so_far(engine, key, day, now) for day in days]
    known = [course for course in courses if not np.isnan(course).all()]
    if len(known) < FEWEST:
        return TypicalDay((), len(known))
    stacked = np.array(known)
    slots = [slot for slot in range(PER_DAY) if not np.isnan(stacked[:, slot]).any()]
    low, high = np.percentile(stacked[:, slots], (LOW, HIGH), axis=0)
    band = zip((slot + 1 for slot in slots), low.tolist(), high.tolist(), strict=True)
    return TypicalDay(tuple(band), len(known))


def so_far(engine: Engine, key: str, day: date, now: datetime) -> NDArray[np.float64]:
    """Return a share over a local day up to the end of each half-hour; nan before a case."""
    readings = engine.ask(
        Query(
            kpis=(engine.catalogue[key],),
            period=Period.days(day, day + timedelta(days=1)),
            now=now,
            grain=Grain.KWARTIER,
        )
    )
    parts = np.zeros((2, PER_DAY))
    for reading in readings:
        slot = _slot(reading)
        parts[:, slot] += (reading.teller or 0.0, reading.noemer or 0.0)
    part, whole = parts.cumsum(axis=1)
    shares: NDArray[np.float64] = np.full(PER_DAY, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _slot(reading: Reading) -> int:
    """The half-hour on the clock; the doubled hour counts as one."""
    local = reading.period.start.astimezone(ZONE)
    return local.hour * 2 + local.minute // 30


def _comparable(calendar: Calendar, day: date) -> Iterator[date]:
    found = 0
    for weeks in range(1, WEEKS_BACK + 1):
        earlier = day - timedelta(weeks=weeks)
        if found < DAYS and calendar.blocks(earlier.toordinal()):
            found += 1
            yield earlier
