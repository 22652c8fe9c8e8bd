"""Service norms: the municipality's own working days, closing time, and lead times."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import ZONE, Calendar, Closing, Week
from data.holidays import Holidays
from data.workdays import Workdays
from tests.terms_cast import HOLIDAYS_FILE, LAW, OFFICE, TERMS_FILE, d, due, law, office, shown

GOOD_FRIDAY = Closing(d("vr 2026-04-03").toordinal(), (0, 24 * 60), "Goede Vrijdag")
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def instant(text: str) -> int:
    """Read a local moment that is written with its weekday."""
    day, _, clock = text.rpartition(" ")
    return int(datetime.combine(d(day), datetime.strptime(clock, "%H:%M").time(), ZONE).timestamp())  # noqa: DTZ007


# ── the worked examples ────────────────────────────────────────────────────────────────────


def test_example_39_two_working_days_over_good_friday() -> None:
    shut = law(calendar=office(GOOD_FRIDAY))
    assert shown(due("servicenorm", "do 2026-04-02", terms=shut, werkdagen=2).uiterlijk) == (
        "wo 2026-04-08"
    )
    works = due("servicenorm", "do 2026-04-02", werkdagen=2)
    assert shown(works.uiterlijk) == "di 2026-04-07"
    assert works.stappen[0].regel == (
        "2 werkdagen na ontvangst (gesloten: Tweede Paasdag): di 7 april 2026"
    )


def test_good_friday_can_also_be_shut_in_the_file_of_holidays() -> None:
    text = HOLIDAYS_FILE.replace(
        "pasen = -2\ngemeente_dicht = false", "pasen = -2\ngemeente_dicht = true"
    )
    found = due("servicenorm", "do 2026-04-02", terms=law(holidays=text), werkdagen=2)
    assert shown(found.uiterlijk) == "wo 2026-04-08"


def test_example_41_ten_working_days_over_two_holidays() -> None:
    found = due("servicenorm", "wo 2026-04-22", werkdagen=10)
    assert shown(found.uiterlijk) == "vr 2026-05-08"
    assert "(gesloten: Koningsdag en Bevrijdingsdag)" in found.stappen[0].regel


# ── counting ───────────────────────────────────────────────────────────────────────────────


def test_without_a_number_there_is_no_deadline() -> None:
    found = due("servicenorm", "do 2026-04-02")
    assert (found.uiterlijk, found.onzeker) == (
        None,
        ("het aantal werkdagen ontbreekt of kan niet",),
    )
    for count in (-1, 100_000):
        assert due("servicenorm", "do 2026-04-02", werkdagen=count).uiterlijk is None


def test_a_rule_can_have_a_number_of_its_own() -> None:
    text = TERMS_FILE.replace(
        'telling = "werkdagen"', 'telling = "werkdagen"\nduur = "3 werkdagen"'
    )
    own = law(text)
    assert shown(due("servicenorm", "ma 2026-06-08", terms=own).uiterlijk) == "do 2026-06-11"
    assert shown(due("servicenorm", "ma 2026-06-08", terms=own, werkdagen=1).uiterlijk) == (
        "di 2026-06-09"
    )


def test_no_working_days_at_all_is_the_same_working_day() -> None:
    assert shown(due("servicenorm", "ma 2026-06-08", werkdagen=0).uiterlijk) == "ma 2026-06-08"
    assert shown(due("servicenorm", "za 2026-06-13", werkdagen=0).uiterlijk) == "ma 2026-06-15"


@given(DAYS, st.integers(0, 300))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    workdays = LAW.workdays
    day, left = start, count
    while left or (count == 0 and not workdays.is_workday(day.toordinal())):
        day += timedelta(1)
        left -= count > 0 and workdays.is_workday(day.toordinal())
    assert workdays.after(start.toordinal(), count) == day.toordinal()


@given(DAYS, DAYS)
def test_the_days_between_are_counted_one_by_one(first: date, last: date) -> None:
    if last < first:
        first, last = last, first
    days = range(first.toordinal() + 1, last.toordinal() + 1)
    counted = sum(LAW.workdays.is_workday(day) for day in days)
    assert LAW.werkdagen_tussen(first, last) == counted
    assert LAW.werkdagen_tussen(last, first) == -counted
    assert LAW.werkdagen_tussen(first, first) == 0


@given(DAYS, st.integers(1, 50))
def test_a_norm_of_so_many_days_is_so_many_days_away(start: date, count: int) -> None:
    end = date.fromordinal(LAW.workdays.after(start.toordinal(), count))
    assert LAW.werkdagen_tussen(start, end) == count


def test_a_day_that_is_shut_in_part_still_counts_and_a_weekend_that_is_open_does_not() -> None:
    early = Closing(d("do 2026-12-24").toordinal(), (12 * 60, 24 * 60), "kerstavond")
    whole = Closing(d("wo 2026-12-23").toordinal(), (8 * 60, 18 * 60), "verbouwing")
    saturday = (*OFFICE[:5], ((600, 840),), ())
    workdays = Workdays(Calendar((Week(1, saturday),), (early, whole)))
    assert workdays.is_workday(early.day)
    assert not workdays.is_workday(whole.day)
    assert not workdays.is_workday(d("za 2026-12-19").toordinal())


@pytest.mark.parametrize("week", [(), ((),) * 7, ((), (), (), (), (), ((600, 840),), ())])
def test_hours_that_name_no_weekday_do_not_mean_that_nobody_works(week: tuple[()]) -> None:
    calendar = Calendar((Week(1, week),) if week else (Week(10**6, OFFICE),))
    workdays = Workdays(calendar)
    assert [workdays.is_workday(d("ma 2026-06-08").toordinal() + n) for n in range(7)] == [
        *[True] * 5,
        *[False] * 2,
    ]


# ── closing time ───────────────────────────────────────────────────────────────────────────

LUNCH = (((510, 720), (780, 1020)),) * 5 + (((600, 840),), ())
"""Closed at lunch, open on Saturday from 10:00 to 14:00."""


@pytest.mark.parametrize(
    ("at", "office_day", "lunch_day", "always_day"),
    [
        ("ma 2026-06-08 16:59", "ma 2026-06-08", "ma 2026-06-08", "ma 2026-06-08"),
        ("ma 2026-06-08 17:00", "di 2026-06-09", "di 2026-06-09", "ma 2026-06-08"),
        ("ma 2026-06-08 00:10", "ma 2026-06-08", "ma 2026-06-08", "ma 2026-06-08"),
        ("ma 2026-06-08 12:30", "ma 2026-06-08", "ma 2026-06-08", "ma 2026-06-08"),
        ("vr 2026-06-12 18:00", "ma 2026-06-15", "za 2026-06-13", "vr 2026-06-12"),
        ("za 2026-06-13 11:00", "ma 2026-06-15", "za 2026-06-13", "za 2026-06-13"),
        ("za 2026-06-13 15:00", "ma 2026-06-15", "ma 2026-06-15", "za 2026-06-13"),
        ("zo 2026-06-14 23:59", "ma 2026-06-15", "ma 2026-06-15", "zo 2026-06-14"),
        ("ma 2026-04-27 11:00", "di 2026-04-28", "di 2026-04-28", "di 2026-04-28"),
        ("zo 2026-03-29 02:30", "ma 2026-03-30", "ma 2026-03-30", "zo 2026-03-29"),
    ],
)
def test_a_message_after_closing_time_counts_for_the_next_day_that_opens(
    at: str, office_day: str, lunch_day: str, always_day: str
) -> None:
    lunch = law(calendar=Calendar((Week(1, LUNCH),)))
    told = [terms.received("servicenorm", instant(at)) for terms in (law(calendar=office()), lunch)]
    assert [shown(day) for day in told] == [office_day, lunch_day]
    assert shown(LAW.received("servicenorm", instant(at))) == always_day


def test_the_law_counts_the_day_itself_whatever_the_hour() -> None:
    terms = law(calendar=office())
    assert shown(terms.received("aanvraag", instant("zo 2026-06-14 23:59"))) == "zo 2026-06-14"


def test_a_municipality_can_count_the_same_day() -> None:
    text = TERMS_FILE.replace(
        'na_sluitingstijd = "volgende werkdag"', 'na_sluitingstijd = "dezelfde dag"'
    )
    terms = law(text, calendar=office())
    assert shown(terms.received("servicenorm", instant("ma 2026-06-08 18:00"))) == "ma 2026-06-08"
    assert shown(due("servicenorm", "za 2026-06-13", terms=terms, werkdagen=1).uiterlijk) == (
        "ma 2026-06-15"
    )


def test_a_receipt_on_a_day_that_is_shut_says_from_when_it_counts() -> None:
    found = due("servicenorm", "za 2026-06-13", terms=law(calendar=office()), werkdagen=1)
    assert shown(found.uiterlijk) == "di 2026-06-16"
    assert found.stappen[0].datum == d("ma 2026-06-15")
    assert "een dag waarop de gemeente dicht is" in found.stappen[0].regel


@given(
    st.lists(
        st.integers(instant("do 2026-03-26 00:00"), instant("do 2026-05-28 00:00")), min_size=2
    )
)
def test_who_writes_later_is_never_answered_sooner(instants: list[int]) -> None:
    for calendar in (office(GOOD_FRIDAY), Calendar((Week(1, LUNCH),))):
        workdays = Workdays(calendar, LAW.holidays)
        ends = [workdays.after(workdays.received_at(at), 3) for at in sorted(instants)]
        assert ends == sorted(ends)


def test_to_count_from_the_moment_or_from_its_day_is_the_same() -> None:
    workdays = Workdays(office(), Holidays())
    for day in range(d("ma 2026-06-08").toordinal(), d("ma 2026-06-22").toordinal()):
        morning = instant(f"{shown(date.fromordinal(day))} 09:00")
        assert workdays.received_at(morning) == workdays.received_on(day)
