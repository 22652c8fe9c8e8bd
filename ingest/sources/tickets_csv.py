"""Any case or ticket export as CSV or CSV.gz, mapped by configuration."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from data.mistakes import nearest
from ingest.csv_rows import rows
from ingest.options import Options
from ingest.os_errors import what_is_wrong
from ingest.privacy import People
from ingest.source import Batch, Cursor, SourceDown, Surroundings
from ingest.ticket_rows import COLUMNS, TEXTS, Layout, Parser

SOORT = "tickets_csv"
REQUIRED = ("id", "ontvangen")
ROWS_PER_BATCH = 5000

SOME_MOMENT = datetime(2026, 1, 31, 9, 5, tzinfo=UTC)


@dataclass(frozen=True)
class TicketsCsv:
    """One export, in one file or several that a pattern names."""

    naam: str
    pattern: Path
    layout: Layout
    people: People
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
        lines = rows(file, self.layout.delimiter, self.layout.encoding)
        parse = Parser(self.layout, self.layout.places(next(lines).fields, file.name), self.people)
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
    layout = Layout(
        columns=_columns(options),
        values=_values(options),
        zone=options.zone("tijdzone", "Europe/Amsterdam"),
        delimiter=_delimiter(options),
        encoding=_encoding(options),
        form=_form(options),
    )
    people = People(surroundings.key)
    return TicketsCsv(naam, options.path("pad"), layout, people, options.seconds("interval", 5.0))


def _delimiter(options: Options) -> str:
    written = options.text("scheiding", "")
    if len(written) > 1:
        options.wrong("scheiding", 'geef een enkel teken; een tab is "\\t"', written)
    return written[:1]


def _encoding(options: Options) -> str:
    written = options.text("codering", "")
    try:
        name = codecs.lookup(written).name if written else ""
    except LookupError:
        options.wrong("codering", "onbekend; laat weg, of geef utf-8 of cp1252", written)
        return ""
    return "utf-8-sig" if name == "utf-8" else name


def _form(options: Options) -> str | None:
    written = options.text("datumvorm", "")
    try:
        datetime.strptime(SOME_MOMENT.strftime(written), written)  # noqa: DTZ007 (a trial)
    except ValueError:
        options.wrong("datumvorm", "geen geldige vorm; bijvoorbeeld %d/%m/%Y %H:%M", written)
        return None
    return written or None


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
