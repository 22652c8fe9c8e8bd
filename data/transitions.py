"""The statements that keep the transitions of walls, tell them, and let go of the oldest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from data.schema import transition
from data.store import Store

KEPT_S = 400 * 86_400
"""So long a transition is kept: a year, and the same weeks of the year before beside it."""
SAME_S = 15
"""So far two servers may differ in when they saw the same step: one of them may have rested."""
MOST_DROPPED = 1000
"""So many are let go at a time, so that keeping one stays quick."""
LOCK = 2016237292

Row = tuple[int, str, str, str, str, float | None, str]
"""At (epoch seconds), wand, maatstaf, voor, na, waarde, regel."""

_T = transition.c
_TOLD = (_T.at, _T.wand, _T.maatstaf, _T.voor, _T.na, _T.waarde, _T.regel)
_HERE = _T.organisation == bindparam("organisation")
_LAST = select(func.coalesce(func.max(_T.id), 0)).where(_HERE)
_SINCE = select(*_TOLD).where(_HERE, _T.at >= bindparam("since")).order_by(_T.at, _T.id)
_OF_WALL = _SINCE.where(_T.wand == bindparam("wand"))
_OLDEST = select(_T.id).where(_HERE, _T.at < bindparam("before")).order_by(_T.at)
_DROP = delete(transition).where(_HERE, _T.id.in_(_OLDEST.limit(MOST_DROPPED)))


def keep(store: Store, connection: Connection, rows: Sequence[Row]) -> None:
    """Insert transitions; the numbers rise in the order in which they are told.

    The revision stays: what a wall writes itself may not wake it. Two servers of one store judge
    alike and at almost the same moment: what one has told, the other need not.
    """
    store.take_turns(connection, LOCK)
    rows = _news(store, connection, rows)
    if not rows:
        return
    last = connection.execute(_LAST, {"organisation": store.organisation}).scalar_one()
    names = [column.name for column in _TOLD]
    connection.execute(
        insert(transition),
        [
            {"organisation": store.organisation, "id": number, **dict(zip(names, row, strict=True))}
            for number, row in enumerate(rows, last + 1)
        ],
    )


def _news(store: Store, connection: Connection, rows: Sequence[Row]) -> Sequence[Row]:
    """Leave out what another server of the same walls has told: the same step at the same time."""
    told = since(store, connection, min(row[0] for row in rows) - SAME_S, None)
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in told:
        at[row[1:5]].append(row.at)
    return [row for row in rows if not any(abs(row[0] - one) <= SAME_S for one in at[row[1:5]])]


def drop_old(store: Store, connection: Connection, now: int) -> None:
    """Let go of transitions that were kept long enough, a bounded number at a time."""
    connection.execute(_DROP, {"organisation": store.organisation, "before": now - KEPT_S})


def since(store: Store, connection: Connection, at: int, wand: str | None) -> Sequence[Any]:
    """Return the transitions from an instant on, of one wall or of all, in order."""
    values = {"organisation": store.organisation, "since": at}
    if wand is None:
        return connection.execute(_SINCE, values).fetchall()
    return connection.execute(_OF_WALL, values | {"wand": wand}).fetchall()
