"""How many of the calls to come must go well is counted exactly, and never jumps the wrong way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.remaining import Chance, Remaining, ends, remaining

percents = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
counted = st.integers(0, 400).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)
coming = st.integers(0, 400)


@pytest.mark.parametrize(
    ("part", "whole", "calls", "norm", "needed"),
    [
        (82, 100, 100, 0.9, 98),  # 180 of 200
        (82, 100, 80, 0.9, 80),  # 162 of 180: every one of them
        (82, 100, 79, 0.9, None),  # 162 of 179 is too few: it takes 161.1, so 162
        (95, 100, 5, 0.9, 0),  # 95 of 105, if none of them goes well
        (95, 100, 6, 0.9, 1),
        (0, 0, 10, 0.9, 9),
        (9, 10, 0, 0.9, 0),  # the day is over, and just on its norm
        (8, 10, 0, 0.9, None),
        (0, 0, 0, 0.9, 0),
        (3, 3, 1, 1.0, 1),
        (29, 100, 0, 0.29, 0),  # 0.29 * 100 is 28.999999999999996 between floats
        (57, 100, 0, 0.57, 0),  # and 0.57 * 100 is 56.99999999999999
        (1, 3, 0, 0.333, 0),
    ],
)
def test_the_golden_values(
    part: int, whole: int, calls: int, norm: float, needed: int | None
) -> None:
    assert remaining(part, whole, calls, norm) == Remaining(calls, needed)


@given(counted, coming, percents)
def test_trying_every_number_finds_the_same(
    so_far: tuple[int, int], calls: int, norm: float
) -> None:
    part, whole = so_far
    asked = Fraction(str(norm)) * (whole + calls)
    enough = [good for good in range(calls + 1) if part + good >= asked]
    assert remaining(part, whole, calls, norm).needed == (enough[0] if enough else None)


def asked_of(part: int, whole: int, calls: int, norm: float) -> float:
    needed = remaining(part, whole, calls, norm).needed
    return float("inf") if needed is None else needed


@given(counted, coming, percents)
def test_a_good_day_asks_no_more_than_a_worse_one(
    so_far: tuple[int, int], calls: int, norm: float
) -> None:
    part, whole = so_far
    assert asked_of(part, whole, calls, norm) >= asked_of(part + 1, whole + 1, calls, norm)
    assert asked_of(part, whole, calls, norm) <= asked_of(part, whole + 1, calls, norm)


@given(counted, coming, percents, percents)
def test_a_higher_norm_asks_no_less(
    so_far: tuple[int, int], calls: int, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert asked_of(*so_far, calls, low) <= asked_of(*so_far, calls, high)


@given(counted, coming, percents)
def test_more_calls_leave_more_of_them_to_miss_and_ask_no_fewer(
    so_far: tuple[int, int], calls: int, norm: float
) -> None:
    now, later = remaining(*so_far, calls, norm), remaining(*so_far, calls + 1, norm)
    if now.spare is not None:
        assert later.spare is not None
        assert later.spare >= now.spare
        assert (later.needed or 0) >= (now.needed or 0)


@given(counted, coming, percents)
def test_it_is_possible_when_the_best_end_is_on_the_norm_and_sure_when_the_worst_is(
    so_far: tuple[int, int], calls: int, norm: float
) -> None:
    found, between = remaining(*so_far, calls, norm).chance, ends(*so_far, calls)
    if between is None:
        assert found is Chance.ZEKER
        return
    worst, best = between
    assert (found is Chance.NIET) == (best < norm)
    assert (found is Chance.ZEKER) == (worst >= norm)
