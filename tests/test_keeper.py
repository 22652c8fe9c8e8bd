"""A wall over time: what it remembers, what it logs, and how it goes on after a restart."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dashboard.keeper import MOST_UNKEPT, Keeper
from dashboard.live import Snapshot, compact
from data.walls import Damping, Wall
from tests.fake_board import MONDAY_1432, FakeBoard, FakeHours, keeper_for

LONGEST = "langst_wachtende"


def keeper_of(board: FakeBoard, **damping: float) -> Keeper:
    return keeper_for(board, Wall(damping=Damping(**damping)))  # type: ignore[arg-type]


def at(seconds: float) -> datetime:
    return MONDAY_1432 + timedelta(seconds=seconds)


def message(snapshot: Snapshot) -> str:
    return compact(snapshot.parts["melding"])


def look(keeper: Keeper, seconds: float, **values: float | None) -> Snapshot:
    board: Any = keeper.board
    board.values.update(values)
    board.now = at(seconds)
    snapshot = keeper.take(at(seconds))
    keeper.keep()
    return snapshot


def test_an_alarm_comes_after_its_delay_and_the_log_says_by_which_rule() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    assert "Actie nodig" not in message(look(keeper, 0, langst_wachtende=310.0))
    assert "Actie nodig" not in message(look(keeper, 29, langst_wachtende=339.0))
    assert "Actie nodig: " in message(look(keeper, 30, langst_wachtende=340.0))
    (one,) = board.recorded
    assert (one.at, one.wand, one.maatstaf, one.voor, one.na, one.waarde) == (
        at(30), "kcc", LONGEST, "normaal", "actie", 340.0,
    )  # fmt: skip
    assert "actie: aan bij 300 na 30 s, uit bij 270 na 120 s" in one.regel


def test_it_asks_to_be_looked_at_when_a_delay_is_over() -> None:
    keeper = keeper_of(FakeBoard())
    assert look(keeper, 0, langst_wachtende=310.0).changes_at == at(30)
    look(keeper, 30)
    assert look(keeper, 60).changes_at > at(60)


def test_an_alarm_goes_only_when_the_value_is_clearly_better_for_a_while() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    for second in (0, 30, 60):
        look(keeper, second, langst_wachtende=320.0)
    assert "Actie nodig" in message(look(keeper, 90, langst_wachtende=280.0))
    assert "Actie nodig" in message(look(keeper, 100, langst_wachtende=20.0))
    assert "Geen actie nodig" in message(look(keeper, 220, langst_wachtende=20.0))
    assert [one.na for one in board.recorded] == ["actie", "normaal"]


def test_what_is_longest_in_alarm_is_named_first() -> None:
    keeper = keeper_of(FakeBoard())
    look(keeper, 0, wachttijd=60.0)
    look(keeper, 60, bereikbaarheid=0.5)
    told = message(look(keeper, 120))
    assert "Wachttijd en Telefonische bereikbaarheid" in told


def test_without_data_an_alarm_is_withdrawn_and_has_to_come_anew() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    for second in (0, 30):
        look(keeper, second, langst_wachtende=320.0)
    assert "Actie nodig" not in message(look(keeper, 40, langst_wachtende=None))
    assert "Actie nodig" not in message(look(keeper, 50, langst_wachtende=330.0))
    assert "Actie nodig" in message(look(keeper, 80, langst_wachtende=360.0))
    assert [one.na for one in board.recorded] == ["actie", "normaal", "actie"]
    assert board.recorded[1].regel == "Onbekend"


def test_on_old_figures_nothing_is_judged_although_they_are_still_shown() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    for second in (0, 30):
        look(keeper, second, langst_wachtende=320.0)
    board.sources_ = board.sources()  # read for the last time two seconds ago
    assert "Actie nodig" in message(look(keeper, 148, langst_wachtende=438.0))
    silent = look(keeper, 149, langst_wachtende=439.0)
    assert "Geen live cijfers" in message(silent)
    assert "7:19" in compact(silent.parts[LONGEST])
    assert "Onbekend" in compact(silent.parts[LONGEST])
    look(keeper, 600, langst_wachtende=890.0)
    assert [(one.na, one.at) for one in board.recorded] == [
        ("actie", at(30)),
        ("normaal", at(149)),
    ]


def test_it_looks_at_the_moment_at_which_figures_become_too_old() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    look(keeper, 0)
    board.sources_ = board.sources()
    assert look(keeper, 30).changes_at == at(118.001)
    assert look(keeper, 118.001).changes_at > at(119)


def test_each_fact_grows_old_by_itself() -> None:
    board = FakeBoard()
    keeper = keeper_for(board, Wall(lijst="terugbelverzoeken"))
    look(keeper, 0)
    calls, questions = board.sources()
    board.sources_ = [replace(calls, checked_at=at(60)), questions]
    assert "Let op: " in message(look(keeper, 60, wachttijd=50.0))
    board.sources_ = [replace(calls, checked_at=at(200)), questions]
    told = message(look(keeper, 200, wachttijd=50.0))
    assert "Wachttijd" in told
    assert "Wmo en jeugd" not in told


def test_a_list_without_rows_is_empty_only_when_that_is_known() -> None:
    board = FakeBoard(departments={})
    keeper = keeper_for(board, Wall(lijst="terugbelverzoeken"))
    assert "geen terugbelverzoeken" in compact(look(keeper, 0).parts["terugbelverzoeken"])
    calls, questions = board.sources()
    for sources in ([calls], [calls, replace(questions, checked_at=None)]):
        board.sources_ = sources
        told = compact(look(keeper, 1).parts["terugbelverzoeken"])
        assert "geen gegevens" in told
        assert "geen terugbelverzoeken" not in told


def test_as_long_as_nothing_is_judged_it_does_not_say_that_all_is_well() -> None:
    board = FakeBoard()
    keeper = keeper_of(board)
    board.hours_ = FakeHours(opened_at=at(-600))
    told = message(look(keeper, 0))
    assert "Nog geen oordeel" in told
    assert "Geen actie nodig" not in told
    assert "Geen actie nodig" in message(look(keeper, 300))


def test_after_a_restart_an_alarm_is_there_at_once() -> None:
    board = FakeBoard()
    first = keeper_of(board)
    for second in (0, 30):
        look(first, second, langst_wachtende=320.0)
    assert "Actie nodig: " in message(look(keeper_of(board), 3600, langst_wachtende=900.0))
    assert len(board.recorded) == 1


def test_after_a_restart_an_alarm_that_is_over_does_not_come_back() -> None:
    board = FakeBoard()
    first = keeper_of(board)
    for second in (0, 30):
        look(first, second, langst_wachtende=320.0)
    again = keeper_of(board)
    assert "Actie nodig: " not in message(look(again, 3600, langst_wachtende=10.0))
    assert [one.na for one in board.recorded] == ["actie", "normaal"]


def test_a_limit_that_makes_a_state_come_and_go_is_reported_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keeper = keeper_of(FakeBoard(), actie_na=0, let_op_na=0, herstel_na=0)
    with caplog.at_level(logging.WARNING):
        for number in range(20):
            look(keeper, 10 * number, langst_wachtende=400.0 if number // 2 % 2 else 10.0)
    assert [name for name, _ in keeper.restless()] == [LONGEST]
    assert len([line for line in caplog.messages if "stel de grens bij" in line]) == 1
    look(keeper, 200 + 3600, langst_wachtende=10.0)
    assert keeper.restless() == []


def test_transitions_wait_for_a_store_that_is_away() -> None:
    board = FakeBoard()
    keeper = keeper_of(board, actie_na=0)
    look(keeper, 0, langst_wachtende=400.0)
    keeper.take(at(1))
    board.broken = True
    keeper.keep()
    assert board.recorded == []
    board.broken = False
    keeper.keep()
    assert [one.na for one in board.recorded] == ["actie"]
    assert keeper.unkept == []


def test_no_more_transitions_wait_than_memory_can_bear() -> None:
    board = FakeBoard()
    keeper = keeper_of(board, actie_na=0)
    for second in (0, 1):
        look(keeper, second, langst_wachtende=400.0)
    keeper.unkept = board.recorded * (2 * MOST_UNKEPT)
    board.broken = True
    keeper.keep()
    assert len(keeper.unkept) == MOST_UNKEPT
