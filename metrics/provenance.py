"""Where the figures come from: runs of the sources, rows set aside, and what each day has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Select, func, select

from data import schema
from data.workdays import Workdays
from metrics.facts import Fact
from metrics.freshness import Reach
from metrics.periods import Period, local_day

LAST_RUNS = 5
MOST_REASONS = 20


class Completeness(Enum):
    """What the store has of a day."""

    COMPLEET = "compleet"
    DEELS = "deels"
    LEEG = "leeg"
    DICHT = "dicht"


@dataclass(frozen=True)
class Run:
    """The account of one batch of a source."""

    bron: str
    at: datetime
    rows: int
    written: int
    rejected: int
    error: str


@dataclass(frozen=True)
class Refused:
    """How many rows of a source were set aside for one reason, and when one was last."""

    bron: str
    reason: str
    number: int
    last: datetime


@dataclass(frozen=True)
class Day:
    """One day of a fact, with what it lacks."""

    day: date
    state: Completeness
    gaps: tuple[str, ...] = ()


def last_runs(connection: Connection, organisation: int, most: int = LAST_RUNS) -> list[Run]:
    """Return the last runs of each configured source, the newest first."""
    return [
        Run(naam, _instant(at), *told)
        for key, naam in _sources(connection, organisation)
        for at, *told in connection.execute(_runs(organisation, key, most))
    ]


def _sources(connection: Connection, organisation: int) -> list[tuple[int, str]]:
    s = schema.source.c
    here = s.organisation == organisation, s.configured == 1
    query = select(s.id, s.naam).where(*here).order_by(s.id)
    return [(row.id, row.naam) for row in connection.execute(query)]


def _runs(organisation: int, source: int, most: int) -> Select[Any]:
    r = schema.run.c
    return (
        select(r.at, r.rows, r.written, r.rejected, r.error)
        .where(r.organisation == organisation, r.source == source)
        .order_by(r.version.desc())
        .limit(most)
    )


def refused(connection: Connection, organisation: int) -> list[Refused]:
    """Return why rows were set aside, per configured source, the most frequent reason first."""
    return [
        Refused(naam, row.reason, row.number, _instant(row.last))
        for key, naam in _sources(connection, organisation)
        for row in connection.execute(_reasons(organisation, key))
    ]


def _reasons(organisation: int, source: int) -> Select[Any]:
    r = schema.rejected.c
    number = func.count().label("number")
    return (
        select(r.reason, number, func.max(r.at).label("last"))
        .where(r.organisation == organisation, r.source == source)
        .group_by(r.reason)
        .order_by(number.desc(), r.reason)
        .limit(MOST_REASONS)
    )


def days_of(
    connection: Connection, organisation: int, seen: Reach, workdays: Workdays, first: date
) -> list[Day]:
    """Say of each day of a fact, from one on up to today, what the store has of it."""
    today = local_day(seen.now)
    told = _told(connection, organisation, seen.fact, first, today)
    days = [first + timedelta(days=ahead) for ahead in range((today - first).days + 1)]
    return [_day(day, seen, workdays, told=day.toordinal() in told) for day in days]


def _told(
    connection: Connection, organisation: int, fact: Fact, first: date, last: date
) -> frozenset[int]:
    """Return the days of which a source told anything at all."""
    d = schema.day_version.c
    query = select(d.day).where(
        d.organisation == organisation,
        d.fact == fact.name,
        d.day >= first.toordinal(),
        d.day <= last.toordinal(),
    )
    return frozenset(connection.execute(query).scalars())


def _day(day: date, seen: Reach, workdays: Workdays, *, told: bool) -> Day:
    """Judge one day; of one on which it is shut nothing needs to be told."""
    if not told:
        shut = not workdays.opens(day.toordinal())
        return Day(day, Completeness.DICHT if shut else Completeness.LEEG)
    gaps = seen.gaps(Period.days(day, day + timedelta(days=1)))
    return Day(day, Completeness.DEELS if gaps else Completeness.COMPLEET, gaps)


def _instant(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
