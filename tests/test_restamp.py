"""Other rules: exactly the questions concerned change, and end as if they had always been so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data import schema
from data.settings import REFERENCE, Settings
from data.store import Store
from ingest.records import Call, Ticket
from ingest.restamp import restamp
from tests.conftest import fresh
from tests.ingest_cast import rows, versions
from tests.question_cast import asked, configured, day, deliver, end_of, happened, of, told
from tests.worlds import ANCHORS, World, explored, instant, stamps_of, worlds
from tests.worlds import _ticket as as_ticket

TOPICS = """
[[onderwerp]]
naam = "kap"
klasse = "complex"
termijn = "aanvraag"

[[onderwerp]]
naam = "inzage"
klasse = "complex"
termijn = "woo"

[[onderwerp]]
naam = "grofvuil"
klasse = "eenvoudig"
termijn = "servicenorm"
werkdagen = 3
"""
HOLIDAY = """
[[feestdag]]
naam = "Haarlemse dag"
datum = "07-27"
gemeente_dicht = {shut}
bron = "een proef"
"""
SHIPPED = (REFERENCE / "feestdagen.toml").read_text("utf-8")
MONDAY = "2026-06-01 10:00"
"""Eight weeks before Monday 27 July."""
QUESTIONS = (
    asked(MONDAY, key="kap", onderwerp="kap"),
    asked("2026-06-02 10:00", key="kap, a day later", onderwerp="kap"),
    asked("2026-06-29 10:00", key="inzage", onderwerp="inzage"),
    asked("2026-07-22 10:00", key="grofvuil", onderwerp="grofvuil"),
    asked(MONDAY, key="anders", onderwerp="iets anders", due="2026-07-27 12:00"),
    asked(
        "2026-05-04 10:00",
        happened("OPGESCHORT", "2026-05-11 10:00", "2026-06-09 10:00"),
        key="opgeschort",
        onderwerp="kap",
        closed="2026-07-28 10:00",
    ),
)


def touched(store: Store, before: dict[tuple[str, int], int]) -> dict[str, set[int]]:
    """The days whose version rose."""
    found: dict[str, set[int]] = {}
    for (fact, on), version in versions(store).items():
        if version != before.get((fact, on)):
            found.setdefault(fact, set()).add(on)
    return found


def changed(store: Store, to: Settings, *names: str) -> tuple[int, dict[str, Any]]:
    """Restamp; return the number of rows, and what changed in these columns by key."""
    before = told(store, *names)
    number = restamp(store, of(store, to))
    after = told(store, *names)
    return number, {key: after[key] for key in after if after[key] != before[key]}


@pytest.fixture
def standing(store: Store, tmp_path: Path) -> Store:
    """A store with the questions, stamped by the rules of the first day."""
    by = of(store, configured(tmp_path / "eerst", onderwerpen=TOPICS))
    deliver(store, *QUESTIONS, by=by)
    restamp(store, by)
    return store


def test_a_new_holiday_changes_exactly_the_deadlines_concerned(
    standing: Store, tmp_path: Path
) -> None:
    ends = told(standing, "due_at")
    on_monday = end_of("2026-07-27")
    assert [ends[key] for key in ("kap", "inzage", "grofvuil", "opgeschort")] == [on_monday] * 4
    before = versions(standing)
    law = configured(
        tmp_path / "dan", onderwerpen=TOPICS, feestdagen=SHIPPED + HOLIDAY.format(shut="false")
    )
    tuesday = end_of("2026-07-28")
    assert changed(standing, law, "due_at") == (
        3,
        {"kap": tuesday, "inzage": tuesday, "opgeschort": tuesday},
    )
    days = touched(standing, before)
    assert days["termijn"] == {day("2026-07-27"), day("2026-07-28")}
    assert days["vraag"] == {day("2026-06-01"), day("2026-06-29"), day("2026-05-04")}
    assert days["antwoord"] == {day("2026-07-28")}


def test_a_holiday_on_which_the_municipality_is_closed_changes_its_norms_too(
    standing: Store, tmp_path: Path
) -> None:
    shut = SHIPPED + HOLIDAY.format(shut="true")
    both = configured(tmp_path / "dan", onderwerpen=TOPICS, feestdagen=shut)
    _, found = changed(standing, both, "due_at")
    assert set(found) == {"kap", "inzage", "opgeschort", "grofvuil"}
    assert set(found.values()) == {end_of("2026-07-28")}


def test_another_topic_changes_exactly_its_own_questions(standing: Store, tmp_path: Path) -> None:
    before = versions(standing)
    five = TOPICS.replace("werkdagen = 3", "werkdagen = 5")
    number, found = changed(standing, configured(tmp_path / "dan", onderwerpen=five), "due_at")
    assert (number, found) == (1, {"grofvuil": end_of("2026-07-29")})
    assert touched(standing, before) == {
        "vraag": {day("2026-07-22")},
        "termijn": {day("2026-07-27"), day("2026-07-29")},
    }


def test_words_of_the_reference_file_change_nothing(standing: Store, tmp_path: Path) -> None:
    before, revision = versions(standing), standing.revision()
    rules = (REFERENCE / "termijnen.toml").read_text("utf-8")
    reworded = rules.replace("Woo-verzoek", "Verzoek om openbaarheid")
    to = configured(tmp_path / "dan", onderwerpen=TOPICS, termijnen=reworded)
    assert changed(standing, to, "due_at", "rule_version") == (0, {})
    assert (versions(standing), standing.revision()) == (before, revision)


def test_another_rule_that_has_no_other_outcome_touches_no_day(
    standing: Store, tmp_path: Path
) -> None:
    before = versions(standing)
    rules = (REFERENCE / "termijnen.toml").read_text("utf-8")
    longer = rules.replace('hoogstens = "2 weken"', 'hoogstens = "3 weken"')
    assert longer != rules
    to = configured(tmp_path / "dan", onderwerpen=TOPICS, termijnen=longer)
    number, found = changed(standing, to, "rule_version")
    assert (number, set(found)) == (0, {"inzage"})
    assert versions(standing) == before


def test_restamping_twice_is_restamping_once(standing: Store, tmp_path: Path) -> None:
    to = configured(tmp_path / "dan", onderwerpen=TOPICS.replace("werkdagen = 3", "werkdagen = 1"))
    assert restamp(standing, of(standing, to)) == 1
    before, revision = versions(standing), standing.revision()
    assert restamp(standing, of(standing, to)) == 0
    assert (versions(standing), standing.revision()) == (before, revision)


def test_a_synonym_that_joins_two_topics_finds_who_asked_again(
    store: Store, tmp_path: Path
) -> None:
    first = configured(tmp_path / "eerst", onderwerpen=TOPICS)
    deliver(
        store,
        asked(MONDAY, key="a", onderwerp="grofvuil", person=1),
        asked("2026-06-03 10:00", key="b", onderwerp="oude bank", person=1),
        asked("2026-06-04 10:00", key="c", onderwerp="oude bank", person=2),
        by=of(store, first),
    )
    restamp(store, of(store, first))
    assert told(store, "repeated") == {"a": 0, "b": 0, "c": 0}
    before = versions(store)
    joined = TOPICS + 'synoniemen = ["oude bank"]\n'
    restamp(store, of(store, configured(tmp_path / "dan", onderwerpen=joined)))
    assert told(store, "repeated") == {"a": 1, "b": 0, "c": 0}
    assert touched(store, before)["vraag"] == {
        day("2026-06-01"),
        day("2026-06-03"),
        day("2026-06-04"),
    }


def test_a_department_that_is_renamed_takes_its_calls_along(store: Store, tmp_path: Path) -> None:
    first = configured(tmp_path / "eerst", onderwerpen=TOPICS)
    moments = ("2026-06-30 12:00", "2026-07-01 12:00")
    said: Sequence[Call | Ticket] = [
        part
        for at in moments
        for part in (
            Call(at, 1, instant(at), "rij", "Balie"),
            asked(at, key=at, afdeling="Balie"),
        )
    ]
    deliver(store, *said, by=of(store, first))
    restamp(store, of(store, first))
    before = versions(store)
    renamed = '[[afdeling]]\nnaam = "Publiek"\nvoorheen = ["Balie"]\nsinds = 2026-07-01\n'
    to = configured(tmp_path / "dan", onderwerpen=TOPICS, afdelingen=renamed)
    assert restamp(store, of(store, to)) == 2
    assert [row["afdeling"] for row in rows(store, schema.call)] == ["Balie", "Publiek"]
    assert list(told(store, "afdeling").values()) == ["Balie", "Publiek"]
    july = {day("2026-07-01")}
    assert touched(store, before) == {"gesprek": july, "vraag": july}


# ── any world ──────────────────────────────────────────────────────────────────────────────


def stored(store: Store) -> list[list[tuple[Any, ...]]]:
    """All that is known of calls and questions, without the organisation."""
    with store.reading() as connection:
        return [
            sorted(
                tuple(row)[1:]
                for row in connection.execute(
                    select(table).where(table.c.organisation == store.organisation)
                )
            )
            for table in (schema.call, schema.ticket, schema.clock_event)
        ]


@explored(worlds(ANCHORS[0], most=40), examples=30)
def test_restamping_ends_where_a_new_start_would(store: Store, world: World) -> None:
    tickets = [as_ticket(key, 1, question) for key, question in world.questions.items()]
    calls = [
        Call(key, 1, call.arrived, call.wachtrij, call.afdeling, caller=call.caller)
        for key, call in world.calls.items()
    ]
    deliver(store, *calls, *tickets)  # by a municipality that has agreed on nothing
    restamp(store, stamps_of(store))
    expected = fresh(store)
    deliver(expected, *calls, *tickets, by=stamps_of(expected))
    assert stored(store) == stored(expected)
    before = versions(store)
    assert restamp(store, stamps_of(store)) == 0
    assert versions(store) == before
