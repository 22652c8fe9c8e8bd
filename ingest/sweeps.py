"""Takes out what its system no longer has, where the system only shows that by leaving it out.

A sweep walks through all that a system has, batch by batch, and notes in the store what it saw; so
it takes little memory and survives a crash. What was not seen when it ends is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, not_, select

from data.schema import FACT_DAYS, clock_event, seen, ticket
from data.store import Store, Written
from ingest.contacts import judge
from ingest.source import SourceChanged, Sweep

MOST_GONE = 0.2
FEW = 50
"""So many may always be gone."""


def sweep(
    connection: Connection, store: Store, source: int, part: Sweep | None, keys: Sequence[str]
) -> Written:
    """Note what was seen; at the end drop the rest and say which rows and days that were."""
    if part is None:
        return Written()
    if part in (Sweep.BEGINS, Sweep.ALL):
        _forget(connection, store, source)
    _note(connection, store, source, keys)
    if part in (Sweep.BEGINS, Sweep.GOES_ON):
        return Written()
    gone = _drop_absent(connection, store, source)
    _forget(connection, store, source)
    return gone


def _note(connection: Connection, store: Store, source: int, keys: Sequence[str]) -> None:
    known = _known(connection, store, source, keys)
    here = {"organisation": store.organisation, "source": source}
    new = [{**here, "key": key} for key in dict.fromkeys(keys) if key not in known]
    if new:
        connection.execute(insert(seen), new)


def _known(connection: Connection, store: Store, source: int, keys: Sequence[str]) -> set[str]:
    query = select(seen.c.key).where(
        seen.c.organisation == store.organisation, seen.c.source == source, seen.c.key.in_(keys)
    )
    return set(connection.execute(query).scalars())


def _forget(connection: Connection, store: Store, source: int) -> None:
    here = seen.c.organisation == store.organisation, seen.c.source == source
    connection.execute(delete(seen).where(*here))


def drop(connection: Connection, store: Store, source: int, keys: Sequence[str]) -> Written:
    """Drop these tickets, as far as they are there, and say which rows and days that were."""
    if not keys:
        return Written()
    ours = ticket.c.organisation == store.organisation, ticket.c.source == source
    return _drop(connection, store, source, [*ours, ticket.c.key.in_(keys)])


def _drop_absent(connection: Connection, store: Store, source: int) -> Written:
    ours = ticket.c.organisation == store.organisation, ticket.c.source == source
    still_there = exists().where(
        seen.c.organisation == ticket.c.organisation,
        seen.c.source == ticket.c.source,
        seen.c.key == ticket.c.key,
    )
    absent = [*ours, not_(still_there)]
    count = select(func.count()).select_from(ticket)
    gone = connection.execute(count.where(*absent)).scalar_one()
    _refuse_too_many(connection, gone, ours)
    return _drop(connection, store, source, absent)


def _drop(connection: Connection, store: Store, source: int, which: Sequence[Any]) -> Written:
    facts = FACT_DAYS["ticket"]
    gone = connection.execute(
        select(ticket.c.key, ticket.c.person, *(ticket.c[name] for name in facts.values())).where(
            *which
        )
    ).fetchall()
    days = {fact: {row[at] for row in gone} - {None} for at, fact in enumerate(facts, start=2)}
    events = clock_event.c.organisation == store.organisation, clock_event.c.source == source
    keys = select(ticket.c.key).where(*which)
    connection.execute(delete(clock_event).where(*events, clock_event.c.key.in_(keys)))
    connection.execute(delete(ticket).where(*which))
    persons = {row.person for row in gone if row.person is not None}
    days["vraag"] |= judge(connection, store, persons)
    return Written([row.key for row in gone], {fact: frozenset(days[fact]) for fact in facts})


def _refuse_too_many(connection: Connection, gone: int, ours: Any) -> None:
    """A system that suddenly shows only a part is more likely to be at fault than to be empty."""
    if gone <= FEW:
        return
    number = connection.execute(select(func.count()).select_from(ticket).where(*ours)).scalar_one()
    if gone > MOST_GONE * number:
        raise SourceChanged(
            f"{gone} van de {number} vragen zijn er bij de bron niet meer; er is niets verwijderd."
            " Klopt dat, lees deze bron dan onder een andere naam opnieuw in"
        )
