"""Where reports are kept: reads their versions, and adds to them when nobody else just did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from data import reports, schema
from data.store import Store
from metrics.published.canonical import digest, read, written
from metrics.published.edition import Edition, Erratum, Note, Rendered, Step
from metrics.published.entry import Contents, Entry, Kept
from metrics.published.leaves import seals
from metrics.published.rows import entries, file_row, note_row, step_row
from metrics.published.snapshot import Snapshot
from metrics.published.wording import ReportRefused

MEANWHILE = "intussen heeft iemand anders iets aan deze rapportage gedaan; bekijk haar opnieuw"


@dataclass(frozen=True)
class Shelf:
    """The reports of one store."""

    store: Store

    def entries(self, key: str | None = None) -> tuple[Entry, ...]:
        """Return all versions, of a period or of all, in order."""
        with self.store.reading() as connection:
            return entries(self.store, connection, key)

    def contents(self, key: str, number: int) -> Contents:
        """Return the bytes of a version that is there."""
        with self.store.reading() as connection:
            row = reports.version(self.store, connection, key, number)
            files = reports.files(self.store, connection, key, number)
        if row is None:
            raise ReportRefused(f"{key} versie {number} bestaat niet")
        kept = (
            Kept(
                name=file.name,
                media_type=file.media_type,
                content=bytes(file.content),
                sha256=file.sha256,
                compared=file.compared,
            )
            for file in files
        )
        return Contents(snapshot=bytes(row.snapshot), seals=bytes(row.seals), files=tuple(kept))

    def edition(self, entry: Entry) -> Edition:
        """Return a version as it is drawn; one that is not as it was kept is refused."""
        content = self.contents(entry.key, entry.number).snapshot
        if digest(content) != entry.sha256:
            raise ReportRefused(
                f"{entry.key} versie {entry.number} is niet meer wat er is bewaard; "
                "--controleer zegt wat er anders is"
            )
        try:
            return entry.edition(read(content, Snapshot))
        except msgspec.DecodeError as error:
            raise ReportRefused(
                f"{entry.key} versie {entry.number} is van een programma dat dit niet meer kan "
                f"lezen ({error}); de bestanden van toen geeft een reservekopie"
            ) from None

    @contextmanager
    def turn(self, key: str, seen: Sequence[Entry] | None = None) -> Iterator[Turn]:
        """Add to a period while nobody else does; refuse when it is not as it was seen."""
        with reports.alone(self.store) as connection:
            found = entries(self.store, connection, key)
            if seen is not None and found != tuple(seen):
                raise ReportRefused(MEANWHILE)
            yield Turn(self.store, connection, key, found)


@dataclass(frozen=True)
class Turn:
    """A moment in which nobody else writes: what is added stands whole, or not at all."""

    store: Store
    connection: Connection
    key: str
    entries: tuple[Entry, ...]

    def add_version(
        self, snapshot: Snapshot, erratum: Erratum | None = None, notes: Sequence[Note] = ()
    ) -> int:
        """Keep a new version, and return its number."""
        content, number = written(snapshot), len(self.entries) + 1
        row = {
            "made_at": int(snapshot.made_at.timestamp()),
            "sha256": digest(content),
            "snapshot": content,
            "seals": seals(msgspec.json.decode(content)),
            "erratum": None if erratum is None else written(erratum),
        }
        self._put(schema.report, number, [row])
        self._put(schema.report_note, number, [note_row(at, n) for at, n in enumerate(notes, 1)])
        return number

    def add_step(self, number: int, place: int, step: Step) -> None:
        """Keep a step."""
        self._put(schema.report_step, number, [step_row(place, step)])

    def add_note(self, number: int, note: Note) -> None:
        """Keep what a person wrote."""
        told = reports.notes(self.store, self.connection, self.key)
        place = 1 + sum(row.version == number for row in told)
        self._put(schema.report_note, number, [note_row(place, note)])

    def add_files(self, number: int, files: Sequence[Rendered]) -> None:
        """Keep files as they are now."""
        rows = [file_row(place, file) for place, file in enumerate(files, 1)]
        self._put(schema.report_file, number, rows)

    def _put(self, table: Table, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
        here = {"period": self.key, "version": number}
        reports.put(self.store, self.connection, table, [{**here, **row} for row in rows])
