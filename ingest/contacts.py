"""Who asked again: the same pseudonym on the same topic within seven days.

A question may name the call in which it was asked; then the caller's pseudonym is its own. What
is found is kept with the earlier question, so that its day can be added up like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from data.bulk import of_keys
from data.calendar import day_after, midnight
from data.schema import call, ticket
from data.schema_questions import AWAITS_CALL
from data.store import Store
from ingest.nature import UNKNOWN

WITHIN_DAYS = 7
AWAITED_S = 4 * 86_400
"""So long a question waits for the call that it names, which another source may bring later."""
LONGEST_CALL_DAYS = 1
AT_ONCE = 500
"""Persons per statement."""
ASKED = 'source, "key", day, told_person, call_id, person, repeated'
NAMED = "(told_person IS NOT NULL OR call_id <> '' OR person IS NOT NULL)"

Callers = dict[tuple[str, int], int]
"""The pseudonym by the id of a call and its local day."""
Known = Any
"""A row of the ticket table, as far as it was selected."""


def settle(
    connection: Connection,
    store: Store,
    source: int,
    keys: Sequence[str],
    now: int | None = None,
) -> set[int]:
    """Find who asked these tickets, and whether anyone asked again; return the days that change.

    With `now` also the tickets of late whose call was not there yet.
    """
    asked = list(_asked(connection, store, source, keys, now))
    callers = _callers(connection, store, asked)
    found = [(row, _person(row, callers)) for row in asked]
    _write(connection, store, "person", [(row, who) for row, who in found if who != row.person])
    nobody = [row for row, who in found if who is None and row.repeated is not None]
    _write(connection, store, "repeated", [(row, None) for row in nobody])
    told = (who for row, person in found for who in (row.person, person))
    persons = {who for who in told if who is not None}
    return {row.day for row in nobody} | judge(connection, store, persons)


def judged(contacts: Sequence[Known]) -> Iterator[tuple[Known, int | None]]:
    """Say of each contact of one person on one topic, in order, whether another one followed.

    Rows of one call are one contact. On a topic that nobody knows, nothing can be said.
    """
    for place, row in enumerate(contacts):
        others = (other for other in contacts[place + 1 :] if _is_another(row, other))
        following = next(others, None)
        soon = following is not None and following.day - row.day <= WITHIN_DAYS
        yield row, None if row.onderwerp == UNKNOWN else int(soon)


def _is_another(row: Known, other: Known) -> bool:
    return not row.call_id or row.call_id != other.call_id


def _asked(
    connection: Connection, store: Store, source: int, keys: Sequence[str], now: int | None
) -> Iterator[Known]:
    """Yield those of the tickets that tell or told who asked, and those that await their call."""
    chosen = of_keys(ticket, store.engine.dialect.name)
    statement = f"SELECT {ASKED} {chosen} AND {NAMED}"
    yield from connection.exec_driver_sql(statement, store.chosen(source, keys))
    if now is None:
        return
    t = ticket.c
    query = select(t.source, t.key, t.day, t.told_person, t.call_id, t.person, t.repeated).where(
        t.organisation == store.organisation,
        t.received_at > now - AWAITED_S,
        AWAITS_CALL,
    )
    fresh = frozenset(keys)
    for row in connection.execute(query):
        if row.source != source or row.key not in fresh:
            yield row


def _callers(connection: Connection, store: Store, asked: Iterable[Known]) -> Callers:
    """Return the pseudonym of the caller per call and its day, as far as calls are named."""
    days = {row.day for row in asked if row.call_id and row.told_person is None}
    found: Callers = {}
    for day in sorted(days):
        query = select(call.c.key, call.c.day, call.c.caller).where(
            call.c.organisation == store.organisation,
            call.c.arrived_at >= midnight(day - LONGEST_CALL_DAYS),
            call.c.arrived_at < day_after(day),
            call.c.caller.is_not(None),
        )
        rows = connection.execute(query)
        found |= {(key.partition("|")[0], of_day): who for key, of_day, who in rows}
    return found


def _person(row: Known, callers: Callers) -> int | None:
    """Return who asked: as told, or the caller of the call, which began at most a day earlier."""
    if row.told_person is not None:
        return int(row.told_person)
    days = range(row.day, row.day - LONGEST_CALL_DAYS - 1, -1)
    return next((callers[row.call_id, day] for day in days if (row.call_id, day) in callers), None)


def judge(connection: Connection, store: Store, persons: Iterable[int]) -> set[int]:
    """Judge every question of these persons anew; return the days on which a verdict changes."""
    t = ticket.c
    query = select(
        t.source, t.key, t.day, t.received_at, t.onderwerp, t.call_id, t.person, t.repeated
    ).order_by(t.person, t.onderwerp, t.received_at, t.source, t.key)
    here = t.organisation == store.organisation
    days: set[int] = set()
    for some in _portions(sorted(persons)):
        rows = connection.execute(query.where(here, t.person.in_(some))).fetchall()
        changed = [
            (row, verdict)
            for _, group in groupby(rows, key=lambda row: (row.person, row.onderwerp))
            for row, verdict in judged(list(group))
            if verdict != row.repeated
        ]
        _write(connection, store, "repeated", changed)
        days.update(row.day for row, _ in changed)
    return days


def _write(
    connection: Connection,
    store: Store,
    column: str,
    changes: Sequence[tuple[Known, int | None]],
) -> None:
    rows = [(row.source, row.key, {column: value}) for row, value in changes]
    store.change(connection, ticket, rows)


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
