"""What a wall judged is kept in order, for 400 days, and wakes no wall."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from sqlalchemy import insert

from data import schema
from data.calendar import always_open
from data.migrate import migrate
from data.store import Store, open_engine
from data.transitions import MOST_DROPPED
from metrics.board import Board
from metrics.engine import Engine
from metrics.transitions import Transition
from tests.conftest import fresh
from tests.ingest_cast import rows
from tests.test_figures import CATALOGUE
from tests.worlds import World, explored, instant, moment, write

NOON = moment(instant("2026-11-24 12:00"))
FIRST = Transition(NOON, "wand", "wachtenden", "normaal", "let op", 9.0, "boven 1 per medewerker")
KEPT = timedelta(days=400)


def board_of(store: Store) -> Board:
    return Board(store, Engine(store, CATALOGUE), always_open(), "Haarlem")


def after(minutes: float, **new: Any) -> Transition:
    return replace(FIRST, at=NOON + timedelta(minutes=minutes), **new)


def test_what_was_recorded_is_told_in_order(store: Store) -> None:
    told = [FIRST, after(0, voor="let op", na="actie"), after(5, waarde=None), after(5, na="weg")]
    board = board_of(store)
    assert board.record(told[:1])
    assert board.record(told[1:])
    assert board.transitions(NOON) == told


def test_nothing_is_recorded_without_a_word(store: Store) -> None:
    board = board_of(store)
    assert board.record([])
    assert board.transitions(moment(0)) == []
    assert board.last_transitions(moment(0)) == {}


def test_those_of_one_wall_can_be_asked(store: Store) -> None:
    board = board_of(store)
    other = after(1, wand="balie")
    board.record([FIRST, other])
    assert board.transitions(NOON, "balie") == [other]
    assert board.transitions(NOON, "kantine") == []


def test_they_are_told_from_an_instant_on(store: Store) -> None:
    board = board_of(store)
    later = [after(1, na="actie"), after(2)]
    board.record([FIRST, *later])
    assert board.transitions(NOON + timedelta(minutes=1)) == later


def test_one_that_was_recorded_is_told_from_its_own_instant_on(store: Store) -> None:
    within = replace(FIRST, at=NOON + timedelta(milliseconds=400))
    board = board_of(store)
    board.record([within])
    assert board.transitions(within.at) == [FIRST]  # at its second


def test_a_wall_that_starts_again_asks_where_each_thing_stands(store: Store) -> None:
    queue = after(1, maatstaf="wachtenden|afval")
    board = board_of(store)
    board.record([FIRST, queue, after(2, na="actie"), after(2, na="normaal"), after(3, wand="x")])
    assert board.last_transitions(NOON) == {
        ("wand", "wachtenden"): after(2, na="normaal"),
        ("wand", "wachtenden|afval"): queue,
        ("x", "wachtenden"): after(3, wand="x"),
    }


def test_a_rule_that_is_too_long_is_cut_off(store: Store) -> None:
    board = board_of(store)
    board.record([replace(FIRST, regel="r" * 300)])
    assert board.transitions(NOON) == [replace(FIRST, regel="r" * 200)]


def test_recording_wakes_no_wall(store: Store) -> None:
    write(store, World())
    board = board_of(store)
    before = board.revision()
    board.record([FIRST])
    assert board.revision() == before


def test_another_organisation_sees_none_of_it(store: Store) -> None:
    board_of(store).record([FIRST])
    assert board_of(fresh(store)).transitions(moment(0)) == []


def insist(board: Board, told: Sequence[Transition]) -> None:
    """Record as a wall does: what a store that is busy did not take is told again."""
    while not board.record(told):
        pass


def test_two_dashboards_that_judge_alike_record_each_transition_once(store: Store) -> None:
    boards = [board_of(store), board_of(store)]
    with ThreadPoolExecutor(4) as pool:
        told = [[after(n, maatstaf=f"m{n}"), after(n, maatstaf=f"m{n}", na="actie")]
                for n in range(10)]  # fmt: skip
        list(pool.map(lambda n: insist(boards[n % 2], told[n // 2]), range(20)))
    recorded = board_of(store).transitions(NOON)
    assert sorted(recorded, key=lambda one: one.at) == [one for pair in told for one in pair]


def test_what_a_slower_dashboard_tells_later_is_not_told_again(store: Store) -> None:
    steps = [FIRST, after(1, voor="let op", na="normaal"), after(2)]
    slower = [replace(one, at=one.at + timedelta(seconds=15)) for one in steps]
    board = board_of(store)
    board.record(steps)
    board.record(slower)
    assert board.transitions(NOON) == steps


# ── what is let go ─────────────────────────────────────────────────────────────────────────


@explored(st.lists(st.integers(-500, 0), min_size=1, max_size=12), examples=25)
def test_what_is_older_than_four_hundred_days_is_let_go_when_the_next_is_recorded(
    store: Store, days: Sequence[int]
) -> None:
    board = board_of(store)
    put(store, [NOON + timedelta(days=day, seconds=day) for day in days])
    board.record([FIRST])
    left = [one.at for one in board.transitions(moment(0))]
    kept = [NOON + timedelta(days=day, seconds=day) for day in days]
    assert left == sorted([*(at for at in kept if at >= NOON - KEPT), NOON])


def test_one_recording_lets_go_of_a_bounded_number(store: Store) -> None:
    long_ago = NOON - KEPT - timedelta(days=9)
    put(store, [long_ago + timedelta(seconds=n) for n in range(MOST_DROPPED + 5)])
    board = board_of(store)
    board.record([FIRST])
    assert [one.at for one in board.transitions(moment(0), "oud")] == [
        long_ago + timedelta(seconds=MOST_DROPPED + n) for n in range(5)
    ]
    board.record([after(1, na="actie")])
    assert board.transitions(moment(0)) == [FIRST, after(1, na="actie")]


def put(store: Store, at: Sequence[datetime]) -> None:
    """Let transitions stand in the table as if they were recorded long ago."""
    columns = {"wand": "oud", "maatstaf": "m", "voor": "a", "na": "b", "regel": ""}
    with store.writing() as connection:
        connection.execute(
            insert(schema.transition),
            [
                {"organisation": store.organisation, "id": n, "at": int(then.timestamp())} | columns
                for n, then in enumerate(at)
            ],
        )


def test_a_store_that_is_locked_does_not_stop_a_wall(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path / 'bezet.sqlite'}"), 1)
    migrate(store)
    board = board_of(store)
    with store.writing():  # another who writes; waiting for it would take the patience of a batch
        assert not board.record([FIRST])
    assert "de overgangen zijn niet bewaard" in caplog.text
    assert board.record([FIRST])
    assert [row["id"] for row in rows(store, schema.transition)] == [1]
    store.engine.dispose()


def test_a_store_that_is_full_does_not_stop_a_wall(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path / 'vol.sqlite'}"), 1)
    migrate(store)
    board = board_of(store)
    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = [after(number, na=f"{number}", regel="vol " * 40) for number in range(2000)]
    assert not board.record(many)
    assert "full" in caplog.text
    assert board.transitions(NOON) == []
    store.engine.dispose()


def test_the_patience_of_a_batch_is_as_it_was_after_a_write_in_a_hurry(tmp_path: Path) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path / 'geduld.sqlite'}?timeout=7"), 1)
    migrate(store)
    assert board_of(store).record([FIRST])
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 7000
    store.engine.dispose()


def test_a_lock_on_postgresql_is_not_waited_for(on_postgresql: Store) -> None:
    store = on_postgresql
    with store.trying() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "100ms"
    with store.writing() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "0"
