"""Brings stored rows in line when opening hours or the topic catalogue changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from data import schema
from data.calendar import ZONE, Calendar, day_after, midnight
from data.store import Store
from ingest.stamps import Stamps

NAME = "stempels"


def restamp(store: Store, stamps: Stamps) -> int:
    """Stamp anew what the configuration of today stamps otherwise; return the number of rows."""
    with store.writing() as connection:
        if _standing(connection, store.organisation) == stamps.fingerprint:
            return 0
        days: dict[str, set[int]] = defaultdict(set)
        count = _restamp_hours(connection, store.organisation, stamps.calendar, days)
        count += _restamp_topics(connection, store.organisation, stamps, days)
        _keep(connection, store.organisation, stamps.fingerprint)
        if count:
            store.mark(connection, days)
    return count


def _standing(connection: Connection, organisation: int) -> int | None:
    table = schema.stamp
    query = select(table.c.fingerprint).where(
        table.c.organisation == organisation, table.c.name == NAME
    )
    return connection.execute(query).scalar_one_or_none()


def _keep(connection: Connection, organisation: int, fingerprint: int) -> None:
    table = schema.stamp
    here = (table.c.organisation == organisation, table.c.name == NAME)
    if connection.execute(update(table).where(*here).values(fingerprint=fingerprint)).rowcount:
        return
    values = {"organisation": organisation, "name": NAME, "fingerprint": fingerprint}
    connection.execute(table.insert().values(values))


def _restamp_hours(
    connection: Connection, organisation: int, calendar: Calendar, days: dict[str, set[int]]
) -> int:
    at = schema.call.c.arrived_at
    span = select(func.min(at), func.max(at)).where(schema.call.c.organisation == organisation)
    first, last = connection.execute(span).one()
    if first is None:
        return 0
    count = 0
    for day in range(_day(first), _day(last) + 1):
        changed = sum(
            _set_open(connection, organisation, start, end, is_open)
            for start, end, is_open in _stretches(calendar, day)
        )
        if changed:
            days["gesprek"].add(day)
            count += changed
    return count


def _stretches(calendar: Calendar, day: int) -> list[tuple[int, int, int]]:
    """Cut a local day into stretches (epoch, half-open) that are open (1) or not (0)."""
    edges = [midnight(day)]
    result = []
    for start, end in calendar.block_instants(day):
        result.append((edges[-1], start, 0))
        result.append((start, end, 1))
        edges.append(end)
    return [*result, (edges[-1], day_after(day), 0)]


def _set_open(connection: Connection, organisation: int, start: int, end: int, is_open: int) -> int:
    table = schema.call
    return connection.execute(
        update(table)
        .where(
            table.c.organisation == organisation,
            table.c.arrived_at >= start,
            table.c.arrived_at < end,
            table.c.open != is_open,
        )
        .values(open=is_open)
    ).rowcount


def _restamp_topics(
    connection: Connection, organisation: int, stamps: Stamps, days: dict[str, set[int]]
) -> int:
    table = schema.ticket
    standing = connection.execute(
        select(table.c.onderwerp, table.c.complexity)
        .where(table.c.organisation == organisation)
        .distinct()
    )
    count = 0
    for written, complexity in standing.all():
        topic, now = stamps.topics.find(written)
        if (topic, now) == (written, complexity):
            continue
        here = (
            table.c.organisation == organisation,
            table.c.onderwerp == written,
            table.c.complexity == complexity,
        )
        touched = connection.execute(select(table.c.day, table.c.due_day).where(*here).distinct())
        for day, due_day in touched.all():
            days["vraag"].add(day)
            days["termijn"].update({due_day} - {None})
        changed = update(table).where(*here).values(onderwerp=topic, complexity=int(now))
        count += connection.execute(changed).rowcount
    return count


def _day(instant: int) -> int:
    return datetime.fromtimestamp(instant, ZONE).toordinal()
