"""Walks what changed in a system, oldest change first, though rows move while it walks.

Whoever is changed in between moves to the end, so counting rows would skip others. The walk goes on
from the second of the last row that it saw, and only counts the rows of that second: the last of
them must still stand where it stood, else the second is read again from its begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.json_item import Item
from ingest.source import RowRejected, SourceChanged

Rows = Sequence[Any]
Ask = Callable[[int, int], tuple[Rows, bool]]
"""(changed since, rows to skip) -> the next rows, and whether there are more."""


class Unproven(SourceChanged):
    """What came back shows that the question was not understood."""


class Here(NamedTuple):
    """Where a walk is: since when, how many rows of that second it had, and the last of them."""

    since: int
    skip: int = 0
    last: str = ""


class Fields(NamedTuple):
    """Where a row says what it is and when it changed."""

    key: str
    changed: str


def changes(ask: Ask, fields: Fields, here: Here) -> Iterator[tuple[Rows, Here]]:
    """Yield each page with the place after it; raise Unproven when rows do not fit the question."""
    more = True
    while more:
        rows, more = ask(here.since, max(0, here.skip - 1))
        if here.skip:
            if not rows or key_of(rows[0], fields.key) != here.last:
                here, more = Here(here.since), True
                continue
            rows = rows[1:]
        here = _after(here, rows, fields)
        yield rows, here
        more = more and bool(rows)


def _after(here: Here, rows: Rows, fields: Fields) -> Here:
    stamps = [here.since, *(at for row in rows if (at := _changed(row, fields)) is not None)]
    if any(later < sooner for sooner, later in pairwise(stamps)):
        raise Unproven(f"de rijen staan niet op {fields.changed}, of zijn ouder dan gevraagd")
    had = here.skip + len(rows) if stamps[-1] == here.since else _of_last(rows, stamps[-1], fields)
    return Here(stamps[-1], had, key_of(rows[-1], fields.key) if rows else here.last)


def _of_last(rows: Rows, second: int, fields: Fields) -> int:
    """Return how many rows at the end are of the last second."""
    return sum(_changed(row, fields) == second for row in rows)


def _changed(row: object, fields: Fields) -> int | None:
    try:
        return Item.of(row).instant(fields.changed)
    except RowRejected:
        return None


def key_of(row: object, field: str) -> str:
    """Return what identifies a row, empty when nothing does."""
    try:
        return Item.of(row).key(field)
    except RowRejected:
        return ""
