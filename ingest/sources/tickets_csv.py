"""Any case or ticket export as CSV or CSV.gz, mapped by configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.csv_rows import rows
from ingest.layout import Cells, Layout
from ingest.layout_options import delimiter, encoding, layout
from ingest.options import Options
from ingest.os_errors import what_is_wrong
from ingest.privacy import People
from ingest.source import Batch, Cursor, SourceDown, Surroundings
from ingest.ticket_rows import COLUMNS, REQUIRED, VALUED, Parser

SOORT = "tickets_csv"
ROWS_PER_BATCH = 5000


@dataclass(frozen=True)
class TicketsCsv:
    """One export, in one file or several that a pattern names."""

    naam: str
    pattern: Path
    layout: Layout
    people: People
    delimiter: str = ""
    encoding: str = ""
    interval: float = 5.0
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the tickets of each file that changed since the cursor."""
        try:
            yield from self._batches(dict(cursor), now)
        except OSError as error:
            raise SourceDown(f"{error.filename or self.pattern}: {what_is_wrong(error)}") from error

    def _batches(self, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        unreadable: SourceDown | None = None
        for file in self._files():
            state = _state(file)
            if cursor.get(file.name) == state:
                continue
            try:
                yield from self._file(file, cursor, now)
            except SourceDown as error:
                unreadable = unreadable or error
            else:
                if _state(file) == state:
                    cursor = {**cursor, file.name: state}
                    yield Batch(cursor=cursor)
        if unreadable:
            raise unreadable
        yield Batch(cursor=cursor, complete=True)

    def _files(self) -> list[Path]:
        if self.pattern.is_file():
            return [self.pattern]
        found = self.pattern.parent.glob(self.pattern.name)
        files = sorted(file for file in found if file.is_file())
        if not files:
            raise SourceDown(f"{self.pattern}: geen bestand gevonden; controleer `pad`")
        return files

    def _file(self, file: Path, cursor: Cursor, now: int) -> Iterator[Batch]:
        lines = rows(file, self.delimiter, self.encoding)
        places = self.layout.places(next(lines).fields, file.name)
        parse = Parser(Cells(self.layout, places), self.people)
        yield Batch(cursor=cursor, replaces=f"{file.name}:")
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
            )


def _state(file: Path) -> list[int]:
    found = file.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def build(naam: str, options: Options, surroundings: Surroundings) -> TicketsCsv:
    """Build the source from its [[bron]] block."""
    return TicketsCsv(
        naam,
        options.path("pad"),
        layout(options, COLUMNS, REQUIRED, VALUED),
        People(surroundings.key),
        delimiter(options),
        encoding(options),
        options.seconds("interval", 5.0),
    )
