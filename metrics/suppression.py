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
from types import MappingProxyType

TOTAAL = "totaal"
Key = tuple[str, ...]
Counts = tuple[int, ...]
NOWHERE: Mapping[Key, bool] = MappingProxyType({})


def hidden(
    cells: Mapping[Key, Counts],
    below: int,
    elsewhere: Mapping[Key, bool] = NOWHERE,
    known: Collection[tuple[Key, int]] = (),
) -> frozenset[Key]:
    """Return the cells and totals to hide: those with too few cases, and what guards them.

    A hidden cell is guarded when it is a corner of a block of hidden cells in which cases could
    move about without changing any sum, so that at least two values are possible for each count.
    A total that is hidden here must be hidden wherever else it is shown: `elsewhere` says of some
    totals whether they are. Where these leave nothing to guard a cell with, all else is hidden.
    Counts of cells that are `known` already may guard, but need no guard themselves.
    """
    table = with_totals(cells)
    concealed = {key for key, of in table.items() if elsewhere.get(key, sum(of) < below)}
    width = range(_width(cells))
    guarded = [{key for key, n in known if n == which} for which in width]
    while unguarded := [(key, n) for n in width for key in sorted(concealed - guarded[n])]:
        for key, which in unguarded:
            if key not in guarded[which]:
                block = _cheapest(table, concealed, elsewhere, (key, which))
                if block is None:
                    return frozenset(key for key in table if elsewhere.get(key, True))
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
    table: Mapping[Key, Counts],
    concealed: Collection[Key],
    elsewhere: Mapping[Key, bool],
    guarding: tuple[Key, int],
) -> set[Key] | None:
    """The block around a cell that guards one of its counts and hides the fewest cases more."""
    (key, which), found, least = guarding, None, None
    for block in _blocks(table, key):
        more = [corner for corner in block if corner not in concealed]
        if any(corner in elsewhere for corner in more) or not _moves(table, block, which):
            continue
        if not more:
            return set(block)
        cost = sum(sum(table[corner]) for corner in more), sorted(more)
        if least is None or cost < least:
            found, least = set(block), cost
    return found


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
