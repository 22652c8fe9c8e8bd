"""Brings the store's list of sources in line with the configuration, before anything is read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, select, update

from data import schema
from data.mistakes import ConfigMistakes, Mistake
from data.settings import SourceSettings
from data.store import Store
from ingest.options import FILE

DEMO = "demo"


def note_configured(store: Store, sources: Sequence[SourceSettings]) -> None:
    """Mark which known sources are still configured; a source that is gone keeps its rows.

    Raises ConfigMistakes when invented and real data would end up in one store.
    """
    table = schema.source
    names = [source.naam for source in sources]
    with store.writing() as connection:
        _refuse_mixture(connection, store.organisation, sources)
        configured = case((table.c.naam.in_(names), 1), else_=0)
        here = table.c.organisation == store.organisation, table.c.configured != configured
        if connection.execute(update(table).where(*here).values(configured=configured)).rowcount:
            store.touch(connection)


def _refuse_mixture(
    connection: Connection, organisation: int, sources: Sequence[SourceSettings]
) -> None:
    table = schema.source
    known = select(table.c.soort).where(table.c.organisation == organisation)
    stored = set(connection.execute(known).scalars())
    wanted = {source.soort for source in sources}
    if stored and wanted and (DEMO in stored) != (DEMO in wanted):
        holds = "demonstratiegegevens" if DEMO in stored else "echte gegevens"
        hint = f"deze opslag bevat {holds}; kies met REGIEBORD_OPSLAG een andere, lege map"
        raise ConfigMistakes([Mistake(FILE, "soort", DEMO, hint)])
