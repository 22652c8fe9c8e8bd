"""Today per quarter-hour: what came, what is usual, who is there, and what the norm still asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.calendar import Calendar, Hours
from metrics.engine import Look
from metrics.periods import ZONE, Grain, Period, local_day
from metrics.periods import today as whole_day
from metrics.readings import Query, Reading
from metrics.remaining import Remaining, ends, remaining
from metrics.staffing import HALF_HOUR_S, StaffingPlan, open_parts
from metrics.typical import QUARTER_S, quarter
from metrics.units import rounded
from metrics.volume import Usually, Volume

GOALS = ("bereikbaarheid", "servicelevel")
PRESENT, WAITING = "medewerkers_beschikbaar", "wachtenden"
NO_NORM = "er is geen norm voor dit cijfer"
FEW_DAYS = "er zijn te weinig vergelijkbare dagen om te weten hoeveel oproepen er nog komen"


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A quarter-hour by its begin; what has not come, or is not known, is None."""

    at: datetime
    usually: Usually | None
    offered: int | None = None
    answered: int | None = None

    @property
    def missed(self) -> int | None:
        """The calls that nobody answered."""
        if self.offered is None or self.answered is None:
            return None
        return self.offered - self.answered


@dataclass(frozen=True, kw_only=True)
class Crew:
    """A half-hour by its begin: who was there halfway, or is now, and how many it needs."""

    at: datetime
    needed: int | None
    present: int | None = None
    reason: str = ""

    @property
    def short(self) -> int | None:
        """How many more it needs than are there; none when there are enough."""
        if self.needed is None or self.present is None:
            return None
        return max(0, self.needed - self.present)


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A share of today against its norm: what the calls to come must bring, if so many come."""

    reading: Reading
    quiet: Remaining | None = None
    expected: Remaining | None = None
    busy: Remaining | None = None
    reason: str = ""

    @property
    def ends(self) -> tuple[float, float] | None:
        """Between which shares the day ends, if as many calls come as expected."""
        if self.expected is None:
            return None
        part, whole = int(self.reading.teller or 0), int(self.reading.noemer or 0)
        return ends(part, whole, self.expected.calls)

    @property
    def rests(self) -> Sequence[tuple[str, Remaining | None]]:
        """What is asked when it is quiet (P10), as expected (the mean) and busy (P90)."""
        return ("rustig", self.quiet), ("verwacht", self.expected), ("druk", self.busy)


@dataclass(frozen=True, kw_only=True)
class Today:
    """All that is told of today at one instant."""

    now: datetime
    hours: Hours
    quarters: tuple[Quarter, ...]
    crews: tuple[Crew, ...]
    goals: tuple[Goal, ...]
    waiting: int | None
    days: int
    so_far: Usually | None
    to_come: Usually | None
    plan: StaffingPlan

    @property
    def opens(self) -> bool:
        """Whether it is open at some time today."""
        return bool(self.quarters)

    @property
    def over(self) -> bool:
        """Whether it has closed for today."""
        last = self.quarters[-1].at + timedelta(seconds=QUARTER_S) if self.quarters else self.now
        return not self.hours.is_open and self.now >= last

    @property
    def crew(self) -> Crew | None:
        """The last half-hour of which it is known who was there."""
        known = [crew for crew in self.crews if crew.present is not None]
        return known[-1] if known else None

    @property
    def short(self) -> list[Crew]:
        """The half-hours so far with fewer people than they needed."""
        return [crew for crew in self.crews if crew.short]

    @property
    def offered(self) -> int | None:
        """The calls that were offered so far."""
        noemer = self.goals[0].reading.noemer
        return None if noemer is None else int(noemer)

    @property
    def missed(self) -> int | None:
        """The calls so far that nobody answered."""
        reading = self.goals[0].reading
        if reading.noemer is None or reading.teller is None:
            return None
        return int(reading.noemer - reading.teller)


def today(
    look: Look, calendar: Calendar, now: datetime, usual: Volume, plan: StaffingPlan
) -> Today:
    """Tell of today, up to now."""
    day = local_day(now)
    parts = open_parts(calendar, day, QUARTER_S)
    left = {at: _left(at, now) for at in parts}
    to_come = usual.over(_slots(left))
    kpis = tuple(look.engine.catalogue[key] for key in GOALS)
    whole, waiting = look.ask_many(
        [
            Query(kpis=kpis, period=whole_day(now), now=now),
            Query(kpis=(look.engine.catalogue[WAITING],), period=whole_day(now), now=now),
        ]
    )
    waits = None if waiting[0].value is None else int(waiting[0].value)
    return Today(
        now=now,
        hours=calendar.hours(now),
        quarters=_quarters(look, now, usual, list(parts)),
        crews=_crews(look, now, plan),
        goals=tuple(goal(reading, waits or 0, to_come) for reading in whole),
        waiting=waits,
        days=usual.days,
        so_far=usual.over(_slots({at: 1 - part for at, part in left.items()})),
        to_come=to_come,
        plan=plan,
    )


def goal(reading: Reading, waiting: int, to_come: Usually | None) -> Goal:
    """Find what the calls that wait and those that are still usual must bring."""
    if reading.teller is None or reading.noemer is None:
        return Goal(reading=reading, reason=reading.reason)
    if reading.norm is None:
        return Goal(reading=reading, reason=NO_NORM)
    if to_come is None:
        return Goal(reading=reading, reason=FEW_DAYS)
    part, whole, norm = int(reading.teller), int(reading.noemer), reading.norm.value
    quiet, expected, busy = (
        remaining(part, whole, waiting + int(rounded(calls, 0)), norm)
        for calls in (to_come.low, to_come.mean, to_come.high)
    )
    return Goal(reading=reading, quiet=quiet, expected=expected, busy=busy)


def _left(at: datetime, now: datetime) -> float:
    """Which part of a quarter-hour is still to come."""
    return min(1.0, max(0.0, 1 - (now - at).total_seconds() / QUARTER_S))


def _slots(parts: Mapping[datetime, float]) -> dict[int, float]:
    return {quarter(at.astimezone(ZONE)): part for at, part in parts.items()}


def _quarters(
    look: Look, now: datetime, usual: Volume, begins: Sequence[datetime]
) -> tuple[Quarter, ...]:
    found = _so_far(look, "bereikbaarheid", begins, now)
    return tuple(_quarter(at, found.get(at), usual) for at in begins)


def _quarter(at: datetime, reading: Reading | None, usual: Volume) -> Quarter:
    usually = usual.quarters[quarter(at.astimezone(ZONE))]
    if reading is None or reading.noemer is None or reading.teller is None:
        return Quarter(at=at, usually=usually)
    offered, answered = int(reading.noemer), int(reading.teller)
    return Quarter(at=at, usually=usually, offered=offered, answered=answered)


def _crews(look: Look, now: datetime, plan: StaffingPlan) -> tuple[Crew, ...]:
    begins = [need.at for need in plan.needs]
    found = _so_far(look, PRESENT, begins, now)
    return tuple(_crew(need.at, need.needed, found.get(need.at)) for need in plan.needs)


def _crew(at: datetime, needed: int | None, reading: Reading | None) -> Crew:
    if reading is None or reading.value is None:
        return Crew(at=at, needed=needed, reason=reading.reason if reading else "")
    return Crew(at=at, needed=needed, present=int(reading.value))


def _so_far(
    look: Look, key: str, begins: Sequence[datetime], now: datetime
) -> dict[datetime, Reading]:
    """Ask a figure per quarter-hour, from the first of these up to now."""
    if not begins or begins[0] >= now:
        return {}
    period = Period(begins[0], begins[-1] + timedelta(seconds=HALF_HOUR_S)).until(now)
    kpi = look.engine.catalogue[key]
    query = Query(kpis=(kpi,), period=period, now=now, grain=Grain.KWARTIER)
    (readings,) = look.ask_many([query])
    return {reading.bucket: reading for reading in readings if reading.bucket is not None}
