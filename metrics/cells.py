"""Added-up rows per bucket and cut: the common coin of tally and facts, and its stored form."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

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
            return cls(_NONE, _NONE, _NONE)
        cell, value, count = (np.array(column, np.int64) for column in zip(*rows, strict=True))
        return cls(cell, value, count)


_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Cells:
    """One bucket: the sums of each combination of cut values, and the counts of each spread.

    `keys` has one entry per cell, `sums` the shape (cells, sums), `counts` one entry per spread.
    """

    keys: list[Values]
    sums: Ints
    counts: tuple[Counts, ...]

    def packed(self) -> bytes:
        """Return the stored form: a JSON line with the keys, then compressed numbers."""
        head = {
            "keys": self.keys,
            "sums": self.sums.shape[1],
            "counts": [len(c.cell) for c in self.counts],
        }
        arrays = [self.sums.ravel(), *(a for c in self.counts for a in (c.cell, c.value, c.count))]
        numbers = np.concatenate([array.astype("<i8", copy=False) for array in arrays])
        return zlib.compress(json.dumps(head).encode() + b"\n" + numbers.tobytes(), 1)

    @classmethod
    def unpacked(cls, content: bytes) -> Cells:
        """Read the stored form."""
        head_line, _, body = zlib.decompress(content).partition(b"\n")
        head = json.loads(head_line)
        numbers = np.frombuffer(body, "<i8")
        keys = [tuple(key) for key in head["keys"]]
        at = len(keys) * head["sums"]
        counts = []
        for length in head["counts"]:
            cell, value, count = numbers[at : at + 3 * length].reshape(3, length)
            counts.append(Counts(cell, value, count))
            at += 3 * length
        sums = numbers[: len(keys) * head["sums"]].reshape(len(keys), head["sums"])
        return cls(keys, sums, tuple(counts))


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
