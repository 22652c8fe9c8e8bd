"""Statutory terms: every worked example with its reasons, and what a term must survive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data.term_rules import Span
from data.termijn import Course, Terms, UnknownRule
from tests.atw_oracle import beslistermijn, einde
from tests.terms_cast import LAW, TERMS_FILE, d, due, law, reasons, shown, with_switch

DAYS_2017_2028 = [
    date(2017, 1, 1) + timedelta(n) for n in range((date(2029, 1, 1) - date(2017, 1, 1)).days)
]
WEEKS_8 = "Awb art. 4:13"

# ── the worked examples ────────────────────────────────────────────────────────────────────

EXAMPLES: list[tuple[int, str, str, dict[str, Any], str]] = [
    # no. rule        received         course                                       deadline
    (1, "woo", "di 2024-07-02", {}, "di 2024-07-30"),  # ECLI:NL:RBMNE:2025:654
    (3, "aanvraag", "ma 2026-01-05", {}, "ma 2026-03-02"),
    (4, "aanvraag", "vr 2026-02-06", {}, "di 2026-04-07"),
    (5, "aanvraag", "ma 2026-03-02", {}, "di 2026-04-28"),
    (6, "aanvraag", "di 2026-03-10", {}, "wo 2026-05-06"),
    (7, "aanvraag", "do 2026-03-19", {}, "ma 2026-05-18"),
    (9, "aanvraag", "ma 2026-03-30", {}, "di 2026-05-26"),
    (11, "aanvraag", "vr 2026-10-30", {}, "ma 2026-12-28"),
    (12, "aanvraag", "za 2026-01-10", {}, "ma 2026-03-09"),
    (13, "woo", "zo 2026-03-08", {}, "di 2026-04-07"),
    (14, "aanvraag", "za 2025-03-01", {}, "ma 2025-04-28"),
    (20, "bezwaar", "ma 2026-03-02", {"bekendgemaakt": "wo 2026-02-18"}, "wo 2026-05-13"),
    (
        20,
        "bezwaar",
        "ma 2026-03-30",
        {"bekendgemaakt": "wo 2026-02-18", "commissie": True},
        "wo 2026-06-24",
    ),
    (23, "klacht", "vr 2026-03-27", {}, "vr 2026-05-08"),
    (23, "klacht", "vr 2026-03-27", {"verdaagd": "ma 2026-04-20"}, "vr 2026-06-05"),
    (23, "klacht", "vr 2026-03-27", {"commissie": True}, "vr 2026-06-05"),
    (
        23,
        "klacht",
        "vr 2026-03-27",
        {"commissie": True, "verdaagd": "ma 2026-04-20"},
        "vr 2026-07-03",
    ),
    (
        24,
        "aanvraag",
        "ma 2026-02-02",
        {"opgeschort": [("di 2026-02-10", "wo 2026-02-25")]},
        "ma 2026-04-13",
    ),
    (
        25,
        "woo",
        "ma 2026-05-04",
        {"opgeschort": [("ma 2026-05-18", "do 2026-05-28")]},
        "do 2026-06-11",
    ),
    (30, "omgevingsvergunning", "vr 2026-03-13", {}, "vr 2026-05-08"),
    (30, "omgevingsvergunning", "vr 2026-03-13", {"verdaagd": "vr 2026-05-08"}, "vr 2026-06-19"),
    (30, "omgevingsvergunning", "vr 2026-03-13", {"instemming": True}, "vr 2026-06-05"),
    (
        30,
        "omgevingsvergunning",
        "vr 2026-03-13",
        {"instemming": True, "verdaagd": "vr 2026-05-08"},
        "vr 2026-07-17",
    ),
    (33, "zienswijze", "do 2026-03-05", {}, "wo 2026-04-15"),
    (35, "avg", "do 2026-03-05", {}, "di 2026-04-07"),
    (35, "avg", "do 2026-03-05", {"verdaagd": "ma 2026-03-30"}, "vr 2026-06-05"),
]


@pytest.mark.parametrize(
    ("rule", "received", "course", "deadline"),
    [example[1:] for example in EXAMPLES],
    ids=[f"{number}-{rule}-{received[3:]}" for number, rule, received, *_ in EXAMPLES],
)
def test_a_worked_example(rule: str, received: str, course: dict[str, Any], deadline: str) -> None:
    found = due(rule, received, **course)
    assert shown(found.uiterlijk) == deadline
    assert found.stappen[-1].datum == found.uiterlijk
    assert found.onzeker == ()


@pytest.mark.parametrize(
    ("received", "reason"),
    [
        ("vr 2026-02-06", "Goede Vrijdag, weekend en Tweede Paasdag: di 7 april 2026"),
        ("ma 2026-03-02", "Koningsdag: di 28 april 2026"),
        ("di 2026-03-10", "Bevrijdingsdag: wo 6 mei 2026"),
        ("do 2026-03-19", "Hemelvaartsdag, gelijkgestelde dag en weekend: ma 18 mei 2026"),
        ("ma 2026-03-30", "Tweede Pinksterdag: di 26 mei 2026"),
        ("vr 2026-10-30", "Eerste Kerstdag, Tweede Kerstdag en zondag: ma 28 december 2026"),
        ("za 2026-01-10", "weekend: ma 9 maart 2026"),
        ("za 2025-03-01", "Koningsdag en zondag: ma 28 april 2025"),
        ("zo 2026-01-11", "zondag: ma 9 maart 2026"),
    ],
)
def test_each_day_that_is_skipped_is_named(received: str, reason: str) -> None:
    assert reasons(due("aanvraag", received))[1:] == [(reason, "Atw art. 1")]


def test_a_term_that_nothing_moves_has_one_reason() -> None:
    assert reasons(due("aanvraag", "ma 2026-01-05")) == [
        ("8 weken na ontvangst: ma 2 maart 2026", WEEKS_8)
    ]


def test_example_20_counts_from_the_end_of_the_filing_term_whenever_the_objection_came() -> None:
    for received in ("do 2026-02-19", "wo 2026-04-01", "ma 2026-05-04"):
        found = due("bezwaar", received, bekendgemaakt="wo 2026-02-18")
        assert reasons(found) == [
            ("eerst 6 weken na bekendmaking van het besluit: wo 1 april 2026", "Awb art. 6:7"),
            ("6 weken nadat die termijn afliep: wo 13 mei 2026", "Awb art. 7:10 lid 1"),
        ]


def test_the_filing_term_is_itself_moved_by_the_atw() -> None:
    found = due("bezwaar", "ma 2026-03-02", bekendgemaakt="vr 2026-02-20")
    assert [text for text, _ in reasons(found)] == [
        "eerst 6 weken na bekendmaking van het besluit: vr 3 april 2026",
        "Goede Vrijdag, weekend en Tweede Paasdag: di 7 april 2026",
        "6 weken nadat die termijn afliep: di 19 mei 2026",
    ]


def test_examples_24_and_25_differ_by_the_last_day_on_purpose() -> None:
    stretch = [("ma 2026-05-18", "do 2026-05-28")]
    by_awb = due("aanvraag", "ma 2026-05-04", opgeschort=stretch)
    by_woo = due("woo", "ma 2026-05-04", opgeschort=stretch)
    assert reasons(by_awb)[1] == (
        "9 dagen opgeschort (di 19 mei 2026 tot en met wo 27 mei 2026): wo 8 juli 2026",
        "Awb art. 4:15",
    )
    assert reasons(by_woo)[1] == (
        "10 dagen opgeschort (di 19 mei 2026 tot en met do 28 mei 2026): do 11 juni 2026",
        "Woo art. 4.4 lid 3",
    )


def test_example_33_counts_the_first_day() -> None:
    assert reasons(due("zienswijze", "do 2026-03-05")) == [
        (
            "6 weken vanaf de eerste dag ter inzage, die dag meegeteld: wo 15 april 2026",
            "Awb art. 3:16",
        )
    ]


def test_example_35_runs_through_by_its_own_regulation() -> None:
    assert reasons(due("avg", "do 2026-03-05")) == [
        ("1 maand na ontvangst: zo 5 april 2026", "AVG art. 12 lid 3"),
        ("zondag en Tweede Paasdag: di 7 april 2026", "Verordening 1182/71 art. 3 lid 4"),
    ]


def three_days(length: str = "3 dagen") -> Terms:
    """The law with a term of some days."""
    return law(
        f"{TERMS_FILE}\n[[termijn]]\nsleutel = 'kort'\nnaam = 'kort'\nduur = '{length}'\n"
        "telling = 'atw'\nbegin = 'ontvangst'\nartikel = 'proef'\nbron = 'proef'\n"
    )


def test_example_38_a_term_of_three_days_holds_two_working_days() -> None:
    found = due("kort", "wo 2025-12-24", terms=three_days())
    assert shown(found.uiterlijk) == "di 2025-12-30"
    assert reasons(found)[1:] == [
        ("weekend: ma 29 december 2025", "Atw art. 1"),
        (
            "minstens twee dagen die geen weekend of feestdag zijn: di 30 december 2025",
            "Atw art. 2",
        ),
    ]


def test_a_term_of_two_days_need_not_hold_two_working_days() -> None:
    found = due("kort", "wo 2025-12-24", terms=three_days("2 dagen"))
    assert shown(found.uiterlijk) == "ma 2025-12-29"


def test_the_wmo_has_a_term_for_the_inquiry_and_one_for_the_decision() -> None:
    assert shown(due("wmo_onderzoek", "ma 2026-01-05").uiterlijk) == "ma 2026-02-16"
    assert shown(due("wmo_besluit", "ma 2026-01-05").uiterlijk) == "ma 2026-01-19"


# ── the Atw over every day ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("rule", "weeks"), [("aanvraag", 8), ("woo", 4), ("klacht", 6)])
def test_every_day_of_2017_to_2028_ends_where_a_second_reading_says(rule: str, weeks: int) -> None:
    for day in DAYS_2017_2028:
        first, last = LAW.due(rule, Course(day))
        assert first == last == beslistermijn(day, weeks), day
        assert last is not None
        assert last == day + timedelta(7 * weeks) or last.isoweekday() <= 5


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 9, 14, 90, 91])
def test_terms_in_days_end_where_a_second_reading_says(length: int) -> None:
    terms = three_days(f"{length} dagen")
    for day in DAYS_2017_2028:
        assert terms.due("kort", Course(day))[1] == einde(day, length), day


def test_exactly_twelve_weeks_is_under_the_atw_and_six_months_is_not() -> None:
    for day in DAYS_2017_2028:
        twelve = LAW.due("omgevingsvergunning", Course(day, instemming=True))[1]
        assert twelve == beslistermijn(day, 12)
        half = LAW.due("omgevingsvergunning_uitgebreid", Course(day))[1]
        assert half == date.fromordinal(Span(months=6).after(day.toordinal()))


def test_six_months_that_end_on_a_saturday_stay_there_and_say_why() -> None:
    found = due("omgevingsvergunning_uitgebreid", "zo 2026-01-04")
    assert reasons(found)[-1] == (
        "zaterdag, maar boven 12 weken of 3 maanden schuift dat niet op: za 4 juli 2026",
        "Atw art. 4",
    )


@pytest.mark.parametrize(
    ("span", "too_long"),
    [
        (Span(weeks=12), False),
        (Span(months=3), False),
        (Span(days=90), False),
        (Span(weeks=12, days=1), True),
        (Span(months=3, days=1), True),
        (Span(days=91), True),
        (Span(weeks=14), True),
        (Span(months=1, weeks=6), False),
    ],
)
def test_the_atw_stops_at_three_months_twelve_weeks_or_ninety_days(
    span: Span, too_long: bool
) -> None:
    assert span.too_long_for_atw is too_long


# ── months ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("received", "deadline"),
    [
        ("vr 2024-03-29", "ma 2024-04-29"),
        ("do 2024-02-29", "vr 2024-03-29"),  # Good Friday: see the next test
        ("di 2028-02-29", "wo 2028-03-29"),
        ("vr 2025-01-31", "vr 2025-02-28"),
        ("wo 2024-01-31", "do 2024-02-29"),
        ("di 2026-03-31", "do 2026-04-30"),
        ("do 2026-12-31", "zo 2027-01-31"),
    ],
)
def test_a_month_ends_on_the_same_day_or_else_the_last(received: str, deadline: str) -> None:
    assert date.fromordinal(Span(months=1).after(d(received).toordinal())) == d(deadline)


def test_a_month_from_29_february_that_ends_on_good_friday_runs_through() -> None:
    assert shown(due("avg", "do 2024-02-29").uiterlijk) == "di 2024-04-02"


def test_a_term_over_a_change_of_the_clock_is_as_long_as_any() -> None:
    assert shown(due("woo", "ma 2026-03-23").uiterlijk) == "ma 2026-04-20"
    assert shown(due("woo", "ma 2026-10-19").uiterlijk) == "ma 2026-11-16"


def test_eight_weeks_from_29_february() -> None:
    assert shown(due("aanvraag", "do 2024-02-29").uiterlijk) == "do 2024-04-25"


# ── extension ──────────────────────────────────────────────────────────────────────────────


def test_a_notice_on_the_last_day_of_the_first_term_counts() -> None:
    # 4 weeks end on Sunday 5 April, by law on Tuesday 7 April
    found = due("woo", "zo 2026-03-08", verdaagd="di 2026-04-07")
    assert (shown(found.eerste), shown(found.uiterlijk)) == ("di 2026-04-07", "ma 2026-04-20")
    assert reasons(found)[1] == (
        "verdaagd met 2 weken, op tijd gemeld op di 7 april 2026: zo 19 april 2026",
        "Woo art. 4.4 lid 2",
    )


def test_a_notice_a_day_later_does_not() -> None:
    found = due("woo", "zo 2026-03-08", verdaagd="wo 2026-04-08")
    assert shown(found.uiterlijk) == "di 2026-04-07"
    assert reasons(found)[1] == (
        "verdaging van wo 8 april 2026 telt niet: de termijn eindigde op di 7 april 2026",
        "Woo art. 4.4 lid 2",
    )


def test_a_notice_before_the_receipt_does_not_count() -> None:
    found = due("woo", "ma 2026-06-08", verdaagd="vr 2026-06-05")
    assert shown(found.uiterlijk) == "ma 2026-07-06"
    assert "dat is voor de ontvangst" in found.stappen[1].regel


def test_a_suspended_first_term_can_be_extended_longer() -> None:
    # 4 weeks end on 6 July; suspended for 11 days they end on 17 July
    pause = [("ma 2026-06-15", "vr 2026-06-26")]
    found = due("woo", "ma 2026-06-08", opgeschort=pause, verdaagd="vr 2026-07-17")
    assert (shown(found.eerste), shown(found.uiterlijk)) == ("ma 2026-07-06", "vr 2026-07-31")
    late = due("woo", "ma 2026-06-08", opgeschort=pause, verdaagd="za 2026-07-18")
    assert shown(late.uiterlijk) == "vr 2026-07-17"


def test_the_notice_of_an_application_names_its_own_date() -> None:
    found = due("aanvraag", "ma 2026-01-05", verdaagd="ma 2026-02-16", verdaagd_tot="za 2026-05-30")
    # named by the municipality, so not moved by the Atw
    assert shown(found.uiterlijk) == "za 2026-05-30"
    assert found.stappen[-1].artikel == "Awb art. 4:14 lid 3"


def test_without_that_date_there_is_no_deadline() -> None:
    found = due("aanvraag", "ma 2026-01-05", verdaagd="ma 2026-02-16")
    assert (shown(found.eerste), found.uiterlijk) == ("ma 2026-03-02", None)
    assert found.onzeker == ("de nieuwe datum die de mededeling noemt ontbreekt",)


def test_without_the_day_of_the_notice_there_is_none_either() -> None:
    found = due("woo", "ma 2026-06-08", verdaagd_tot="ma 2026-07-13")
    assert found.uiterlijk is None
    assert found.onzeker == ("de dag waarop de verdaging is gemeld ontbreekt",)
    # unless the date lies within the first term
    same = due("woo", "ma 2026-06-08", verdaagd_tot="ma 2026-07-06")
    assert shown(same.uiterlijk) == "ma 2026-07-06"


def test_a_notice_cannot_name_a_date_beyond_what_the_law_allows() -> None:
    within = due("woo", "ma 2026-06-08", verdaagd="ma 2026-06-15", verdaagd_tot="vr 2026-07-10")
    beyond = due("woo", "ma 2026-06-08", verdaagd="ma 2026-06-15", verdaagd_tot="vr 2026-12-11")
    assert (shown(within.uiterlijk), shown(beyond.uiterlijk)) == ("vr 2026-07-10", "ma 2026-07-20")


def test_a_notice_that_names_an_earlier_date_takes_nothing_away() -> None:
    found = due("woo", "ma 2026-06-08", verdaagd="ma 2026-06-15", verdaagd_tot="vr 2026-06-19")
    assert shown(found.uiterlijk) == "ma 2026-07-06"
    assert "telt niet" in found.stappen[1].regel


def test_a_named_date_knows_of_what_was_suspended_before_the_notice() -> None:
    named = {"verdaagd": "ma 2026-02-16", "verdaagd_tot": "vr 2026-05-29"}
    before = due(
        "aanvraag", "ma 2026-01-05", opgeschort=[("ma 2026-01-12", "wo 2026-01-21")], **named
    )
    after = due(
        "aanvraag", "ma 2026-01-05", opgeschort=[("ma 2026-03-02", "wo 2026-03-11")], **named
    )
    assert (shown(before.uiterlijk), shown(after.uiterlijk)) == ("vr 2026-05-29", "za 2026-06-06")


def test_a_notice_under_414_1_does_not_move_a_statutory_deadline() -> None:
    found = due("wmo_besluit", "ma 2026-01-05", verdaagd="di 2026-01-06")
    assert shown(found.uiterlijk) == "ma 2026-01-19"
    assert "verschuift niets" in found.stappen[1].regel


# ── suspension ─────────────────────────────────────────────────────────────────────────────


def test_a_suspension_that_has_not_ended_leaves_no_deadline() -> None:
    found = due("aanvraag", "ma 2026-02-02", opgeschort=[("di 2026-02-10", None)])
    assert (shown(found.eerste), found.uiterlijk) == ("ma 2026-03-30", None)
    text = "opgeschort vanaf wo 11 februari 2026 en niet geëindigd: de klok staat stil"
    assert found.stappen[-1].datum is None
    assert found.onzeker[0].startswith(text)


def test_no_date_that_a_notice_names_ends_a_clock_that_stands_still() -> None:
    for named in ("ma 2026-02-09", "ma 2026-06-01"):
        found = due(
            "aanvraag",
            "ma 2026-02-02",
            opgeschort=[("di 2026-02-10", None)],
            verdaagd="ma 2026-02-09",
            verdaagd_tot=named,
        )
        assert found.uiterlijk is None
        assert "de klok staat stil" in found.onzeker[0]


def test_overlapping_suspensions_count_each_day_once() -> None:
    one = due("aanvraag", "ma 2026-02-02", opgeschort=[("di 2026-02-10", "wo 2026-02-25")])
    overlapping = due(
        "aanvraag",
        "ma 2026-02-02",
        opgeschort=[
            ("ma 2026-02-16", "wo 2026-02-25"),
            ("di 2026-02-10", "vr 2026-02-20"),
            ("di 2026-02-10", "vr 2026-02-20"),
        ],
    )
    assert overlapping.uiterlijk == one.uiterlijk
    assert reasons(overlapping) == reasons(one)


def test_a_suspension_after_the_end_does_not_move_it() -> None:
    for stretch in (("ma 2026-03-30", "ma 2026-06-01"), ("ma 2026-03-30", None)):
        found = due("aanvraag", "ma 2026-02-02", opgeschort=[stretch])
        assert shown(found.uiterlijk) == "ma 2026-03-30"
        assert reasons(found)[1][0] == (
            "opschorting vanaf di 31 maart 2026 telt niet: de termijn eindigde op ma 30 maart 2026"
        )


def test_one_on_a_day_that_the_atw_added_counts_from_there() -> None:
    # 8 weeks end on Good Friday; the term runs through Tuesday 7 April, suspended from that day on
    pause = [("ma 2026-04-06", "wo 2026-04-15")]
    found = due("aanvraag", "vr 2026-02-06", opgeschort=pause)
    assert shown(found.uiterlijk) == "wo 2026-04-15"


def test_a_case_that_was_completed_at_once_was_not_suspended() -> None:
    for begin, end in (("di 2026-02-10", "di 2026-02-10"), ("di 2026-02-10", "wo 2026-02-11")):
        found = due("aanvraag", "ma 2026-02-02", opgeschort=[(begin, end)])
        assert shown(found.uiterlijk) == "ma 2026-03-30"


def test_days_before_the_receipt_are_not_suspended() -> None:
    found = due("aanvraag", "ma 2026-02-02", opgeschort=[("do 2026-01-01", "do 2026-02-05")])
    assert reasons(found)[1][0].startswith("2 dagen opgeschort (di 3 februari 2026 tot en met wo 4")


def test_a_suspension_that_ends_before_it_begins_is_not_counted_and_told() -> None:
    found = due("aanvraag", "ma 2026-02-02", opgeschort=[("wo 2026-02-25", "di 2026-02-10")])
    assert shown(found.uiterlijk) == "ma 2026-03-30"
    assert "voor zij begint" in found.onzeker[0]


# ── what is not known, what is contested ───────────────────────────────────────────────────


@pytest.mark.parametrize("year", [2014, 2015, 2016, 2020, 2021, 2022, 2029, 2010])
def test_a_year_without_a_decree_is_told(year: int) -> None:
    found = LAW.compute("aanvraag", Course(date(year, 6, 1)))
    assert found.onzeker == (
        f"onbevestigd: welke dagen in {year} met feestdagen gelijkstaan (Atw art. 3)",
    )


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2023, 2024, 2025, 2026, 2027, 2028])
def test_of_a_confirmed_year_nothing_is_told(year: int) -> None:
    assert LAW.compute("aanvraag", Course(date(year, 6, 1))).onzeker == ()


def test_a_term_that_the_atw_does_not_move_does_not_ask_about_years() -> None:
    assert due("omgevingsvergunning_uitgebreid", "di 2021-06-01").onzeker == ()
    assert due("servicenorm", "di 2021-06-01", werkdagen=3).onzeker == ()


def test_only_the_year_in_which_a_term_ends_matters() -> None:
    assert due("aanvraag", "vr 2022-12-30").onzeker == ()
    assert due("aanvraag", "di 2019-12-31").onzeker != ()


def test_a_missing_announcement_leaves_no_deadline() -> None:
    found = due("bezwaar", "ma 2026-03-02")
    assert (found.eerste, found.uiterlijk) == (None, None)
    assert found.onzeker == ("de dag waarop het besluit is bekendgemaakt ontbreekt",)


def test_what_a_rule_does_not_know_is_told() -> None:
    found = due("woo", "ma 2026-06-08", commissie=True, instemming=True, werkdagen=3)
    assert [text.partition(":")[0] for text in found.onzeker] == [
        "commissie",
        "instemming",
        "werkdagen",
    ]
    stood = due("klacht", "ma 2026-06-08", opgeschort=[("ma 2026-06-15", None)])
    assert shown(stood.uiterlijk) == "ma 2026-07-20"
    assert stood.onzeker[0].startswith("opschorting")


@pytest.mark.parametrize("far", [date(9999, 12, 31), date(9500, 1, 1)])
def test_a_date_that_means_unknown_is_no_crash(far: date) -> None:
    received = date(2026, 6, 8)
    courses = [
        Course(far, bekendgemaakt=far, werkdagen=3),
        Course(received, opgeschort=((received, far),), bekendgemaakt=received),
        Course(received, verdaagd=received, verdaagd_tot=far, bekendgemaakt=far),
        Course(received, verdaagd=far, bekendgemaakt=received),
        Course(received, opgeschort=((far, None),), bekendgemaakt=received),
    ]
    for rule in LAW.rules:
        for course in courses:
            found = LAW.compute(rule, course)
            assert found.uiterlijk is None or found.uiterlijk.year < 9000
            assert found.uiterlijk is not None or found.onzeker


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UnknownRule, match="bedoelde u 'omgevingsvergunning'"):
        LAW.due("omgevingsvergunnig", Course(date(2026, 1, 1)))


def test_the_last_day_of_tot_can_be_read_otherwise() -> None:
    pause = [("di 2026-02-10", "wo 2026-02-25")]
    found = due("aanvraag", "ma 2026-02-02", opgeschort=pause)
    assert len(found.omstreden) == 1
    assert found.omstreden[0].endswith("anders di 14 april 2026")
    other = due(
        "aanvraag",
        "ma 2026-02-02",
        terms=with_switch("opschorting_tot", "'tot en met'"),
        opgeschort=pause,
    )
    assert shown(other.uiterlijk) == "di 2026-04-14"
    assert other.omstreden[0].endswith("anders ma 13 april 2026")


def test_the_atw_beyond_twelve_weeks_can_be_read_otherwise() -> None:
    extended: dict[str, Any] = {"commissie": True, "verdaagd": "vr 2026-05-01"}
    found = due("klacht", "za 2026-03-21", **extended)  # 14 weeks end on a Saturday
    assert shown(found.uiterlijk) == "za 2026-06-27"
    assert found.stappen[-1].artikel == "Atw art. 4"
    assert found.omstreden[0].endswith("anders ma 29 juni 2026")
    other = with_switch("atw_na_verdaging_boven_12_weken", "true")
    assert shown(due("klacht", "za 2026-03-21", terms=other, **extended).uiterlijk) == (
        "ma 2026-06-29"
    )
    # 6 months were too long before any extension
    half = due("omgevingsvergunning_uitgebreid", "zo 2026-01-04", terms=other)
    assert shown(half.uiterlijk) == "za 2026-07-04"


def test_where_readings_agree_nothing_is_told() -> None:
    assert due("klacht", "vr 2026-03-27", commissie=True, verdaagd="ma 2026-04-20").omstreden == ()
    assert due("aanvraag", "vr 2026-02-06").omstreden == ()
