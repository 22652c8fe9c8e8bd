"""Turns the objects of a page into records; one that cannot be is set aside with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from ingest.json_item import Item
from ingest.records import Rejected, Ticket
from ingest.source import Batch, Cursor, RowRejected

Parse = Callable[[Item], Ticket | None]
"""Makes a ticket; None for an object that is no question."""


class Parsed(NamedTuple):
    """What a page gave; `keys` are of all its objects that have one, rejected ones included."""

    tickets: list[Ticket]
    rejected: list[Rejected]
    keys: list[str]


def parsed(
    rows: Sequence[object], place: str, id_field: str, parse: Parse, prefix: str = ""
) -> Parsed:
    """Parse the objects of a page.

    The key of a rejection is the object's own, so that a later, better version replaces it.
    """
    found = Parsed([], [], [])
    for number, row in enumerate(rows):
        key = ""
        try:
            item = Item.of(row)
            key = prefix + item.key(id_field)
            found.keys.append(key)
            if (ticket := parse(item)) is not None:
                found.tickets.append(ticket)
        except RowRejected as reason:
            key = key or f"{place}[{number}]"
            found.rejected.append(Rejected(key, f"{place} {key}", str(reason)))
    return found


def moments(tickets: Iterable[Ticket], now: int) -> list[int]:
    """Return when something happened to these tickets, as far as that is not in the future."""
    known = (at for ticket in tickets for at in (ticket.received_at, ticket.closed_at or 0))
    return [at for at in known if 0 < at <= now]


def batch(found: Parsed, cursor: Cursor, now: int, read: int, **more: Any) -> Batch:
    """Return the batch of what a page gave; `more` are further fields of it."""
    known = moments(found.tickets, now)
    return Batch(
        cursor=cursor,
        tickets=found.tickets,
        rejected=found.rejected,
        read=read,
        oldest=min(known, default=None),
        newest=max(known, default=None),
        **more,
    )
