"""What the store holds on topics that the catalogue does not know, by volume."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import desc, func, inspect, select

from data.codes import Complexity
from data.schema import ticket
from data.store import Store

SHOWN = 20


def unmapped(store: Store) -> list[str]:
    """Return a line per topic without a class, the most asked first; none without a store."""
    if not _is_there(store):
        return []
    number = func.count()
    query = (
        select(ticket.c.told_onderwerp, number)
        .where(
            ticket.c.organisation == store.organisation,
            ticket.c.complexity == Complexity.ONBEKEND,
        )
        .group_by(ticket.c.told_onderwerp)
        .order_by(desc(number), ticket.c.told_onderwerp)
    )
    with store.reading() as connection:
        found = [(name, count) for name, count in connection.execute(query)]
    lines = [f"  {count:>7}  {name or '(leeg)'}" for name, count in found[:SHOWN]]
    rest = sum(count for _, count in found[SHOWN:])
    return [*lines, *([f"  {rest:>7}  in {len(found) - SHOWN} andere"] if rest else [])]


def _is_there(store: Store) -> bool:
    path = store.engine.url.database
    if store.is_sqlite and not (path and Path(path).exists()):
        return False
    columns = inspect(store.engine)
    if not columns.has_table(ticket.name):
        return False
    return any(column["name"] == "told_onderwerp" for column in columns.get_columns(ticket.name))
