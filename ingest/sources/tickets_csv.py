"""Any case or ticket export as CSV or CSV.gz, mapped by configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data.mistakes import nearest
from data.schema import Handler
from ingest.csv_rows import Row, rows
from ingest.local_time import end_of_day, parse_instant, same_local_day
from ingest.options import Options
from ingest.records import Rejected, Ticket
from ingest.source import Batch, Cursor, RowRejected, SourceChanged, SourceDown, Surroundings

SOORT = "tickets_csv"
REQUIRED = ("id", "ontvangen")
TEXTS = ("kanaal", "onderwerp", "afdeling", "gemeente")
COLUMNS = (*REQUIRED, "uiterlijk", "gesloten", *TEXTS, "afgehandeld_door", "gewijzigd")
ROWS_PER_BATCH = 5000

Values = Callable[[str], str]


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
        found = {name.strip().casefold(): at for at, name in enumerate(header)}
        places = {ours: found.get(theirs.casefold()) for ours, theirs in self.columns.items()}
        missing = [self.columns[ours] for ours, at in places.items() if at is None]
        if missing:
            hint = "; ".join(f"{name!r}: {nearest(name, header)}" for name in missing)
            raise SourceChanged(f"{file}: kolom ontbreekt: {hint}. Pas [bron.kolommen] aan.")
        return {ours: at for ours, at in places.items() if at is not None}


@dataclass(frozen=True)
class TicketsCsv:
    """One export, in one file or several that a pattern names."""

    naam: str
    pattern: Path
    layout: Layout
    interval: float = 5.0
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag", "termijn")

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the tickets of each file that changed since the cursor."""
        try:
            yield from self._batches(dict(cursor), now)
        except OSError as error:
            raise SourceDown(f"{self.pattern}: niet te lezen: {error.strerror or error}") from error

    def _batches(self, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        files = sorted(self.pattern.parent.glob(self.pattern.name))
        if not files:
            raise SourceDown(f"{self.pattern}: geen bestand gevonden; controleer `pad`")
        for file in files:
            state = _state(file)
            if cursor.get(file.name) == state:
                continue
            for batch in self._file(file, cursor, now):
                yield batch
            if _state(file) == state:
                cursor = {**cursor, file.name: state}
        yield Batch(cursor=cursor, complete=True)

    def _file(self, file: Path, cursor: Cursor, now: int) -> Iterator[Batch]:
        lines = rows(file, self.layout.delimiter, self.layout.encoding)
        parse = Parser(self.layout, self.layout.places(next(lines).fields, file.name))
        replaces: str | None = f"{file.name}:"
        while chunk := list(islice(lines, ROWS_PER_BATCH)):
            tickets, rejected = parse.all(chunk, file.name)
            moments = [at for t in tickets for at in (t.received_at, t.closed_at or 0) if at <= now]
            yield Batch(
                cursor=cursor,
                tickets=tickets,
                rejected=rejected,
                read=len(chunk),
                oldest=min((ticket.received_at for ticket in tickets), default=None),
                newest=max(moments, default=None),
                replaces=replaces,
            )
            replaces = None


@dataclass(frozen=True)
class Parser:
    """Turns rows of one file into tickets."""

    layout: Layout
    places: Mapping[str, int]

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
        return Ticket(
            key,
            self._instant(row, "gewijzigd") or 0,
            received,
            self._instant(row, "uiterlijk", end=True),
            self._closed(row, received),
            *(self._text(row, name) for name in TEXTS),
            handler=self._handler(row),
        )

    def _text(self, row: Row, name: str) -> str:
        if name not in self.places:
            return ""
        text = row.fields[self.places[name]].strip()
        return self.layout.values.get(name, {}).get(text, text)

    def _instant(self, row: Row, name: str, end: bool = False) -> int | None:
        text = self._text(row, name)
        if not text:
            return None
        try:
            instant, date_only = parse_instant(text, self.layout.zone, self.layout.form)
        except RowRejected as reason:
            raise RowRejected(f"{self.layout.columns[name]}: {reason}") from None
        return end_of_day(instant, self.layout.zone) if end and date_only else instant

    def _closed(self, row: Row, received: int) -> int | None:
        """Close on a bare date not before the receipt on that same day."""
        closed = self._instant(row, "gesloten")
        if closed is None or closed >= received:
            return closed
        date_only = ":" not in self._text(row, "gesloten")
        same_day = date_only and same_local_day(closed, received, self.layout.zone)
        return received if same_day else closed

    def _handler(self, row: Row) -> int:
        written = self._text(row, "afgehandeld_door").upper()
        return Handler[written] if written in Handler.__members__ else Handler.ONBEKEND


def _state(file: Path) -> list[int]:
    found = os.stat(file)
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def build(naam: str, options: Options, surroundings: Surroundings) -> TicketsCsv:
    """Build the source from its [[bron]] block."""
    layout = Layout(
        columns=_columns(options),
        values=_values(options),
        zone=options.zone("tijdzone", "Europe/Amsterdam"),
        delimiter=options.text("scheiding", ""),
        encoding=options.text("codering", ""),
        form=options.text("datumvorm", "") or None,
    )
    return TicketsCsv(naam, options.path("pad"), layout, options.seconds("interval", 5.0))


def _columns(options: Options) -> dict[str, str]:
    columns = {ours: str(theirs) for ours, theirs in options.table("kolommen").items()}
    for ours in columns.keys() - set(COLUMNS):
        options.wrong(f"kolommen.{ours}", f"onbekend; {nearest(ours, COLUMNS)}", columns[ours])
    for ours in REQUIRED:
        if ours not in columns:
            options.wrong(f"kolommen.{ours}", "ontbreekt; noem de kolom van de export")
    return {ours: theirs for ours, theirs in columns.items() if ours in COLUMNS}


def _values(options: Options) -> dict[str, Mapping[str, str]]:
    values: dict[str, Mapping[str, str]] = {}
    for name, table in options.table("waarden").items():
        if name not in (*TEXTS, "afgehandeld_door") or not isinstance(table, Mapping):
            hint = nearest(name, (*TEXTS, "afgehandeld_door"))
            options.wrong(f"waarden.{name}", f"geef een blok [bron.waarden.kanaal]; {hint}", table)
        else:
            values[name] = {str(theirs): str(ours) for theirs, ours in table.items()}
    return values
