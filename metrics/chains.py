"""Chains: contacts of one pseudonym on one topic, each within seven days of the one before.

Nothing of a person leaves this module: what is told are numbers per part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from data.schema import ticket
from metrics.facts import VRAAG, Cut
from metrics.periods import Period

AFTER_S = 35 * 86_400
"""So long after its month a chain is followed; what is longer counts as it is then."""
BEFORE_S = 8 * 86_400
"""Whoever asked so shortly before the month did not begin in it."""
WITHIN_DAYS = 7
LONG = 3
Row = Any
"""A contact: person, day, received_at, call_id and the columns of the cuts."""


@dataclass(frozen=True)
class Chain:
    """How many contacts one question took, and over how many days from first to last."""

    contacts: int
    days: int


@dataclass(frozen=True)
class Chains:
    """The chains of one part that began in a period, those of two contacts and more."""

    cut: tuple[str, ...]
    number: int
    long: int
    contacts: int
    days: int


def chains(
    connection: Connection, organisation: int, period: Period, by: Sequence[Cut]
) -> list[Chains]:
    """Return the chains that began in a period, cut by what is told of their first contact."""
    start, end = (int(edge.timestamp()) for edge in (period.start, period.end))
    found: dict[tuple[str, ...], list[Chain]] = defaultdict(list)
    rows = connection.execute(_contacts(organisation, start, end))
    for _, contacts in groupby(rows, key=attrgetter("person", "onderwerp")):
        for chain in linked(list(contacts)):
            first = chain[0]
            if len(chain) > 1 and start <= first.received_at < end:
                place = tuple(getattr(first, cut.value) for cut in by)
                found[place].append(Chain(len(chain), chain[-1].day - first.day))
    return [_chains(place, found[place]) for place in sorted(found)]


def _contacts(organisation: int, start: int, end: int) -> Select[Any]:
    """Choose the contacts of whoever asked again: all but the last of a chain were repeated."""
    t, other = ticket.c, ticket.alias("other").c

    def around(of: Any) -> tuple[Any, ...]:
        received = of.received_at >= start - BEFORE_S, of.received_at < end + AFTER_S
        return (of.organisation == organisation, *received)

    again = select(other.person).where(*around(other), other.repeated == 1)
    told = (t.person, t.day, t.received_at, t.call_id, *VRAAG.cuts.values())
    return (
        select(*told)
        .where(*around(t), t.repeated.is_not(None), t.person.in_(again))
        .order_by(t.person, t.onderwerp, t.received_at, t.source, t.key)
    )


def linked(contacts: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the contacts of one person on one topic into chains; rows of one call are one contact."""
    chain: list[Row] = []
    for contact in _apart(contacts):
        if chain and contact.day - chain[-1].day > WITHIN_DAYS:
            yield chain
            chain = []
        chain.append(contact)
    if chain:
        yield chain


def _apart(contacts: Iterable[Row]) -> Iterator[Row]:
    calls: set[str] = set()
    for contact in contacts:
        if contact.call_id not in calls:
            yield contact
        calls |= {contact.call_id} - {""}


def _chains(cut: tuple[str, ...], found: Sequence[Chain]) -> Chains:
    return Chains(
        cut,
        len(found),
        sum(chain.contacts >= LONG for chain in found),
        sum(chain.contacts for chain in found),
        sum(chain.days for chain in found),
    )
