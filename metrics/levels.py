"""Stocks at an instant: now is just the last instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, and_, bindparam, or_, select

from metrics.accumulate import Bucket
from metrics.cells import Values
from metrics.facts import Cut, Sql
from metrics.kpi import Kpi
from metrics.measures import Folded
from metrics.readings import Query
from metrics.stocks import Level, Longest

INSTANT = bindparam("instant", type_=BigInteger)


class Stocks(dict[tuple[str, tuple[Cut, ...], str], Select[Any]]):
    """The statements that were built so far: per figure, cut and narrowing."""


def levels(
    connection: Connection,
    organisation: int,
    kpi: Kpi,
    query: Query,
    buckets: Sequence[Bucket],
    built: Stocks,
) -> Iterator[tuple[Values, Bucket, Folded]]:
    """Yield the level at the end of each bucket, or at now where that comes first."""
    measure = kpi.measure
    if not isinstance(measure, Level | Longest):
        raise TypeError(kpi.key)
    key = (kpi.key, query.by, repr(sorted((c.value, sorted(v)) for c, v in query.only.items())))
    statement = built.get(key)
    if statement is None:
        statement = built[key] = _statement(measure, query)
    found = {}
    for bucket in buckets:
        instant = int(min(bucket.period.end, query.now).timestamp())
        values = {"organisation": organisation, "instant": instant}
        rows = connection.execute(statement, values).fetchall()
        found[bucket] = {tuple(row[:-2]): measure.fold(row[-2:], instant) for row in rows}
    for group in sorted({group for rows in found.values() for group in rows}) or _no_group(query):
        for bucket, rows_ in found.items():
            yield group, bucket, rows_.get(group) or measure.fold((0, 0), 0)


def _statement(measure: Level | Longest, query: Query) -> Select[Any]:
    fact = measure.fact
    by = [fact.cuts[cut] for cut in query.by]
    narrowed = [fact.cuts[cut].in_(sorted(values)) for cut, values in query.only.items()]
    here = fact.table.c.organisation == bindparam("organisation")
    columns: list[Sql] = [*by, *measure.columns()]
    return select(*columns).where(here, _present(measure), *narrowed).group_by(*by)


def _present(measure: Level | Longest) -> Sql:
    """Begun and not ended; nobody is present longer than `longest_s`, so the index bounds it."""
    return and_(
        measure.fact.at > INSTANT - measure.longest_s,
        measure.fact.at <= INSTANT,
        measure.begins <= INSTANT,
        or_(measure.ends.is_(None), measure.ends > INSTANT),
    )


def _no_group(query: Query) -> list[Values]:
    return [] if query.by else [()]
