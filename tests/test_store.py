"""The store: newer replaces older, repeated is nothing, the days of old and new are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, insert, select
from sqlalchemy.engine import make_url

from data import schema
from data.migrate import SCRIPTS, migrate
from data.store import Store, open_engine
from tests.ingest_cast import facts, ingest, rows, source_row, tickets
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


# ── a store that an earlier release made ───────────────────────────────────────────────────

EXPORT = """id,ontvangen,uiterlijk,gesloten,kanaal,onderwerp,afdeling
Z1,2026-11-02 09:00,2026-11-09,2026-11-05 10:00,balie,paspoort,Burgerzaken
Z2,2026-11-03 09:00,2026-11-10,,web,verhuizing,Burgerzaken
"""
OLD_TICKET = (
    "INSERT INTO ticket VALUES"
    " (1, 1, 'Z1', 0, 1762070400, 739557, NULL, NULL, NULL, 'balie', 'x', 'y', 'Haarlem', 0, 0)"
)
OLD_CALL = (
    "INSERT INTO call VALUES (1, 2, 'c', 1, 1762070400, 739557, 36, 1, 'afval', 'KCC', 'Haarlem',"
    " 1, NULL, 9, 60, 1762070409, NULL, 0, NULL, 30, 5)"
)
OLD_TALLY = "INSERT INTO tally VALUES (1, '{fact}', '', 'dag', 739557, 1, 1, {content})"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which nothing stands."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'oud.sqlite'}"
    url = make_url(request.getfixturevalue("postgres_url"))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE oud")
    engine.dispose()
    return url.set(database="oud").render_as_string(hide_password=False)


def test_a_store_of_the_first_release_keeps_its_calls_and_reads_its_questions_again(
    empty_url: str, tmp_path: Path
) -> None:
    export = tmp_path / "zaken.csv"
    export.write_text(EXPORT, "utf-8")
    new = Store(open_engine(f"sqlite:///{tmp_path / 'nieuw.sqlite'}"), 1)
    migrate(new)
    ingest(new, tickets(export))
    cursor, expected = source_row(new)["cursor"], facts(new)["ticket"]

    old = Store(open_engine(empty_url), 1)
    to_first_release(old, cursor)
    migrate(old)
    assert (facts(old)["ticket"], len(facts(old)["call"])) == ([], 1)
    found = {row["naam"]: row["cursor"] for row in rows(old, schema.source)}
    assert found == {"zaken": "{}", "telefonie": cursor}
    assert [row["fact"] for row in rows(old, schema.tally)] == ["gesprek"]
    ingest(old, tickets(export))  # the export did not change, and yet it is read
    assert facts(old)["ticket"] == expected
    assert len(expected) == 2
    for store in (old, new):
        store.engine.dispose()


def to_first_release(store: Store, cursor: str) -> None:
    """Make the tables of the first release, with a question, a call and where sources stood."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with store.writing() as connection:
        config.attributes.update(connection=connection, metadata=schema.metadata)
        command.upgrade(config, "0001")
        binary = "x'00'" if store.is_sqlite else r"'\x00'"
        for statement in (
            *(OLD_TICKET, OLD_CALL),
            *(OLD_TALLY.format(fact=fact, content=binary) for fact in ("gesprek", "termijn")),
        ):
            connection.exec_driver_sql(statement)
        for number, (naam, feeds) in enumerate((("zaken", "vraag"), ("telefonie", "gesprek")), 1):
            place = {"organisation": 1, "id": number, "naam": naam, "feeds": feeds}
            stood = {"soort": "tickets_csv", "cursor": cursor, "version": 5, "error": ""}
            connection.execute(insert(schema.source).values(place | stood))
