"""Stocks at an instant: now is just the last instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from metrics.accumulate import Bucket
from metrics.cells import Values
from metrics.facts import Sql
from metrics.kpi import Kpi
from metrics.measures import Folded, Level, Longest, Stock
from metrics.readings import Query


def levels(
    connection: Connection, organisation: int, kpi: Kpi, query: Query, buckets: Sequence[Bucket]
) -> Iterator[tuple[Values, Bucket, Folded]]:
    """Yield the level at the end of each bucket, or at now where that comes first."""
    measure = kpi.measure
    if not isinstance(measure, Level | Longest):
        raise TypeError(kpi.key)
    found = {}
    for bucket in buckets:
        instant = int(min(bucket.period.end, query.now).timestamp())
        rows = _at(connection, organisation, measure, query, instant)
        found[bucket] = {tuple(row[:-2]): measure.fold(row[-2:], instant) for row in rows}
    empty = [0, 0]
    for group in sorted({group for rows in found.values() for group in rows}) or _no_group(query):
        for bucket, rows_ in found.items():
            yield group, bucket, rows_.get(group) or measure.fold(empty, 0)


def _at(
    connection: Connection, organisation: int, measure: Stock, query: Query, instant: int
) -> list[tuple[Any, ...]]:
    fact = measure.fact
    by = [fact.cuts[cut] for cut in query.by]
    narrowed = [fact.cuts[cut].in_(sorted(values)) for cut, values in query.only.items()]
    here = fact.table.c.organisation == organisation
    present = _present(measure, instant)
    statement = select(*by, *measure.columns()).where(here, present, *narrowed).group_by(*by)
    return [tuple(row) for row in connection.execute(statement)]


def _present(measure: Stock, instant: int) -> Sql:
    """Begun and not ended; nobody is present longer than `longest_s`, so the index bounds it."""
    return and_(
        measure.begins > instant - measure.longest_s,
        measure.begins <= instant,
        or_(measure.ends.is_(None), measure.ends > instant),
    )


def _no_group(query: Query) -> list[Values]:
    return [] if query.by else [()]
