"""A wall that names a queue which does not exist would be calm for ever: that is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.wall_names import unheard_of, warn_of_names
from data.calendar import always_open
from data.store import Store
from data.walls import Wall
from metrics.board import Board
from metrics.engine import Engine
from tests.fake_board import FakeBoard
from tests.oracle import Phone, Question
from tests.test_figures import CATALOGUE
from tests.worlds import World, instant, know_source, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def board_with(store: Store, *queues: str) -> Board:
    at = instant("2026-11-20 10:00")
    know_source(store)
    calls = {name: Phone(arrived=at, wachtrij=name, outcome="opgenomen") for name in queues}
    questions = {name: Question(received=at, afdeling="Belastingen") for name in queues}
    write(store, World(calls, questions))
    return Board(store, Engine(store, CATALOGUE), always_open(), "Haarlem")


def test_a_name_that_nothing_was_counted_of_is_told_with_the_nearest(store: Store) -> None:
    wall = Wall(
        naam="balie",
        wachtrijen=frozenset({"burgerzakn", "afval"}),
        afdelingen=frozenset({"Belastingen", "Belasting"}),
    )
    told = [str(one) for one in unheard_of(board_with(store, "burgerzaken", "afval"), [wall], NOW)]
    assert [one.rpartition("; ")[2] for one in told] == [
        "bedoelde u 'burgerzaken'?",
        "bedoelde u 'Belastingen'?",
    ]
    assert "wanden.toml: wand[balie].wachtrijen = 'burgerzakn': hierover is in 60 dagen" in told[0]
    assert "wand[balie].afdelingen = 'Belasting'" in told[1]


def test_a_store_that_is_away_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    board = FakeBoard(broken=True)
    warn_of_names(board, [Wall(wachtrijen=frozenset({"afval"}))], NOW)
    assert "niet nagegaan" in caplog.text


@pytest.mark.parametrize("wall", [Wall(), Wall(wachtrijen=frozenset({"afval"}))])
def test_an_empty_store_knows_no_names_and_a_whole_wall_has_none(store: Store, wall: Wall) -> None:
    assert list(unheard_of(board_with(store), [wall], NOW)) == []
