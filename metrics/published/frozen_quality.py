"""Freezes how sure the figures are: sources, the days that are missing, rows set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from data import schema
from data.workdays import Workdays
from metrics.facts import GESPREK, VRAAG, Fact
from metrics.freshness import SourceState, reach
from metrics.periods import Period
from metrics.provenance import Completeness, Day, days_of
from metrics.published.quality import DayGaps, Rejected, Source
from metrics.published.snapshot import Span

TOLD = (GESPREK, VRAAG)
"""The facts of which each open day must have something."""

UNREADABLE = "niet te lezen"


def source(state: SourceState) -> Source:
    """Freeze how far a source was read; what exactly was wrong may name a place on a server."""
    return Source(
        naam=state.naam,
        soort=state.soort,
        feeds=state.feeds,
        earliest=state.earliest,
        newest=state.newest,
        checked_at=state.checked_at,
        error=UNREADABLE if state.error else "",
        demo=state.demo,
    )


def day_gaps(
    connection: Connection,
    organisation: int,
    states: Sequence[SourceState],
    workdays: Workdays,
    span: Span,
    now: datetime,
) -> tuple[DayGaps, ...]:
    """Say per kind of fact which days of the period are not there."""

    def of(fact: Fact) -> DayGaps:
        seen = reach(fact, states, now)
        found = days_of(connection, organisation, seen, workdays, span.first)
        inside = [day for day in found if day.day < span.after]
        return _gaps(fact, [state.naam for state in seen.sources], inside)

    return tuple(of(fact) for fact in TOLD)


def _gaps(fact: Fact, sources: Sequence[str], days: Sequence[Day]) -> DayGaps:
    return DayGaps(
        feed=fact.feed,
        plural=fact.plural,
        sources=tuple(sources),
        days=len(days),
        open_days=sum(day.state is not Completeness.DICHT for day in days),
        missing=tuple(day.day for day in days if day.state is Completeness.LEEG),
        partial=tuple(day.day for day in days if day.state is Completeness.DEELS),
    )


def rejected(
    connection: Connection, organisation: int, span: Span, now: datetime
) -> tuple[Rejected, ...]:
    """Count the rows that each source had set aside from the start of the period until now."""
    r, s = schema.rejected.c, schema.source.c
    since = Period.days(span.first, span.first + timedelta(days=1)).start
    query = (
        select(s.naam, func.count())
        .select_from(schema.source.join(schema.rejected, (r.source == s.id)))
        .where(s.organisation == organisation, r.organisation == organisation)
        .where(s.configured == 1, r.at >= int(since.timestamp()), r.at <= int(now.timestamp()))
        .group_by(s.id, s.naam)
        .order_by(s.id)
    )
    return tuple(Rejected(naam=naam, number=n) for naam, n in connection.execute(query))
