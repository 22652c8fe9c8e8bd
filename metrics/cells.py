"""Added-up rows per bucket and cut: the common coin of tally and facts, and its stored form."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from metrics.measures import Ints

Values = tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """Exact counts per whole value: of cell `cell[i]`, the value `value[i]` occurs `count[i]`."""

    cell: Ints
    value: Ints
    count: Ints

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int]]) -> Counts:
        """Build from (cell, value, count) rows."""
        if not rows:
            return NO_COUNTS
        cell, value, count = (np.array(column, np.int64) for column in zip(*rows, strict=True))
        return cls(cell, value, count)


_NONE = np.zeros(0, np.int64)
NO_COUNTS = Counts(_NONE, _NONE, _NONE)


@dataclass(frozen=True)
class Cells:
    """One bucket: the sums of each combination of cut values, and the counts of each spread.

    `keys` has one entry per cell, `sums` the shape (cells, sums), `counts` one entry per spread.
    """

    keys: list[Values]
    sums: Ints
    counts: Sequence[Counts]

    def packed(self) -> bytes:
        """Return the stored form: a block of a JSON line and the sums, then one of the counts."""
        head = {
            "keys": self.keys,
            "sums": self.sums.shape[1],
            "counts": [len(c.cell) for c in self.counts],
        }
        counts = [a for c in self.counts for a in (c.cell, c.value, c.count)]
        numbers = b"".join(array.astype("<i8").tobytes() for array in counts)
        sums = json.dumps(head).encode() + b"\n" + self.sums.astype("<i8").tobytes()
        return zlib.compress(sums, 1) + zlib.compress(numbers, 1)

    @classmethod
    def unpacked(cls, content: bytes) -> Cells:
        """Read the stored form."""
        first = zlib.decompressobj()
        head_line, _, body = first.decompress(content).partition(b"\n")
        head = json.loads(head_line)
        keys = [tuple(key) for key in head["keys"]]
        sums = np.frombuffer(body, "<i8").reshape(len(keys), head["sums"])
        return cls(keys, sums, _Packed(first.unused_data, head["counts"]))


@dataclass(frozen=True)
class _Packed(Sequence[Counts]):
    """Counts in their stored form, unpacked once one is looked at: most questions need none."""

    content: bytes
    lengths: Sequence[int]

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, place: Any) -> Any:
        return self._unpacked[place]

    @cached_property
    def _unpacked(self) -> list[Counts]:
        numbers = np.frombuffer(zlib.decompress(self.content), "<i8")
        ends = accumulate((3 * length for length in self.lengths), initial=0)
        return [Counts(*numbers[start:end].reshape(3, -1)) for start, end in pairwise(ends)]


def joined(parts: Mapping[int, Cells]) -> Cells:
    """Put buckets side by side in one, each key led by the number of its bucket."""
    keys = [(str(number), *key) for number, part in parts.items() for key in part.keys]
    sums = np.concatenate([part.sums for part in parts.values()])
    starts = np.cumsum([0, *(len(part.keys) for part in parts.values())])
    spreads = range(len(next(iter(parts.values())).counts))
    return Cells(keys, sums, tuple(_side_by_side(parts, starts, spread) for spread in spreads))


def _side_by_side(parts: Mapping[int, Cells], starts: Ints, spread: int) -> Counts:
    counts = [part.counts[spread] for part in parts.values()]
    cell = [start + part.cell for start, part in zip(starts, counts, strict=False)]
    value, count = [part.value for part in counts], [part.count for part in counts]
    return Counts(np.concatenate(cell), np.concatenate(value), np.concatenate(count))


def parted(cells: Cells, spreads: frozenset[int]) -> Iterator[tuple[int, Cells]]:
    """Take apart what `joined` put side by side, with the counts of the spreads that are needed."""
    numbers = np.array([int(key[0]) for key in cells.keys], np.int64)
    for number in dict.fromkeys(numbers.tolist()):
        here = np.flatnonzero(numbers == number)
        keys = [cells.keys[index][1:] for index in here]
        counts = tuple(
            _part(part, here) if place in spreads else NO_COUNTS
            for place, part in enumerate(cells.counts)
        )
        yield number, Cells(keys, cells.sums[here], counts)


def _part(counts: Counts, here: Ints) -> Counts:
    """Keep the counts of a run of neighbouring cells."""
    chosen = (counts.cell >= here[0]) & (counts.cell <= here[-1])
    return Counts(counts.cell[chosen] - here[0], counts.value[chosen], counts.count[chosen])


def merged(parts: Sequence[Cells]) -> Cells:
    """Add up buckets, such as the days of a month."""
    keys: dict[Values, int] = {}
    places = [
        np.array([keys.setdefault(key, len(keys)) for key in part.keys], np.int64) for part in parts
    ]
    sums = np.zeros((len(keys), parts[0].sums.shape[1]), np.int64)
    for part, place in zip(parts, places, strict=True):
        np.add.at(sums, place, part.sums)
    spreads = range(len(parts[0].counts))
    counts = tuple(_merged_counts(parts, places, spread) for spread in spreads)
    return Cells(list(keys), sums, counts)


def _merged_counts(parts: Sequence[Cells], places: Sequence[Ints], spread: int) -> Counts:
    cell = np.concatenate(
        [place[part.counts[spread].cell] for part, place in zip(parts, places, strict=True)]
    )
    value = np.concatenate([part.counts[spread].value for part in parts])
    count = np.concatenate([part.counts[spread].count for part in parts])
    lowest = int(value.min(initial=0))
    width = int(value.max(initial=0)) - lowest + 1
    pairs, inverse = np.unique(cell * width + value - lowest, return_inverse=True)
    totals = np.zeros(len(pairs), np.int64)
    np.add.at(totals, inverse, count)
    return Counts(pairs // width, pairs % width + lowest, totals)
