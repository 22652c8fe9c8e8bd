"""Where each source stands in the store: its cursor, how fresh it is and what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from data import schema
from data.store import Store
from ingest.source import Batch, Cursor, Source


class Overtaken(RuntimeError):
    """Another process moved this source's cursor: that process goes on, this one stops."""


@dataclass(frozen=True)
class Place:
    """Where one source stands."""

    id: int
    version: int
    cursor: Cursor
    checked_at: int | None
    error: str
    newest: int | None
    earliest: int | None

    def after(self, batch: Batch, now: int) -> Place:
        """Return the place after a batch; what was wrong is over when all has been read."""
        return replace(
            self,
            version=self.version + 1,
            cursor=batch.cursor,
            checked_at=now if batch.complete else self.checked_at,
            error="" if batch.complete else self.error,
            newest=max((at for at in (self.newest, batch.newest) if at), default=None),
            earliest=min((at for at in (self.earliest, batch.oldest) if at), default=None),
        )


@dataclass(frozen=True)
class Places:
    """The places of one organisation's sources."""

    store: Store

    def find(self, source: Source) -> Place:
        """Return where a source stands; one that is new stands at its begin."""
        row = self._row(source)
        if row is None:
            self._register(source)
            row = self._row(source)
        assert row is not None  # noqa: S101 (registered just now, and never removed)
        return Place(
            id=row.id,
            version=row.version,
            cursor=json.loads(row.cursor),
            checked_at=row.checked_at,
            error=row.error,
            newest=row.newest,
            earliest=row.earliest,
        )

    def advance(
        self, connection: Connection, source: Source, place: Place, batch: Batch, now: int
    ) -> Place:
        """Move the cursor if it still stands where this run found it; else raise Overtaken."""
        reached = place.after(batch, now)
        changes: dict[str, Any] = {
            "cursor": json.dumps(reached.cursor, separators=(",", ":")),
            "version": reached.version,
            "checked_at": reached.checked_at,
            "newest": reached.newest,
            "earliest": reached.earliest,
            "feeds": ",".join(source.feeds),
            "interval_s": max(1, round(source.interval)),
            "soort": source.soort,
            "error": reached.error,
        }
        if not reached.error:
            changes["error_since"] = None
        found = schema.source.c.version == place.version
        moved = connection.execute(
            update(schema.source).where(*self._at(place), found).values(changes)
        )
        if moved.rowcount != 1:
            raise Overtaken
        return reached

    def note_error(self, place: Place, error: str, now: int) -> None:
        """Keep what is wrong with a source, and since when; the cursor stays."""
        if error == place.error:
            return
        since = func.coalesce(schema.source.c.error_since, now)
        changes = {"error": error, "error_since": since}
        with self.store.writing() as connection:
            connection.execute(update(schema.source).where(*self._at(place)).values(changes))
            self.store.touch(connection)

    def _row(self, source: Source) -> Row[Any] | None:
        table = schema.source
        here = table.c.organisation == self.store.organisation, table.c.naam == source.naam
        with self.store.reading() as connection:
            return connection.execute(select(table).where(*here)).one_or_none()

    def _register(self, source: Source) -> None:
        table, organisation = schema.source, self.store.organisation
        ours = table.c.organisation == organisation
        with self.store.writing() as connection:
            if not self.store.is_sqlite:
                connection.exec_driver_sql("LOCK TABLE source IN SHARE ROW EXCLUSIVE MODE")
            known = select(func.count()).where(ours, table.c.naam == source.naam)
            if connection.execute(known).scalar_one():
                return
            highest = connection.execute(select(func.max(table.c.id)).where(ours)).scalar_one()
            connection.execute(
                insert(table).values(
                    organisation=organisation,
                    id=(highest or 0) + 1,
                    naam=source.naam,
                    soort=source.soort,
                    feeds=",".join(source.feeds),
                    cursor="{}",
                    version=0,
                    error="",
                )
            )

    def _at(self, place: Place) -> tuple[Any, Any]:
        table = schema.source
        return table.c.organisation == self.store.organisation, table.c.id == place.id
