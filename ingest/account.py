"""What is kept of each batch beside its rows: what was set aside and why, and the run record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from data import schema
from data.store import Store
from ingest.records import Rejected
from ingest.source import Batch

LONGEST_KEY = 200
LONGEST_PLACE = 300


def set_aside(connection: Connection, store: Store, source: int, batch: Batch, now: int) -> None:
    """Keep why rows were set aside; each once, however often they are read."""
    table = schema.rejected
    if batch.replaces is not None:
        connection.execute(
            delete(table).where(
                table.c.organisation == store.organisation,
                table.c.source == source,
                table.c.key.startswith(batch.replaces, autoescape=True),
            )
        )
    if batch.rejected:
        keys = {"organisation": store.organisation, "source": source, "at": now}
        connection.execute(_insert(store), [keys | row for row in _rows(batch.rejected)])


def enter_run(
    connection: Connection, store: Store, source: int, version: int, account: dict[str, int]
) -> None:
    """Keep the account of one batch."""
    connection.execute(
        insert(schema.run).values(
            organisation=store.organisation, source=source, version=version, error="", **account
        )
    )


def forget_runs(store: Store, before: int) -> None:
    """Drop the accounts of long ago, of which there are thousands a day."""
    table = schema.run
    old = table.c.organisation == store.organisation, table.c.at < before
    with store.writing() as connection:
        connection.execute(delete(table).where(*old))


def _rows(rejected: Sequence[Rejected]) -> list[dict[str, Any]]:
    """Return one row per key: PostgreSQL refuses to replace a row twice in one statement."""
    rows = {}
    for row in rejected:
        place = row.place[-LONGEST_PLACE:]
        key = _fitting(row.key)
        rows[key] = {"key": key, "place": place, "reason": row.reason}
    return list(rows.values())


def _fitting(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - 17]}~{digest}"


def _insert(store: Store) -> Any:
    table = schema.rejected
    statement = sqlite.insert(table) if store.is_sqlite else postgresql.insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"reason": statement.excluded.reason, "place": statement.excluded.place},
    )
