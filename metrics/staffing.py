"""How many employees the coming half-hours need: by calls, talking times and patience of before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from data.calendar import Calendar, Hours
from metrics import erlang
from metrics.engine import Look
from metrics.periods import ZONE, Period, local_day
from metrics.readings import Query
from metrics.typical import FEWEST, Past, quarter
from metrics.volume import volume

AHEAD = 8
"""So many half-hours are told, the present one included."""
HALF_HOUR_S = 1800
CLOSED_DAYS = timedelta(days=28)
FEWEST_GIVEN_UP = 20
CLOSED = "het is nu gesloten"
CLOSED_TODAY = "het is vandaag gesloten"
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
        """Whether it holds for the half-hour; a store that is being filled soon tells more."""
        return bool(self.needs) and self.handling_s is not None


def staffing(
    look: Look, past: Past, now: datetime, within_s: float, after_call_s: float
) -> StaffingPlan:
    """Plan from the present half-hour up to closing, by the last 12 ordinary days like this."""
    hours = past.calendar.hours(now)
    if not hours.is_open:
        return StaffingPlan(reason=CLOSED)
    return _plan(look, past, now, _coming(hours, now), within_s, after_call_s)


def day_plan(
    look: Look, past: Past, now: datetime, within_s: float, after_call_s: float
) -> StaffingPlan:
    """Plan all half-hours of today in which it is open, in the same way."""
    parts = open_parts(past.calendar, local_day(now), HALF_HOUR_S)
    if not parts:
        return StaffingPlan(reason=CLOSED_TODAY)
    return _plan(look, past, now, parts.items(), within_s, after_call_s)


def open_parts(calendar: Calendar, day: date, step_s: int) -> dict[datetime, float]:
    """Return the half-hours (or so) of a local day in which it is open, with the seconds of it."""
    parts: dict[datetime, float] = {}
    for opens, closes in calendar.block_instants(day.toordinal()):
        for begins in range(opens // step_s * step_s, closes, step_s):
            at = datetime.fromtimestamp(begins, UTC)
            open_s = min(begins + step_s, closes) - max(begins, opens)
            parts[at] = parts.get(at, 0) + open_s
    return parts


def _plan(
    look: Look,
    past: Past,
    now: datetime,
    parts: Iterable[tuple[datetime, float]],
    within_s: float,
    after_call_s: float,
) -> StaffingPlan:
    expected = volume(look, past, now).per_half_hour()
    if expected is None:
        return StaffingPlan(reason=FEW_DAYS)
    handling_s, patience_s = _handling(look, now, after_call_s), _patience(look, now)
    norm = look.engine.catalogue["servicelevel"].norm_on(local_day(now))
    share = None if norm is None else norm.value
    needs, reason = [], ""
    for at, open_s in parts:
        calls = float(expected[quarter(at.astimezone(ZONE)) // 2])
        per_hour = calls * erlang.HOUR_S / open_s
        found = erlang.needed(per_hour, handling_s, share, within_s, patience_s)
        needs.append(Need(at, calls, found.employees))
        reason = reason or found.reason
    return StaffingPlan(tuple(needs), handling_s, patience_s, share, reason)


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
