"""A wall that names a queue which does not exist would be calm for ever: that is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.keeper import Keeper
from dashboard.limits import Limits
from dashboard.live import compact
from dashboard.wall_names import Names, Unheard
from data.calendar import always_open
from data.store import Store
from data.walls import Wall
from metrics.board import Board
from metrics.engine import Engine
from tests.fake_board import FakeBoard, fixed
from tests.oracle import Phone, Question
from tests.test_figures import CATALOGUE
from tests.worlds import World, instant, know_source, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MISSPELT = Wall(
    naam="balie",
    wachtrijen=frozenset({"burgerzakn", "afval"}),
    afdelingen=frozenset({"Belastingen", "Belasting"}),
)
ALONE = Wall(naam="balie", wachtrijen=frozenset({"burgerzakn"}))


def board_with(store: Store, *queues: str) -> Board:
    know_source(store)
    count(store, *queues)
    return Board(store, Engine(store, CATALOGUE), always_open(), "Haarlem")


def count(store: Store, *queues: str) -> None:
    at = instant("2026-11-20 10:00")
    calls = {name: Phone(arrived=at, wachtrij=name, outcome="opgenomen") for name in queues}
    questions = {name: Question(received=at, afdeling="Belastingen") for name in queues}
    write(store, World(calls, questions))


def looked(board: Board | FakeBoard, wall: Wall) -> Names:
    names = Names(board, [wall], fixed(NOW))
    names.look()
    return names


def test_a_name_that_nothing_was_counted_of_is_told_with_the_nearest(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    looked(board_with(store, "burgerzaken", "afval"), MISSPELT)
    told = [record.getMessage() for record in caplog.records]
    assert [one.rpartition("; ")[2] for one in told] == [
        "bedoelde u 'burgerzaken'?",
        "bedoelde u 'Belastingen'?",
    ]
    assert "wanden.toml: wand[balie].wachtrijen = 'burgerzakn': hierover is in 60 dagen" in told[0]
    assert "wand[balie].afdelingen = 'Belasting'" in told[1]


def test_the_same_name_is_told_once_and_is_forgotten_after_its_first_call(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    names = looked(board_with(store, "afval"), ALONE)
    names.look()
    assert len(caplog.records) == 1
    count(store, "afval", "burgerzakn")
    names.look()
    assert names.of(ALONE) == Unheard()


def test_the_wall_names_it_instead_of_being_calm(store: Store) -> None:
    board = board_with(store, "burgerzaken", "afval")
    keeper = Keeper(MISSPELT, "KCC", board, Limits(), looked(board, MISSPELT))
    told = compact(keeper.take(NOW).parts["melding"])
    assert "Controleer wanden.toml" in told
    assert "wachtrij burgerzakn komt niet voor" in told
    assert "Geen actie nodig" not in told


def test_zeroes_of_nothing_but_unheard_names_are_not_judged(store: Store) -> None:
    board = board_with(store, "burgerzaken", "afval")
    keeper = Keeper(ALONE, "KCC", board, Limits(), looked(board, ALONE))
    parts = keeper.take(NOW).parts
    assert "Onbekend" in compact(parts["wachtenden"])
    assert "Binnen grens" not in compact(parts["wachtenden"])


def test_a_store_that_is_away_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    names = looked(FakeBoard(broken=True), ALONE)
    assert "niet nagegaan" in caplog.text
    assert names.of(ALONE) == Unheard()


@pytest.mark.parametrize(
    "wall", [Wall(), Wall(wachtrijen=frozenset({"afval"}))], ids=["whole", "narrowed"]
)
def test_an_empty_store_knows_no_names_and_a_whole_wall_has_none(store: Store, wall: Wall) -> None:
    assert looked(board_with(store), wall).of(wall) == Unheard()
