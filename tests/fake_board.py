"""A board without a store: the shapes of dashboard.board, with figures that a test sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dashboard.keeper import Keeper
from dashboard.limits import Limits
from dashboard.wall_names import Names
from data.history import History
from data.norms import NormSettings
from data.walls import Wall
from metrics import Cut, Period, Query, Reading
from metrics.catalogue import catalogue
from metrics.departments import Departments
from metrics.facts import Only
from metrics.parts import Part
from metrics.periods import ZONE
from metrics.repeats import Repeat
from metrics.shortfall import Shortfall
from metrics.targets import Target, goals, targets
from metrics.today import Today
from metrics.transitions import Transition

MONDAY_1432 = datetime(2026, 11, 23, 14, 32, 0, tzinfo=ZONE)  # maandag
SET_BY = "Collegebesluit, voor de tests"
CATALOGUE = catalogue(
    [
        NormSettings(key, value, date(2016, 1, 1), SET_BY, 0.0)
        for key, value in (
            ("bereikbaarheid", 0.9),
            ("wachttijd", 30.0),
            ("digitaal_of_kcc", 0.8),
            ("binnen_termijn", 0.9),
        )
    ]
)
CALM = {
    "wachtenden": 8.0,
    "langst_wachtende": 72.0,
    "medewerkers_beschikbaar": 6.0,
    "medewerkers_pauze": 1.0,
    "gesprekken_nu": 4.0,
    "openstaand": 14.0,
    "open_te_laat": 6.0,
    "bereikbaarheid": 0.92,
    "wachttijd": 18.0,
    "digitaal_of_kcc": 0.79,
    "binnen_termijn": 0.93,
}
QUEUES = {
    "afval": (1.0, 0.94),
    "belastingen": (2.0, 0.93),
    "burgerzaken": (4.0, 0.91),
    "vergunningen": (1.0, 0.95),
}
DEPARTMENTS = {
    "Burgerzaken": (9.0, 0.0),
    "Wmo en jeugd": (14.0, 6.0),
    "Belastingen": (7.0, 1.0),
    "Vergunningen": (5.0, 0.0),
}
REACHED = (0.97, 0.94, 0.92, 0.88, 0.86, 0.87, 0.88, 0.89, 0.9, 0.91, 0.92, 0.925, 0.92)


@dataclass(frozen=True, kw_only=True)
class FakeSource:
    naam: str = "telefonie"
    soort: str = "asterisk_queue_log"
    feeds: tuple[str, ...] = ("gesprek",)
    newest: datetime | None = None
    earliest: datetime | None = None
    checked_at: datetime | None = None
    error: str = ""
    error_since: datetime | None = None
    demo: bool = False
    interval_s: int = 0


@dataclass(frozen=True)
class FakeHours:
    is_open: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class FakeTypical:
    band: tuple[tuple[int, float, float], ...] = ()
    days: int = 0


@dataclass(frozen=True)
class FakeUsual:
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class FakeNeed:
    at: datetime
    needed: int | None


@dataclass(frozen=True)
class FakePlan:
    needs: tuple[FakeNeed, ...] = ()
    reason: str = ""


def normal_monday() -> FakeTypical:
    lows = (0.86, 0.84, 0.82, 0.8, 0.79, 0.8, 0.82, 0.83, 0.83, 0.84, 0.84, 0.85, 0.85, 0.85,
            0.86, 0.86, 0.86, 0.86)  # fmt: skip
    return FakeTypical(
        tuple((17 + i, low, min(low + 0.12, 0.98)) for i, low in enumerate(lows)), 12
    )


@dataclass
class FakeBoard:
    """Figures by key; None is a value that is not there."""

    values: dict[str, float | None] = field(default_factory=lambda: dict(CALM))
    queues: dict[str, tuple[float, float]] = field(default_factory=lambda: dict(QUEUES))
    sources_: list[FakeSource] | None = None
    hours_: FakeHours = field(default_factory=FakeHours)
    typical_: FakeTypical = field(default_factory=normal_monday)
    usual_: FakeUsual = FakeUsual()
    staffing_: FakePlan = FakePlan(reason="nog te weinig dagen om te vergelijken")
    reached: Sequence[float] = REACHED
    cases: int = 412
    reason: str = "geen gegevens van telefonie"
    number: int = 1
    broken: bool = False
    now: datetime = MONDAY_1432
    catalogue: Any = field(default_factory=lambda: CATALOGUE)
    asked: list[Query] = field(default_factory=list)
    recorded: list[Transition] = field(default_factory=list)
    departments: dict[str, tuple[float, float]] = field(default_factory=lambda: dict(DEPARTMENTS))
    months: Callable[[Any, date, Any], list[Reading]] = lambda _kpi, _month, _part: []
    history: History = field(default_factory=History)
    parts_: Sequence[Part] = ()
    follow_up: Any = None
    background: Any = None

    def change(self, **values: float | None) -> None:
        self.values.update(values)
        self.number += 1

    def revision(self) -> int:
        if self.broken:
            raise OSError("store away")
        return self.number

    def sources(self) -> list[FakeSource]:
        self.revision()
        now = self.now
        if self.sources_ is not None:
            return self.sources_
        read = now - timedelta(seconds=2)
        return [
            FakeSource(newest=now - timedelta(seconds=5), checked_at=read),
            FakeSource(naam="zaken", soort="tickets_csv", feeds=("vraag",), newest=read,
                       checked_at=read),
        ]  # fmt: skip

    def targets(
        self, month: date, _now: datetime, key: str = "", part: tuple[Cut, str] | None = None
    ) -> list[Target]:
        self.revision()
        kpis = [self.catalogue[key]] if key else goals(self.catalogue)
        readings = [reading for kpi in kpis for reading in self.months(kpi, month, part)]
        return targets(readings, self.history)

    def parts(
        self, _key: str, _cut: Cut, _month: date, _now: datetime, _only: Any = None
    ) -> Sequence[Part]:
        return self.parts_

    def tell(self, query: Query) -> list[Reading]:
        return self.ask(query)

    def shortfall(self, period: Period, now: datetime, only: Only) -> Shortfall:
        kpis = (self.catalogue["digitaal_of_kcc"],)
        (whole,) = self.ask(Query(kpis=kpis, period=period, now=now, only=only))
        return Shortfall(Cut.ONDERWERP, whole, whole, None, {}, (), "geen vragen in deze periode")

    def repeats(self, _period: Period, _now: datetime, _only: Only) -> list[Repeat]:
        return []

    def hours(self, _now: datetime) -> FakeHours:
        return self.hours_

    def typical(self, _key: str, _now: datetime) -> FakeTypical:
        return self.typical_

    def usual(self, _key: str, _now: datetime, _only: Any) -> FakeUsual:
        return self.usual_

    def staffing(self, _now: datetime, _within_s: int, _after_call_s: int) -> FakePlan:
        return self.staffing_

    def per_department(self, _key: str, _month: date, _now: datetime) -> Departments:
        raise OSError("only a store tells of departments")

    def today(self, _now: datetime, _within_s: float, _after_call_s: float) -> Today:
        raise OSError("only a store tells of today")

    def record(self, changed: Sequence[Transition]) -> bool:
        if self.broken:
            return False
        self.recorded += changed
        return True

    def transitions(self, since: datetime, wand: str | None = None) -> list[Transition]:
        return [one for one in self.recorded if one.at >= since and wand in (None, one.wand)]

    def last_transitions(self, since: datetime) -> dict[tuple[str, str], Transition]:
        return {(one.wand, one.maatstaf): one for one in self.transitions(since)}

    @contextmanager
    def look(self) -> Iterator[FakeBoard]:
        yield self

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        return [self.ask(query) for query in queries]

    def ask(self, query: Query) -> list[Reading]:
        self.revision()
        self.asked.append(query)
        if query.by == (Cut.WACHTRIJ,):
            return [
                self._reading(query, key, value, cut={Cut.WACHTRIJ: name})
                for name, pair in self.queues.items()
                for key, value in zip(("wachtenden", "bereikbaarheid"), pair, strict=True)
            ]
        if query.by == (Cut.AFDELING,):
            return [
                self._reading(query, key, value, cut={Cut.AFDELING: name})
                for name, pair in self.departments.items()
                for key, value in zip(("openstaand", "open_te_laat"), pair, strict=True)
            ]
        if query.grain is not None:
            return list(self._quarters(query))
        return [self._reading(query, kpi.key, self.values.get(kpi.key)) for kpi in query.kpis]

    def _quarters(self, query: Query) -> Any:
        eight = query.now.astimezone(ZONE).replace(hour=8, minute=30, second=0)
        whole = part = 0.0
        for index, share in enumerate(self.reached):
            at = eight + timedelta(minutes=30 * index)
            whole += 40
            taken = share * whole - part
            part += taken
            yield self._reading(query, query.kpis[0].key, taken / 40, bucket=at,
                                teller=taken, noemer=40.0)  # fmt: skip

    def _reading(self, query: Query, key: str, value: float | None, **more: Any) -> Reading:
        kpi = CATALOGUE[key]
        return Reading(
            kpi=kpi,
            period=query.period,
            value=value,
            cases=self.cases if value is not None else 0,
            norm=kpi.norm_on(query.now.astimezone(ZONE).date()),
            as_of=query.now,
            reason="" if value is not None else self.reason,
            **more,
        )


def keeper_for(board: FakeBoard, wall: Wall | None = None) -> Keeper:
    wall = wall or Wall()
    names = Names(board, [wall], fixed(MONDAY_1432))
    return Keeper(wall, "KCC", board, Limits(), names)


def fixed(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant.astimezone(UTC)
