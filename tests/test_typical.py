"""A normal day is the spread of the last twelve open days of this weekday, by the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from data.history import Event
from data.store import Store
from metrics.engine import Engine
from metrics.typical import Past, TypicalDay, typical
from tests.oracle import Phone
from tests.test_figures import CATALOGUE
from tests.worlds import CALENDAR, World, instant, know_source, moment, write

TUESDAY = date(2026, 11, 24)
NOON = moment(instant("2026-11-24 12:00"))


def weeks_of_calls(weeks: int, before: date = TUESDAY) -> World:
    """Ten calls at nine and ten at ten on that weekday; of week n, n of the first answered."""
    calls = {}
    for week in range(1, weeks + 1):
        day = before - timedelta(weeks=week)
        for clock, good in (("09:00", min(week, 10)), ("10:00", 10)):
            for number in range(10):
                at = instant(f"{day} {clock}:{number:02d}")
                outcome = "opgenomen" if number < good else "afgehaakt"
                calls[f"{at}"] = Phone(arrived=at, wachtrij="afval", outcome=outcome, wait=1)
    return World(calls)


def normal_day(store: Store, now: datetime, *events: Event) -> TypicalDay:
    with Engine(store, CATALOGUE).look() as look:
        return typical(look, Past(CALENDAR, events), "bereikbaarheid", now)


def event(first: date, *kpis: str, until: date | None = None) -> Event:
    return Event(first, until or first, "Storing in de telefooncentrale", "beheer", kpis)


def test_a_store_without_calls_has_no_normal_day(store: Store) -> None:
    know_source(store)
    assert normal_day(store, NOON) == TypicalDay((), 0)


def test_the_band_is_the_spread_of_the_shares_so_far(store: Store) -> None:
    know_source(store)
    write(store, weeks_of_calls(12))
    found = normal_day(store, NOON)
    assert found.days == 12
    band = {slot: (low, high) for slot, low, high in found.band}
    # before nine nobody called; slot 19 ends at half past nine, slot 21 at half past ten
    assert min(band) == 19
    at_nine = [min(week, 10) / 10 for week in range(1, 13)]
    assert band[19] == pytest.approx(tuple(np.percentile(at_nine, (10, 90))))
    at_ten = [(min(week, 10) + 10) / 20 for week in range(1, 13)]
    assert band[21] == band[48] == pytest.approx(tuple(np.percentile(at_ten, (10, 90))))


def test_a_few_days_are_no_normal_day(store: Store) -> None:
    know_source(store)
    write(store, weeks_of_calls(7))
    found = normal_day(store, NOON)
    assert (found.band, found.days) == ((), 7)


def test_days_on_which_it_was_closed_are_skipped(store: Store) -> None:
    know_source(store)
    christmas = date(2026, 12, 25)  # a friday, and closed
    write(store, weeks_of_calls(12, before=christmas))
    new_year = moment(instant("2027-01-01 12:00"))
    found = normal_day(store, new_year)
    assert found.days == 12


@pytest.mark.parametrize("kpis", [(), ("bereikbaarheid",), ("wachtenden",)])
def test_a_day_on_which_something_happened_is_not_a_normal_day(
    store: Store, kpis: tuple[str, ...]
) -> None:
    """Nor when it was recorded with another figure of the same calls."""
    know_source(store)
    write(store, weeks_of_calls(12))
    disturbed = event(TUESDAY - timedelta(weeks=1), *kpis)
    found = normal_day(store, NOON, disturbed)
    assert found.days == 11
    at_nine = [min(week, 10) / 10 for week in range(2, 13)]
    assert found.band[0][1:] == pytest.approx(tuple(np.percentile(at_nine, (10, 90))))


def test_an_earlier_day_takes_the_place_of_one_on_which_something_happened(store: Store) -> None:
    know_source(store)
    write(store, weeks_of_calls(14))
    weeks = event(TUESDAY - timedelta(weeks=2), until=TUESDAY - timedelta(weeks=1))
    assert normal_day(store, NOON, weeks).days == 12


def test_what_happened_to_questions_or_on_another_day_changes_no_day_of_calls(store: Store) -> None:
    know_source(store)
    write(store, weeks_of_calls(12))
    last_week = TUESDAY - timedelta(weeks=1)
    others = event(last_week, "binnen_termijn"), event(last_week - timedelta(days=1))
    assert normal_day(store, NOON, *others) == normal_day(store, NOON)


def test_the_clock_counts_on_a_day_on_which_it_changes(store: Store) -> None:
    know_source(store)
    sundays = [date(2026, 10, 25) - timedelta(weeks=week) for week in range(10)]
    calls = {
        f"{day}": Phone(
            arrived=instant(f"{day} 10:00"), wachtrij="afval", outcome="opgenomen", wait=1
        )
        for day in sundays
    }
    write(store, World(calls))
    now = moment(instant("2026-11-01 12:00"))
    found = normal_day(store, now)
    assert found.band[0] == (21, 1.0, 1.0)  # ten o'clock on every one of them
