"""`metrics vervalt`: which open questions fall due soon, per department, and nothing personal."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from data.store import Store
from ingest.records import Ticket
from metrics.command import BadQuestion
from metrics.expiring import Expiring, expiring, lines, per_department, workdays_of
from tests.conftest import fresh
from tests.oracle import AMSTERDAM
from tests.question_cast import asked, configured, deliver, happened, of
from tests.rules import shipped
from tests.worlds import know_source

NOW = datetime(2026, 6, 3, 12, 0, tzinfo=AMSTERDAM)
"""A Wednesday."""


def due(key: str, until: str, **told: Any) -> Ticket:
    return asked("2026-05-20 10:00", key=key, due=until, **{"onderwerp": "kap"} | told)


def found(store: Store, *tickets: Ticket, within: int = 5, now: datetime = NOW) -> list[Expiring]:
    """Ask what falls due after these questions came in."""
    if tickets:
        know_source(store)
        deliver(store, *tickets)
    with store.reading() as connection:
        return expiring(connection, store.organisation, shipped().terms.workdays, now, within)


def keys(store: Store, *tickets: Ticket, **how: Any) -> list[str]:
    return [question.vraag for question in found(store, *tickets, **how)]


@pytest.mark.parametrize(
    ("within", "last", "first_after"),
    [
        (1, "2026-06-04 23:59:59", "2026-06-05 00:00"),
        (2, "2026-06-05 23:59:59", "2026-06-06 00:00"),
        (3, "2026-06-08 23:59:59", "2026-06-09 00:00"),  # over a weekend
        (5, "2026-06-10 23:59:59", "2026-06-11 00:00"),
    ],
)
def test_a_question_is_listed_up_to_the_end_of_the_last_working_day(
    store: Store, within: int, last: str, first_after: str
) -> None:
    assert keys(store, due("in", last), due("out", first_after), within=within) == ["in"]


def test_a_deadline_in_the_weekend_is_listed_with_the_working_day_after_it(store: Store) -> None:
    assert keys(store, due("a", "2026-06-06 17:00"), within=3) == ["a"]


def test_what_has_passed_is_not_listed_and_this_second_is(store: Store) -> None:
    told = [due("past", "2026-06-03 11:59:59"), due("now", "2026-06-03 12:00")]
    assert keys(store, *told) == ["now"]


def test_working_days_skip_holidays(store: Store) -> None:
    # Thursday 2 April 2026; the Monday after is Tweede Paasdag
    before_easter = datetime(2026, 4, 2, 12, 0, tzinfo=AMSTERDAM)
    told = [
        asked("2026-03-20", key="a", due="2026-04-07 23:59:59"),
        asked("2026-03-20", key="b", due="2026-04-08 00:00"),
    ]
    (question,) = found(store, *told, within=2, now=before_easter)
    assert (question.vraag, question.werkdagen) == ("a", 2)


def test_answered_and_suspended_questions_and_those_without_a_deadline_are_not_listed(
    store: Store, tmp_path: Any
) -> None:
    topic = '[[onderwerp]]\nnaam = "kap"\nklasse = "complex"\ntermijn = "aanvraag"\n'
    by = of(store, configured(tmp_path, onderwerpen=topic))
    received = "2026-04-09 10:00"  # eight weeks: Thursday 4 June
    paused = happened("OPGESCHORT", "2026-05-01 10:00")
    answered = happened("BEANTWOORD", "2026-05-01 10:00")
    reopened = happened("HEROPEND", "2026-05-01 10:00", "2026-05-04 10:00")
    know_source(store)
    deliver(
        store,
        asked(received, key="open", onderwerp="kap"),
        asked(received, key="closed", onderwerp="kap", closed="2026-06-01"),
        asked(received, answered, key="answered", onderwerp="kap"),
        asked(received, answered, reopened, key="reopened", onderwerp="kap"),
        asked(received, paused, key="suspended", onderwerp="kap"),
        asked(received, key="no deadline", onderwerp="iets anders"),
        by=by,
    )
    assert keys(store) == ["open", "reopened"]


def test_questions_are_told_per_department_the_oldest_first_and_nothing_personal(
    store: Store,
) -> None:
    told = [
        due("W2", "2026-06-08", afdeling="Wmo", person=4711, call_id="g-4711", onderwerp="hulp"),
        due("B1", "2026-06-05", afdeling="Burgerzaken"),
        due("W1", "2026-06-04", afdeling="Wmo", kanaal="e-mail", onderwerp=""),
    ]
    listed = found(store, *told)
    assert per_department(listed) == [
        {"afdeling": "Burgerzaken", "vragen": [row("B1", "kap", "2026-06-05", 2)]},
        {
            "afdeling": "Wmo",
            "vragen": [row("W1", "onbekend", "2026-06-04", 1), row("W2", "hulp", "2026-06-08", 3)],
        },
    ]
    text = "\n".join(lines(listed))
    assert text.index("Burgerzaken") < text.index("B1") < text.index("Wmo")
    assert text.index("W1") < text.index("W2")
    for said in (text, json.dumps(per_department(listed))):
        assert "4711" not in said
    assert set(Expiring.__dataclass_fields__) == {
        *("afdeling", "bron", "vraag", "onderwerp", "uiterlijk", "werkdagen")
    }


def row(key: str, topic: str, until: str, left: int) -> dict[str, Any]:
    """A question as it is told in JSON."""
    return {
        "vraag": key,
        "bron": "proef",
        "onderwerp": topic,
        "uiterlijk": date.fromisoformat(until).isoformat(),
        "werkdagen": left,
    }


def test_nothing_that_falls_due_is_said(store: Store) -> None:
    listed = found(store)
    assert (listed, per_department(listed)) == ([], [])
    assert list(lines(listed)) == ["geen open vragen die binnen deze tijd vervallen"]


def test_another_organisation_is_not_listed(store: Store) -> None:
    other = fresh(store)
    assert keys(other, due("theirs", "2026-06-04")) == ["theirs"]
    assert keys(store, due("ours", "2026-06-04")) == ["ours"]


@pytest.mark.parametrize("text", ["0", "-1", "261", "2.5", "twee", "", "٣"])
def test_a_wrong_number_of_working_days_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion):
        workdays_of(text)


def test_a_number_of_working_days_is_read() -> None:
    assert (workdays_of("1"), workdays_of("260")) == (1, 260)
