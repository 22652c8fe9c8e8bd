"""Every sentence about targets: the month, what is first, what the chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from metrics import Better, Unit
from metrics.target_story import conclusion, lead, score, signal, stand, told
from metrics.targets import Target, urgent
from tests.test_targets import CALM, KPI, made, norm_of

STEADY = [0.89, 0.91] * 9


def shows(values: Sequence[float | None], **changed: object) -> str:
    """The conclusion, without the name."""
    return conclusion(made(values, **changed)).removeprefix(f"{KPI.name}: ")


# ── the month ──────────────────────────────────────────────────────────────────────────────


def named(name: str, target: Target) -> Target:
    kpi = replace(KPI, name=name, norms=target.reading.kpi.norms)
    readings = tuple(replace(one, kpi=kpi) for one in target.readings)
    return replace(target, readings=readings)


WORSE = named("Bellen", made([*STEADY, 0.50], **norm_of(0.99)))
BETTER = named("Post", made([*STEADY, 1.00], **norm_of(0.40)))
CHANCE = named("Balie", made(CALM))
SILENT = named("Chat", made([*CALM, None]))


def test_the_lead_counts_what_was_met_and_names_what_is_first() -> None:
    assert lead([CHANCE, WORSE, BETTER]) == [
        "In juni 2025 halen we 2 van de 3 doelen.",
        "Eerst aan de beurt: Bellen (50%, norm 99%): nu ingrijpen.",
        "Beter, en meer dan toeval: Post.",
    ]


def test_what_got_worse_is_named_beside_what_is_first() -> None:
    other = named("Chat", made([*STEADY, 0.50]))
    assert "Slechter, en meer dan toeval: Chat." in lead([WORSE, other])


def test_a_target_without_a_figure_is_counted_apart() -> None:
    assert score([CHANCE, SILENT]) == (
        "In juni 2025 halen we 1 van de 1 doel. Van 1 doel is er geen cijfer."
    )
    assert lead([SILENT]) == ["Er is over deze maand nog geen cijfer met een norm."]


def test_of_equals_the_one_that_missed_its_norm_is_first() -> None:
    missed = made([*CALM, 0.89])
    assert urgent([CHANCE, missed]) is missed
    assert urgent([BETTER]) is None


def test_the_month_stands_beside_its_norm() -> None:
    assert stand(CHANCE) == "In juni 2025 is het 92%, de norm is 90%: gehaald."
    assert stand(made(CALM, norms=())) == "In juni 2025 is het 92%."
    assert stand(SILENT) == ("Over juli 2025 is er geen cijfer: geen gesprekken in deze periode.")


# ── the chart ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (CALM, "geen signaal, de verschillen vallen binnen het toeval"),
        ([*STEADY, 0.50], "juli 2025 ligt onder de grenzen van het toeval"),
        ([*STEADY, 1.00], "juli 2025 ligt boven de grenzen van het toeval"),
        ([*CALM, *[0.905 + step / 1000 for step in range(7)]], "stijgt al 7 maanden op rij"),
        ([*CALM, *[0.897 - step / 1000 for step in range(8)]], "daalt al 9 maanden op rij"),
        ([*CALM, *[0.93, 0.91] * 4], "al 9 maanden boven het gemiddelde"),
        ([*CALM, 0.98, 0.98], "ligt vaker dicht bij de bovengrens dan toeval verklaart"),
        (CALM[:5], "nog te weinig maanden om signaal van toeval te scheiden"),
        ([*CALM, None], "geen cijfer over juli 2025"),
    ],
)
def test_the_conclusion_says_what_the_months_show(values: list[float | None], told: str) -> None:
    assert shows(values) == told


def test_the_chart_is_told_to_who_cannot_see_it() -> None:
    assert told(CHANCE) == (
        "In juni 2025 is het 92%, de norm is 90%: gehaald. Het gemiddelde is 90,0%; met toeval "
        "ligt een maand tussen 79,4% en 100,0%. Of een maand de norm haalt, is met dit proces "
        "toeval. Prognose dec. 90%, 79 tot 100%."
    )


def test_few_or_missing_months_are_told() -> None:
    assert "(voorlopige grenzen)" in told(made(CALM[:8]))
    assert told(made([*CALM[:8], None, *CALM[9:]])).endswith("Geen cijfer over september 2024.")
    assert "gemiddelde" not in told(made(CALM[:5]))


def test_a_signal_has_its_meaning_and_its_rule() -> None:
    last = WORSE.chart.points[-1]
    assert signal(WORSE, last) == "verslechtering: buiten de grenzen"
    assert signal(CHANCE, CHANCE.chart.points[0]) == ""


def test_a_wait_is_better_when_it_is_shorter() -> None:
    slow = made([10.0, 14.0] * 9 + [60.0], better=Better.LAGER, unit=Unit.SECONDEN, norms=())
    assert conclusion(slow).endswith("juli 2025 ligt boven de grenzen van het toeval")
    assert signal(slow, slow.chart.points[-1]) == "verslechtering: buiten de grenzen"
