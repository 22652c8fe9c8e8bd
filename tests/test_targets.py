"""A target keeps three facts apart, says what to do, and says why where it cannot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data.history import Event, History, Recalibration
from data.norms import GrowthPath
from data.store import Store
from data.thresholds import SignalRules
from metrics import Better, Cut, Norm, Period, Reading
from metrics.command import BadQuestion, parse_month
from metrics.engine import Engine
from metrics.forecast import MONTH_MISSING, HitRate
from metrics.periods import next_month
from metrics.signals import Limits
from metrics.spc import Assurance, Variation
from metrics.target_words import (
    as_json,
    forecast_text,
    hit_text,
    missing_text,
    month_text,
    name_of,
    nodig_text,
    path_text,
    table,
)
from metrics.targets import TO_DO, Target, goals, question, target, targets
from metrics.year import MISSING, Reach
from tests.oracle import Phone
from tests.test_figures import CATALOGUE
from tests.test_spc import month
from tests.worlds import World, instant, know_source, write

NOTHING = History()
NORM = Norm(0.90, date(2020, 1, 1), "raadsbesluit")
KPI = replace(CATALOGUE["bereikbaarheid"], norms=(NORM,))
CALM = [0.88, 0.92] * 9  # until June 2025: mean 90 %, ranges of 4 points


def reading(number: int, value: float | None, kpi: Any = KPI, **known: Any) -> Reading:
    """The reading of a month, of a thousand cases."""
    period = Period.days(month(number), next_month(month(number)))
    cases = 0 if value is None else 1000
    return Reading(
        kpi=kpi,
        period=period,
        bucket=period.start,
        value=value,
        teller=(value or 0) * cases,
        noemer=cases,
        cases=cases,
        norm=kpi.norm_on(month(number)),
        reason="" if value is not None else "geen gesprekken in deze periode",
        **known,
    )


def readings(values: Sequence[float | None], kpi: Any = KPI) -> list[Reading]:
    """The readings of months from January 2024 on."""
    return [reading(number, value, kpi) for number, value in enumerate(values)]


def made(values: Sequence[float | None], history: History = NOTHING, **changed: Any) -> Target:
    """The target of these months."""
    return target(readings(values, replace(KPI, **changed)), history)


def norm_of(value: float) -> dict[str, Any]:
    """A norm of the figure."""
    return {"norms": (replace(NORM, value=value),)}


# ── three facts, and what to do ────────────────────────────────────────────────────────────


def test_a_month_can_meet_its_norm_by_chance() -> None:
    found = made(CALM)
    assert (found.month, found.reading.value) == (date(2025, 6, 1), 0.92)
    assert found.met is True
    assert found.chart.variation is Variation.GEEN
    assert found.assurance is Assurance.SOMS
    assert found.to_do == "norm halen is toeval: verklein de spreiding of verhoog het niveau"


@pytest.mark.parametrize(
    ("last", "norm", "to_do"),
    [
        (0.50, 0.99, "nu ingrijpen"),
        (0.50, 0.90, "onderzoek de oorzaak"),
        (0.50, 0.40, "onderzoek de oorzaak"),
        (0.90, 0.99, "richt het proces anders in, wachten helpt niet"),
        (0.90, 0.40, "vasthouden"),
        (1.00, 1.05, "doorgaan, nog niet genoeg"),
        (1.00, 0.91, "doorgaan, nog niet genoeg"),
        (1.00, 0.40, "vasthouden"),
    ],
)
def test_what_to_do_follows_from_variation_and_assurance(
    last: float, norm: float, to_do: str
) -> None:
    steady = [0.89, 0.91] * 9
    assert made([*steady, last], **norm_of(norm)).to_do == to_do


def test_every_combination_says_what_to_do() -> None:
    judged = {Variation.GEEN, Variation.VERBETERING, Variation.VERSLECHTERING}
    assert set(TO_DO) == {(variation, sure) for variation in judged for sure in Assurance}


def test_without_enough_months_or_a_value_nothing_is_advised() -> None:
    assert made(CALM[:5]).to_do == ""
    assert made([*CALM, None]).to_do == ""
    assert made(CALM, norms=()).to_do == ""


def test_a_month_without_a_norm_or_value_is_neither_met_nor_missed() -> None:
    assert made(CALM, norms=()).met is None
    assert made([*CALM, None]).met is None
    assert made([*CALM, 0.80]).met is False


def test_the_past_keeps_the_norm_of_its_day() -> None:
    raised = (NORM, Norm(0.95, date(2025, 6, 1), "raadsbesluit"))
    found = made(CALM, norms=raised)
    assert [r.norm.value for r in found.readings[-2:] if r.norm] == [0.90, 0.95]
    assert found.met is False


# ── the months ─────────────────────────────────────────────────────────────────────────────


def test_two_years_are_drawn_and_the_same_month_a_year_ago_is_told() -> None:
    found = made([*[0.5] * 12, *[0.88, 0.92] * 12])
    assert len(found.readings) == len(found.chart.points) == 24
    assert found.chart.active.values == [0.88, 0.92] * 12
    assert found.before is not None
    assert found.before.period == readings([0.5] * 24)[23].period


def test_limits_that_are_fixed_do_not_move_along_with_the_months() -> None:
    months = readings([*[0.50, 0.54] * 6, *[0.88, 0.92] * 15])
    fixed = target(months, NOTHING, SignalRules(fix_after=12))
    assert len(fixed.readings) == len(fixed.chart.points) == 24
    assert fixed.chart.active.limits == Limits(pytest.approx(0.52), pytest.approx(0.04))
    assert fixed.chart.variation is Variation.VERBETERING
    assert target(months, NOTHING).chart.variation is Variation.GEEN


def test_in_the_first_year_there_is_no_month_a_year_ago() -> None:
    assert made(CALM[:12]).before is None


def test_months_before_the_first_whole_one_are_left_out() -> None:
    began = reading(3, 0.10, gaps=("telefonie: begint op 2024-04-20",))
    months = [*readings([None] * 3), began, *readings(CALM)[4:]]
    found = target(months, NOTHING)
    assert found.chart.points[0].month == month(4)
    assert found.chart.missing == []


def test_a_gap_later_on_leaves_no_month_out() -> None:
    months = [*readings(CALM), reading(18, 0.90, gaps=("telefonie: gelezen tot 2025-07-30",))]
    assert target(months, NOTHING).reading.gaps
    assert len(target(months, NOTHING).readings) == 19


def test_the_only_month_stays_even_without_a_value() -> None:
    found = target([reading(0, None)], NOTHING)
    assert (found.met, found.chart.variation, found.to_do) == (None, None, "")
    assert found.forecast.reason == MONTH_MISSING
    assert found.hit_rate == HitRate(0, 0)


def test_a_month_that_was_not_read_leaves_the_year_unknown() -> None:
    gap = ("telefonie: nog nooit helemaal gelezen",)
    unread = target([*readings(CALM), reading(18, None, gaps=gap)], NOTHING)
    assert unread.nodig.reason == unread.year.reason == MISSING
    quiet = target([*readings(CALM), reading(18, None)], NOTHING)  # read, and nobody called
    assert quiet.nodig.reach is Reach.HAALBAAR


def test_the_year_is_judged_by_the_norm_of_december() -> None:
    later = (NORM, Norm(0.99, date(2025, 12, 1), "raadsbesluit"))
    assert made(CALM).nodig.reach is Reach.HAALBAAR
    assert made(CALM, norms=later).nodig.reach is Reach.NIET_MEER


# ── what was recorded ──────────────────────────────────────────────────────────────────────


def test_what_was_recorded_of_the_figure_counts_and_is_shown() -> None:
    anew = Recalibration(KPI.key, month(8), "andere wachtrij", "a", "b")
    storm = Event(month(18), month(18), "Storm", "teammanager")
    other = Event(month(18), month(18), "Website", "adviseur", ("digitaal_of_kcc",))
    history = History((anew, replace(anew, kpi="wachttijd")), (storm, other))
    found = made([*CALM, 0.50], history)
    assert found.recalibrations == (anew,)
    assert found.events == (storm,)
    assert len(found.chart.segments) == 2
    assert found.forecast.reason == ""
    assert made([*CALM, 0.50]).forecast.reason == "geen prognose: het proces verandert"


PATH = GrowthPath(KPI.key, date(2025, 1, 1), 0.86, date(2025, 12, 1), 0.97, "jaarplan")
"""In June 2025, the last month of CALM, it expects 91 %."""


@pytest.mark.parametrize(
    ("value", "better", "on_path"),
    [
        (0.92, Better.HOGER, True),
        (0.90, Better.HOGER, False),
        (0.90, Better.LAGER, True),
        (0.92, Better.LAGER, False),
        (0.92, Better.NEUTRAAL, None),
        (None, Better.HOGER, None),
    ],
)
def test_a_month_is_on_its_growth_path_or_not(
    value: float | None, better: Better, on_path: bool | None
) -> None:
    found = made([*CALM[:17], value], paths=(PATH,), better=better)
    assert found.path == pytest.approx(0.91)
    assert found.on_path is on_path


def test_a_month_exactly_on_its_growth_path_is_on_it() -> None:
    level = replace(PATH, start=0.92, end=0.92)
    for better in (Better.HOGER, Better.LAGER):
        assert made(CALM, paths=(level,), better=better).on_path is True


def test_outside_its_months_a_growth_path_says_nothing() -> None:
    found = made(CALM[:12], paths=(PATH,))
    assert (found.path, found.on_path, path_text(found)) == (None, None, "")


# ── from a question to targets ─────────────────────────────────────────────────────────────


def test_only_figures_with_a_norm_are_goals() -> None:
    neutral = replace(KPI, better=Better.NEUTRAAL)
    without = replace(KPI, norms=())
    assert goals({"a": KPI, "b": neutral, "c": without}) == [KPI]


def test_the_question_runs_from_five_years_back_to_the_end_of_the_month() -> None:
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    query = question([KPI], date(2026, 10, 1), now)
    assert query.period == Period.days(date(2021, 1, 1), date(2026, 11, 1))


def test_each_figure_and_part_is_a_target_of_its_own() -> None:
    parts = [
        replace(found, cut={Cut.AFDELING: name})
        for name in ("KCC", "Wmo")
        for found in readings(CALM)
    ]
    found = targets([*readings(CALM), *parts], NOTHING)
    assert [dict(each.reading.cut) for each in found] == [
        {},
        {Cut.AFDELING: "KCC"},
        {Cut.AFDELING: "Wmo"},
    ]
    assert {each.chart for each in found} == {found[0].chart}


def a_tuesday(first: date) -> date:
    """A day in the third week of a month on which calls are taken."""
    return first + timedelta(days=14 + (1 - first.weekday()) % 7)


def test_a_store_becomes_targets(store: Store) -> None:
    know_source(store, earliest=instant("2025-01-15 09:00"))
    calls = {}
    for number in range(12, 23):  # January to November 2025: of ten calls so many answered
        for call in range(10):
            at = instant(f"{a_tuesday(month(number))} 10:{call:02d}")
            outcome = "opgenomen" if call < 8 + number % 2 else "afgehaakt"
            calls[str(at)] = Phone(arrived=at, wachtrij="afval", outcome=outcome, wait=1)
    write(store, World(calls))
    now = datetime(2025, 12, 5, tzinfo=UTC)
    engine = Engine(store, {**CATALOGUE, KPI.key: KPI})
    (found,) = targets(engine.ask(question([KPI], date(2025, 11, 1), now)), NOTHING)
    # January began halfway; February to November stay
    assert found.chart.active.values == pytest.approx([0.9, 0.8] * 5)
    assert found.met is False
    assert found.assurance is Assurance.SOMS


# ── in words ───────────────────────────────────────────────────────────────────────────────


def test_the_forecast_is_told_with_its_interval_and_how_often_it_was_right() -> None:
    found = made([*CALM, 0.88, 0.92])
    assert forecast_text(found) == "dec. 90%, 79 tot 100%"
    assert hit_text(HitRate(17, 20)) == "de prognose kwam 17 van de 20 keer uit"
    assert hit_text(HitRate(1, 1)) == "de prognose kwam 1 van de 1 keer uit"
    assert hit_text(HitRate(0, 0)) == "er is nog geen prognose om te toetsen"
    assert forecast_text(made(CALM[:12])) == "het jaar is voorbij"


def test_what_is_needed_is_told_in_the_direction_that_counts() -> None:
    assert nodig_text(made(CALM)) == "minstens gemiddeld 90%"
    assert nodig_text(made(CALM, better=Better.LAGER)) == "hoogstens gemiddeld 90%"
    assert nodig_text(made(CALM, **norm_of(0.95))) == "niet meer haalbaar"
    assert nodig_text(made(CALM, norms=())) == "er geldt geen norm"


def test_missing_months_are_named_or_counted() -> None:
    few = [*CALM[:6], None, 0.88, None, *CALM[9:]]
    assert missing_text(made(few)) == "geen cijfer over juli 2024 en september 2024"
    many = [*CALM[:6], *[None] * 4, *CALM[10:]]
    assert missing_text(made(many)) == "geen cijfer over 4 van de 18 maanden"
    assert missing_text(made(CALM)) == ""


def test_the_growth_path_is_told() -> None:
    assert path_text(made(CALM, paths=(PATH,))) == "op het groeipad (91,0%)"
    behind = replace(PATH, start=0.93)
    assert path_text(made(CALM, paths=(behind,))) == "niet op het groeipad (94,8%)"


def test_the_table_has_a_line_per_target_and_then_what_must_be_known() -> None:
    anew = History((Recalibration(KPI.key, month(12), "andere wachtrij", "a", "b"),))
    head, line, *remarks = table([made(CALM, anew, paths=(PATH,))])
    assert head.split()[:3] == ["cijfer", "waarde", "norm"]
    for part in (KPI.name, "92%", "90%", "gehaald", "Geen signaal", "Soms wel, soms niet"):
        assert part in line
    assert [remark.removeprefix(f"{KPI.name}: ") for remark in remarks] == [
        "op het groeipad (91,0%)",
        "voorlopige grenzen, uit 6 maanden",
        hit_text(made(CALM, anew).hit_rate),
    ]


def test_the_table_says_why_a_figure_is_not_known() -> None:
    _, line, *remarks = table([target([reading(0, None)], NOTHING)])
    assert "–" in line
    assert remarks[0] == f"{KPI.name}: geen gesprekken in deze periode"
    assert len(table([])) == 1


def test_a_part_is_named_with_its_figure() -> None:
    part = [replace(found, cut={Cut.AFDELING: "Wmo"}) for found in readings(CALM)]
    assert name_of(target(part, NOTHING)) == f"{KPI.name}, Wmo"


def test_as_json_a_target_holds_all_that_a_page_shows() -> None:
    anew = Recalibration(KPI.key, month(8), "andere wachtrij", "a", "b")
    storm = Event(month(18), month(18), "Storm", "teammanager")
    found = as_json(made([*CALM, 0.50], History((anew,), (storm,)), paths=(PATH,)))
    assert json.loads(json.dumps(found)) == found
    assert (found["kpi"], found["maand"], found["tekst"]) == (KPI.key, "2025-07-01", "50%")
    assert (found["gehaald"], found["variatie"]) == (False, "Verslechtering")
    assert found["vorig_jaar"] == 0.88
    assert found["voorlopig"] is True
    assert len(found["reeks"]) == 19
    assert found["reeks"][-1]["signaal"] == "buiten de grenzen"
    assert found["reeks"][-1]["betekenis"] == "Verslechtering"
    assert found["reeks"][0]["signaal"] is None
    assert [part["vanaf"] for part in found["grenzen"]] == ["2024-01-01", "2024-09-01"]
    assert [event["tekst"] for event in found["gebeurtenissen"]] == ["Storm"]
    assert [known["goedgekeurd_door"] for known in found["herijkingen"]] == ["b"]
    assert len(found["prognose"]["maanden"]) == 5


def test_as_json_what_is_not_known_is_null_with_a_reason() -> None:
    found = as_json(target([reading(0, None)], NOTHING))
    assert found["gehaald"] is found["variatie"] is found["zekerheid"] is None
    assert found["prognose"] == {
        "maanden": [],
        "waarde": None,
        "ondergrens": None,
        "bovengrens": None,
        "reden": MONTH_MISSING,
    }
    assert found["grenzen"][0]["gemiddelde"] is None


# ── the month that is asked for ────────────────────────────────────────────────────────────

NOW = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # in Haarlem it is November already


def test_without_a_month_it_is_the_last_that_is_over() -> None:
    assert parse_month(None, NOW) == date(2026, 10, 1)
    assert parse_month(None, NOW - timedelta(hours=1)) == date(2026, 9, 1)
    assert parse_month("2025-02", NOW) == date(2025, 2, 1)


@pytest.mark.parametrize("text", ["2026-11", "2027-01", "oktober", "2026-13", "2026", "0001-01"])
def test_a_month_that_is_not_over_or_none_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion):
        parse_month(text, NOW)


def test_a_month_reads_in_dutch() -> None:
    assert month_text(date(2026, 3, 1)) == "maart 2026"
