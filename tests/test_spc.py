"""Limits and signals are those of the golden series, and of the rules written out plainly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.thresholds import SignalRules
from metrics import Better, Unit
from metrics.signals import Limits, Rule
from metrics.spc import Assurance, Chart, Variation, chart

OUT, TREND, PAIR, SHIFT = Rule.BUITEN, Rule.TREND, Rule.TWEE_VAN_DRIE, Rule.VERSCHUIVING
ALL_MONTHS, LOCKED = SignalRules(), SignalRules(fix_after=12)
SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
RAISED = [78, 81, 80, 79, 82, 80, 77, 81, 79, 80, 82, 79, 83, 84, 83, 85, 84, 86, 85]
STEADY = [80, 82] * 6
WIDE = [70, 90] * 6


def month(number: int) -> date:
    """The first day of a month, counted from January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 1)


def series(
    values: Sequence[float | None],
    better: Better = Better.HOGER,
    recalibrated: Sequence[date] = (),
    rules: SignalRules = ALL_MONTHS,
) -> Chart:
    """The chart of these values, a month each."""
    months = [(month(number), value) for number, value in enumerate(values)]
    return chart(months, better, recalibrated, rules)


def rules_of(found: Chart) -> list[Rule | None]:
    """Why each month is a signal."""
    return [point.rule for point in found.points]


def limits(found: Chart) -> Limits:
    """The limits of the active segment, which has them."""
    assert found.active.limits is not None
    return found.active.limits


# ── the golden series ──────────────────────────────────────────────────────────────────────


def test_a_spike_is_left_out_of_the_limits_and_flagged() -> None:
    found = limits(series(SPIKE))
    assert (found.mean, found.low, found.high) == pytest.approx((1.94, -0.72, 4.60), abs=0.006)
    assert rules_of(series(SPIKE)) == [OUT if value == 10 else None for value in SPIKE]


def test_without_the_screen_the_limits_would_be_those_of_the_vignette() -> None:
    ranges = [abs(after - before) for before, after in pairwise(SPIKE)]
    wide = Limits(sum(SPIKE) / len(SPIKE), sum(ranges) / len(ranges))
    assert (wide.low, wide.high) == pytest.approx((-3.06, 6.95), abs=0.006)


def test_a_raised_level_is_a_shift() -> None:
    found = series(RAISED)
    lines = limits(found)
    assert (lines.mean, lines.low, lines.high) == pytest.approx((81.474, 76.006, 86.941), abs=5e-4)
    assert rules_of(found) == [None] * 12 + [SHIFT] * 7
    assert {point.side for point in found.run} == {1}
    assert len(found.run) == 7


def test_with_the_first_year_as_base_a_raised_level_shows_in_each_month() -> None:
    found = series(RAISED, rules=LOCKED)
    lines = limits(found)
    assert (lines.mean, lines.low, lines.high) == pytest.approx((79.833, 73.788, 85.879), abs=5e-4)
    assert rules_of(found)[-7:] == [SHIFT, PAIR, SHIFT, PAIR, PAIR, OUT, PAIR]


def test_seven_rising_months_are_a_trend() -> None:
    assert None not in rules_of(series([1, 2, 3, 4, 5, 6, 7]))  # the first and last are outside too
    assert rules_of(series([*WIDE, *range(77, 84)], rules=LOCKED))[-7:] == [TREND] * 7
    assert rules_of(series([*WIDE, *range(77, 83)], rules=LOCKED))[-6:] == [None] * 6


def test_an_equal_month_breaks_a_trend() -> None:
    assert TREND not in rules_of(series([1, 2, 3, 3, 4, 5, 6]))
    assert set(rules_of(series([*WIDE, 77, 78, 79, 79, 80, 81, 82], rules=LOCKED))) == {None}


def test_six_months_on_one_side_are_chance_and_seven_a_shift() -> None:
    high = [82, 81.5, 82, 81.5, 82, 81.5, 82]  # above the mean of 81, not near the limit
    assert rules_of(series([*STEADY, 80, *high], rules=LOCKED))[-7:] == [SHIFT] * 7
    assert set(rules_of(series([*STEADY, 80, *high[1:]], rules=LOCKED))) == {None}


def test_a_month_on_the_mean_breaks_a_shift() -> None:
    broken = [82, 81.5, 82, 81, 82, 81.5, 82, 81.5]
    assert set(rules_of(series([*STEADY, 80, *broken], rules=LOCKED))) == {None}


def test_near_both_limits_in_turn_is_no_signal() -> None:
    base = [80, 82] * 6  # mean 81, near from 3.55 off it, outside from 5.32
    assert rules_of(series([*base, 85, 77, 85, 77], rules=LOCKED))[-4:] == [None] * 4
    assert rules_of(series([*base, 85, 82, 85], rules=LOCKED))[-3:] == [PAIR, None, PAIR]


def test_a_month_outside_does_not_count_as_near() -> None:
    assert rules_of(series([*STEADY, 85, 90, 82], rules=LOCKED))[-3:] == [None, OUT, None]


def test_a_norm_on_a_limit_is_sometimes_met() -> None:
    found = series(STEADY)
    assert found.assurance(limits(found).high) is Assurance.SOMS
    assert found.assurance(limits(found).low) is Assurance.SOMS


def test_a_constant_series_has_limits_on_its_mean_and_no_signal() -> None:
    found = series([5] * 12)
    assert (limits(found).low, limits(found).high) == (5, 5)
    assert rules_of(found) == [None] * 12


@given(st.floats(0, 1), st.integers(6, 40))
def test_no_constant_share_is_ever_a_signal(value: float, months: int) -> None:
    assert set(rules_of(series([value] * months))) == {None}


# ── what it means ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [
        (Better.HOGER, Variation.VERBETERING, Variation.VERSLECHTERING),
        (Better.LAGER, Variation.VERSLECHTERING, Variation.VERBETERING),
        (Better.NEUTRAAL, Variation.VERANDERING, Variation.VERANDERING),
    ],
)
def test_a_signal_is_good_or_bad_by_its_direction(
    better: Better, up: Variation, down: Variation
) -> None:
    assert series([*STEADY, 99], better).variation is up
    assert series([*STEADY, 60], better).variation is down
    assert series([*STEADY, 81], better).variation is Variation.GEEN


@pytest.mark.parametrize(
    ("better", "below", "above"),
    [
        (Better.HOGER, Assurance.STEEDS, Assurance.NIET),
        (Better.LAGER, Assurance.NIET, Assurance.STEEDS),
        (Better.NEUTRAAL, None, None),
    ],
)
def test_assurance_is_where_the_norm_lies(
    better: Better, below: Assurance | None, above: Assurance | None
) -> None:
    found = series(STEADY, better)
    assert found.assurance(50) is below
    assert found.assurance(99) is above
    assert found.assurance(None) is None


def test_only_the_last_month_decides_on_the_variation() -> None:
    assert series([*STEADY, 99, 81]).variation is Variation.GEEN


def test_the_limits_are_drawn_within_what_can_be_but_tested_as_they_are() -> None:
    shares = [0.98, 1.0] * 6
    found = series(shares)
    assert limits(found).high > 1
    assert limits(found).shown(Unit.PERCENTAGE)[1] == 1
    assert found.assurance(1.0) is Assurance.SOMS
    assert limits(series(SPIKE)).shown(Unit.SECONDEN)[0] == 0


# ── how many months there are, and which are missing ───────────────────────────────────────


def test_five_months_are_a_line_without_limits() -> None:
    found = series([80, 99, 60, 80, 82])
    assert found.active.limits is None
    assert rules_of(found) == [None] * 5
    assert found.variation is Variation.TE_WEINIG
    assert found.variation_text == "Nog te weinig maanden (5 van 13)"
    assert found.assurance(50) is None


def test_limits_are_provisional_until_the_thirteenth_month() -> None:
    assert series([80] * 12).active.provisional
    assert not series([80] * 13).active.provisional


def test_a_missing_month_breaks_the_run_and_is_told() -> None:
    broken = series([*WIDE, 77, 78, 79, 80, None, 81, 82, 83], rules=LOCKED)
    assert set(rules_of(broken)) == {None}
    assert broken.missing == [month(16)]


def test_no_range_is_measured_across_a_missing_month() -> None:
    found = limits(series([10, 11, 10, None, 90, 91, 90]))
    assert found.amr == 1


def test_months_that_never_follow_each_other_have_no_limits() -> None:
    assert series([80, None] * 8).active.limits is None


def test_a_last_month_without_a_value_has_no_variation() -> None:
    found = series([*STEADY, None])
    assert (found.variation, found.variation_text) == (None, "")
    assert found.run == []


def test_a_recalibration_begins_new_limits_and_keeps_the_old() -> None:
    found = series([*STEADY, *[90, 92] * 4], recalibrated=[date(2025, 1, 15)])
    before, after = found.segments
    assert (len(before.points), len(after.points)) == (12, 8)
    assert before.limits == Limits(81, 2)
    assert after.limits == Limits(91, 2)
    assert after.provisional
    assert set(rules_of(found)) == {None}


@pytest.mark.parametrize("count", [1, 8, 9, 20, 99])
def test_the_last_months_are_judged_as_in_the_whole(count: int) -> None:
    whole = series([*STEADY, *[90, 92] * 3, 99, 90], recalibrated=[month(12)])
    found = whole.last(count)
    assert found.points == whole.points[-count:]
    assert found.active.limits == whole.active.limits
    assert [part.known for part in found.segments] == [12, 8][-len(found.segments) :]
    assert len(found.segments) == (1 if count <= 8 else 2)


def test_the_lengths_of_trend_and_shift_are_configured() -> None:
    found = series([*STEADY, 81, 82, 83], rules=SignalRules(trend=3, fix_after=12))
    assert rules_of(found)[-3:] == [TREND] * 3


# ── the rules, written out plainly ─────────────────────────────────────────────────────────


def plain(values: Sequence[int]) -> list[str]:
    """What each value is, by exact fractions and by looking around each of them."""
    count = len(values)
    mean = Fraction(sum(values), count)
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, count)]
    amr = Fraction(sum(ranges), len(ranges))
    kept = [r for r in ranges if r < Fraction("3.267") * amr]
    amr = Fraction(sum(kept), len(kept)) if kept else amr
    upper, lower = mean + Fraction("2.66") * amr, mean - Fraction("2.66") * amr
    near_up, near_low = mean + Fraction("1.7733") * amr, mean - Fraction("1.7733") * amr

    def outside(i: int) -> bool:
        return values[i] > upper or values[i] < lower

    def near(i: int) -> bool:
        return not outside(i) and (values[i] > near_up or values[i] < near_low)

    def same_side(places: range) -> bool:
        above, below = (values[i] > mean for i in places), (values[i] < mean for i in places)
        return all(above) or all(below)

    def around(i: int, size: int) -> list[range]:
        firsts = range(max(0, i - size + 1), min(i, count - size) + 1)
        return [range(first, first + size) for first in firsts]

    def rises(places: range) -> bool:
        return all(values[i] < values[i + 1] for i in places[:-1])

    def falls(places: range) -> bool:
        return all(values[i] > values[i + 1] for i in places[:-1])

    def label(i: int) -> str:
        if outside(i):
            return "buiten+" if values[i] > mean else "buiten-"
        for seven in around(i, 7):
            if rises(seven) or falls(seven):
                return "trend+" if rises(seven) else "trend-"
        sign = "+" if values[i] > mean else "-"
        three = [t for t in around(i, 3) if same_side(t) and sum(map(near, t)) >= 2]
        if near(i) and three:
            return f"2 van 3{sign}"
        return f"verschuiving{sign}" if any(map(same_side, around(i, 7))) else ""

    return [label(i) for i in range(count)]


def labels(found: Chart) -> list[str]:
    """What the chart makes of each month, in the same words."""
    words = {OUT: "buiten", TREND: "trend", PAIR: "2 van 3", SHIFT: "verschuiving"}
    signs = {1: "+", -1: "-"}
    return [words[p.rule] + signs[p.side] if p.rule else "" for p in found.points]


walks = st.lists(st.integers(-3, 4), min_size=6, max_size=40).map(
    lambda steps: [100 + sum(steps[: i + 1]) for i in range(len(steps))]
)
any_values = st.lists(st.integers(60, 100), min_size=6, max_size=40) | walks


@given(any_values)
def test_every_month_is_judged_as_the_plain_rules_do(values: list[int]) -> None:
    assert labels(series(values)) == plain(values)


@given(any_values, st.sampled_from([0.01, 0.5, 3, 1000]), st.integers(0, 500))
def test_another_scale_changes_no_signal(values: list[int], scale: float, shift: int) -> None:
    moved = [scale * (value + shift) for value in values]
    assert labels(series(moved)) == labels(series(values))


SWAPPED = {
    Variation.VERBETERING: Variation.VERSLECHTERING,
    Variation.VERSLECHTERING: Variation.VERBETERING,
    Variation.GEEN: Variation.GEEN,
}


@given(any_values)
def test_upside_down_what_was_better_is_worse(values: list[int]) -> None:
    found, turned = series(values), series([-value for value in values])
    assert [turned.meaning(p) for p in turned.points] == [
        SWAPPED[found.meaning(p)] for p in found.points
    ]


@given(any_values, st.integers(0, 120))
def test_upside_down_the_same_norm_is_as_sure(values: list[int], norm: int) -> None:
    found = series(values)
    assume(min(abs(norm - limits(found).low), abs(norm - limits(found).high)) > 1e-6)
    turned = series([-value for value in values], Better.LAGER)
    assert turned.assurance(-norm) is found.assurance(norm)


# ── how long a signal lasts ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "lasting"),
    [
        (STEADY, 0),
        (RAISED, 7),
        ([*STEADY, 60], 1),
        ([*STEADY, 81, 81.3, 81.6, 81.9, 82.2, 82.5, 82.8], 7),
        ([*STEADY, *range(86, 78, -1)], 8),
        ([*STEADY, None, 95], 1),
        (STEADY[:5], 0),
    ],
)
def test_a_signal_lasts_as_long_as_it_keeps_its_side_or_its_way(
    values: list[float | None], lasting: int
) -> None:
    assert series(values).lasting == lasting
