"""Where figures come from: runs, rows set aside, days that are complete, sums that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert

from data import schema
from data.calendar import Calendar, Week
from data.store import Store
from data.workdays import Workdays
from metrics import Period
from metrics.background import Background
from metrics.engine import Engine
from metrics.facts import GESPREK, VRAAG
from metrics.provenance import Completeness
from metrics.sum_checks import KEYS, SUMS, checks
from tests.conftest import fresh
from tests.oracle import AMSTERDAM, OUTCOMES, Phone, Question
from tests.rules import shipped
from tests.test_figures import CATALOGUE, query_of
from tests.worlds import (
    ANCHORS,
    World,
    explored,
    instant,
    instants,
    know_source,
    moment,
    worlds,
    write,
)

WEEKDAYS = Calendar((Week(1, (((510, 1020),),) * 5 + ((), ())),))
NOW = datetime(2026, 6, 10, 12, 0, tzinfo=AMSTERDAM)
"""A Wednesday."""


def background(store: Store) -> Background:
    return Background(store, Workdays(WEEKDAYS, shipped().terms.holidays))


def enter(store: Store, table: Any, *rows: dict[str, Any]) -> None:
    with store.writing() as connection:
        connection.execute(insert(table), [{"organisation": store.organisation} | r for r in rows])


def states(store: Store, first: str) -> dict[str, str]:
    days = background(store).days(GESPREK, date.fromisoformat(first), NOW)
    return {day.day.isoformat()[5:]: day.state.value for day in days}


def calls_on(*days: str) -> World:
    return World(
        {day: Phone(arrived=instant(f"{day} 10:00"), wachtrij="afval", outcome="opgenomen", wait=9)
         for day in days}
    )  # fmt: skip


def test_a_day_is_complete_partial_empty_or_shut(store: Store) -> None:
    began = instant("2026-06-04 09:00")
    know_source(store, earliest=began, checked_at=instant("2026-06-10 11:59:50"))
    write(store, calls_on("2026-06-04", "2026-06-05", "2026-06-09", "2026-06-10"))
    assert states(store, "2026-06-03") == {
        "06-03": "leeg",
        "06-04": "deels",  # the source begins in it
        "06-05": "compleet",
        "06-06": "dicht",
        "06-07": "dicht",
        "06-08": "leeg",
        "06-09": "compleet",
        "06-10": "compleet",  # as far as it has passed
    }


def test_a_source_that_is_behind_leaves_its_last_day_partial(store: Store) -> None:
    know_source(store, checked_at=instant("2026-06-09 15:00"))
    write(store, calls_on("2026-06-08", "2026-06-09"))
    days = background(store).days(GESPREK, date(2026, 6, 8), NOW)
    assert [day.state for day in days] == [
        Completeness.COMPLEET,
        Completeness.DEELS,
        Completeness.LEEG,
    ]
    assert days[1].gaps == ("proef: gelezen tot 2026-06-09T15:00:00+02:00",)


def test_of_a_holiday_nothing_is_expected(store: Store) -> None:
    know_source(store)
    days = background(store).days(VRAAG, date(2026, 5, 25), NOW)  # Tweede Pinksterdag
    assert days[0].state is Completeness.DICHT
    assert days[1].state is Completeness.LEEG


def test_the_last_runs_of_each_source_are_told(store: Store) -> None:
    know_source(store)
    know_source(store, "zaken", 2)
    know_source(store, "oud", 3, configured=0)
    runs = [
        {"source": source, "version": version, "at": 1000 * version, "rows": version,
         "written": version - 1, "rejected": 1, "error": ""}
        for source in (1, 2, 3)
        for version in range(1, 8)
    ]  # fmt: skip
    enter(store, schema.run, *runs)
    told = background(store).last_runs()
    assert [(run.bron, run.rows) for run in told] == [
        *(("proef", number) for number in (7, 6, 5, 4, 3)),
        *(("zaken", number) for number in (7, 6, 5, 4, 3)),
    ]
    assert (told[0].at, told[0].written, told[0].rejected) == (moment(7000), 6, 1)
    assert background(fresh(store)).last_runs() == []


def test_rows_set_aside_are_counted_by_reason_and_their_place_stays_unsaid(store: Store) -> None:
    know_source(store)
    reasons = ["ontvangen: is leeg"] * 3 + ["id: is leeg"]
    enter(
        store,
        schema.rejected,
        *(
            {"source": 1, "key": f"r{n}", "at": 100 + n, "place": "bestand 7", "reason": reason}
            for n, reason in enumerate(reasons)
        ),
    )
    told = background(store).refused()
    assert [(one.reason, one.number, one.last) for one in told] == [
        ("ontvangen: is leeg", 3, moment(102)),
        ("id: is leeg", 1, moment(103)),
    ]
    assert "bestand 7" not in repr(told)
    assert background(fresh(store)).refused() == []


CASES = st.sampled_from(ANCHORS).flatmap(
    lambda anchor: st.tuples(worlds(anchor), instants(anchor).map(moment))
)


@explored(CASES, examples=30)
def test_all_outcomes_add_up_over_any_month(store: Store, case: tuple[World, datetime]) -> None:
    world, now = case
    know_source(store)
    write(store, world)
    period = Period(now - timedelta(days=31), now)
    made = checks(Engine(store, CATALOGUE).ask(query_of(KEYS, period, now)))
    assert [(check.met, check.expected) for check in made] == [
        (True, check.found) for check in made
    ]


def test_the_outcomes_are_those_of_the_definitions() -> None:
    calls, terms, _ = SUMS
    assert calls.parts == ("opgenomen", "afgehaakt", "overgelopen", "gesloten", "geweigerd")
    assert terms.parts == OUTCOMES


def test_a_sum_that_does_not_add_up_is_not_met_and_one_that_is_not_known_stays_open(
    store: Store,
) -> None:
    know_source(store)
    write(store, World({"a": Phone(arrived=instant("2026-06-03 10:00"), wachtrij="afval",
                                   outcome="opgenomen")},
                       {"b": Question(received=instant("2026-06-03"))}))  # fmt: skip
    june = Period(moment(instant("2026-06-01")), moment(instant("2026-07-01")))
    readings = Engine(store, CATALOGUE).ask(query_of(KEYS, june, NOW))
    broken = [replace(one, teller=5.0) if one.kpi.key == "gesloten" else one for one in readings]
    assert [check.met for check in checks(broken)] == [False, True, True]
    nobody = Engine(fresh(store), CATALOGUE).ask(query_of(KEYS, june, NOW))
    assert [check.met for check in checks(nobody)] == [None, None, None]
