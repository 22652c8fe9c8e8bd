"""What a wall asks: all its readings at one instant, so that every part tells the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from dashboard.board import Board, Hours, Look, SourceState, StaffingPlan, TypicalDay, Usual
from dashboard.wall_names import Unheard
from data.agreements import CALLBACK
from data.walls import QUEUES, STAFFING, Wall
from metrics import Cut, Grain, Kpi, Query, Reading
from metrics.facts import Only
from metrics.periods import Period, this_month, today

NOW = ("wachtenden", "langst_wachtende", "medewerkers_beschikbaar")
TEAM = ("medewerkers_pauze", "gesprekken_nu")
PER_QUEUE = ("wachtenden", "bereikbaarheid")
CALLBACKS = ("openstaand", "open_te_laat")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All readings of one refresh; `rows` are those of the list, by its name of a queue or so."""

    now: datetime
    hours: Hours
    sources: Sequence[SourceState]
    figures: Mapping[str, Reading]
    rows: Mapping[str, Mapping[str, Reading]]
    quarters: Sequence[Reading]
    typical: TypicalDay | None
    usual: Usual
    staffing: StaffingPlan | None
    month: Sequence[Reading]
    stale: frozenset[str] = frozenset()  # facts that were read too long ago to judge
    unheard: Unheard = field(default_factory=Unheard)

    def told(self, fact: str) -> bool:
        """Whether no rows of a fact means that there are none."""
        return any(fact in one.feeds for one in self.sources) and fact not in self.stale

    @property
    def closed(self) -> bool:
        """Whether the doors are closed and the last caller has been helped."""
        return not self.hours.is_open and not self.figures["wachtenden"].value


def ask_all(board: Board, wall: Wall, now: datetime) -> Answers:
    """Put the questions of a wall."""
    with board.look() as look:
        figures, rows, quarters, month = _ask(board.catalogue, look, wall, now)
        return Answers(
            now=now,
            hours=board.hours(now),
            sources=look.sources(),
            figures={reading.kpi.key: reading for reading in figures},
            rows=_by_name(rows),
            quarters=quarters,
            typical=None if wall.is_narrowed else look.typical(wall.dag, now),
            usual=look.usual("wachtenden", now, narrowing(wall, board.catalogue["wachtenden"])),
            staffing=_staffing(look, wall, now),
            month=sorted(month, key=lambda reading: wall.maand.index(reading.kpi.key)),
        )


def narrowing(wall: Wall, kpi: Kpi) -> Only:
    """Tell what the wall shows of a figure, by the cuts that the figure has."""
    given = {
        Cut.WACHTRIJ: wall.wachtrijen,
        Cut.AFDELING: wall.afdelingen,
        Cut.GEMEENTE: wall.gemeenten,
    }
    cuts = kpi.measure.fact.cuts
    return {cut: names for cut, names in given.items() if names and cut in cuts}


def _ask(
    catalogue: Mapping[str, Kpi], look: Look, wall: Wall, now: datetime
) -> tuple[Sequence[Reading], ...]:
    day = today(now)
    query = partial(_queries, catalogue, wall, now)
    figures = [key for key in (*NOW, *wall.tegels, wall.dag) if key != STAFFING]
    asked = (
        query(figures + list(TEAM) * (STAFFING in wall.tegels), day),
        query(PER_QUEUE, day, by=(Cut.WACHTRIJ,))
        if wall.lijst == QUEUES
        else query(CALLBACKS, day, {Cut.SOORT: frozenset({CALLBACK})}, by=(Cut.AFDELING,)),
        query((wall.dag,), day.until(now), grain=Grain.KWARTIER),
        query(wall.maand, this_month(now)),
    )
    answers = iter(look.ask_many([one for queries in asked for one in queries]))
    return tuple([reading for _ in queries for reading in next(answers)] for queries in asked)


def _queries(
    catalogue: Mapping[str, Kpi],
    wall: Wall,
    now: datetime,
    keys: Sequence[str],
    period: Period,
    only: Only | None = None,
    **how: Any,
) -> list[Query]:
    """Ask figures of one fact together: they are narrowed alike."""
    kpis = sorted((catalogue[key] for key in dict.fromkeys(keys)), key=_fact)
    alike = [tuple(group) for _, group in groupby(kpis, key=_fact)]
    narrowed = [{**narrowing(wall, group[0]), **(only or {})} for group in alike]
    return [
        Query(kpis=group, period=period, now=now, only=names, **how)
        for group, names in zip(alike, narrowed, strict=True)
    ]


def _fact(kpi: Kpi) -> str:
    return kpi.measure.fact.name


def _staffing(look: Look, wall: Wall, now: datetime) -> StaffingPlan | None:
    if STAFFING not in wall.tegels:
        return None
    return look.staffing(now, wall.staffing.antwoordtijd, wall.staffing.nawerk)


def _by_name(readings: Sequence[Reading]) -> dict[str, dict[str, Reading]]:
    rows: dict[str, dict[str, Reading]] = {}
    for reading in readings:
        for name in reading.cut.values():
            if name:
                rows.setdefault(name, {})[reading.kpi.key] = reading
    return rows
