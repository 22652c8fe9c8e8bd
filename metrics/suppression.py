"""Which cells of a table stay hidden, so that no small one follows from the others by subtraction.

A cell is known by its place along each axis of the table, such as (department, month). All totals
are cells too, with `TOTAAL` for their place. A cell holds counts that may each be published, such
as what was in time and what was not; together they are its number of cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from math import prod

TOTAAL = "totaal"
Key = tuple[str, ...]
Counts = tuple[int, ...]


def hidden(cells: Mapping[Key, Counts], below: int) -> frozenset[Key]:
    """Return the cells and totals to hide: those with too few cases, and what guards them.

    A hidden cell is guarded when it is a corner of a block of hidden cells in which cases could
    move about without changing any sum, so that at least two values are possible for each count.
    A total that is hidden here must be hidden wherever else it is shown.
    """
    table = with_totals(cells)
    concealed = {key for key, counts in table.items() if sum(counts) < below}
    width = range(_width(cells))
    guarded: list[set[Key]] = [set() for _ in width]
    while unguarded := [(key, n) for n in width for key in sorted(concealed - guarded[n])]:
        for key, which in unguarded:
            if key not in guarded[which]:
                block = _cheapest(table, concealed, key, which)
                guarded[which] |= block
                concealed |= block
    return frozenset(concealed)


def with_totals(cells: Mapping[Key, Counts]) -> dict[Key, Counts]:
    """Return the cells with every total over one axis or more."""
    sums: dict[Key, Counter[int]] = {}
    for key, counts in cells.items():
        for total in product(*((place, TOTAAL) for place in key)):
            sums.setdefault(total, Counter()).update(dict(enumerate(counts)))
    width = range(_width(cells))
    return {key: tuple(found[which] for which in width) for key, found in sums.items()}


def _width(cells: Mapping[Key, Counts]) -> int:
    return max(map(len, cells.values()), default=0)


def _cheapest(
    table: Mapping[Key, Counts], concealed: Collection[Key], key: Key, which: int
) -> set[Key]:
    """The block around a cell that guards one of its counts and hides the fewest cases more."""

    moving = [set(block) for block in _blocks(table, key) if _moves(table, block, which)]
    return min(moving, key=lambda block: _cost(table, block.difference(concealed)))


def _cost(table: Mapping[Key, Counts], more: Collection[Key]) -> tuple[int, list[Key]]:
    return sum(sum(table[corner]) for corner in more), sorted(more)


def _blocks(table: Mapping[Key, Counts], key: Key) -> Iterator[dict[Key, int]]:
    """Yield each block with this cell: its corners, with +1 where a case comes when one comes here.

    Along an axis another cell loses what this one gets; a total gets it too.
    """
    axes = [{corner[axis] for corner in table} - {place} for axis, place in enumerate(key)]
    for opposite in product(*map(sorted, axes)):
        pairs = list(zip(key, opposite, strict=True))
        signs = product(*((1, 1 if TOTAAL in pair else -1) for pair in pairs))
        block = dict(zip(product(*pairs), map(prod, signs), strict=True))
        if block.keys() <= table.keys():
            yield block


def _moves(table: Mapping[Key, Counts], block: Mapping[Key, int], which: int) -> bool:
    """Tell whether a case can move in the block, one way or the other: none is taken from 0."""
    return len({sign for corner, sign in block.items() if table[corner][which] == 0}) < 2
