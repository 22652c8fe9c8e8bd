"""States come late and go later: the table of one level, over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.alarm import OFF, Alarm, Edge, Phase, advance, changes_at, level_of, since_of, step
from dashboard.verdict import State
from tests.fake_board import MONDAY_1432

FIVE_MINUTES = Edge(on=300, off=270, on_s=30, off_s=120)
NINETY_PERCENT = Edge(on=0.90, off=0.92, on_s=60, off_s=120, less_is_worse=True)


def follow(edge: Edge, samples: Sequence[tuple[int, float]]) -> list[str]:
    """Return the phase after each (second, value)."""
    alarm, phases = OFF, []
    for second, value in samples:
        alarm = step(alarm, value, edge, MONDAY_1432 + timedelta(seconds=second))
        phases.append(alarm.phase.value)
    return phases


@pytest.mark.parametrize(
    ("told", "samples", "phases"),
    [
        ("at its limit nothing happens", [(0, 300), (60, 300)], ["normaal", "normaal"]),
        ("one sample is not enough", [(0, 301)], ["wacht"]),
        ("it waits its time out", [(0, 301), (29, 331), (30, 331)], ["wacht", "wacht", "actief"]),
        ("a dip starts the wait anew", [(0, 301), (20, 300), (30, 301), (59, 301), (60, 301)],
         ["wacht", "normaal", "wacht", "wacht", "actief"]),
        ("just under the limit it stays on", [(0, 301), (30, 301), (200, 280), (900, 271)],
         ["wacht", "actief", "actief", "actief"]),
        ("well under the limit it recovers", [(0, 301), (30, 301), (40, 200), (159, 200), (160, 0)],
         ["wacht", "actief", "herstel", "herstel", "normaal"]),
        ("back up while recovering it stays on, with no new wait",
         [(0, 301), (30, 301), (40, 200), (100, 290), (110, 200), (229, 200), (230, 200)],
         ["wacht", "actief", "herstel", "actief", "herstel", "herstel", "normaal"]),
        ("what ended can come again, after the wait", [(0, 301), (30, 301), (40, 0), (160, 0),
         (161, 400), (190, 400), (191, 400)],
         ["wacht", "actief", "herstel", "normaal", "wacht", "wacht", "actief"]),
    ],
)  # fmt: skip
def test_one_level_over_time(
    told: str, samples: list[tuple[int, float]], phases: list[str]
) -> None:
    assert follow(FIVE_MINUTES, samples) == phases, told


def test_of_a_share_less_is_worse() -> None:
    samples = [(0, 0.9), (1, 0.8999), (61, 0.89), (70, 0.919), (80, 0.92), (200, 0.93)]
    assert follow(NINETY_PERCENT, samples) == [
        "normaal", "wacht", "actief", "actief", "herstel", "normaal",
    ]  # fmt: skip


def test_also_without_a_delay_one_sample_is_not_enough() -> None:
    assert follow(Edge(0, 0, 0, 0), [(0, 1), (1, 1)]) == ["wacht", "actief"]


def test_a_clock_that_is_set_back_makes_no_delay_longer() -> None:
    samples = [(0, 301), (-3600, 301), (-3571, 301), (-3570, 301), (-3500, 0), (-7200, 0)]
    assert follow(FIVE_MINUTES, [*samples, (-7080, 0)]) == [
        "wacht", "wacht", "wacht", "actief", "herstel", "herstel", "normaal",
    ]  # fmt: skip


def test_the_highest_level_counts_and_each_has_its_own_delay() -> None:
    edges = {State.LET_OP: Edge(180, 162, 60, 120), State.ACTIE: FIVE_MINUTES}
    alarms = advance({}, 400, edges, MONDAY_1432)
    assert level_of(alarms) is None
    alarms = advance(alarms, 430, edges, MONDAY_1432 + timedelta(seconds=30))
    assert level_of(alarms) is State.ACTIE
    alarms = advance(alarms, 170, edges, MONDAY_1432 + timedelta(seconds=60))
    alarms = advance(alarms, 170, edges, MONDAY_1432 + timedelta(seconds=180))
    assert level_of(alarms) is None  # let op waited its minute out, but the value was back by then
    assert since_of({State.ACTIE: Alarm(Phase.ACTIEF, MONDAY_1432)}) == MONDAY_1432


def test_a_level_that_lost_its_edge_is_off() -> None:
    on = {State.ACTIE: Alarm(Phase.ACTIEF, MONDAY_1432)}
    assert level_of(advance(on, 5, {}, MONDAY_1432)) is None


def test_it_tells_when_time_alone_ends_a_phase() -> None:
    waiting = advance({}, 301, {State.ACTIE: FIVE_MINUTES}, MONDAY_1432)
    assert changes_at([waiting, {State.LET_OP: OFF}]) == MONDAY_1432 + timedelta(seconds=30)
    assert changes_at([{State.LET_OP: OFF}]) is None


@given(st.lists(st.tuples(st.integers(1, 90), st.floats(0, 600)), max_size=60))
def test_no_two_changes_are_closer_than_the_delays(steps: list[tuple[int, float]]) -> None:
    second, alarm, was_on = 0, OFF, False
    changed: list[tuple[int, bool]] = []
    for gap, value in steps:
        second += gap
        alarm = step(alarm, value, FIVE_MINUTES, MONDAY_1432 + timedelta(seconds=second))
        if alarm.is_on != was_on:
            was_on = alarm.is_on
            changed.append((second, was_on))
    for (earlier, on), (later, _) in pairwise(changed):
        assert later - earlier >= (FIVE_MINUTES.off_s if on else FIVE_MINUTES.on_s)


@given(st.lists(st.floats(0, 300), max_size=30))
def test_a_value_within_its_limit_never_comes_on(values: list[float]) -> None:
    assert set(follow(FIVE_MINUTES, list(enumerate(values)))) <= {"normaal"}
