"""Runs a source: each batch, with its cursor and its account, is one transaction."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from data import schema
from data.store import Store, Written
from data.store_errors import StoreTrouble
from ingest.account import enter_run, set_aside
from ingest.places import Overtaken, Place, Places
from ingest.questions import write_questions
from ingest.source import Batch, Source, SourceChanged, SourceDown
from ingest.stamps import Row, Stamps
from ingest.sweeps import drop, sweep

HEARTBEAT_S = 5
Now = Callable[[], int]
Progress = Callable[["Run"], None]


class Rows(NamedTuple):
    """The records of a batch as rows of their tables."""

    calls: list[Row]
    staffing: list[Row]
    tickets: list[Row]


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


def _say_nothing(_run: Run) -> None:
    """The default progress."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Runner:
    """Moves what sources say into the store."""

    store: Store
    stamps: Stamps
    now: Now
    progress: Progress = _say_nothing
    stopping: Callable[[], bool] = _never

    def attempt(self, source: Source, since: int | None = None) -> Run:
        """Run a source; what is wrong with it, foreseen or not, never costs the others theirs.

        Only trouble with the store is raised.
        """
        try:
            return self.run(source, since)
        except StoreTrouble:
            raise
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name} regel {place.lineno}"
            run = Run(source.naam, error=f"onverwachte fout: {type(error).__name__} in {where}")
            self._places.note_error(self._places.find(source), run.error, self.now())
            return run

    def run(self, source: Source, since: int | None = None) -> Run:
        """Read a source to its end. With `since` (epoch), read anew and keep what came after."""
        place = self._places.find(source)
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
                if self.stopping():
                    break
        except (SourceDown, SourceChanged) as error:
            run = replace(run, error=str(error))
            self._places.note_error(place, run.error, self.now())
        except Overtaken:
            run = replace(run, overtaken=True)
        return run

    @property
    def _places(self) -> Places:
        return Places(self.store)

    def _commit(self, source: Source, place: Place, batch: Batch) -> tuple[Place, int]:
        now = self.now()
        if _is_idle(place, batch, now):
            return place, 0
        rows = self._stamped(place.id, batch)  # before the store is locked
        with self.store.writing() as connection:
            place = self._places.advance(connection, source, place, batch, now)
            written = self._write(connection, place.id, batch, rows, now)
            set_aside(connection, self.store, place.id, batch, now)
            if batch.read:
                rejected = len(batch.rejected)
                account = {"at": now, "rows": batch.read, "written": written, "rejected": rejected}
                enter_run(connection, self.store, place.id, place.version, account)
        return place, written

    def _stamped(self, source: int, batch: Batch) -> Rows:
        return Rows(
            self.stamps.calls(source, batch.calls),
            self.stamps.staffing(source, batch.staffing),
            self.stamps.tickets(source, batch.tickets),
        )

    def _write(
        self, connection: Connection, source: int, batch: Batch, rows: Rows, now: int
    ) -> int:
        store = self.store
        parts = [
            store.upsert(connection, schema.call, source, rows.calls, batch.versioned),
            store.upsert(connection, schema.staffing, source, rows.staffing, batch.versioned),
            write_questions(connection, store, source, rows.tickets, batch.tickets, now),
        ]
        parts.append(drop(connection, store, source, batch.gone))
        parts.append(sweep(connection, store, source, batch.sweep, batch.seen))
        count = sum(part.rows for part in parts)
        if count:
            self.store.mark(connection, _days(parts))
        return count


def _is_idle(place: Place, batch: Batch, now: int) -> bool:
    """Say that nothing is to be told: no rows, no news, and the heartbeat not yet due."""
    if batch.read or batch.rejected or batch.replaces is not None or batch.cursor != place.cursor:
        return False
    if not batch.complete:
        return True
    fresh = place.checked_at is not None and 0 <= now - place.checked_at < HEARTBEAT_S
    return fresh and not place.error


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
