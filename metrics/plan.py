"""What has to be added up for a set of figures over one fact, and the SQL that does it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection, Integer, Select, and_, bindparam, func, literal_column, select
from sqlalchemy.dialects import sqlite

from metrics.cells import Cells, Counts
from metrics.facts import Cut, Fact, Sql
from metrics.kpi import Kpi
from metrics.measures import Flow, Ints, Spread, count
from metrics.stocks import Balance, Level, Longest

T = TypeVar("T")
FORMAT = 2
"""Raised when the stored form of a tally changes."""


@dataclass(frozen=True)
class Need:
    """The places of the sums and spreads that a question needs."""

    sums: tuple[int, ...]
    spreads: frozenset[int]


@dataclass(frozen=True)
class Statements:
    """What a question asks of the database: the sums, and the counts of the spreads it needs."""

    sums: Select[Any]
    counts: tuple[Select[Any] | None, ...]


@dataclass(frozen=True)
class Plan:
    """The sums and spreads of every figure of one fact; equal expressions are kept once.

    `places` says per figure where its sums stand, or its spread; `lost` where the rows are
    counted of which nothing can be told.
    """

    fact: Fact
    sums: tuple[Sql, ...]
    sum_names: tuple[str, ...]
    spreads: tuple[tuple[Sql, Sql], ...]
    spread_names: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    lost: int | None
    built: dict[tuple[str, tuple[Cut, ...], Need], Statements] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a definition does."""
        text = "\n".join((str(FORMAT), *self.sum_names, *self.spread_names))
        return zlib.crc32(text.encode())

    def nothing(self) -> Cells:
        """The cells of a bucket without rows."""
        return Cells(
            [], np.zeros((0, len(self.sums)), np.int64), tuple(Counts.of([]) for _ in self.spreads)
        )

    def need(self, kpis: Iterable[Kpi]) -> Need:
        """Return what these figures need; questions to the facts add up nothing else."""
        sums: set[int] = set() if self.lost is None else {self.lost}
        spreads: set[int] = set()
        for kpi in kpis:
            places = self.places.get(kpi.key, ())
            (spreads if isinstance(kpi.measure, Spread) else sums).update(places)
        return Need(tuple(sorted(sums)), frozenset(spreads))

    def lost_text(self, sums: Ints) -> tuple[str, ...]:
        """Name the rows of which nothing can be told, when there are any."""
        number = 0 if self.lost is None else int(sums[self.lost])
        return (f"{number} {self.fact.lost_name}",) if number else ()

    @property
    def everything(self) -> Need:
        """What all figures of the fact need."""
        return Need(tuple(range(len(self.sums))), frozenset(range(len(self.spreads))))

    def read(
        self,
        connection: Connection,
        organisation: int,
        cuts: Sequence[Cut],
        bucket: Sql | None,
        span: tuple[int, int],
        need: Need,
    ) -> dict[int, Cells]:
        """Add up the facts of a half-open span (epoch) per bucket and cut, by bucket.

        Without an expression for the bucket all are in bucket 0.
        """
        statements = self._statements(bucket, tuple(cuts), need)
        values = {"organisation": organisation, "start": span[0], "end": span[1]}
        width = len(cuts) + 1
        rows = [row for row in _fetch(connection, statements.sums, values) if row[width]]
        rows.sort(key=itemgetter(0))
        sums = self._matrix(need, [row[width + 1 :] for row in rows])
        counts = [
            [] if statement is None else _fetch(connection, statement, values)
            for statement in statements.counts
        ]
        return dict(_cells([row[:width] for row in rows], sums, counts))

    def _statements(self, bucket: Sql | None, cuts: tuple[Cut, ...], need: Need) -> Statements:
        """Return the statements of a question; building one takes as long as running it."""
        key = (str(bucket), cuts, need)
        if key not in self.built:
            self.built[key] = self._build(bucket, cuts, need)
        return self.built[key]

    def _build(self, bucket: Sql | None, cuts: tuple[Cut, ...], need: Need) -> Statements:
        names = [self.fact.cuts[cut] for cut in cuts]
        by = names if bucket is None else [bucket, *names]
        key = [literal_column("0"), *names] if bucket is None else by
        here = and_(
            self.fact.table.c.organisation == bindparam("organisation"),
            self.fact.at >= bindparam("start"),
            self.fact.at < bindparam("end"),
        )
        sums = [self.sums[place] for place in need.sums]
        return Statements(
            select(*key, func.count(), *sums).where(here).group_by(*by),
            tuple(
                _counted(key, by, of, and_(here, where)) if place in need.spreads else None
                for place, (of, where) in enumerate(self.spreads)
            ),
        )

    def _matrix(self, need: Need, values: list[tuple[int, ...]]) -> Ints:
        """Put the sums that were read where they stand among all sums."""
        matrix = np.zeros((len(values), len(self.sums)), np.int64)
        if values and need.sums:
            matrix[:, list(need.sums)] = values
        return matrix


def _counted(key: Sequence[Sql], by: Sequence[Sql], of: Sql, where: Sql) -> Select[Any]:
    """Count the rows per value; a row without one is in no spread."""
    return select(*key, of, func.count()).where(where, of.is_not(None)).group_by(*by, of)


def _cells(
    keys: list[tuple[Any, ...]], sums: Ints, counts: list[list[tuple[Any, ...]]]
) -> Iterator[tuple[int, Cells]]:
    """Yield each bucket, with which the keys begin and by which they are ordered."""
    groups = [(at, list(group)) for at, group in groupby(keys, itemgetter(0))]
    places = {key: place for _, group in groups for place, key in enumerate(group)}
    spreads = [_by_bucket(places, rows) for rows in counts]
    start = 0
    for at, group in groups:
        end = start + len(group)
        counted = tuple(Counts.of(spread.get(at, ())) for spread in spreads)
        yield at, Cells([key[1:] for key in group], sums[start:end], counted)
        start = end


def _by_bucket(
    places: Mapping[tuple[Any, ...], int], rows: list[tuple[Any, ...]]
) -> dict[int, list[tuple[int, int, int]]]:
    """Return per bucket (place of the key in it, value, count)."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((places[row[:-2]], *row[-2:]))
    return found


def plan(fact: Fact, kpis: Iterable[Kpi]) -> Plan:
    """Gather what the figures of a fact add up."""
    sums: dict[str, Sql] = {}
    spreads: dict[str, tuple[Sql, Sql]] = {}
    places: dict[str, tuple[int, ...]] = {}
    for kpi in kpis:
        for measure in _added_up(kpi):
            if measure.fact is not fact:
                continue
            if isinstance(measure, Spread):
                name = written(measure.of) + written(measure.where)
                places[kpi.key] = (_place(spreads, name, (measure.of, measure.where)),)
            else:
                places[kpi.key] = tuple(_place(sums, written(sql), sql) for sql in measure.sums())
    lost = None if fact.lost is None else _place(sums, written(count(fact.lost)), count(fact.lost))
    return Plan(
        fact,
        tuple(sums.values()),
        tuple(sums),
        tuple(spreads.values()),
        tuple(spreads),
        places,
        lost,
    )


def _added_up(kpi: Kpi) -> tuple[Flow | Spread, ...]:
    """Return what a figure adds up: a balance two sides, a level nothing."""
    measure = kpi.measure
    if isinstance(measure, Level | Longest):
        return ()
    return (measure.enters, measure.leaves) if isinstance(measure, Balance) else (measure,)


def facts_of(kpi: Kpi) -> list[Fact]:
    """Return the facts of which a figure adds something up, or that it looks at."""
    return [measure.fact for measure in _added_up(kpi)] or [kpi.measure.fact]


def _place(known: dict[str, T], name: str, value: T) -> int:
    """Return where a named value stands; a new one is added at the end."""
    known.setdefault(name, value)
    return list(known).index(name)


def written(sql: Sql) -> str:
    """Write an expression as text, values included."""
    compiled = sql.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled)


def quarter_of(fact: Fact) -> Sql:
    """The quarter-hour of a row, as epoch // 900; local quarters begin at the same instants."""
    return fact.at // literal_column("900", Integer)


def _fetch(
    connection: Connection, query: Select[Any], values: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query, values).fetchall()]
