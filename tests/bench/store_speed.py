"""store.upsert against raw executemany and against SQLAlchemy's executemany of dicts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from data.bulk import all_names, upsert_sql
from data.migrate import migrate
from data.schema import call
from data.store import Store, open_engine
from tests.bench.timing import goal, line, rounds, title
from tests.bench.world import BATCH, ORGANISATION, SOURCE, Row, call_rows, new_store

ROWS = 100_000
RAW = "raw sqlite3.executemany"
OURS = "store.upsert"
AGAIN = "store.upsert, delivered again"
DICTS = "SQLAlchemy executemany of dicts"


def run(folder: Path, postgres_url: str) -> None:
    """Measure both databases."""
    rows = [row for day in call_rows(ROWS // 1000, 1000) for row in day]
    _sqlite(folder, rows)
    _postgres(postgres_url, rows)


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _ours(store: Store, rows: list[Row]) -> None:
    for batch in _batches(rows):
        with store.writing() as connection:
            store.upsert(connection, call, SOURCE, batch, versioned=True)


def _raw(path: Path, rows: list[Row]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    for batch in _batches(rows):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(upsert_sql(call, "sqlite", all_names(call)), batch)
        connection.execute("COMMIT")
    connection.close()


def _dicts(engine: Engine, rows: list[Row]) -> None:
    dialect = sqlite if engine.dialect.name == "sqlite" else postgresql
    new = dialect.insert(call)
    keys = list(call.primary_key.columns)
    rest = {column.name: new.excluded[column.name] for column in call.c if column not in keys}
    statement = new.on_conflict_do_update(index_elements=keys, set_=rest)
    names = [column.name for column in call.c]
    for batch in _batches(rows):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(statement, [dict(zip(names, row, strict=True)) for row in batch])


def _empty(engine: Engine) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(delete(call).where(call.c.organisation == ORGANISATION))


def _sqlite(folder: Path, rows: list[Row]) -> None:
    title(f"store.upsert, SQLite, {len(rows):,} calls")
    again = new_store(folder, "again")
    _ours(again, rows)
    stores: dict[str, Store] = {}

    def before(_method: str) -> None:
        for old in folder.glob("fresh.sqlite*"):
            old.unlink()
        stores["fresh"] = new_store(folder, "fresh")

    methods: dict[str, Callable[[], object]] = {
        RAW: lambda: _raw(folder / "fresh.sqlite", rows),
        OURS: lambda: _ours(stores["fresh"], rows),
        AGAIN: lambda: _ours(again, rows),
        DICTS: lambda: _dicts(stores["fresh"].engine, rows),
    }
    found = rounds(methods, 5, before)
    for name, seconds in found.items():
        line(name, seconds, len(rows))
    goal("raw / ours", found[RAW] / found[OURS], least=0.8)
    goal("SQLAlchemy dicts / ours", found[DICTS] / found[OURS], least=3)
    goal("first / again", found[OURS] / found[AGAIN], least=1)


def _postgres(url: str, rows: list[Row]) -> None:
    title(f"store.upsert, PostgreSQL, {len(rows):,} calls")
    store = Store(open_engine(url), ORGANISATION)
    migrate(store)

    def before(name: str) -> None:
        if name != AGAIN:
            _empty(store.engine)

    methods: dict[str, Callable[[], object]] = {
        DICTS: lambda: _dicts(store.engine, rows),
        OURS: lambda: _ours(store, rows),
        AGAIN: lambda: _ours(store, rows),
    }
    found = rounds(methods, 3, before)
    for name, seconds in found.items():
        line(name, seconds, len(rows))
    goal("SQLAlchemy dicts / ours", found[DICTS] / found[OURS], least=3)
    goal("first / again", found[OURS] / found[AGAIN], least=1)
    store.engine.dispose()
