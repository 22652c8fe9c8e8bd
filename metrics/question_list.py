"""The questions behind a figure, one by one, each by its number in its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from data.schema import source, ticket
from metrics.facts import Only, Sql
from metrics.kpi import Kpi
from metrics.measures import Count, CoveredShare, Mean, Share, Spread
from metrics.periods import ZONE, Period, local_day


class Outcome(Enum):
    """Which questions of a share are meant: those that went well, or the others."""

    ALLE = "alle"
    GOED = "goed"
    ANDERS = "anders"


class State(Enum):
    """What became of a question."""

    BEANTWOORD = "beantwoord"
    TE_LAAT_BEANTWOORD = "te laat beantwoord"
    OPEN = "open"
    OPEN_TE_LAAT = "open en te laat"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which questions are asked for: those of a figure in a period, of some parts."""

    kpi: Kpi
    period: Period
    now: datetime
    only: Only
    outcome: Outcome = Outcome.ALLE


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One question. `te_laat` is by how many days, begun ones too, it was late or is by now."""

    vraag: str
    bron: str
    ontvangen: date
    onderwerp: str
    afdeling: str
    kanaal: str
    stand: State
    uiterlijk: date | None
    te_laat: int | None


def listable(catalogue: Mapping[str, Kpi]) -> dict[str, Kpi]:
    """Return the figures with questions behind them that can be listed."""
    return {
        key: kpi
        for key, kpi in catalogue.items()
        if kpi.measure.fact.table is ticket and _conditions(kpi)
    }


def listed(
    connection: Connection, organisation: int, chosen: Chosen, after: int, size: int
) -> tuple[list[Listed], int]:
    """Return a stretch of the questions in order of time, and how many there are in all."""
    here = and_(*_where(organisation, chosen))
    number = connection.execute(select(func.count()).select_from(ticket).where(here)).scalar_one()
    t, fact = ticket.c, chosen.kpi.measure.fact
    told = (t.key, source.c.naam, t.received_at, t.onderwerp, t.afdeling, t.kanaal)
    query = (
        select(*told, t.due_at, t.answered_at)
        .join(source, (source.c.organisation == t.organisation) & (source.c.id == t.source))
        .where(here)
        .order_by(fact.at, t.source, t.key)
        .offset(after)
        .limit(size)
    )
    return [_listed(chosen.now, row) for row in connection.execute(query)], number


def _where(organisation: int, chosen: Chosen) -> Sequence[ColumnElement[bool]]:
    fact, found = chosen.kpi.measure.fact, _conditions(chosen.kpi)
    if found is None:
        raise ValueError(f"{chosen.kpi.key} has no list of questions")
    whole, part = found
    period = chosen.period.until(chosen.now)
    start, end = (int(edge.timestamp()) for edge in (period.start, period.end))
    cuts = [fact.cuts[cut].in_(sorted(values)) for cut, values in chosen.only.items()]
    here = (ticket.c.organisation == organisation, fact.at >= start, fact.at < end, *cuts, whole)
    if chosen.outcome is Outcome.ALLE or part is None:
        return here
    well = case((part, 1), else_=0)
    return (*here, well == int(chosen.outcome is Outcome.GOED))


def _conditions(kpi: Kpi) -> tuple[Sql, Sql | None] | None:
    """Return which questions a figure counts, and of a share which of them well."""
    measure = kpi.measure
    if isinstance(measure, Share | CoveredShare):
        return measure.whole, measure.part
    return (measure.where, None) if isinstance(measure, Count | Mean | Spread) else None


def _listed(now: datetime, row: Any) -> Listed:
    answered = row.answered_at is not None
    until = datetime.fromtimestamp(row.answered_at, ZONE) if answered else now
    late = row.due_at is not None and until.timestamp() > row.due_at
    last = None if row.due_at is None else datetime.fromtimestamp(row.due_at, ZONE).date()
    return Listed(
        vraag=row.key,
        bron=row.naam,
        ontvangen=datetime.fromtimestamp(row.received_at, ZONE).date(),
        onderwerp=row.onderwerp,
        afdeling=row.afdeling,
        kanaal=row.kanaal,
        stand=_state(late=late, answered=answered),
        uiterlijk=last,
        te_laat=None if last is None else max(1, (local_day(until) - last).days) if late else 0,
    )


def _state(*, late: bool, answered: bool) -> State:
    if answered:
        return State.TE_LAAT_BEANTWOORD if late else State.BEANTWOORD
    return State.OPEN_TE_LAAT if late else State.OPEN
