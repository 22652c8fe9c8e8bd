"""Adds cells up into the buckets and groups that a question asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise

import numpy as np

from metrics.cells import NO_COUNTS, Cells, Values
from metrics.facts import Cut
from metrics.measures import Ints
from metrics.periods import Period
from metrics.plan import Plan

NOWHERE = -1
"""The place of what is left out, and of a bucket or group without rows."""


@dataclass(frozen=True)
class Bucket:
    """A stretch of the period; `start` is None when the period is not cut into buckets."""

    period: Period
    start: datetime | None


@dataclass(frozen=True)
class Group:
    """The sums of one bucket and one group, and per spread its values and their counts.

    A value may occur more than once.
    """

    sums: Ints
    counts: Mapping[int, tuple[Ints, Ints]]


@dataclass
class Sums:
    """What is added up per bucket start and group: gathered row by row, then added in one go."""

    plan: Plan
    by: Sequence[Cut]
    only: Mapping[Cut, frozenset[str]]
    spreads: frozenset[int]
    places: dict[tuple[datetime | None, Values], int] = field(default_factory=dict)
    gathered: list[tuple[Cells, Ints]] = field(default_factory=list)

    def add(self, start: datetime | None, cuts: Sequence[Cut], cells: Cells) -> None:
        """Add the cells of one bucket, leaving out what `only` excludes."""
        by = [cuts.index(cut) for cut in self.by]
        only = [(cuts.index(cut), values) for cut, values in self.only.items()]
        places = [
            self._place(start, tuple(key[index] for index in by))
            if all(key[index] in values for index, values in only)
            else NOWHERE
            for key in cells.keys
        ]
        self.gathered.append((cells, np.array(places, np.int64)))

    def _place(self, start: datetime | None, group: Values) -> int:
        return self.places.setdefault((start, group), len(self.places))

    def groups(self) -> list[Values]:
        """Return the groups that occur, in order; a question without cuts has one."""
        return sorted({group for _, group in self.places}) if self.by else [()]

    def group(self, bucket: Bucket, group: Values) -> Group:
        """Return what was added up for a bucket and a group; nothing adds up to zero."""
        return self._added[self.places.get((bucket.start, group), NOWHERE)]

    @cached_property
    def _added(self) -> list[Group]:
        """The groups by place, and one of nothing at the end."""
        matrix = np.zeros((len(self.places) + 1, len(self.plan.sums)), np.int64)
        sums = [cells.sums for cells, _ in self.gathered]
        np.add.at(
            matrix,
            _joined([places for _, places in self.gathered]),
            np.concatenate([matrix[:0], *sums]),
        )
        matrix[NOWHERE] = 0
        spreads = {spread: self._parted(spread) for spread in self.spreads}
        return [
            Group(sums, {spread: parts[place] for spread, parts in spreads.items()})
            for place, sums in enumerate(matrix)
        ]

    def _parted(self, spread: int) -> list[tuple[Ints, Ints]]:
        """The counted values of a spread, by place."""
        counts = [(places, cells.counts[spread]) for cells, places in self.gathered]
        owner = _joined([places[part.cell] for places, part in counts])
        order = np.argsort(owner, kind="stable")
        edges = np.searchsorted(owner[order], np.arange(len(self.places) + 1))
        value = _joined([part.value for _, part in counts])[order]
        count = _joined([part.count for _, part in counts])[order]
        parts = [(value[a:b], count[a:b]) for a, b in pairwise(edges)]
        return [*parts, (NO_COUNTS.value, NO_COUNTS.count)]


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([NO_COUNTS.cell, *parts])
