"""Staffing agrees with the textbooks, and with solving the same queue plainly."""

from __future__ import annotations

from itertools import pairwise
from math import isclose

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.erlang import (
    NEVER_SURE,
    NO_HANDLING_TIME,
    NO_NORM,
    Demand,
    Needed,
    blocking,
    given_up,
    mean_wait,
    needed,
    patience,
    service_level,
    waiting,
)

TEXTBOOK = Demand(calls_per_hour=200, handling_s=180)  # 100 calls in half an hour: 10 erlang
IMPATIENT = Demand(calls_per_hour=48 * 60, handling_s=60, patience_s=120)

small = st.builds(
    Demand,
    calls_per_hour=st.floats(1, 300),
    handling_s=st.floats(20, 400),
    patience_s=st.none() | st.floats(10, 600),
)
employees = st.integers(1, 30)


# ── what the textbooks say ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("erlangs", "lines", "share"),
    [
        (1, 1, 0.5),
        (2, 2, 0.4),
        (5, 10, 0.018385),
        (4.4612, 10, 0.01),
        (12.031, 20, 0.01),
        (84.064, 100, 0.01),
        (971.2, 1000, 0.01),
    ],
)
def test_erlang_b_is_as_in_the_tables(erlangs: float, lines: int, share: float) -> None:
    assert blocking(erlangs, lines) == pytest.approx(share, rel=1e-3)


def test_erlang_c_is_as_in_the_textbook() -> None:
    assert TEXTBOOK.erlangs == 10
    assert waiting(TEXTBOOK, 14) == pytest.approx(0.174, abs=5e-4)
    assert service_level(TEXTBOOK, 14, 20) == pytest.approx(0.888, abs=5e-4)
    assert mean_wait(TEXTBOOK, 14) == pytest.approx(7.8, abs=0.05)


def test_erlang_a_is_as_in_the_tutorial_of_gans_koole_and_mandelbaum() -> None:
    # 48 calls a minute of a minute each, 50 employees, a patience of two minutes
    assert given_up(IMPATIENT, 50) == pytest.approx(0.031, abs=5e-4)
    waited_by_all = given_up(IMPATIENT, 50) * 120
    assert waited_by_all == pytest.approx(3.7, abs=0.05)
    patient = Demand(IMPATIENT.calls_per_hour, IMPATIENT.handling_s)
    assert mean_wait(patient, 50) == pytest.approx(20.8, abs=0.05)


# ── the same queue, solved plainly ─────────────────────────────────────────────────────────


QUEUE = 100


def solved(demand: Demand, servers: int) -> np.ndarray:
    """How often so many callers are there: the balance of coming and going, as linear equations."""
    most = servers + QUEUE
    coming = demand.calls_per_hour / 3600
    number = np.arange(most + 1)
    going = np.minimum(number, servers) / demand.handling_s
    if demand.patience_s:
        going = going + np.maximum(number - servers, 0) / demand.patience_s
    balance = np.diag(np.append(np.full(most, -coming), 0.0) - going)
    balance += np.diag(np.full(most, coming), -1) + np.diag(going[1:], 1)
    balance[0] = 1.0
    found: np.ndarray = np.linalg.solve(balance, np.eye(most + 1)[0])
    return found


def exponential(matrix: np.ndarray) -> np.ndarray:
    """The exponential of a matrix, by squaring that of a small part of it."""
    halvings = max(0, int(np.ceil(np.log2(np.abs(matrix).sum(axis=1).max() + 1e-9)))) + 6
    part, term, total = matrix / 2**halvings, np.eye(len(matrix)), np.eye(len(matrix))
    for power in range(1, 12):
        term = term @ part / power
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return total


def answered_within(demand: Demand, servers: int, seconds: float) -> float:
    """Follow a caller from the place in the queue to the answer, or to giving up."""
    found = solved(demand, servers)
    places = len(found) - servers
    leaving = 1 / demand.patience_s if demand.patience_s else 0.0
    forward = servers / demand.handling_s + np.arange(places) * leaving
    steps = np.diag(-forward - leaving)
    steps += np.diag(forward[1:], -1)
    answered = np.zeros((places + 1, places + 1))  # the last state is: answered
    answered[:-1, :-1] = steps
    answered[0, -1] = forward[0]
    reached = exponential(answered * seconds)[:-1, -1]
    return float(found[:servers].sum() + found[servers:] @ reached)


@given(small, employees)
def test_who_waits_and_gives_up_agrees_with_the_plain_solution(demand: Demand, n: int) -> None:
    assume(demand.patience_s or demand.erlangs < 0.8 * n)
    found = solved(demand, n)
    assume(found[-1] < 1e-12)
    assert waiting(demand, n) == pytest.approx(found[n:].sum(), abs=1e-8)
    if demand.patience_s:
        queue = found[n:] @ np.arange(len(found) - n)
        lost = queue / demand.patience_s / (demand.calls_per_hour / 3600)
        assert given_up(demand, n) == pytest.approx(lost, abs=1e-8)


@given(small, employees, st.floats(0, 120))
def test_the_service_level_agrees_with_following_a_caller(
    demand: Demand, n: int, seconds: float
) -> None:
    assume(demand.patience_s or demand.erlangs < 0.8 * n)
    assume(solved(demand, n)[-1] < 1e-12)
    expected = answered_within(demand, n, seconds)
    assert service_level(demand, n, seconds) == pytest.approx(expected, abs=1e-7)


# ── what must hold for any queue ───────────────────────────────────────────────────────────

large = st.builds(
    Demand,
    calls_per_hour=st.floats(0.01, 20_000),
    handling_s=st.floats(1, 180),
    patience_s=st.none() | st.floats(0.1, 3600),
)


@given(large, st.integers(0, 1100), st.floats(0, 600))
def test_every_share_is_a_share_up_to_a_thousand_erlang(
    demand: Demand, n: int, seconds: float
) -> None:
    for share in (waiting(demand, n), service_level(demand, n, seconds), given_up(demand, n)):
        assert -1e-9 <= share <= 1 + 1e-9


@given(large, st.integers(0, 1100), st.floats(0, 600))
def test_one_more_employee_never_makes_it_worse(demand: Demand, n: int, seconds: float) -> None:
    assert waiting(demand, n + 1) <= waiting(demand, n) + 1e-9
    assert given_up(demand, n + 1) <= given_up(demand, n) + 1e-9
    assert service_level(demand, n + 1, seconds) >= service_level(demand, n, seconds) - 1e-9


@given(st.floats(1, 300), st.floats(20, 180), employees, st.floats(0, 120))
def test_endless_patience_is_erlang_c(
    calls: float, handling: float, n: int, seconds: float
) -> None:
    c = Demand(calls, handling)
    assume(c.erlangs < 0.8 * n)
    a = Demand(calls, handling, patience_s=1e7)
    assert waiting(a, n) == pytest.approx(waiting(c, n), abs=1e-3)
    assert service_level(a, n, seconds) == pytest.approx(service_level(c, n, seconds), abs=1e-3)
    assert given_up(a, n) < 1e-3
    assert given_up(c, n) == 0


@given(st.floats(1, 20_000), st.floats(1, 180), st.integers(1, 1100))
def test_without_any_patience_erlang_a_is_erlang_b(calls: float, handling: float, n: int) -> None:
    hasty = Demand(calls, handling, patience_s=1e-6)
    assert given_up(hasty, n) == pytest.approx(blocking(hasty.erlangs, n), abs=1e-3)


def test_too_few_for_callers_who_never_give_up_means_a_queue_without_end() -> None:
    assert (waiting(TEXTBOOK, 10), service_level(TEXTBOOK, 10, 3600)) == (1, 0)
    assert mean_wait(TEXTBOOK, 10) is None


def test_where_nobody_calls_nobody_waits() -> None:
    for silent in (Demand(0, 180), Demand(0, 180, 60)):
        assert waiting(silent, 0) == given_up(silent, 0) == 0
        assert service_level(silent, 0, 20) == 1


# ── how many are needed ────────────────────────────────────────────────────────────────────


def test_fourteen_meet_eighty_percent_within_twenty_seconds() -> None:
    assert needed(200, 180, 0.80, 20) == Needed(14)
    assert service_level(TEXTBOOK, 13, 20) < 0.80 <= service_level(TEXTBOOK, 14, 20)


def test_fewer_are_needed_when_some_give_up() -> None:
    assert needed(200, 180, 0.80, 20, patience_s=120) == Needed(12)
    impatient = Demand(200, 180, 120)
    assert answered_within(impatient, 11, 20) < 0.80 < answered_within(impatient, 12, 20)


@given(large, st.floats(0.01, 0.999), st.floats(0, 120))
def test_the_number_needed_meets_the_norm_and_one_fewer_does_not(
    demand: Demand, norm: float, within: float
) -> None:
    found = needed(demand.calls_per_hour, demand.handling_s, norm, within, demand.patience_s)
    assert found.employees is not None
    assert service_level(demand, found.employees, within) >= norm
    assert service_level(demand, found.employees - 1, within) < norm


def test_more_calls_never_need_fewer() -> None:
    numbers = [needed(calls, 180, 0.8, 30, 120).employees or 0 for calls in range(0, 2000, 50)]
    assert all(less <= more for less, more in pairwise(numbers))


def test_what_is_not_known_has_a_reason_and_is_never_zero() -> None:
    assert needed(200, None, 0.8, 30) == Needed(None, NO_HANDLING_TIME)
    assert needed(200, 0, 0.8, 30) == Needed(None, NO_HANDLING_TIME)
    assert needed(200, 180, None, 30) == Needed(None, NO_NORM)
    assert needed(200, 180, 1.0, 30) == Needed(None, NEVER_SURE)


def test_without_calls_nobody_is_needed_whatever_a_call_takes() -> None:
    assert needed(0, None, 0.8, 30) == Needed(0)


def test_patience_counts_the_wait_of_those_who_were_answered_too() -> None:
    assert patience(waited_s=6000, given_up=50) == 120
    assert patience(waited_s=6000, given_up=0) is None
    assert patience(waited_s=0, given_up=5) is None


def test_the_patience_that_a_queue_shows_is_the_patience_of_its_callers() -> None:
    lost = given_up(IMPATIENT, 50)
    queue = solved(IMPATIENT, 50)[50:] @ np.arange(QUEUE + 1)
    per_second = IMPATIENT.calls_per_hour / 3600
    assert isclose(queue / (lost * per_second), 120, rel_tol=1e-6)
