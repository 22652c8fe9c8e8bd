"""Runs a source: each batch, with its cursor and its account, is one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data import schema
from data.store import Store, Written
from ingest.source import Batch, Cursor, Rejected, Source, SourceChanged, SourceDown
from ingest.stamps import Stamps

HEARTBEAT_S = 5
Now = Callable[[], int]
Progress = Callable[["Run"], None]


class Overtaken(RuntimeError):
    """Another process moved this source's cursor: that process goes on, this one stops."""


@dataclass(frozen=True)
class Run:
    """What a run did so far."""

    source: str
    read: int = 0
    written: int = 0
    rejected: int = 0
    error: str = ""
    overtaken: bool = False

    def plus(self, batch: Batch, written: int) -> Run:
        """Add one batch."""
        return replace(
            self,
            read=self.read + batch.read,
            written=self.written + written,
            rejected=self.rejected + len(batch.rejected),
        )


@dataclass(frozen=True)
class Place:
    """Where a source stands in the store."""

    id: int
    version: int
    cursor: Cursor
    checked_at: int | None
    error: str
    newest: int | None
    earliest: int | None


@dataclass(frozen=True)
class Runner:
    """Moves what sources say into the store."""

    store: Store
    stamps: Stamps
    now: Now
    progress: Progress = lambda run: None

    def run(self, source: Source, since: int | None = None) -> Run:
        """Read a source to its end. With `since` (epoch), read anew and keep what came after."""
        place = self._place(source)
        if since is not None:
            place = replace(place, cursor={})
        run = Run(source.naam)
        try:
            for batch in source.batches(place.cursor, self.now()):
                kept = batch if since is None else _kept(batch, since)
                place, written = self._commit(source, place, kept)
                run = run.plus(kept, written)
                if kept.read:
                    self.progress(run)
        except (SourceDown, SourceChanged) as error:
            run = replace(run, error=str(error))
            self._note_error(place, run.error)
        except Overtaken:
            run = replace(run, overtaken=True)
        return run

    def _place(self, source: Source) -> Place:
        table, name = schema.source, source.naam
        query = select(table).where(
            table.c.organisation == self.store.organisation, table.c.naam == name
        )
        with self.store.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            self._register(source)
            return self._place(source)
        cursor = json.loads(row.cursor)
        return Place(
            row.id, row.version, cursor, row.checked_at, row.error, row.newest, row.earliest
        )

    def _register(self, source: Source) -> None:
        table, organisation = schema.source, self.store.organisation
        with self.store.writing() as connection:
            if not self.store.is_sqlite:
                connection.exec_driver_sql("LOCK TABLE source IN SHARE ROW EXCLUSIVE MODE")
            known = select(func.count()).where(
                table.c.organisation == organisation, table.c.naam == source.naam
            )
            if connection.execute(known).scalar_one():
                return
            highest = select(func.max(table.c.id)).where(table.c.organisation == organisation)
            connection.execute(
                insert(table).values(
                    organisation=organisation,
                    id=(connection.execute(highest).scalar_one() or 0) + 1,
                    naam=source.naam,
                    soort=source.soort,
                    feeds=",".join(source.feeds),
                    cursor="{}",
                    version=0,
                    error="",
                )
            )

    def _commit(self, source: Source, place: Place, batch: Batch) -> tuple[Place, int]:
        if self._is_idle(place, batch):
            return place, 0
        with self.store.writing() as connection:
            now = self.now()
            place = self._advance(connection, source, place, batch, now)
            written = self._write(connection, place.id, batch)
            self._set_aside(connection, place.id, batch, now)
            if batch.read:
                self._account(connection, place, batch, written, now)
        return place, written

    def _is_idle(self, place: Place, batch: Batch) -> bool:
        """Say that nothing is to be told: no rows, no news, and the heartbeat not yet due."""
        fresh = place.checked_at is not None and self.now() - place.checked_at < HEARTBEAT_S
        told = not (batch.read or batch.rejected or place.error)
        return told and batch.cursor == place.cursor and (fresh or not batch.complete)

    def _advance(
        self, connection: Connection, source: Source, place: Place, batch: Batch, now: int
    ) -> Place:
        """Move the cursor if it still stands where this run found it."""
        table = schema.source
        reached = _reached(place, batch, now)
        changes = {
            "cursor": json.dumps(reached.cursor, separators=(",", ":")),
            "version": reached.version,
            "checked_at": reached.checked_at,
            "newest": reached.newest,
            "earliest": reached.earliest,
            "feeds": ",".join(source.feeds),
            "soort": source.soort,
            "error": "",
            "error_since": None,
        }
        moved = connection.execute(
            update(table).where(*self._at(place), table.c.version == place.version).values(changes)
        )
        if moved.rowcount != 1:
            raise Overtaken
        return reached

    def _at(self, place: Place) -> tuple[Any, Any]:
        table = schema.source
        return table.c.organisation == self.store.organisation, table.c.id == place.id

    def _write(self, connection: Connection, source: int, batch: Batch) -> int:
        stamps = self.stamps
        tables = {
            schema.call: stamps.calls(source, batch.calls),
            schema.ticket: stamps.tickets(source, batch.tickets),
            schema.staffing: stamps.staffing(source, batch.staffing),
        }
        parts = [
            self.store.upsert(connection, table, source, rows, batch.versioned)
            for table, rows in tables.items()
        ]
        count = sum(part.rows for part in parts)
        if count:
            self.store.mark(connection, _days(parts))
        return count

    def _set_aside(self, connection: Connection, source: int, batch: Batch, now: int) -> None:
        table, organisation = schema.rejected, self.store.organisation
        if batch.replaces is not None:
            connection.execute(
                delete(table).where(
                    table.c.organisation == organisation,
                    table.c.source == source,
                    table.c.key.startswith(batch.replaces, autoescape=True),
                )
            )
        if batch.rejected:
            rows = [_rejected(organisation, source, now, row) for row in batch.rejected]
            connection.execute(_insert_rejected(self.store.engine), rows)

    def _account(
        self, connection: Connection, place: Place, batch: Batch, written: int, now: int
    ) -> None:
        connection.execute(
            insert(schema.run).values(
                organisation=self.store.organisation,
                source=place.id,
                version=place.version,
                at=now,
                rows=batch.read,
                written=written,
                rejected=len(batch.rejected),
                error="",
            )
        )

    def _note_error(self, place: Place, error: str) -> None:
        """Keep what is wrong with a source, and since when; the cursor stays."""
        if error == place.error:
            return
        table = schema.source
        with self.store.writing() as connection:
            since = func.coalesce(table.c.error_since, self.now())
            changes = {"error": error, "error_since": since}
            connection.execute(update(table).where(*self._at(place)).values(changes))
            self.store.touch(connection)


def _reached(place: Place, batch: Batch, now: int) -> Place:
    return replace(
        place,
        version=place.version + 1,
        cursor=batch.cursor,
        checked_at=now if batch.complete else place.checked_at,
        error="",
        newest=max((at for at in (place.newest, batch.newest) if at), default=None),
        earliest=min((at for at in (place.earliest, batch.oldest) if at), default=None),
    )


def _days(parts: Sequence[Written]) -> dict[str, set[int]]:
    days: dict[str, set[int]] = {}
    for part in parts:
        for fact, found in part.days.items():
            days.setdefault(fact, set()).update(found)
    return days


def _kept(batch: Batch, since: int) -> Batch:
    """Keep what came since; equal versions may differ now, as the settings may have changed."""
    return replace(
        batch,
        versioned=False,
        calls=[call for call in batch.calls if call.arrived_at >= since],
        tickets=[ticket for ticket in batch.tickets if ticket.received_at >= since],
        staffing=[interval for interval in batch.staffing if interval.begins_at >= since],
    )


def _rejected(organisation: int, source: int, now: int, row: Rejected) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "source": source,
        "key": row.key,
        "at": now,
        "place": row.place,
        "reason": row.reason,
    }


def _insert_rejected(engine: Engine) -> Any:
    table = schema.rejected
    insert_ = sqlite.insert(table) if engine.dialect.name == "sqlite" else postgresql.insert(table)
    return insert_.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"reason": insert_.excluded.reason, "place": insert_.excluded.place},
    )
