"""A share is judged only where its cases can tell, and is hidden where they are too few."""

from __future__ import annotations

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.thresholds import SmallNumbers
from metrics import Better
from metrics.intervals import (
    SURE,
    VERY_SURE,
    Interval,
    Size,
    Verdict,
    funnel,
    shows_funnel,
    size_of,
    verdict,
    wilson,
)

SMALL = SmallNumbers()
cases = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (8, 10, 49.0, 94.3),
        (16, 20, 58.4, 91.9),
        (40, 50, 67.0, 88.8),
        (80, 100, 71.1, 86.7),
        (800, 1000, 77.4, 82.4),
        (0, 10, 0.0, 27.8),
        (10, 10, 72.2, 100.0),
    ],
)
def test_the_interval_is_that_of_the_golden_values(
    part: int, whole: int, low: float, high: float
) -> None:
    found = wilson(part, whole)
    assert found is not None
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (low, high)


def test_of_no_cases_nothing_is_known() -> None:
    assert wilson(0, 0) is None
    assert verdict(0, 0, 0.8, Better.HOGER, SMALL) is None


@given(cases)
def test_the_ends_are_where_the_share_is_just_not_surprising(counted: tuple[int, int]) -> None:
    part, whole = counted
    found = wilson(part, whole)
    assert found is not None
    for end in (found.low, found.high):
        if end not in (0, 1):
            assert isclose(abs(part / whole - end), SURE * sqrt(end * (1 - end) / whole))


@given(st.integers(1, 5000))
def test_none_and_all_reach_the_very_end(whole: int) -> None:
    none, all_ = wilson(0, whole), wilson(whole, whole)
    assert none is not None
    assert all_ is not None
    assert (none.low, all_.high) == (0, 1)


@given(cases)
def test_the_interval_holds_its_share_and_mirrors(counted: tuple[int, int]) -> None:
    part, whole = counted
    found, mirrored = wilson(part, whole), wilson(whole - part, whole)
    assert found is not None
    assert mirrored is not None
    assert 0 <= found.low <= Fraction(part, whole) + Fraction(1, 10**12)
    assert part / whole - 1e-12 <= found.high <= 1
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - found.high, 1 - found.low))


@pytest.mark.parametrize(
    ("part", "better", "expected"),
    [
        (950, Better.HOGER, Verdict.GEHAALD),
        (800, Better.HOGER, Verdict.NIET_GEHAALD),
        (905, Better.HOGER, Verdict.ONBESLIST),
        (950, Better.LAGER, Verdict.NIET_GEHAALD),
        (800, Better.LAGER, Verdict.GEHAALD),
        (950, Better.NEUTRAAL, None),
    ],
)
def test_the_norm_is_met_or_not_only_where_that_is_sure(
    part: int, better: Better, expected: Verdict | None
) -> None:
    assert verdict(part, 1000, 0.90, better, SMALL) is expected


def test_a_norm_on_the_end_of_the_interval_is_not_told_apart() -> None:
    found = wilson(80, 100)
    assert found is not None
    assert verdict(80, 100, found.high, Better.HOGER, SMALL) is Verdict.ONBESLIST


@pytest.mark.parametrize(
    ("number", "size"),
    [
        (0, Size.VERBORGEN),
        (9, Size.VERBORGEN),
        (10, Size.OPEN),
        (29, Size.OPEN),
        (30, Size.GEWOON),
    ],
)
def test_few_cases_are_hidden_and_some_get_no_verdict(number: int, size: Size) -> None:
    assert size_of(number, SMALL) is size
    judged = verdict(number, number, 0.1, Better.HOGER, SMALL)
    assert (judged is not None) == (size is Size.GEWOON)


def test_the_thresholds_are_configured() -> None:
    strict = SmallNumbers(hidden_below=100, verdict_from=200, funnel_above=3)
    assert size_of(99, strict) is Size.VERBORGEN
    assert size_of(199, strict) is Size.OPEN
    assert shows_funnel(4, strict)
    assert not shows_funnel(8, SMALL)
    assert shows_funnel(9, SMALL)


@given(cases, st.floats(0.01, 0.99), st.sampled_from([SURE, VERY_SURE]))
def test_a_unit_lies_outside_the_funnel_when_its_interval_excludes_the_whole(
    counted: tuple[int, int], share: float, z: float
) -> None:
    part, whole = counted
    found, limits = wilson(part, whole, z), funnel(share, whole, z)
    assert found is not None
    near_edge = min(abs(part / whole - end) for end in (limits.low, limits.high)) < 1e-9
    inside = limits.low <= part / whole <= limits.high
    assert near_edge or inside == (found.low <= share <= found.high)


def test_a_funnel_narrows_with_more_cases() -> None:
    assert funnel(0.8, 100) == Interval(pytest.approx(0.7216), pytest.approx(0.8784))
    assert funnel(0.8, 400) == Interval(pytest.approx(0.7608), pytest.approx(0.8392))
    assert funnel(0.9, 10) == Interval(pytest.approx(0.71406, abs=1e-5), 1.0)
