"""How SQLite is spoken to: WAL, explicit transactions, and how long it waits for a lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

PATIENCE_S = 30
"""How long it waits for another process that writes, unless the address says `?timeout=`."""


def prepare(connection: Any, _record: object) -> None:
    """Set up a new connection."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "cache_size = -65536",
        "mmap_size = 268435456",
        "journal_size_limit = 67108864",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def begin(connection: Connection) -> None:
    """Begin a transaction; one that writes asks for the lock at once."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def hurried(connection: Connection, patience_ms: int) -> Iterator[None]:
    """Give up a lock after a while; set outside a transaction, which would begin by asking."""
    driver: Any = connection.connection.driver_connection
    (before,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {patience_ms}").close()
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {before}").close()


@contextmanager
def synced(connection: Connection) -> Iterator[None]:
    """Let a commit wait for the disk; set outside a transaction, where alone it can be."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA synchronous = FULL").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA synchronous = NORMAL").close()
