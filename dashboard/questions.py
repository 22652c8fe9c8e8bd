"""What the wall asks: all its readings at one instant, so that every part tells the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.board import Board, Hours, SourceState, TypicalDay
from dashboard.limits import Limits
from metrics import Cut, Grain, Query, Reading
from metrics.periods import Period, this_month, today

NOW = ("wachtenden", "langst_wachtende", "medewerkers_beschikbaar")
TODAY = ("bereikbaarheid", "wachttijd")
PER_QUEUE = ("wachtenden", "bereikbaarheid")
MONTH = ("digitaal_of_kcc", "binnen_termijn")
COURSE = "bereikbaarheid"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All readings of one refresh."""

    now: datetime
    hours: Hours
    sources: Sequence[SourceState]
    figures: Mapping[str, Reading]
    queues: Mapping[str, Mapping[str, Reading]]
    quarters: Sequence[Reading]
    typical: TypicalDay
    month: Sequence[Reading]

    @property
    def closed(self) -> bool:
        """Whether the doors are closed and the last caller has been helped."""
        return not self.hours.is_open and not self.figures["wachtenden"].value


def ask_all(board: Board, now: datetime) -> Answers:
    """Put the questions of the wall."""
    day = today(now)

    def query(keys: Sequence[str], period: Period = day, **how: Any) -> Query:
        kpis = tuple(board.catalogue[key] for key in keys)
        return Query(kpis=kpis, period=period, now=now, **how)

    queries = [
        query((*NOW, *TODAY)),
        query(PER_QUEUE, by=(Cut.WACHTRIJ,)),
        query((COURSE,), day.until(now), grain=Grain.KWARTIER),
        query(MONTH, this_month(now)),
    ]
    with board.look() as look:
        figures, queues, quarters, month = look.ask_many(queries)
        sources, typical = look.sources(), look.typical(COURSE, now)
    return Answers(
        now=now,
        hours=board.hours(now),
        sources=sources,
        figures={reading.kpi.key: reading for reading in figures},
        queues=_by_queue(queues),
        quarters=quarters,
        typical=typical,
        month=month,
    )


def _by_queue(readings: Sequence[Reading]) -> dict[str, dict[str, Reading]]:
    queues: dict[str, dict[str, Reading]] = {}
    for reading in readings:
        if name := reading.cut.get(Cut.WACHTRIJ):
            queues.setdefault(name, {})[reading.kpi.key] = reading
    return queues


def changes_at(answers: Answers, limits: Limits) -> datetime:
    """Tell when the wall next changes by time alone: a limit passed, a door opened."""
    now, waited = answers.now, answers.figures["langst_wachtende"].value
    edges = [answers.hours.opens_at, answers.hours.closes_at, today(now).end]
    if waited is not None and answers.figures["wachtenden"].value:
        limit_passed = (limits.longest_attention, limits.longest_action)
        # one second later, for the verdict is "longer than", not "as long as"
        edges += [now + timedelta(seconds=limit - waited + 1) for limit in limit_passed]
    return min(edge for edge in edges if edge is not None and edge > now)
