"""The statements that keep frozen reports and tell them; a row that stands is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from data.schema_reports import report, report_file, report_note, report_step
from data.store import Store

LOCK = 2016237293
BARE = tuple(column for column in report.c if column.name not in ("snapshot", "seals"))
"""What tells of a version without its contents."""


@contextmanager
def alone(store: Store) -> Iterator[Connection]:
    """Write to the reports while nobody else does; it is on the disk when this ends."""
    with store.writing(lasting=True) as connection:
        store.take_turns(connection, LOCK)
        yield connection


def put(
    store: Store, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write rows; one that stands already is an error, and nothing is written."""
    if rows:
        here = {"organisation": store.organisation}
        connection.execute(insert(table), [{**here, **row} for row in rows])


def versions(store: Store, connection: Connection, period: str | None = None) -> Sequence[Row[Any]]:
    """Return the versions of a period, or of all, without their contents."""
    return _told(store, connection, report, period, BARE)


def version(store: Store, connection: Connection, period: str, number: int) -> Row[Any] | None:
    """Return one version, whole."""
    query = select(report).where(
        report.c.organisation == store.organisation,
        report.c.period == period,
        report.c.version == number,
    )
    return connection.execute(query).one_or_none()


def steps(store: Store, connection: Connection, period: str | None = None) -> Sequence[Row[Any]]:
    """Return the steps of a period, or of all, in order."""
    return _told(store, connection, report_step, period)


def notes(store: Store, connection: Connection, period: str | None = None) -> Sequence[Row[Any]]:
    """Return what people wrote about a period, or about all, in order."""
    return _told(store, connection, report_note, period)


def files(store: Store, connection: Connection, period: str, number: int) -> Sequence[Row[Any]]:
    """Return the files of a version, in the order in which they are offered."""
    query = (
        select(report_file)
        .where(
            report_file.c.organisation == store.organisation,
            report_file.c.period == period,
            report_file.c.version == number,
        )
        .order_by(report_file.c.number)
    )
    return connection.execute(query).fetchall()


def _told(
    store: Store,
    connection: Connection,
    table: Table,
    period: str | None,
    columns: Sequence[Any] = (),
) -> Sequence[Row[Any]]:
    query = select(*(columns or table.c)).where(table.c.organisation == store.organisation)
    if period is not None:
        query = query.where(table.c.period == period)
    return connection.execute(query.order_by(*table.primary_key.columns)).fetchall()
