"""Turns the rows of a view into records, by the same parsers as the rows of an export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.call_rows import CallParser, CallTable
from ingest.calls import moments_of_calls
from ingest.csv_rows import Row
from ingest.json_rows import moments
from ingest.layout import Cells, Layout
from ingest.privacy import People, Pseudonyms
from ingest.records import Call, Rejected, Ticket
from ingest.source import Batch, Cursor, RowRejected
from ingest.sql_values import as_text
from ingest.ticket_rows import Parser

ORDER = "oplopend"
Parse = Callable[[Row], Call | Ticket | None]
"""Makes a record of a row; None for one that does not count."""


@dataclass(frozen=True)
class Calls:
    """The rows are calls; one that is not over yet is none."""

    table: CallTable
    pseudonym: Pseudonyms
    feeds: str = "gesprek"

    @property
    def layout(self) -> Layout:
        """How the view is laid out."""
        return self.table.layout

    def parser(self, cells: Cells) -> Parse:
        """Return what makes a call of a row."""
        legs = CallParser(cells, self.table, self.pseudonym)

        def parse(row: Row) -> Call | None:
            leg = legs.one(row)
            return None if leg is None else self.table.call([leg])

        return parse


@dataclass(frozen=True)
class Questions:
    """The rows are questions."""

    layout: Layout
    people: People
    feeds: str = "vraag"

    def parser(self, cells: Cells) -> Parse:
        """Return what makes a ticket of a row."""
        return Parser(cells, self.people).one


Contents = Calls | Questions


@dataclass(frozen=True)
class Table:
    """A view as it is now: which columns are asked, and which of these rises."""

    name: str
    names: Sequence[str]
    order: int
    cells: Cells
    parse: Parse

    @classmethod
    def of(cls, header: list[str], contents: Contents, name: str, order: str) -> Table:
        """Find the columns that are mapped; raise SourceChanged when one is missing."""
        wanted = replace(contents.layout, columns={**contents.layout.columns, ORDER: (order,)})
        places = wanted.places(header, name)
        asked = sorted({at for places_of_one in places.values() for at in places_of_one})
        moved = {ours: tuple(asked.index(at) for at in those) for ours, those in places.items()}
        names = [header[at] for at in asked]
        cells = Cells(contents.layout, moved)
        return cls(name, names, moved[ORDER][0], cells, contents.parser(cells))

    def batch(self, part: Sequence[Sequence[Any]], cursor: Cursor, now: int) -> Batch:
        """Parse each row, or set it aside under its own key."""
        calls: list[Call] = []
        tickets: list[Ticket] = []
        rejected = []
        for values in part:
            row = Row(0, [as_text(value) for value in values])
            try:
                found = self.parse(row)
            except RowRejected as reason:
                place = f"{self.name}:{self._key(row)}"
                rejected.append(Rejected(place, place, str(reason)))
                continue
            if isinstance(found, Call):
                calls.append(found)
            elif found is not None:
                tickets.append(found)
        known = [*moments_of_calls(calls, now), *moments(tickets, now)]
        return Batch(
            cursor=cursor,
            calls=calls,
            tickets=tickets,
            rejected=rejected,
            read=len(part),
            oldest=min(known, default=None),
            newest=max(known, default=None),
        )

    def _key(self, row: Row) -> str:
        """Return what tells a row that was set aside from others."""
        return self.cells.text(row, "id") or f"{ORDER}={self.cells.text(row, ORDER)}"
