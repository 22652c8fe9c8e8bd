"""What waits for an answer, counted both ways, beside plain Python and the figures themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from data.store import Store
from data.workdays import Workdays
from metrics import Cut, Period
from metrics.engine import Engine
from metrics.open_work import Age, Due, Open, oldest_day, open_work, total
from tests.conftest import fresh
from tests.oracle import OPENING, Question, answered, local, term
from tests.question_cast import asked, deliver
from tests.rules import shipped
from tests.test_figures import CATALOGUE, query_of
from tests.worlds import (
    ANCHORS,
    CALENDAR,
    World,
    explored,
    instants,
    know_source,
    moment,
    worlds,
    write,
)

NOW = datetime.fromisoformat("2026-06-03T12:00:00+02:00")
"""A Wednesday."""
CASES = st.sampled_from(ANCHORS).flatmap(
    lambda anchor: st.tuples(worlds(anchor), instants(anchor).map(moment))
)


def found(store: Store, now: datetime = NOW, **only: str) -> list[Open]:
    chosen = {Cut(name): frozenset({value}) for name, value in only.items()}
    workdays = Workdays(CALENDAR, shipped().terms.holidays)
    with store.reading() as connection:
        return open_work(connection, store.organisation, workdays, now, chosen)


def due_of(question: Question, now: datetime) -> str:
    """When it falls due, by the calendar on the wall."""
    due = term(question).due
    if due is None:
        return "geen termijn"
    if due < now.timestamp():
        return "te laat"
    ahead, today = local(due), local(int(now.timestamp()))
    if ahead == today:
        return "vandaag"
    return "deze week" if ahead.isocalendar()[:2] == today.isocalendar()[:2] else "later"


def age_of(question: Question, now: datetime) -> str:
    """How many working days it has waited, counted on the fingers."""
    day, days = local(question.received), 0
    while day < local(int(now.timestamp())):
        day += timedelta(1)
        days += OPENING.works(day)
    limits = {2: "0 tot 2", 5: "3 tot 5", 10: "6 tot 10", 20: "11 tot 20"}
    return next((word for most, word in limits.items() if days <= most), "meer dan 20")


@explored(CASES, examples=40)
def test_open_questions_are_those_of_plain_python(
    store: Store, case: tuple[World, datetime]
) -> None:
    world, now = case
    now = now.replace(microsecond=0)
    know_source(store)
    write(store, world)
    waiting = [q for q in world.rows("questions")
               if answered(q) is None and q.received < now.timestamp()]  # fmt: skip
    expected = {
        afdeling: (
            Counter(due_of(q, now) for q in waiting if q.afdeling == afdeling),
            Counter(age_of(q, now) for q in waiting if q.afdeling == afdeling),
        )
        for afdeling in sorted({q.afdeling for q in waiting})
    }
    told = found(store, now)
    assert [one.afdeling for one in told] == list(expected)
    for one in told:
        due, age = expected[one.afdeling]
        assert {word.value: number for word, number in one.due.items() if number} == due
        assert {word.value: number for word, number in one.age.items() if number} == age
        assert one.number == due.total()


def test_the_totals_are_the_figures_of_the_wall(store: Store) -> None:
    know_source(store)
    deliver(store, *(asked(f"2026-05-{day:02} 10:00", key=f"Z{day}", due=f"2026-06-{day - 10:02}",
                           afdeling=f"A{day % 3}") for day in range(12, 30)))  # fmt: skip
    period = Period.days(date(2026, 6, 3), date(2026, 6, 4))
    keys = ("openstaand", "open_te_laat")
    told = Engine(store, CATALOGUE).ask(query_of(keys, period, NOW))
    whole = total(found(store))
    assert [reading.value for reading in told] == [whole.number, whole.due[Due.TE_LAAT]]
    assert whole.number == 18
    assert sum(whole.due.values()) == sum(whole.age.values()) == 18


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-06-03 11:59:59", Due.TE_LAAT),
        ("2026-06-03 12:00", Due.VANDAAG),
        ("2026-06-03 23:59:59", Due.VANDAAG),
        ("2026-06-04 00:00", Due.DEZE_WEEK),
        ("2026-06-07 23:59:59", Due.DEZE_WEEK),
        ("2026-06-08 00:00", Due.LATER),
    ],
)
def test_a_question_falls_due_in_one_of_five_ways(store: Store, due: str, expected: Due) -> None:
    know_source(store)
    deliver(store, asked("2026-06-01 10:00", due=due))
    assert [key for key, number in found(store)[0].due.items() if number] == [expected]


def test_on_a_sunday_nothing_is_left_of_the_week(store: Store) -> None:
    know_source(store)
    deliver(store, asked("2026-06-01 10:00", due="2026-06-08 10:00"))
    sunday = datetime.fromisoformat("2026-06-07T12:00:00+02:00")
    assert found(store, sunday)[0].due[Due.LATER] == 1


def test_filters_narrow_what_is_told(store: Store) -> None:
    know_source(store)
    told: list[dict[str, Any]] = [
        {"key": "a", "onderwerp": "afval", "kanaal": "e-mail"},
        {"key": "b", "onderwerp": "afval", "kanaal": "balie"},
        {"key": "c", "onderwerp": "kap", "kanaal": "balie"},
    ]
    deliver(store, *(asked("2026-06-01 10:00", **one) for one in told))
    assert total(found(store)).number == 3
    assert total(found(store, kanaal="balie")).number == 2
    assert total(found(store, kanaal="balie", onderwerp="kap")).number == 1
    assert found(fresh(store)) == []


def test_the_oldest_day_of_an_age_skips_weekends_and_holidays() -> None:
    workdays = Workdays(CALENDAR, shipped().terms.holidays)
    tuesday = date(2026, 6, 2).toordinal()
    assert oldest_day(workdays, tuesday, 2) == date(2026, 5, 29).toordinal()
    assert Age.NIEUW.value == "0 tot 2"
