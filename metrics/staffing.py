"""How many employees the coming half-hours need: by calls, talking times and patience of before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from data.calendar import Calendar, Hours
from metrics import erlang
from metrics.engine import Look
from metrics.periods import ZONE, Period, local_day
from metrics.readings import Query
from metrics.typical import FEWEST, comparable, half_hour, half_hours

AHEAD = 8
"""So many half-hours are told, the present one included."""
HALF_HOUR_S = 1800
CLOSED_DAYS = timedelta(days=28)
FEWEST_GIVEN_UP = 20
CLOSED = "het is nu gesloten"
FEW_DAYS = f"er zijn minder dan {FEWEST} vergelijkbare dagen"


@dataclass(frozen=True)
class Need:
    """A half-hour by its begin: the calls that are expected in it, the employees that they need."""

    at: datetime
    calls: float
    needed: int | None


@dataclass(frozen=True)
class StaffingPlan:
    """What the half-hours up to closing need, and what that was computed with.

    Employees are those who take calls: who pauses comes on top. `reason` says why there are no
    half-hours, or why what they need is not known.
    """

    needs: tuple[Need, ...] = ()
    handling_s: float | None = None
    patience_s: float | None = None
    norm: float | None = None
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether there are half-hours to tell of."""
        return bool(self.needs)


def staffing(
    look: Look, calendar: Calendar, now: datetime, within_s: float, after_call_s: float
) -> StaffingPlan:
    """Plan from the present half-hour up to closing, by the last 12 days of this weekday."""
    hours = calendar.hours(now)
    if not hours.is_open:
        return StaffingPlan(reason=CLOSED)
    expected = _expected(look, calendar, now)
    if expected is None:
        return StaffingPlan(reason=FEW_DAYS)
    handling_s, patience_s = _handling(look, now, after_call_s), _patience(look, now)
    norm = look.engine.catalogue["servicelevel"].norm_on(local_day(now))
    share = None if norm is None else norm.value
    needs, reason = [], ""
    for at, open_s in _coming(hours, now):
        calls = float(expected[half_hour(at.astimezone(ZONE))])
        per_hour = calls * erlang.HOUR_S / open_s
        found = erlang.needed(per_hour, handling_s, share, within_s, patience_s)
        needs.append(Need(at, calls, found.employees))
        reason = reason or found.reason
    return StaffingPlan(tuple(needs), handling_s, patience_s, share, reason)


def _expected(look: Look, calendar: Calendar, now: datetime) -> NDArray[np.float64] | None:
    """The mean of the calls offered in each half-hour of a day; None with too few days."""
    days = list(comparable(calendar, local_day(now)))
    if len(days) < FEWEST:
        return None
    _answered, offered = half_hours(look, "bereikbaarheid", days)
    told = offered[offered.any(axis=1)]
    return told.mean(axis=0) if len(told) >= FEWEST else None


def _handling(look: Look, now: datetime, after_call_s: float) -> float | None:
    """The mean talking time, and what comes after it."""
    ((talked,),) = look.ask_many([_closed_days(look, "gesprekstijd", now)])
    return None if talked.value is None else talked.value + after_call_s


def _patience(look: Look, now: datetime) -> float | None:
    """The mean patience: all seconds that offered calls waited, per call that gave up."""
    ((given_up,),) = look.ask_many([_closed_days(look, "wachttijd_afhakers", now)])
    if given_up.cases < FEWEST_GIVEN_UP:
        return None
    waits, counts = look.spread(_closed_days(look, "wachttijd_p50", now))
    return erlang.patience(float(waits @ counts), given_up.cases)


def _closed_days(look: Look, key: str, now: datetime) -> Query:
    """Ask a figure over the last 28 days that are over."""
    today = local_day(now)
    period = Period.days(today - CLOSED_DAYS, today)
    return Query(kpis=(look.engine.catalogue[key],), period=period, now=now)


def _coming(hours: Hours, now: datetime) -> Iterator[tuple[datetime, float]]:
    """Yield the half-hours up to closing, with the seconds that it is open in each."""
    first = int(now.timestamp()) // HALF_HOUR_S * HALF_HOUR_S
    horizon = first + AHEAD * HALF_HOUR_S
    opens = first if hours.opened_at is None else hours.opened_at.timestamp()
    closes = horizon if hours.closes_at is None else hours.closes_at.timestamp()
    for begins in range(first, horizon, HALF_HOUR_S):
        open_s = min(begins + HALF_HOUR_S, closes) - max(begins, opens)
        if open_s > 0:
            yield datetime.fromtimestamp(begins, UTC), open_s
