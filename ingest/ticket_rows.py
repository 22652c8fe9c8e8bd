"""Turns the rows of an export into tickets, as the configuration says where each column is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from data.codes import Handler
from data.mistakes import nearest
from ingest import ticket_events
from ingest.csv_rows import Row
from ingest.local_time import end_of_day, parse_instant, same_local_day
from ingest.privacy import People, blotted
from ingest.records import Event, Rejected, Ticket
from ingest.source import RowRejected, SourceChanged

TEXTS = {"kanaal": 100, "onderwerp": 200, "afdeling": 100, "gemeente": 100, "soort": 100}
"""The texts of a ticket and how long each may be."""
PERSONS = ("telefoon", "klant", "gesprek")
TERM = ("telt_vanaf", "langer")
COLUMNS = (
    *("id", "ontvangen", "uiterlijk", "gesloten", *TEXTS, "afgehandeld_door", "gewijzigd"),
    *(*PERSONS, *TERM, *ticket_events.COLUMNS),
)
LONGEST_KEY, LONGEST_CALL_ID = 200, 100
ROUNDED_UP = ("uiterlijk", "gesloten", "beantwoord")
ANOTHER = "|"
"""Stands between the moments of a cell that has more than one."""
_PHONE = re.compile(r"[+(]?\d[\d ()-]{6,14}")
YES, NO = ("ja", "j", "1", "true", "waar", "x"), ("nee", "n", "0", "false", "onwaar", "")


@dataclass(frozen=True)
class Layout:
    """How the export writes a ticket: which column is ours, in which zone and form."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    zone: ZoneInfo
    delimiter: str
    encoding: str
    form: str | None

    def places(self, header: list[str], file: str) -> dict[str, int]:
        """Return the position of each of our columns; raise SourceChanged when one is missing."""
        found = {_folded(name): at for at, name in enumerate(header)}
        places = {ours: found.get(_folded(theirs)) for ours, theirs in self.columns.items()}
        missing = [self.columns[ours] for ours, at in places.items() if at is None]
        if missing:
            hint = "; ".join(f"{name!r}: {nearest(name, header)}" for name in missing)
            raise SourceChanged(f"{file}: kolom ontbreekt: {hint}. Pas [bron.kolommen] aan.")
        return {ours: at for ours, at in places.items() if at is not None}


@dataclass(frozen=True)
class Parser:
    """Turns rows of one file into tickets."""

    layout: Layout
    places: Mapping[str, int]
    people: People

    def all(self, chunk: list[Row], file: str) -> tuple[list[Ticket], list[Rejected]]:
        """Parse each row or set it aside with its line and reason."""
        tickets, rejected = [], []
        for row in chunk:
            try:
                tickets.append(self.one(row))
            except RowRejected as reason:
                place = f"{file} regel {row.line}"
                rejected.append(Rejected(f"{file}:{row.line}", place, str(reason)))
        return tickets, rejected

    def one(self, row: Row) -> Ticket:
        """Parse one row; raise RowRejected with the column and the value at fault."""
        if row.problem:
            raise RowRejected(row.problem)
        received = self._instant(row, "ontvangen")
        if not (key := self._text(row, "id")) or received is None:
            raise RowRejected(f"{'ontvangen' if key else 'id'}: is leeg")
        if len(key) > LONGEST_KEY:
            raise RowRejected(f"{self.layout.columns['id']}: langer dan {LONGEST_KEY} tekens")
        due, date_only = self._moment(row, "uiterlijk")
        kanaal, onderwerp, afdeling, gemeente, soort = (self._named(row, name) for name in TEXTS)
        return Ticket(
            key=key,
            version=self._instant(row, "gewijzigd") or 0,
            received_at=received,
            due_at=end_of_day(due, self.layout.zone) if due is not None and date_only else due,
            closed_at=self._closed(row, received),
            kanaal=kanaal,
            onderwerp=onderwerp,
            afdeling=afdeling,
            gemeente=gemeente,
            soort=soort,
            handler=self._handler(row),
            person=self.people.of(self._text(row, "telefoon"), self._text(row, "klant")),
            call_id=self._call_id(row),
            counts_from=self._counts_from(row),
            longer=self._longer(row),
            events=self._events(row),
        )

    def _text(self, row: Row, name: str) -> str:
        if name not in self.places:
            return ""
        text = row.fields[self.places[name]].strip()
        return self.layout.values.get(name, {}).get(text, text)

    def _named(self, row: Row, name: str) -> str:
        """Return a text for a screen, without a number or address that stands in it."""
        text = blotted(self._text(row, name))
        if len(text) > TEXTS[name]:
            raise RowRejected(f"{self.layout.columns[name]}: langer dan {TEXTS[name]} tekens")
        return text

    def _instant(self, row: Row, name: str) -> int | None:
        return self._moment(row, name)[0]

    def _moment(self, row: Row, name: str) -> tuple[int | None, bool]:
        """Return an instant, and whether only its date was given."""
        text = self._text(row, name)
        if not text:
            return None, False
        try:
            return parse_instant(text, self.layout.zone, self.layout.form, name in ROUNDED_UP)
        except RowRejected as reason:
            raise RowRejected(f"{self.layout.columns[name]}: {reason}") from None

    def _moments(self, name: str, cell: str) -> list[int]:
        """Return the instants in a cell, in order."""
        texts = [text for text in cell.split(ANOTHER) if text.strip()]
        try:
            layout, up = self.layout, name in ROUNDED_UP
            return sorted(parse_instant(t, layout.zone, layout.form, up)[0] for t in texts)
        except RowRejected as reason:
            raise RowRejected(f"{self.layout.columns[name]}: {reason}") from None

    def _events(self, row: Row) -> tuple[Event, ...]:
        told = [(name, cell) for name, at in self._event_places if (cell := row.fields[at].strip())]
        if not told:
            return ()
        return ticket_events.events({name: self._moments(name, cell) for name, cell in told})

    @cached_property
    def _event_places(self) -> list[tuple[str, int]]:
        """Where the export tells what happened in between."""
        return [(name, at) for name, at in self.places.items() if name in ticket_events.COLUMNS]

    def _call_id(self, row: Row) -> str:
        """Return the exchange's own number of a call; a telephone number is no such thing."""
        text = self._text(row, "gesprek")
        if len(text) > LONGEST_CALL_ID or _PHONE.fullmatch(text):
            hint = f"verwacht het nummer van een gesprek, hoogstens {LONGEST_CALL_ID} tekens"
            raise RowRejected(f"{self.layout.columns['gesprek']}: {hint}")
        return text

    def _counts_from(self, row: Row) -> int | None:
        instant = self._instant(row, "telt_vanaf")
        if instant is None:
            return None
        return datetime.fromtimestamp(instant, self.layout.zone).toordinal()

    def _longer(self, row: Row) -> int:
        text = self._text(row, "langer").casefold()
        if text not in YES + NO:
            raise RowRejected(f"{self.layout.columns['langer']}: verwacht ja of nee")
        return int(text in YES)

    def _closed(self, row: Row, received: int) -> int | None:
        """Close on a bare date not before the receipt on that same day."""
        closed, date_only = self._moment(row, "gesloten")
        if closed is None or closed >= received:
            return closed
        same_day = date_only and same_local_day(closed, received, self.layout.zone)
        return received if same_day else closed

    def _handler(self, row: Row) -> int:
        written = self._text(row, "afgehandeld_door").upper()
        return Handler[written] if written in Handler.__members__ else Handler.ONBEKEND


def _folded(column: str) -> str:
    return column.strip("\ufeff \t").casefold()
