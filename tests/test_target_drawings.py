"""The drawings of a target: places on a scale, round numbers, words that touch no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plot_theme import PAGE, register
from dashboard.targets.drawings import bullet, sparkline
from dashboard.targets.figure import figure
from dashboard.targets.icons import assurance_sign, variation_sign
from dashboard.targets.notes import LINE_PX, notes, top_of
from dashboard.targets.scale import Scale, dodged, room, ticks
from dashboard.theme import DEFAULT
from data.history import Event
from metrics import Better, Unit
from metrics.spc import Assurance, Variation
from metrics.targets import Target
from tests.fake_board import MONDAY_1432
from tests.target_cast import CATALOGUE, HISTORY, LAST, targets_board

TARGETS = {one.reading.kpi.key: one for one in targets_board().targets(LAST, MONDAY_1432)}
DIGITAL, CALLBACK, TERM = (
    TARGETS[key] for key in ("digitaal_of_kcc", "terugbellen", "binnen_termijn")
)
SILENT = TARGETS["in_een_keer_goed"]


# ── scales ─────────────────────────────────────────────────────────────────────────────────


def test_a_value_outside_is_drawn_at_the_edge() -> None:
    scale = Scale(0.6, 1.0, 10, 110)
    assert [scale.at(value) for value in (0.6, 0.8, 1.0, 0.2, 1.5)] == pytest.approx(
        [10, 60, 110, 10, 110]
    )


def test_an_axis_has_room_but_no_share_above_all() -> None:
    assert room([0.8, 0.9], Unit.PERCENTAGE, 0.5) == pytest.approx((0.75, 0.95))
    assert room([0.2, 1.0], Unit.PERCENTAGE, 0.5) == (0.0, 1.0)
    assert room([5, 5], Unit.AANTAL, 1) == (4, 6)
    assert room([0, 0], Unit.AANTAL, 1) == (0, 1)


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (0.743, 0.812, Unit.PERCENTAGE, [0.76, 0.78, 0.8]),
        (71, 135, Unit.SECONDEN, [75, 90, 105, 120, 135]),
        (0, 9, Unit.AANTAL, [0, 2, 4, 6, 8]),
        (0, 40_000, Unit.SECONDEN, [0, 7200, 14400, 21600, 28800, 36000]),
    ],
)
def test_an_axis_has_round_numbers(
    low: float, high: float, unit: Unit, expected: list[float]
) -> None:
    assert ticks(low, high, unit) == pytest.approx(expected)


@given(st.lists(st.floats(0, 400), max_size=8))
def test_words_never_touch_and_keep_their_order(places: list[float]) -> None:
    moved = dodged(places, LINE_PX)
    inside = sorted(moved)
    assert all(b - a >= LINE_PX - 1e-6 for a, b in pairwise(inside))
    assert sum(moved) == pytest.approx(sum(places))


def test_words_with_room_stay_where_they_are() -> None:
    assert dodged([100, 10, 104], 18) == pytest.approx([93, 10, 111])


# ── small drawings ─────────────────────────────────────────────────────────────────────────


def test_the_zone_that_misses_the_norm_changes_side_with_what_is_better() -> None:
    higher = bullet(CALLBACK).markup
    kpi = replace(CALLBACK.reading.kpi, better=Better.LAGER)
    lower = bullet(replace(CALLBACK, readings=(replace(CALLBACK.reading, kpi=kpi),))).markup
    assert 'class="mis" d="M9.0' in higher
    assert 'class="mis" d="M9.0' not in lower


def test_the_bullet_says_what_it_draws() -> None:
    assert CALLBACK.before
    told = f'aria-label="oktober 2026 75%, norm 90%, oktober 2025 {CALLBACK.before.text}"'
    assert told in bullet(CALLBACK).markup


def test_without_a_figure_there_is_no_dot() -> None:
    assert 'class="nu"' not in bullet(SILENT).markup
    assert 'class="norm"' in bullet(SILENT).markup


def test_only_a_run_that_goes_on_has_a_colour() -> None:
    drawn = sparkline(CALLBACK).markup
    assert drawn.count('class="slechter"') == len(CALLBACK.chart.run) + 1
    assert 'class="beter"' not in drawn


def test_a_missing_month_breaks_the_line() -> None:
    assert sparkline(SILENT).markup.count("<polyline") == 2


def test_each_segment_has_its_own_band() -> None:
    assert sparkline(TERM).markup.count('class="toeval') == 2


# ── icons ──────────────────────────────────────────────────────────────────────────────────


def sign(target: Target) -> str:
    return str(variation_sign(target.chart).to_plotly_json())


def test_each_word_has_a_shape_of_its_own() -> None:
    shapes = [assurance_sign(one, provisional=False).children[0].markup for one in Assurance]
    shapes += [variation_sign(one.chart).children[0].markup for one in (DIGITAL, CALLBACK, TERM)]
    assert len(set(shapes)) == len(shapes)


def test_an_arrow_points_where_the_value_went() -> None:
    fewer = replace(DIGITAL.chart, better=Better.LAGER)
    assert fewer.variation is Variation.VERSLECHTERING
    up, worse = (variation_sign(chart) for chart in (DIGITAL.chart, fewer))
    assert up.children[0].markup == worse.children[0].markup
    assert (up.className, worse.className) == ("teken beter", "teken slechter")


def test_without_a_figure_there_is_no_sign() -> None:
    assert "geen cijfer" in sign(SILENT)


# ── the chart ──────────────────────────────────────────────────────────────────────────────


def test_a_signal_is_told_by_shape_and_size_as_well_as_colour() -> None:
    marker = figure(DIGITAL).data[0].marker
    signals = [point.rule is not None for point in DIGITAL.chart.points]
    assert [size > 10 for size in marker.size] == signals
    assert [symbol != "circle" for symbol in marker.symbol] == signals
    assert [colour != "var(--rb-text-3)" for colour in marker.color] == signals


def test_there_are_at_most_four_series() -> None:
    assert [len(figure(target).data) for target in (DIGITAL, CALLBACK, SILENT)] == [4, 2, 2]


def test_every_colour_is_named_by_its_role() -> None:
    register(DEFAULT)
    told = figure(DIGITAL).update_layout(template=PAGE).to_json()
    assert "#" not in told
    assert "var(--rb-accent)" in told


def test_the_norm_is_dashed_and_the_growth_path_dotted() -> None:
    assert [line.line.dash for line in figure(DIGITAL).data] == [None, "dash", "dot", "dash"]


def test_the_forecast_reaches_to_december() -> None:
    assert figure(DIGITAL).layout.xaxis.range[1] == date(2026, 12, 1)
    assert figure(CALLBACK).layout.xaxis.range[1] == LAST


def test_a_missing_month_breaks_the_line_of_the_chart() -> None:
    line = figure(SILENT).data[0]
    assert line.connectgaps is False
    assert None in line.y


def test_new_limits_begin_at_a_line_with_its_reason() -> None:
    (anew, storm) = notes(TERM)[::-1]
    assert (anew.text, anew.strong) == ("nieuwe grenzen: nieuw zaaksysteem", True)
    assert storm.text == "Sneeuw en ijzel"
    bands = [shape for shape in figure(TERM).layout.shapes if shape.type == "rect"]
    assert [shape.x0 for shape in bands] == [date(2024, 11, 1), date(2025, 9, 1)]


def test_words_above_the_chart_touch_no_others() -> None:
    days = [date(2026, 3, day) for day in (1, 5, 9)]
    many = replace(CALLBACK, events=tuple(Event(day, day, "Storm", "x") for day in days))
    found = notes(many)
    assert sorted(note.row for note in found) == [0, 1, 2]
    assert top_of(found) > top_of(found[:1]) > top_of([])


def test_events_outside_the_months_are_left_out_and_markup_is_no_markup() -> None:
    old, odd = Event(date(2020, 1, 1), date(2020, 1, 1), "Oud", "x"), date(2026, 2, 1)
    target = replace(CALLBACK, events=(old, Event(odd, odd, "<b>" + "x" * 50, "x")))
    (note,) = notes(target)
    assert note.text.startswith("&lt;b&gt;xxx")
    assert note.text.endswith("…")


def test_every_target_of_the_cast_can_be_drawn() -> None:
    assert set(TARGETS) == set(CATALOGUE) & {kpi.key for kpi in CATALOGUE.values() if kpi.norms}
    assert HISTORY.events
    for target in TARGETS.values():
        assert figure(target).layout.annotations
