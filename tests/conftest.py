"""Shared parts of the tests: real stores of both kinds, a cast of settings, a frozen clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.migrate import migrate
from data.store import Store, open_engine
from tests.postgres import postgres

pytest_plugins = ("tests.fixtures_browser", "tests.fixtures_town")

SHARED = Path(__file__).parents[2] / "shared" / "data"
NUMBERS = itertools.count(1000)
"""Each test is an organisation of its own, so that all tests share one database."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL that lives as long as the test session."""
    with postgres() as url:
        yield url


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


@pytest.fixture
def on_sqlite(sqlite_url: str) -> Iterator[Store]:
    """An empty store on SQLite only."""
    yield from _opened(sqlite_url)


@pytest.fixture(scope="session")
def warm_sqlite(sqlite_url: str) -> Iterator[Store]:
    """SQLite through one engine, which knows the statements of the tests before."""
    yield from _opened(sqlite_url)


@pytest.fixture
def on_warm_sqlite(warm_sqlite: Store) -> Store:
    """An empty store on SQLite only, for those who ask the same as others did."""
    return fresh(warm_sqlite)


@pytest.fixture
def on_postgresql(postgres_url: str) -> Iterator[Store]:
    """An empty store on PostgreSQL only."""
    yield from _opened(postgres_url)


def _opened(url: str) -> Iterator[Store]:
    store = Store(open_engine(url), next(NUMBERS))
    migrate(store)
    yield store
    store.engine.dispose()


def fresh(store: Store) -> Store:
    """Return an empty organisation in the same database."""
    return Store(store.engine, next(NUMBERS))


@pytest.fixture
def shared_data() -> Path:
    """The real data beside the checkout; absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip("de gedeelde gegevens staan hier niet")
    return SHARED
