"""What a report says of a figure: every branch, with its numbers, its one and its more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dashboard.report.course import chance, compared, expected, of_the_year, sure
from dashboard.report.spoken import counted, days_text, difference, moment, singular, spoken
from dashboard.report.stand import judged, worth
from dashboard.report.subject import Subject, subjects
from metrics.kpi import Better
from metrics.published.frozen_meaning import definition
from metrics.published.goal import Forecast
from metrics.published.meaning import Norm, Revision
from metrics.units import Unit
from tests.report_cast import MADE, MONTH, SNAPSHOT
from tests.target_cast import CATALOGUE

SUBJECTS = {one.goal.key: one for one in subjects(SNAPSHOT)}
REACHED = SUBJECTS["bereikbaarheid"]
WAIT = SUBJECTS["wachttijd"]
SIMPLE = SUBJECTS["digitaal_of_kcc"]
SURE_FROM = 30


def figure(subject: Subject, **changed: Any) -> Subject:
    """The target with another figure."""
    told = replace(subject.figure, **changed)
    return Subject(told, subject.goal, subject.meaning, subject.period)


def goal(subject: Subject, **changed: Any) -> Subject:
    """The target with another course; what is said of `point` changes its last month."""
    point = replace(subject.goal.point, **changed.pop("point", {}))
    told = replace(subject.goal, points=(*subject.goal.points[:-1], point), **changed)
    return Subject(subject.figure, told, subject.meaning, subject.period)


def active(subject: Subject, **changed: Any) -> Subject:
    """The target with other limits."""
    segment = replace(subject.goal.active, **changed)
    return goal(subject, segments=(*subject.goal.segments[:-1], segment))


def year(subject: Subject, **changed: Any) -> Subject:
    """The target in another year."""
    return goal(subject, year=replace(subject.goal.year, **changed))


def meaning(subject: Subject, **changed: Any) -> Subject:
    """The target with another definition."""
    told = replace(subject.meaning, **changed)
    return Subject(subject.figure, subject.goal, told, subject.period)


def replace_period(subject: Subject, period: str) -> Subject:
    """The target in a report of another period."""
    return Subject(subject.figure, subject.goal, subject.meaning, period)


# ── numbers as a sentence says them ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("79,6%", Unit.PERCENTAGE, "79,6 procent"),
        ("0:00", Unit.SECONDEN, "0 seconden"),
        ("0:01", Unit.SECONDEN, "1 seconde"),
        ("0:30", Unit.SECONDEN, "30 seconden"),
        ("1:00", Unit.SECONDEN, "1 minuut"),
        ("2:05", Unit.SECONDEN, "2 minuten en 5 seconden"),
        ("2:00,3", Unit.SECONDEN, "2 minuten en 0,3 seconden"),
        ("1:01:10", Unit.SECONDEN, "1 uur, 1 minuut en 10 seconden"),
        ("1 werkdag", Unit.WERKDAGEN, "1 werkdag"),
        ("1.234", Unit.AANTAL, "1.234"),
        ("–", Unit.SECONDEN, "–"),
    ],
)
def test_a_value_is_said_in_words(text: str, unit: Unit, said: str) -> None:
    assert spoken(text, unit) == said


@pytest.mark.parametrize(
    ("now", "then", "unit", "said"),
    [
        (0.796, 0.804, Unit.PERCENTAGE, "0,8 procentpunt lager"),
        (0.81, 0.80, Unit.PERCENTAGE, "1 procentpunt hoger"),
        (0.8004, 0.80, Unit.PERCENTAGE, ""),
        (0.8005, 0.80, Unit.PERCENTAGE, "0,1 procentpunt hoger"),
        (125.0, 113.0, Unit.SECONDEN, "12 seconden langer"),
        (60.0, 61.2, Unit.SECONDEN, "1 seconde korter"),
        (60.0, 60.4, Unit.SECONDEN, ""),
        (5.0, 4.0, Unit.WERKDAGEN, "1 werkdag langer"),
        (3.5, 4.0, Unit.WERKDAGEN, "0,5 werkdagen korter"),
        (3.01, 3.0, Unit.WERKDAGEN, ""),
        (1500.0, 300.0, Unit.AANTAL, "1.200 hoger"),
        (7.0, 7.0, Unit.AANTAL, ""),
    ],
)
def test_a_difference_has_its_side_and_its_unit(
    now: float, then: float, unit: Unit, said: str
) -> None:
    assert difference(now, then, unit) == said


@pytest.mark.parametrize(
    ("number", "plural", "said"),
    [
        (1, "contacten", "1 contact"),
        (0, "contacten", "0 contacten"),
        (2, "contacten", "2 contacten"),
        (1234, "aangeboden oproepen", "1.234 aangeboden oproepen"),
        (1, "aangeboden oproepen die niet kort afhaakten", None),
        (1, "complexe vragen en initiatieven", "1 complexe vraag of initiatief"),
        (1, "vragen die bevestigd moesten worden", "1 vraag die bevestigd moest worden"),
    ],
)
def test_one_is_not_more(number: float, plural: str, said: str | None) -> None:
    assert counted(number, plural) == (said or "1 aangeboden oproep die niet kort afhaakte")


@pytest.mark.parametrize("key", CATALOGUE)
def test_all_that_a_figure_counts_has_a_singular(key: str) -> None:
    cases = definition(CATALOGUE[key]).cases_name
    assert not cases or singular(cases) != cases


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 10, 9)], "9 oktober 2026"),
        ([date(2026, 10, 9), date(2026, 10, 10)], "9 tot en met 10 oktober 2026"),
        (
            [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 3)],
            "31 oktober 2026 tot en met 1 november 2026 en 3 november 2026",
        ),
    ],
)
def test_days_that_follow_each_other_are_named_together(days: list[date], said: str) -> None:
    assert days_text(days) == said


def test_a_moment_is_local() -> None:
    assert moment(MADE) == "6 november 2026, 8:00 uur"


# ── a figure ───────────────────────────────────────────────────────────────────────────────

NORM = Norm(value=0.85, text="85%", since=date(2016, 1, 1), grondslag="voor de tests")
FIGURES: dict[str, tuple[Callable[[], list[str]], str]] = {
    "a share": (
        lambda: worth(REACHED, SURE_FROM),
        "In oktober 2026 was dit 87 procent. Dat zijn 8.710 van de 10.000 aangeboden oproepen.",
    ),
    "one of a share": (
        lambda: worth(figure(REACHED, value=0.02, text="2%", teller=1.0, noemer=50.0, cases=50),
                      SURE_FROM),
        "In oktober 2026 was dit 2 procent. Dat is 1 van de 50 aangeboden oproepen.",
    ),
    "one contact": (
        lambda: worth(figure(REACHED, value=1.0, text="100%", teller=1.0, noemer=1.0, cases=1),
                      SURE_FROM),
        ("In oktober 2026 was dit 100 procent. Het gaat om 1 aangeboden oproep. Daardoor is het "
        "percentage onzeker: het ligt tussen 21 procent en 100 procent."),
    ),
    "few": (
        lambda: worth(figure(REACHED, value=0.8, text="80%", teller=16.0, noemer=20.0, cases=20),
                      SURE_FROM),
        ("In oktober 2026 was dit 80 procent. Dat zijn 16 van de 20 aangeboden oproepen. Daardoor "
        "is het percentage onzeker: het ligt tussen 58 procent en 92 procent."),
    ),
    "partly known": (
        lambda: worth(SIMPLE, SURE_FROM)[2:],
        ("Van 93 procent van de vragen weten we dit. Als we alles wisten, lag het tussen "
        "74 procent en 81 procent."),
    ),
    "a wait": (
        lambda: worth(WAIT, SURE_FROM),
        "In oktober 2026 was dit 2 minuten en 5 seconden. Het gaat om 8.700 opgenomen oproepen.",
    ),
    "a number": (
        lambda: worth(meaning(WAIT, unit=Unit.AANTAL, cases_name=""), SURE_FROM),
        "In oktober 2026 was dit 2:05.",
    ),
    "a stock": (
        lambda: worth(meaning(WAIT, unit=Unit.AANTAL, cases_name="", stock=True), SURE_FROM),
        "Aan het eind van oktober 2026 was dit 2:05.",
    ),
    "unknown": (
        lambda: worth(SUBJECTS["in_een_keer_goed"], SURE_FROM),
        ("Over oktober 2026 is er geen cijfer. De reden: geen vragen waarvan de persoon bekend is "
        "in deze periode."),
    ),
    "unknown why": (
        lambda: worth(figure(REACHED, value=None, reason=""), SURE_FROM),
        "Over oktober 2026 is er geen cijfer.",
    ),
    "met": (lambda: judged(REACHED, MONTH), "De norm is 85 procent. Die is gehaald."),
    "missed": (lambda: judged(WAIT, MONTH), "De norm is 2 minuten. Die is niet gehaald."),
    "not judged": (lambda: judged(figure(REACHED, met=None), MONTH), "De norm is 85 procent."),
    "no norm": (
        lambda: judged(figure(REACHED, norm=None, met=None), MONTH),
        "Voor dit doel geldt geen norm.",
    ),
    "a new norm": (
        lambda: judged(
            figure(REACHED, norms_within=(replace(NORM, text="90%", since=date(2026, 10, 16)),)),
            MONTH,
        )[1:],
        ("Sinds 16 oktober 2026 is de norm 90 procent. Dit rapport gebruikt de norm van "
        "1 oktober 2026."),
    ),
    "a new meaning": (
        lambda: judged(
            figure(REACHED, revisions_within=(Revision(day=date(2026, 10, 15), what="anders"),)),
            MONTH,
        )[1:],
        "Sinds 15 oktober 2026 tellen we anders: anders.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_told_with_its_cases_and_its_norm(name: str) -> None:
    told, said = FIGURES[name]
    assert " ".join(told()) == said


# ── beside other months ────────────────────────────────────────────────────────────────────


def signal(rule: str, side: int, variation: str, lasting: int = 7) -> Subject:
    """The target with a signal in its last month."""
    return goal(REACHED, variation=variation, lasting=lasting,
                point={"rule": rule, "side": side, "meaning": variation})  # fmt: skip


BETTER, WORSE = "verbetering", "verslechtering"
BETTER_SAID = "Dit is een verbetering die niet door toeval komt."
WORSE_SAID = "Dit is een verslechtering die niet door toeval komt."
MONTHS: dict[str, tuple[Callable[[], list[str]], str]] = {
    "higher": (lambda: compared(REACHED), "Dit is 0,9 procentpunt hoger dan in oktober 2025."),
    "equal": (
        lambda: compared(goal(REACHED, before=REACHED.goal.point)),
        "Dit is gelijk aan oktober 2025.",
    ),
    "nothing before": (
        lambda: compared(goal(REACHED, before=None)),
        "Van oktober 2025 is er geen cijfer om mee te vergelijken.",
    ),
    "in a longer period": (
        lambda: compared(replace_period(REACHED, "het derde kwartaal 2026")),
        (
            "In oktober 2026 was dit 87 procent. Dat zijn 8.710 van de 10.000 aangeboden "
            "oproepen. Dit is 0,9 procentpunt hoger dan in oktober 2025."
        ),
    ),
    "nothing now": (lambda: compared(SUBJECTS["in_een_keer_goed"]), ""),
    "chance": (lambda: chance(REACHED), "Het verschil tussen de maanden valt binnen het toeval."),
    "unknown": (lambda: chance(SUBJECTS["in_een_keer_goed"]), ""),
    "too few": (
        lambda: chance(goal(active(REACHED, known=5), variation="te_weinig")),
        "Van 5 maanden is er een cijfer. Dat is te weinig om toeval te herkennen.",
    ),
    "one month": (
        lambda: chance(goal(active(REACHED, known=1), variation="te_weinig"))[:1],
        "Van 1 maand is er een cijfer. Dat is te weinig om toeval te herkennen.",
    ),
    "provisional": (
        lambda: chance(active(REACHED, known=9, provisional=True))[1:],
        "De grenzen van het toeval zijn voorlopig. Ze komen uit 9 maanden.",
    ),
    "outside": (
        lambda: chance(signal("buiten", -1, WORSE)),
        (
            f"{WORSE_SAID} Oktober 2026 valt buiten de grenzen van het toeval: 83,6 procent tot "
            "90,6 procent."
        ),
    ),
    "rising": (
        lambda: chance(signal("trend", 1, BETTER)),
        f"{BETTER_SAID} Het cijfer stijgt al 7 maanden op rij.",
    ),
    "falling": (
        lambda: chance(signal("trend", -1, WORSE)),
        f"{WORSE_SAID} Het cijfer daalt al 7 maanden op rij.",
    ),
    "above": (
        lambda: chance(signal("verschuiving", 1, BETTER, 8)),
        f"{BETTER_SAID} Het cijfer ligt al 8 maanden boven het gemiddelde van 87,1 procent.",
    ),
    "below": (
        lambda: chance(signal("verschuiving", -1, WORSE, 8)),
        f"{WORSE_SAID} Het cijfer ligt al 8 maanden onder het gemiddelde van 87,1 procent.",
    ),
    "near the upper limit": (
        lambda: chance(signal("twee_van_drie", 1, BETTER)),
        (
            f"{BETTER_SAID} Het cijfer ligt vaker bij de bovengrens (90,6 procent) dan toeval "
            "verklaart."
        ),
    ),
    "near the lower limit": (
        lambda: chance(signal("twee_van_drie", -1, WORSE)),
        (
            f"{WORSE_SAID} Het cijfer ligt vaker bij de ondergrens (83,6 procent) dan toeval "
            "verklaart."
        ),
    ),
    "a change": (
        lambda: chance(signal("trend", 1, "verandering"))[:1],
        "Dit is een verandering die niet door toeval komt.",
    ),
    "always": (lambda: sure(REACHED.goal), "Met dit proces halen we de norm steeds."),
    "sometimes": (
        lambda: sure(WAIT.goal),
        "Met dit proces halen we de norm soms wel en soms niet.",
    ),
    "never": (
        lambda: sure(replace(REACHED.goal, assurance="niet")),
        "Met dit proces halen we de norm niet.",
    ),
    "of a process that changed": (lambda: sure(SUBJECTS["terugbellen"].goal), ""),
    "not sure": (lambda: sure(SUBJECTS["in_een_keer_goed"].goal), ""),
}


@pytest.mark.parametrize("name", MONTHS)
def test_a_month_is_told_beside_others(name: str) -> None:
    told, said = MONTHS[name]
    assert " ".join(told()) == said


# ── the year ───────────────────────────────────────────────────────────────────────────────

SO_FAR = "Over 2026 tot en met oktober is dit 87,1 procent."
YEARS: dict[str, tuple[Callable[[], list[str]], str]] = {
    "at least": (
        lambda: of_the_year(REACHED),
        f"{SO_FAR} Om dit jaar de norm te halen, is daarna gemiddeld minstens 86,7 procent nodig.",
    ),
    "at most": (
        lambda: of_the_year(WAIT)[1:],
        (
            "Om dit jaar de norm te halen, mag het daarna gemiddeld hoogstens 2 minuten en "
            "2 seconden zijn."
        ),
    ),
    "out of reach": (
        lambda: of_the_year(year(REACHED, reach="niet_meer"))[1:],
        "De norm van dit jaar vraagt een cijfer dat geen bekende maand had.",
    ),
    "certain": (
        lambda: of_the_year(year(REACHED, reach="zeker"))[1:],
        "De norm over heel 2026 is al zeker gehaald.",
    ),
    "no need": (lambda: of_the_year(year(REACHED, reach=None, needed=None))[1:], ""),
    "no year": (lambda: of_the_year(SUBJECTS["in_een_keer_goed"]), ""),
    "off its path": (
        lambda: of_the_year(SIMPLE)[1:2],
        "Het groeipad verwachtte 79,3 procent. Dat is niet gehaald.",
    ),
    "on its path": (
        lambda: of_the_year(goal(SIMPLE, on_path=True))[1:2],
        "Het groeipad verwachtte 79,3 procent. Dat is gehaald.",
    ),
    "expected": (
        lambda: expected(REACHED),
        ("Voor december verwachten we 87,1 procent, tussen 83,6 procent en 90,6 procent. Eerdere "
        "verwachtingen kwamen 41 van de 45 keer uit."),
    ),
    "never tested": (
        lambda: expected(
            goal(REACHED, forecast=replace(REACHED.goal.forecast, hits=0, tested=0)))[1:],
        "",
    ),
    "no forecast": (
        lambda: expected(SUBJECTS["terugbellen"]),
        "Er is geen verwachting voor december: het proces verandert.",
    ),
    "the year is over": (
        lambda: expected(goal(REACHED, forecast=Forecast(
            months=(), level=None, low=None, high=None, reason="het jaar is voorbij", hits=0,
            tested=0))),
        "",
    ),
    "no month to expect from": (lambda: expected(SUBJECTS["in_een_keer_goed"]), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", YEARS)
def test_the_rest_of_the_year_is_told(name: str) -> None:
    told, said = YEARS[name]
    assert " ".join(told()) == said


def test_less_is_better_is_kept_in_mind() -> None:
    lower = meaning(REACHED, better=Better.LAGER)
    assert "mag het daarna gemiddeld hoogstens 86,7 procent zijn" in " ".join(of_the_year(lower))
