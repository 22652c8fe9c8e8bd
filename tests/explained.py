"""What is sent to a database, and how SQLite finds the rows that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from data.store import Store

Sent = tuple[str, Any]
"""A statement and its values."""


@contextmanager
def sent_to(store: Store) -> Iterator[list[Sent]]:
    """Every statement that is sent meanwhile."""
    sent: list[Sent] = []

    def listen(*arguments: Any) -> None:
        sent.append((arguments[2], arguments[3]))

    event.listen(store.engine, "before_cursor_execute", listen)
    yield sent
    event.remove(store.engine, "before_cursor_execute", listen)


def about(sent: Sequence[Sent], table: str) -> list[Sent]:
    """Those that read a table."""
    return [one for one in sent if f"FROM {table} " in " ".join(one[0].split())]


def ways(store: Store, sent: Sequence[Sent], table: str) -> list[str]:
    """How SQLite finds the rows of a table for each statement that reads it."""
    with store.reading() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall()
            for text, values in about(sent, table)
        ]
    return [step[3] for plan in plans for step in plan if table in step[3]]
