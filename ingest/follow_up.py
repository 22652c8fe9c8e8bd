"""Asks more about each row of a list; what a run does not get to waits in the cursor.

An answer is kept in the cursor as well, and only what was taken from it: so a run that may ask
little, or whose service fails half-way, still brings the next one further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from ingest.json_rows import Parsed
from ingest.source import SourceChanged, SourceDown
from ingest.web import BudgetSpent, Params, Web

AT_ONCE = 50
"""Rows per batch."""
Take = Callable[[Any], Any]
"""Takes from the body of an answer what is of use, as JSON and without anybody's data."""


@dataclass(frozen=True)
class Answers:
    """What was asked about the row at hand, and what holds for many rows: a catalogue."""

    web: Web
    row: dict[str, Any]
    catalogue: dict[str, Any]

    def about_row(self, path: str, take: Take, params: Params | None = None) -> Any:
        """Return what is taken from an answer about this row; None when the service has it not."""
        return self._asked(self.row, path, take, params)

    def lasting(self, path: str, take: Take) -> Any:
        """Return what is taken from an answer that holds for other rows too, asked once."""
        return self._asked(self.catalogue, path, take, None)

    def _asked(self, known: dict[str, Any], path: str, take: Take, params: Params | None) -> Any:
        question = f"{path}?{urlencode(params)}" if params else path
        if question not in known:
            answer = self.web.get(path, params, (HTTPStatus.NOT_FOUND,))
            found = None if answer.status == HTTPStatus.NOT_FOUND else take(answer.body)
            known[question] = found
        return known[question]


class Step(NamedTuple):
    """What some rows gave, how many they were, and the rows that are still to do."""

    found: Parsed
    read: int
    rest: list[Any]


def follow_up(
    rows: Sequence[Any], answers: Answers, parse: Callable[[Any], Parsed]
) -> Iterator[Step]:
    """Yield what rows give, some at once; an error is raised after what came before it."""
    rest = list(rows)
    while rest:
        found, read = Parsed([], [], []), 0
        stopped: Exception | None = None
        try:
            for row in rest[:AT_ONCE]:
                _add(found, parse(row))
                answers.row.clear()
                read += 1
        except (BudgetSpent, SourceDown, SourceChanged) as error:
            stopped = error
        rest = rest[read:]
        yield Step(found, read, rest)
        if stopped is not None:
            raise stopped


def _add(found: Parsed, more: Parsed) -> None:
    found.tickets.extend(more.tickets)
    found.rejected.extend(more.rejected)
    found.keys.extend(more.keys)
