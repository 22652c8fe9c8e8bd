"""The store: one engine, two kinds of transaction and one bulk upsert, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    select,
    update,
)
from sqlalchemy.engine import make_url

from data import sqlite
from data.bulk import Row, bump_sql, copy_and_merge, insert_in_groups, standing_sql
from data.schema import FACT_DAYS, day_version, revision

HURRY_MS = 100
"""How long a write that can be missed waits."""
VERSION = 3
"""The position of `version` in a row of a fact; before it stand organisation, source and key."""


@dataclass(frozen=True)
class Written:
    """What an upsert changed: which rows, by key, and which days of which facts."""

    keys: Sequence[str] = ()
    days: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows changed."""
        return len(self.keys)


def open_engine(url: str) -> Engine:
    """Open the engine for a database address; SQLite gets WAL and explicit transactions."""
    if make_url(url).get_backend_name() == "sqlite":
        patience = {} if "timeout" in make_url(url).query else {"timeout": sqlite.PATIENCE_S}
        engine = create_engine(url, connect_args=patience, hide_parameters=True)
        event.listen(engine, "connect", sqlite.prepare)
        event.listen(engine, "begin", sqlite.begin)
        return engine
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


@dataclass(frozen=True)
class Store:
    """One organisation's view of the database."""

    engine: Engine
    organisation: int

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the store."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        connected = self.engine.connect().execution_options(**options)
        with connected as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, lasting: bool = False) -> Iterator[Connection]:
        """Give a connection whose work is committed whole or not at all.

        `lasting`: a loss of power just after the commit may not undo it either.
        """
        with self.engine.connect().execution_options(writes=True) as connection:
            waits = sqlite.synced(connection) if lasting and self.is_sqlite else nullcontext()
            with waits, connection.begin():
                yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """Give a connection to write what can be missed: it does not wait for another writer."""
        with self.engine.connect().execution_options(writes=True) as connection:
            if self.is_sqlite:
                with sqlite.hurried(connection, HURRY_MS), connection.begin():
                    yield connection
            else:
                with connection.begin():
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {HURRY_MS}")
                    yield connection

    def take_turns(self, connection: Connection, lock: int) -> None:
        """Let one process at a time do this, until its work is committed.

        On SQLite a writer is alone already.
        """
        if not self.is_sqlite:
            turn = (lock, self.organisation)
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, %s)", turn)

    @property
    def is_sqlite(self) -> bool:
        """Tell which of the two dialects is spoken."""
        return self.engine.dialect.name == "sqlite"

    def upsert(
        self,
        connection: Connection,
        table: Table,
        source: int,
        rows: Sequence[Row],
        versioned: bool = False,
    ) -> Written:
        """Write the rows of one source that are absent, or newer than what stands and different.

        Rows are tuples of all that is told, in column order. `versioned` promises that rows of one
        version are equal, so that versions alone tell. A repeated delivery dirties nothing.
        """
        rows = _last_of_each_key(rows)
        standing = self._standing(connection, table, source, rows, versioned)
        replaces = _is_newer if versioned else _is_newer_or_different
        changed = [row for row in rows if row[2] not in standing or replaces(row, standing[row[2]])]
        if changed:
            self._put(connection, table, changed)
        replaced = [standing[row[2]] for row in changed if row[2] in standing]
        return Written([row[2] for row in changed], days_of(table, changed, replaced))

    def _standing(
        self,
        connection: Connection,
        table: Table,
        source: int,
        rows: Sequence[Row],
        versioned: bool,
    ) -> dict[str, Row]:
        """Return the stored rows by key; of versioned ones only key, version and days."""
        if not rows:
            return {}
        keys = [row[2] for row in rows]
        found = connection.exec_driver_sql(
            standing_sql(table, self.engine.dialect.name, versioned), self.chosen(source, keys)
        )
        return {row[2]: row for row in found.cursor.fetchall()}

    def chosen(self, source: int, keys: Sequence[str]) -> tuple[Any, ...]:
        """Return the values for a statement about some keys of a source."""
        return self.organisation, source, json.dumps(keys) if self.is_sqlite else list(keys)

    def change(
        self,
        connection: Connection,
        table: Table,
        changes: Sequence[tuple[int, str, Mapping[str, Any]]],
    ) -> None:
        """Set columns of rows that stand, by source and key; all changes set the same columns."""
        if not changes:
            return
        statement = update(table).where(
            table.c.organisation == self.organisation,
            table.c.source == bindparam("of_source"),
            table.c.key == bindparam("of_key"),
        )
        rows = [{"of_source": source, "of_key": key, **new} for source, key, new in changes]
        connection.execute(statement, rows)

    def _put(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        if self.is_sqlite:
            insert_in_groups(connection, table, rows)
        else:
            copy_and_merge(connection, table, rows)

    def mark(self, connection: Connection, days: Mapping[str, Iterable[int]]) -> None:
        """Raise the version of each day and the revision of the organisation."""
        rows = sorted((self.organisation, fact, day, 1) for fact in days for day in days[fact])
        if rows:
            connection.exec_driver_sql(bump_sql(day_version, self.engine.dialect.name), rows)
        self.touch(connection)

    def touch(self, connection: Connection) -> None:
        """Raise the revision: something that a screen shows has changed."""
        connection.exec_driver_sql(
            bump_sql(revision, self.engine.dialect.name), (self.organisation, 1)
        )

    def revision(self) -> int:
        """Return the number that rises with each change; 0 in an empty store."""
        query = select(func.max(revision.c.version)).where(
            revision.c.organisation == self.organisation
        )
        with self.engine.connect() as connection:
            return connection.execute(query).scalar_one() or 0

    def tidy(self) -> None:
        """Write the WAL back into the database file, so that it does not grow for ever."""
        if self.is_sqlite:
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            finally:
                raw.close()


def days_of(
    table: Table, changed: Sequence[Row], replaced: Sequence[Row]
) -> dict[str, frozenset[int]]:
    """Name the days that a change touches: those of the new rows and those they leave."""
    columns = table.c.keys()  # their names: to compare two columns is to write SQL
    result = {}
    for fact, name in FACT_DAYS[table.name].items():
        at = columns.index(name)
        days = {row[at] for row in changed} | {row[at] for row in replaced}
        result[fact] = frozenset(days - {None})
    return result


def _last_of_each_key(rows: Sequence[Row]) -> Sequence[Row]:
    last: dict[str, Row] = {}
    for row in rows:
        standing = last.get(row[2])
        if standing is None or row[VERSION] >= standing[VERSION]:
            last[row[2]] = row
    return rows if len(last) == len(rows) else list(last.values())


def _is_newer(row: Row, standing: Row) -> bool:
    return bool(row[VERSION] > standing[VERSION])


def _is_newer_or_different(row: Row, standing: Row) -> bool:
    return bool(row[VERSION] >= standing[VERSION] and row != standing)
