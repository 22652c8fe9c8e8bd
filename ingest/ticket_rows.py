"""Turns the rows of a table of cases into tickets, as the configuration says what is where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from data.codes import Handler
from ingest import ticket_events
from ingest.csv_rows import Row
from ingest.layout import Cells
from ingest.local_time import end_of_day, same_local_day
from ingest.privacy import People
from ingest.records import Event, Rejected, Ticket
from ingest.source import RowRejected

TEXTS = {"kanaal": 100, "onderwerp": 200, "afdeling": 100, "gemeente": 100, "soort": 100}
"""The texts of a ticket and how long each may be."""
VALUED = (*TEXTS, "afgehandeld_door")
"""The columns of which [bron.waarden] can translate the words."""
REQUIRED = ("id", "ontvangen")
PERSONS = ("telefoon", "klant", "gesprek")
TERM = ("telt_vanaf", "langer")
COLUMNS = (
    *("id", "ontvangen", "uiterlijk", "gesloten", *TEXTS, "afgehandeld_door", "gewijzigd"),
    *(*PERSONS, *TERM, *ticket_events.COLUMNS),
)
LONGEST_CALL_ID = 100
ROUNDED_UP = ("uiterlijk", "gesloten", "beantwoord")
ANOTHER = "|"
"""Stands between the moments of a cell that has more than one."""
_PHONE = re.compile(r"[+(]?\d[\d ()-]{6,14}")
_CALL_ID = re.compile(r"[\w.:/-]*", re.ASCII)


@dataclass(frozen=True)
class Parser:
    """Turns rows of one table into tickets."""

    cells: Cells
    people: People

    def all(self, chunk: list[Row], file: str) -> tuple[list[Ticket], list[Rejected]]:
        """Parse each row or set it aside with its line and reason."""
        tickets, rejected = [], []
        for row in chunk:
            try:
                if (ticket := self.one(row)) is not None:
                    tickets.append(ticket)
            except RowRejected as reason:
                place = f"{file} regel {row.line}"
                rejected.append(Rejected(f"{file}:{row.line}", place, str(reason)))
        return tickets, rejected

    def one(self, row: Row) -> Ticket | None:
        """Parse one row, unless it does not count; raise RowRejected with what is at fault."""
        if row.problem:
            raise RowRejected(row.problem)
        cells = self.cells
        if not cells.wanted(row):
            return None
        key, received = cells.key(row), self._instant(row, "ontvangen")
        if received is None:
            raise RowRejected("ontvangen: is leeg")
        due, date_only = cells.moment(row, "uiterlijk", up=True)
        kanaal, onderwerp, afdeling, gemeente, soort = (
            cells.name(row, name, longest) for name, longest in TEXTS.items()
        )
        return Ticket(
            key=key,
            version=self._instant(row, "gewijzigd") or 0,
            received_at=received,
            due_at=end_of_day(due, cells.layout.zone) if due is not None and date_only else due,
            closed_at=self._closed(row, received),
            kanaal=kanaal,
            onderwerp=onderwerp,
            afdeling=afdeling,
            gemeente=gemeente,
            soort=soort,
            handler=self._handler(row),
            person=self.people.of(cells.text(row, "telefoon"), cells.text(row, "klant")),
            call_id=self._call_id(row),
            counts_from=self._counts_from(row),
            longer=int(cells.flag(row, "langer")),
            events=self._events(row),
        )

    def _instant(self, row: Row, name: str) -> int | None:
        return self.cells.moment(row, name, name in ROUNDED_UP)[0]

    def _moments(self, name: str, cell: str) -> list[int]:
        """Return the instants in a cell, in order."""
        texts = [text for text in cell.split(ANOTHER) if text.strip()]
        return sorted(self.cells.parsed(text, name, name in ROUNDED_UP)[0] for text in texts)

    def _events(self, row: Row) -> tuple[Event, ...]:
        told = [
            (name, cell) for name in self._event_columns if (cell := self.cells.text(row, name))
        ]
        if not told:
            return ()
        return ticket_events.events({name: self._moments(name, cell) for name, cell in told})

    @cached_property
    def _event_columns(self) -> list[str]:
        """The columns in which the table tells what happened in between."""
        return [name for name in ticket_events.COLUMNS if name in self.cells.places]

    def _call_id(self, row: Row) -> str:
        """Return the exchange's own number of a call; a telephone number or a name is not."""
        text = self.cells.text(row, "gesprek")
        fits = len(text) <= LONGEST_CALL_ID and _CALL_ID.fullmatch(text)
        if not fits or _PHONE.fullmatch(text):
            hint = f"verwacht het nummer van een gesprek, hoogstens {LONGEST_CALL_ID} tekens"
            raise RowRejected(f"{self.cells.layout.named('gesprek')}: {hint}")
        return text

    def _counts_from(self, row: Row) -> int | None:
        instant = self._instant(row, "telt_vanaf")
        if instant is None:
            return None
        return datetime.fromtimestamp(instant, self.cells.layout.zone).toordinal()

    def _closed(self, row: Row, received: int) -> int | None:
        """Close on a bare date not before the receipt on that same day."""
        closed, date_only = self.cells.moment(row, "gesloten", up=True)
        if closed is None or closed >= received:
            return closed
        same_day = date_only and same_local_day(closed, received, self.cells.layout.zone)
        return received if same_day else closed

    def _handler(self, row: Row) -> int:
        written = self.cells.text(row, "afgehandeld_door").upper()
        return Handler[written] if written in Handler.__members__ else Handler.ONBEKEND
