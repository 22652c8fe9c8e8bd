"""What has to be added up for a set of figures over one fact, and the SQL that does it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection, Select, and_, func, select
from sqlalchemy.dialects import sqlite

from metrics.cells import Cells, Counts
from metrics.facts import Cut, Fact, Sql
from metrics.kpi import Kpi
from metrics.measures import Level, Longest, Spread

T = TypeVar("T")
FORMAT = 1
"""Raised when the stored form of a tally changes."""


@dataclass(frozen=True)
class Plan:
    """The sums and spreads of every figure of one fact; equal expressions are kept once.

    `places` says per figure where its sums stand, or its spread.
    """

    fact: Fact
    sums: tuple[Sql, ...]
    sum_names: tuple[str, ...]
    spreads: tuple[tuple[Sql, Sql], ...]
    spread_names: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

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

    def read(
        self,
        connection: Connection,
        organisation: int,
        cuts: Sequence[Cut],
        bucket: Sql,
        within: Sql,
    ) -> dict[int, Cells]:
        """Add up the facts per bucket and cut; return the cells per bucket."""
        here = and_(self.fact.table.c.organisation == organisation, within)
        by = [bucket.label("bucket"), *(self.fact.cuts[cut] for cut in cuts)]
        found: dict[int, list[tuple[Any, ...]]] = {}
        for row in _fetch(connection, select(*by, *self.sums).where(here).group_by(*by)):
            found.setdefault(row[0], []).append(row)
        counts = [
            _fetch(connection, _counted(by, of, and_(here, where))) for of, where in self.spreads
        ]
        return _cells(found, counts, len(by))


def _counted(by: Sequence[Sql], of: Sql, where: Sql) -> Select[Any]:
    """Count the rows per value; a row without one is in no spread."""
    return select(*by, of, func.count()).where(where, of.is_not(None)).group_by(*by, of)


def _cells(
    found: dict[int, list[tuple[Any, ...]]], counts: list[list[tuple[Any, ...]]], width: int
) -> dict[int, Cells]:
    """Put together the sums and the counted values of each bucket; `width` columns are the key."""
    places = {row[:width]: index for group in found.values() for index, row in enumerate(group)}
    counted: dict[int, list[list[tuple[int, int, int]]]] = {
        at: [[] for _ in counts] for at in found
    }
    for spread, rows in enumerate(counts):
        for row in rows:
            counted[row[0]][spread].append((places[row[:width]], row[width], row[width + 1]))
    return {
        at: Cells(
            [row[1:width] for row in group],
            np.array([row[width:] for row in group], np.int64),
            tuple(Counts.of(values) for values in counted[at]),
        )
        for at, group in found.items()
    }


def plan(fact: Fact, kpis: Iterable[Kpi]) -> Plan:
    """Gather what the figures of a fact add up."""
    sums: dict[str, Sql] = {}
    spreads: dict[str, tuple[Sql, Sql]] = {}
    places: dict[str, tuple[int, ...]] = {}
    for kpi in kpis:
        measure = kpi.measure
        if measure.fact is not fact or isinstance(measure, Level | Longest):
            continue
        if isinstance(measure, Spread):
            name = written(measure.of) + written(measure.where)
            places[kpi.key] = (_place(spreads, name, (measure.of, measure.where)),)
        else:
            places[kpi.key] = tuple(_place(sums, written(sql), sql) for sql in measure.sums())
    return Plan(
        fact, tuple(sums.values()), tuple(sums), tuple(spreads.values()), tuple(spreads), places
    )


def _place(known: dict[str, T], name: str, value: T) -> int:
    """Return where a named value stands; a new one is added at the end."""
    known.setdefault(name, value)
    return list(known).index(name)


def written(sql: Sql) -> str:
    """Write an expression as text, values included."""
    compiled = sql.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled)


def _fetch(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query).fetchall()]
