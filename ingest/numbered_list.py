"""Walks a list by page number in which what is new comes last, and sees when it shifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

Rows = Sequence[Any]
AskPage = Callable[[int], Rows]
"""Page number, from 1 -> its rows; none past the end."""


class Shifted(Exception):
    """Something was deleted while walking: rows moved up, so some were not seen."""


class Reached(NamedTuple):
    """Where a walk is: the next page, and which row ended the one before at which place."""

    page: int = 1
    last: str = ""
    place: int = 0


def numbered(
    ask: AskPage, key: Callable[[object], str], reached: Reached
) -> Iterator[tuple[Rows, Reached]]:
    """Yield each page with the place after it; raise Shifted at the end when it was no whole."""
    while rows := ask(reached.page):
        reached = Reached(reached.page + 1, key(rows[-1]), len(rows))
        yield rows, reached
    if reached.page > 1:
        again = ask(reached.page - 1)
        if len(again) < reached.place or key(again[reached.place - 1]) != reached.last:
            raise Shifted
