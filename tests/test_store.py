"""The store: newer replaces older, repeated is nothing, the days of old and new are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st
from sqlalchemy import func, select

from data import schema
from data.migrate import migrate
from data.store import Store, open_engine
from tests.oracle import Phone
from tests.worlds import World, explored, instant, write

MONDAY = Phone(arrived=instant("2026-11-23 10:00"), wachtrij="afval")
TUESDAY = Phone(arrived=instant("2026-11-24 10:00"), wachtrij="afval")


def days(*texts: str) -> frozenset[int]:
    """Local days as ordinals."""
    return frozenset(date.fromisoformat(text).toordinal() for text in texts)


def number_of(store: Store) -> int:
    """How many calls there are."""
    query = select(func.count()).where(schema.call.c.organisation == store.organisation)
    with store.reading() as connection:
        return connection.execute(query.select_from(schema.call)).scalar_one()


def versions(store: Store) -> dict[int, int]:
    """The version of each day of calls."""
    table = schema.day_version
    query = select(table.c.day, table.c.version).where(
        table.c.organisation == store.organisation, table.c.fact == "gesprek"
    )
    with store.reading() as connection:
        return {row.day: row.version for row in connection.execute(query)}


def test_a_row_that_moves_names_the_day_it_leaves_and_the_day_it_comes_to(store: Store) -> None:
    write(store, World({"a": MONDAY}))
    calls, _, _ = write(store, World({"a": TUESDAY}), version=2)
    assert (calls.rows, calls.days) == (1, {"gesprek": days("2026-11-23", "2026-11-24")})


def test_a_repeated_delivery_writes_nothing_and_raises_no_version(store: Store) -> None:
    write(store, World({"a": MONDAY}))
    before = versions(store), store.revision()
    calls, _, _ = write(store, World({"a": MONDAY}))
    assert (calls.rows, calls.days.get("gesprek", frozenset())) == (0, frozenset())
    assert (versions(store), store.revision()) == before


def test_an_older_version_does_not_replace_a_newer_one(store: Store) -> None:
    write(store, World({"a": TUESDAY}), version=2)
    calls, _, _ = write(store, World({"a": MONDAY}), version=1)
    assert calls.rows == 0
    assert versions(store).keys() == days("2026-11-24")


def test_a_change_within_one_version_is_taken(store: Store) -> None:
    write(store, World({"a": MONDAY}))
    calls, _, _ = write(store, World({"a": replace(MONDAY, outcome="afgehaakt")}))
    assert calls.rows == 1


def test_two_sources_may_use_the_same_key(store: Store) -> None:
    for source in (1, 2):
        write(store, World({"a": MONDAY}), source=source)
    assert number_of(store) == 2


def test_the_last_of_equal_keys_in_one_delivery_counts(store: Store) -> None:
    rows = [(store.organisation, 1, "a", version, *rest(number)) for version, number in LIST]
    with store.writing() as connection:
        assert store.upsert(connection, schema.call, 1, rows).rows == 1
    query = select(schema.call.c.wait_s).where(schema.call.c.organisation == store.organisation)
    with store.reading() as connection:
        assert connection.execute(query).scalars().all() == [3]


LIST = ((1, 1), (2, 2), (2, 3), (1, 4))


def rest(wait: int) -> tuple[object, ...]:
    """The columns of a call after its version."""
    place = ("afval", "KCC", "Haarlem")
    return (MONDAY.arrived, 1, 1, 1, *place, 1, None, wait, None, None, None, 0, None, 30, 5)


@explored(st.integers(0, 230), examples=12)
def test_any_number_of_rows_arrives_whole(store: Store, number: int) -> None:
    calls = {f"{n}": replace(MONDAY, arrived=MONDAY.arrived + n) for n in range(number)}
    written, _, _ = write(store, World(calls))
    assert written.rows == number_of(store) == number
    again, _, _ = write(store, World(calls | {"new": TUESDAY}))
    assert again.rows == 1


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def failing() -> None:
        with store.writing() as connection:
            store.mark(connection, {"gesprek": days("2026-11-24")})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert (versions(store), store.revision()) == ({}, 0)


def test_a_reader_sees_one_moment_while_another_writes(store: Store) -> None:
    count = select(func.count()).where(schema.call.c.organisation == store.organisation)
    count = count.select_from(schema.call)
    write(store, World({"a": MONDAY}))
    with store.reading() as connection:
        before = connection.execute(count).scalar_one()
        write(store, World({"b": TUESDAY}))
        assert connection.execute(count).scalar_one() == before == 1
    assert number_of(store) == 2


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path / 'nieuw' / 'regiebord.sqlite'}"), 1)
    for _ in range(2):
        migrate(store)
    write(store, World({"a": MONDAY}))
    migrate(store)
    assert number_of(store) == 1
    store.tidy()
    store.engine.dispose()
