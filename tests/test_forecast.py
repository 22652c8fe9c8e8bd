"""A forecast stays within the limits of the process, and says nothing where it cannot know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.history import Event
from metrics import Better, Unit
from metrics.forecast import (
    CHANGES,
    MONTH_MISSING,
    TOO_FEW,
    YEAR_ENDED,
    Forecast,
    HitRate,
    backtest,
    forecast,
)
from metrics.months import Month, Process
from metrics.year import MISSING, NO_NORM, NO_SUMS, NO_VOLUME, Nodig, Reach, Year, nodig, year_of
from tests.test_spc import month

SHARE = Process(Better.HOGER, Unit.PERCENTAGE)
WAIT = Process(Better.LAGER, Unit.SECONDEN)
CALM = [0.78, 0.80] * 9  # January 2024 to June 2025: mean 79 %, ranges of 2 points
LEFT = tuple(date(2025, number, 1) for number in range(7, 13))


def months_of(values: Sequence[float | None], noemer: int = 1000) -> tuple[Month, ...]:
    """Months from January 2024 on, with as many cases each."""
    return tuple(
        Month(month(number), value, None if value is None else value * noemer, noemer)
        for number, value in enumerate(values)
    )


def event_in(number: int) -> Event:
    """An event on the tenth of a month."""
    day = month(number).replace(day=10)
    return Event(day, day, "Storm", "teammanager")


# ── the forecast ───────────────────────────────────────────────────────────────────────────


def test_a_calm_process_is_expected_to_stay_within_its_limits() -> None:
    made = forecast(months_of(CALM), SHARE)
    assert made.months == LEFT
    assert made.level == pytest.approx(0.79)
    assert (made.low, made.high) == pytest.approx((0.79 - 2.66 * 0.02, 0.79 + 2.66 * 0.02))


def test_a_forecast_stays_within_what_can_be() -> None:
    made = forecast(months_of([0.97, 1.0] * 9), SHARE)
    assert made.high == 1
    slow = forecast(months_of([1, 9] * 9), WAIT)
    assert slow.low == 0


def test_after_a_signal_the_last_six_months_are_the_level() -> None:
    raised = [*CALM, 0.85, 0.86, 0.85, 0.86, 0.85]
    made = forecast(months_of(raised), SHARE)
    assert made.level == pytest.approx((0.80 + 0.85 * 3 + 0.86 * 2) / 6)
    assert made.months == (date(2025, 12, 1),)


def test_eleven_months_are_too_few() -> None:
    assert forecast(months_of(CALM[:11]), SHARE) == Forecast(reason=f"{TOO_FEW} (11 van 12)")


def test_in_december_the_year_is_over() -> None:
    assert forecast(months_of(CALM[:12]), SHARE) == Forecast(reason=YEAR_ENDED)


def test_without_the_last_month_nothing_is_forecast() -> None:
    assert forecast(months_of([*CALM, None]), SHARE) == Forecast(reason=MONTH_MISSING)


def test_a_process_that_gets_worse_has_no_forecast() -> None:
    assert forecast(months_of([*CALM, 0.60]), SHARE) == Forecast(reason=CHANGES)
    assert forecast(months_of([*CALM, 0.95]), WAIT) == Forecast(reason=CHANGES)
    assert forecast(months_of([*CALM, 0.95]), SHARE).level is not None


def test_an_event_in_the_months_of_the_signal_explains_it() -> None:
    worse = months_of([*CALM, 0.60])
    stormy = replace(SHARE, events=(event_in(18),))
    assert forecast(worse, stormy).level == pytest.approx((0.80 * 3 + 0.78 * 2 + 0.60) / 6)
    earlier, later = (replace(SHARE, events=(event_in(number),)) for number in (17, 19))
    assert forecast(worse, earlier).reason == forecast(worse, later).reason == CHANGES


def test_an_event_that_lasted_into_the_signal_explains_it_too() -> None:
    strike = Event(date(2025, 1, 1), month(18), "Staking", "teammanager")
    made = forecast(months_of([*CALM, 0.60]), replace(SHARE, events=(strike,)))
    assert made.reason == ""


def test_after_a_recalibration_only_the_new_process_counts() -> None:
    anew = replace(SHARE, recalibrated=(month(12),))
    values = [*[0.60, 0.62] * 6, *[0.80, 0.82] * 3]
    assert forecast(months_of(values), anew).level == pytest.approx(0.81)
    early = forecast(months_of(values[:17]), anew)
    assert early == Forecast(reason=f"{TOO_FEW} met dit proces")


# ── how often it came true ─────────────────────────────────────────────────────────────────


def test_each_month_that_was_forecast_is_a_hit_or_a_miss() -> None:
    # as of December 2024 nothing is left of the year; as of January 2025 February is, and so on
    values = [*CALM[:12], 0.79, 0.79, 0.50, 0.79]
    found = backtest(months_of(values), SHARE)
    # from January: February hit, March missed, April hit; from February: March missed, April hit;
    # from March nothing, for then the process changes
    assert found == HitRate(3, 5)
    assert found.share == 0.6


def test_a_constant_process_always_comes_true() -> None:
    found = backtest(months_of([0.1 + 0.2] * 24), SHARE)
    assert found == HitRate(66, 66)


def test_before_the_first_forecast_there_is_no_hit_rate() -> None:
    assert backtest(months_of(CALM[:12]), SHARE).share is None
    assert backtest((), SHARE) == HitRate(0, 0)


@given(st.lists(st.none() | st.floats(0, 1), min_size=13, max_size=36))
def test_the_hit_rate_is_that_of_all_forecasts_of_the_past(values: list[float | None]) -> None:
    months = months_of(values)
    hits = tried = 0
    for known in range(12, len(months)):
        made = forecast(months[:known], SHARE)
        for later in months[known:]:
            if made.low is None or made.high is None or later.value is None:
                continue
            if later.first in made.months:
                tried += 1
                hits += made.low - 1e-9 <= later.value <= made.high + 1e-9
    assert backtest(months, SHARE) == HitRate(hits, tried)


# ── the year ───────────────────────────────────────────────────────────────────────────────


def test_the_year_is_weighed_by_its_cases_and_not_by_its_months() -> None:
    months = [Month(month(n), 0.5, 50, 100) for n in range(12)]
    months += [Month(month(12), 0.9, 9, 10), Month(month(13), 0.5, 500, 1000)]
    found = year_of(months, Forecast((month(14),), 0.6, 0.5, 0.7))
    assert found.so_far == pytest.approx(509 / 1010)
    # of the ten months left a hundred cases each are expected, as in the year before
    assert found.value == pytest.approx((509 + 600) / 2010)
    assert (found.low, found.high) == pytest.approx((1009 / 2010, 1209 / 2010))


def test_without_a_year_before_as_many_cases_are_expected_as_of_late() -> None:
    months = [Month(date(2026, 1, 1), 0.5, 50, 100), Month(date(2026, 2, 1), 0.5, 150, 300)]
    assert nodig(months, SHARE, 0.75).value == pytest.approx((0.75 * 2400 - 200) / 2000)


def test_a_year_without_a_forecast_says_why() -> None:
    assert year_of(months_of([0.5] * 6), Forecast(reason=CHANGES)) == Year(0.5, reason=CHANGES)


def test_what_does_not_add_up_has_no_year() -> None:
    medians = [Month(month(n), 30.0) for n in range(6)]
    assert year_of(medians, Forecast(reason=CHANGES)) == Year(reason=NO_SUMS)
    assert nodig(medians, WAIT, 30) == Nodig(reason=NO_SUMS)


def test_a_year_with_an_unknown_month_is_unknown() -> None:
    missing = [*months_of([0.5] * 5), Month(month(5), None)]
    assert year_of(missing, Forecast(reason=MONTH_MISSING)) == Year(reason=MISSING)
    assert nodig(missing, SHARE, 0.8) == Nodig(reason=MISSING)


def test_where_nobody_ever_came_nobody_is_expected() -> None:
    empty = [Month(month(n), None, 0, 0) for n in range(6)]
    assert nodig(empty, SHARE, 0.8) == Nodig(reason=NO_VOLUME)
    assert year_of(empty, Forecast((), 0.8, 0.7, 0.9)) == Year(None, reason=NO_VOLUME)


# ── what is still needed ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("norm", "reach"),
    [(0.79, Reach.HAALBAAR), (0.80, Reach.NIET_MEER), (0.39, Reach.ZEKER)],
)
def test_a_share_that_no_month_ever_had_is_out_of_reach(norm: float, reach: Reach) -> None:
    assert nodig(months_of(CALM), SHARE, norm).reach is reach


def test_a_month_as_good_as_the_best_ever_is_within_reach() -> None:
    found = nodig([Month(date(2026, 11, 1), 0.75, 75, 100)], SHARE, 0.75)
    assert found == Nodig(0.75, Reach.HAALBAAR)


@pytest.mark.parametrize(
    ("norm", "reach"), [(30, Reach.HAALBAAR), (25, Reach.NIET_MEER), (5, Reach.NIET_MEER)]
)
def test_a_wait_shorter_than_in_any_month_is_out_of_reach(norm: float, reach: Reach) -> None:
    assert nodig(months_of([28, 32] * 9), WAIT, norm).reach is reach


def test_of_what_should_be_low_any_share_may_do() -> None:
    lost = Process(Better.LAGER, Unit.PERCENTAGE)
    assert nodig(months_of([0.05] * 23), lost, 0.20).reach is Reach.ZEKER


def test_without_a_norm_or_months_nothing_is_needed() -> None:
    assert nodig(months_of(CALM), SHARE, None) == Nodig(reason=NO_NORM)
    neutral = Process(Better.NEUTRAAL, Unit.SECONDEN)
    assert nodig(months_of(CALM), neutral, 30) == Nodig(reason=NO_NORM)
    assert nodig(months_of(CALM[:12]), SHARE, 0.8) == Nodig(reason=YEAR_ENDED)


counted = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(counted, min_size=1, max_size=11), st.integers(1, 99))
def test_with_what_is_needed_the_year_comes_to_the_norm_exactly(
    cases: list[tuple[int, int]], percent: int
) -> None:
    months = [Month(month(n), part / whole, part, whole) for n, (part, whole) in enumerate(cases)]
    found = nodig(months, SHARE, percent / 100).value
    assert found is not None
    parts, wholes = (sum(column) for column in zip(*cases, strict=True))
    rest = Fraction(wholes, len(cases)) * (12 - len(cases))
    assert (parts + found * rest) / (wholes + rest) == pytest.approx(percent / 100)
