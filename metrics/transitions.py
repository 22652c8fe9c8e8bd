"""What walls made of the figures: when the state of something changed, by which rule."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import OperationalError

from data import transitions
from data.store import Store

log = logging.getLogger(__name__)
LONGEST_RULE = 200


@dataclass(frozen=True)
class Transition:
    """On a wall, what is judged went from one state to another, at a whole second.

    `waarde` is the value that did it, `regel` the rule; texts are at most 50, 150, 20, 20 and 200
    characters, and a longer rule is cut off.
    """

    at: datetime
    wand: str
    maatstaf: str
    voor: str
    na: str
    waarde: float | None
    regel: str


def record(store: Store, changed: Sequence[Transition]) -> bool:
    """Keep transitions, in the order in which they are told; tell whether that could be done.

    A wall goes on without: a store that is locked or away is a line in the log.
    """
    if not changed:
        return True
    rows = [_row(one) for one in changed]
    try:
        with store.trying() as connection:
            transitions.keep(store, connection, rows)
            transitions.drop_old(store, connection, max(row[0] for row in rows))
    except OperationalError as error:
        log.warning("de overgangen zijn niet bewaard: %s", error.orig)
        return False
    return True


def recorded(store: Store, since: datetime, wand: str | None = None) -> list[Transition]:
    """Return what was kept from a second on, the oldest first."""
    with store.reading() as connection:
        found = transitions.since(store, connection, int(since.timestamp()), wand)
    return [Transition(datetime.fromtimestamp(row.at, UTC), *row[1:]) for row in found]


def last_of_each(told: Sequence[Transition]) -> dict[tuple[str, str], Transition]:
    """Return the last transition of each thing that a wall judges: where it stands now."""
    return {(one.wand, one.maatstaf): one for one in told}


def _row(one: Transition) -> transitions.Row:
    at, rule = int(one.at.timestamp()), one.regel[:LONGEST_RULE]
    return at, one.wand, one.maatstaf, one.voor, one.na, one.waarde, rule
