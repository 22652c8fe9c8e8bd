"""Adds cells up into the buckets and groups that a question asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from metrics.cells import Cells, Values
from metrics.facts import Cut
from metrics.measures import Ints
from metrics.periods import Period
from metrics.plan import Plan


@dataclass(frozen=True)
class Bucket:
    """A stretch of the period; `start` is None when the period is not cut into buckets."""

    period: Period
    start: datetime | None


@dataclass
class Group:
    """The sums of one bucket and one group, and its counted values per spread."""

    sums: Ints
    parts: list[list[tuple[Ints, Ints]]]

    def counts(self, spread: int) -> tuple[Ints, Ints]:
        """Return the values and their counts; a value may occur more than once."""
        parts = self.parts[spread]
        if not parts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.concatenate([v for v, _ in parts]), np.concatenate([c for _, c in parts])


@dataclass
class Sums:
    """What has been added up so far, per bucket start and group."""

    plan: Plan
    by: Sequence[Cut]
    only: Mapping[Cut, frozenset[str]]
    found: dict[tuple[datetime | None, Values], Group] = field(default_factory=dict)

    def groups(self) -> list[Values]:
        """Return the groups that occur, in order; a question without cuts has one."""
        return sorted({group for _, group in self.found}) if self.by else [()]

    def group(self, bucket: Bucket, group: Values) -> Group:
        """Return what was added up for a bucket and a group; nothing adds up to zero."""
        return self.found.get((bucket.start, group)) or self._nothing()

    def add(self, start: datetime | None, cuts: Sequence[Cut], cells: Cells) -> None:
        """Add the cells of one bucket, leaving out what `only` excludes."""
        if not self.by and not self.only:
            self._add_all(start, cells)
            return
        wanted: dict[Values, list[int]] = {}
        for index, key in enumerate(cells.keys):
            named = dict(zip(cuts, key, strict=True))
            if all(named[cut] in values for cut, values in self.only.items()):
                wanted.setdefault(tuple(named[cut] for cut in self.by), []).append(index)
        for group, indexes in wanted.items():
            self._add_some(self._at(start, group), cells, np.array(indexes))

    def _add_all(self, start: datetime | None, cells: Cells) -> None:
        group = self._at(start, ())
        group.sums += cells.sums.sum(axis=0)
        for parts, counts in zip(group.parts, cells.counts, strict=True):
            parts.append((counts.value, counts.count))

    def _add_some(self, group: Group, cells: Cells, indexes: Ints) -> None:
        group.sums += cells.sums[indexes].sum(axis=0)
        chosen = np.zeros(len(cells.keys), np.bool_)
        chosen[indexes] = True
        for parts, counts in zip(group.parts, cells.counts, strict=True):
            here = chosen[counts.cell]
            parts.append((counts.value[here], counts.count[here]))

    def _at(self, start: datetime | None, group: Values) -> Group:
        return self.found.setdefault((start, group), self._nothing())

    def _nothing(self) -> Group:
        return Group(np.zeros(len(self.plan.sums), np.int64), [[] for _ in self.plan.spreads])
