"""Who is there at an instant: waiting, then talking, then gone; found by the index on time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data.store import Store
from metrics import Cut, Period
from metrics.engine import Engine
from tests.explained import about, sent_to, ways
from tests.oracle import LEVELS, Phone
from tests.test_figures import CALL_LEVELS, CATALOGUE, query_of
from tests.worlds import World, instant, know_source, moment, write

NINE = instant("2026-11-24 09:00")
ANSWERED = Phone(
    arrived=NINE, wachtrij="afval", outcome="opgenomen", wait=30, left=NINE + 30, ended=NINE + 90
)


def level(store: Store, key: str, at: int, **how: Any) -> list[float | None]:
    """Return the level at an instant, per group."""
    period = Period(moment(at) - timedelta(minutes=1), moment(at))
    readings = Engine(store, CATALOGUE).ask(query_of((key,), period, moment(at), **how))
    return [reading.value for reading in readings]


@pytest.mark.parametrize(
    ("seconds", "waits", "talks"), [(0, 1, 0), (29, 1, 0), (30, 0, 1), (89, 0, 1), (90, 0, 0)]
)
def test_a_caller_waits_then_talks_and_then_is_gone(
    store: Store, seconds: int, waits: int, talks: int
) -> None:
    know_source(store)
    write(store, World({"a": ANSWERED}))
    assert level(store, "wachtenden", NINE + seconds) == [waits]
    assert level(store, "gesprekken_nu", NINE + seconds) == [talks]


def test_a_call_of_which_the_end_is_not_known_counts_for_four_hours(store: Store) -> None:
    know_source(store)
    write(store, World({"a": replace(ANSWERED, ended=None)}))
    assert level(store, "gesprekken_nu", NINE + 4 * 3600 - 1) == [1]
    assert level(store, "gesprekken_nu", NINE + 4 * 3600) == [0]


@pytest.mark.parametrize("outcome", ["afgehaakt", "overgelopen", "gesloten", "onbekend", None])
def test_who_was_not_answered_never_talks(store: Store, outcome: str | None) -> None:
    know_source(store)
    write(store, World({"a": replace(ANSWERED, outcome=outcome, ended=None)}))
    assert level(store, "gesprekken_nu", NINE + 60) == [0]


def test_who_calls_outside_opening_hours_and_is_answered_talks(store: Store) -> None:
    at = instant("2026-11-28 12:00")  # a saturday
    know_source(store)
    write(store, World({"a": replace(ANSWERED, arrived=at, left=at + 1, ended=None)}))
    assert level(store, "gesprekken_nu", at + 60) == [1]


def test_conversations_can_be_told_per_queue(store: Store) -> None:
    know_source(store)
    waits = replace(ANSWERED, wachtrij="belastingen", outcome=None, left=None, ended=None)
    others = {"b": replace(ANSWERED, wachtrij="burgerzaken"), "c": waits}
    write(store, World({"a": ANSWERED, **others}))
    assert level(store, "gesprekken_nu", NINE + 60, by=(Cut.WACHTRIJ,)) == [1, 1]
    only = {Cut.WACHTRIJ: frozenset({"afval"})}
    assert level(store, "gesprekken_nu", NINE + 60, only=only) == [1]


# ── what is read for it ────────────────────────────────────────────────────────────────────


WAYS = [*((key, ()) for key in LEVELS), *((key, (Cut.WACHTRIJ,)) for key in CALL_LEVELS)]


@pytest.mark.parametrize(("key", "by"), WAYS)
def test_a_level_reads_what_began_within_its_longest_stay(
    on_sqlite: Store, key: str, by: tuple[Cut, ...]
) -> None:
    with sent_to(on_sqlite) as sent:
        level(on_sqlite, key, NINE, by=by)
    table, column = ("call", "arrived_at") if key in CALL_LEVELS else ("staffing", "begins_at")
    (way,) = ways(on_sqlite, sent, table)
    assert f"(organisation=? AND {column}>? AND {column}<?)" in way


def test_the_index_serves_on_postgresql_as_well(on_postgresql: Store) -> None:
    with sent_to(on_postgresql) as sent:
        level(on_postgresql, "gesprekken_nu", NINE)
    ((text, values),) = about(sent, "call")
    with on_postgresql.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {text}", values).scalars().all()
    assert any("call_arrived" in step for step in plan)
