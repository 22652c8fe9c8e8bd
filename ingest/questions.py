"""Writes questions with their clock events, and keeps repeat contacts right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from data.bulk import of_keys
from data.schema import clock_event, ticket
from data.store import Store, Written
from ingest.contacts import settle
from ingest.records import Event, Ticket
from ingest.stamps import Row


def write_questions(
    connection: Connection,
    store: Store,
    source: int,
    rows: Sequence[Row],
    tickets: Sequence[Ticket],
    now: int,
) -> Written:
    """Write what is new of these tickets, stamped as rows, in the transaction of their batch."""
    if not tickets:
        return Written()
    written = store.upsert(connection, ticket, source, rows)
    if not written.keys:
        return written
    _write_events(connection, store, source, written.keys, tickets)
    days = settle(connection, store, source, written.keys, now)
    return Written(written.keys, {**written.days, "vraag": written.days["vraag"] | days})


def read_events(
    connection: Connection, store: Store, source: int, keys: Sequence[str]
) -> dict[str, list[Event]]:
    """Return the events of tickets, in order, by key."""
    found: dict[str, list[Event]] = defaultdict(list)
    chosen = of_keys(clock_event, store.engine.dialect.name)
    statement = f'SELECT "key", kind, at, until {chosen} ORDER BY "key", n'
    for key, *event in connection.exec_driver_sql(statement, store.chosen(source, keys)):
        found[key].append(Event(*event))
    return found


def _write_events(
    connection: Connection,
    store: Store,
    source: int,
    keys: Sequence[str],
    tickets: Sequence[Ticket],
) -> None:
    """Put the story of the changed tickets in the place of the one that stands."""
    changed = frozenset(keys)
    told = {record.key: record.events for record in tickets if record.key in changed}
    statement = f"DELETE {of_keys(clock_event, store.engine.dialect.name)}"
    connection.exec_driver_sql(statement, store.chosen(source, keys))
    rows = [
        (store.organisation, source, key, n, *event)
        for key, events in told.items()
        for n, event in enumerate(events)
    ]
    if rows:
        marks = ", ".join(["?" if store.is_sqlite else "%s"] * len(clock_event.c))
        connection.exec_driver_sql(f"INSERT INTO clock_event VALUES ({marks})", rows)  # noqa: S608
