"""Brings stored rows in line when opening hours, terms, topics or departments changed.

Only what really differs is written, and only the days of those rows are counted anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, tuple_, update

from data import schema
from data.calendar import Calendar, day_after, local_day, midnight
from data.schema import FACT_DAYS
from data.store import Store
from ingest.contacts import settle
from ingest.life import Stamped
from ingest.questions import read_events
from ingest.stamps import Stamps, told_again

NAME = "stempels"
LOCK = 2016237291
AT_ONCE = 5000
TICKET = [column.name for column in schema.ticket.c]
FIRST_STAMP = TICKET.index(Stamped._fields[0])
SOURCE, KEY, LIFE = TICKET.index("source"), TICKET.index("key"), TICKET.index("life")
Days = dict[str, set[int]]
Found = tuple[Any, ...]


def restamp(store: Store, stamps: Stamps) -> int:
    """Stamp anew what the configuration of today stamps otherwise; return the number of rows."""
    with store.writing() as connection:
        store.take_turns(connection, LOCK)
        if _standing(connection, store.organisation) == stamps.fingerprint:
            return 0
        days: Days = defaultdict(set)
        count = _restamp_hours(connection, store.organisation, stamps.rules.calendar, days)
        count += _restamp_departments(connection, store.organisation, stamps, days)
        count += sum(
            _restamp_questions(connection, store, stamps, chunk, days)
            for chunk in _questions(connection, store.organisation)
        )
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
    connection: Connection, organisation: int, calendar: Calendar, days: Days
) -> int:
    at = schema.call.c.arrived_at
    span = select(func.min(at), func.max(at)).where(schema.call.c.organisation == organisation)
    first, last = connection.execute(span).one()
    if first is None:
        return 0
    count = 0
    for day in range(local_day(first), local_day(last) + 1):
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


def _restamp_departments(
    connection: Connection, organisation: int, stamps: Stamps, days: Days
) -> int:
    """Give calls the name that their department had on their day."""
    table = schema.call
    here = table.c.organisation == organisation
    found = select(table.c.afdeling, table.c.day).where(here).distinct()
    count = 0
    for afdeling, day in connection.execute(found).fetchall():
        name = stamps.rules.departments.find(afdeling, day)
        if name == afdeling:
            continue
        of_day = table.c.arrived_at >= midnight(day), table.c.arrived_at < day_after(day)
        change = update(table).where(here, *of_day, table.c.afdeling == afdeling)
        count += connection.execute(change.values(afdeling=name)).rowcount
        days["gesprek"].add(day)
    return count


def _questions(connection: Connection, organisation: int) -> Iterator[list[Found]]:
    """Yield all questions, so many at once."""
    table = schema.ticket
    place = tuple_(table.c.source, table.c.key)
    query = select(table).where(table.c.organisation == organisation)
    query = query.order_by(table.c.source, table.c.key).limit(AT_ONCE)
    rows = [tuple(row) for row in connection.execute(query)]
    while rows:
        yield rows
        after = place > tuple_(rows[-1][SOURCE], rows[-1][KEY])
        rows = [tuple(row) for row in connection.execute(query.where(after))]


def _restamp_questions(
    connection: Connection, store: Store, stamps: Stamps, rows: Sequence[Found], days: Days
) -> int:
    events = _events(connection, store, rows)
    changes = []
    for row in rows:
        ticket = told_again(row[KEY:LIFE], events.get((row[SOURCE], row[KEY]), ()))
        stamped = stamps.rules.stamp(ticket)
        if stamped != row[FIRST_STAMP : FIRST_STAMP + len(stamped)]:
            changes.append((row, stamped))
    written = [(row[SOURCE], row[KEY], stamped._asdict()) for row, stamped in changes]
    store.change(connection, schema.ticket, written)
    weighty = [(row, stamped) for row, stamped in changes if _is_weighty(row, stamped)]
    for row, stamped in weighty:
        _touch(days, row, stamped)
    for source in {row[SOURCE] for row, _ in weighty}:
        keys = [row[KEY] for row, _ in weighty if row[SOURCE] == source]
        days["vraag"] |= settle(connection, store, source, keys)
    return len(weighty)


def _events(
    connection: Connection, store: Store, rows: Sequence[Found]
) -> dict[tuple[int, str], Sequence[Any]]:
    lived: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row[LIFE]:
            lived[row[SOURCE]].append(row[KEY])
    return {
        (source, key): events
        for source, keys in lived.items()
        for key, events in read_events(connection, store, source, keys).items()
    }


def _is_weighty(row: Found, stamped: Stamped) -> bool:
    """Tell whether more changed than the version of the rule."""
    standing = Stamped(*row[FIRST_STAMP : FIRST_STAMP + len(stamped)])
    return standing._replace(rule_version=0) != stamped._replace(rule_version=0)


def _touch(days: Days, row: Found, stamped: Stamped) -> None:
    for fact, column in FACT_DAYS["ticket"].items():
        days[fact] |= {row[TICKET.index(column)], getattr(stamped, column)} - {None}
