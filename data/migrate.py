"""Brings the store to the newest shape, in one transaction, one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from data.schema import metadata
from data.store import Store

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 2016237290


def migrate(store: Store) -> None:
    """Apply the migrations that the store has not had yet."""
    if store.is_sqlite and store.engine.url.database:
        folder = Path(store.engine.url.database).absolute().parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with store.writing() as connection:
        if not store.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes.update(connection=connection, metadata=metadata)
        command.upgrade(config, "head")
