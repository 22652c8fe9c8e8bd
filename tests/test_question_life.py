"""What becomes of a question: answered or not, in which term, by whose department."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from data.codes import Complexity, Handler
from data.settings import Settings
from data.store import Store
from ingest.records import Call, Event
from tests.ingest_cast import calls as stored_calls
from tests.question_cast import (
    asked,
    configured,
    day,
    deliver,
    end_of,
    happened,
    of,
    stamped,
    told,
)
from tests.worlds import instant

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
naam = "bouwen"
klasse = "complex"
termijn = "omgevingsvergunning"

[[onderwerp]]
naam = "bezwaar"
klasse = "complex"
termijn = "bezwaar"

[[onderwerp]]
naam = "ontwerp"
klasse = "complex"
termijn = "zienswijze"
"""
RECEIVED = "2026-06-01 10:00"
"""A Monday; eight weeks later is Monday 27 July, four weeks later Monday 29 June."""


@pytest.fixture
def ours(tmp_path: Path) -> Settings:
    return configured(tmp_path, onderwerpen=TOPICS)


# ── the answer that stands ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("events", "closed", "answered"),
    [
        ([], None, None),
        ([], "2026-06-03 12:00", "2026-06-03 12:00"),
        ([("BEANTWOORD", "2026-06-02 09:00")], None, "2026-06-02 09:00"),
        ([("BEANTWOORD", "2026-06-02 09:00")], "2026-06-03 12:00", "2026-06-02 09:00"),
        (
            [("BEANTWOORD", "2026-06-04 09:00"), ("BEANTWOORD", "2026-06-02 09:00")],
            None,
            "2026-06-02 09:00",
        ),
        ([("HEROPEND", "2026-06-02 09:00", "2026-06-03 09:00")], "2026-06-02 09:00", None),
        (
            [("HEROPEND", "2026-06-02 09:00", "2026-06-03 09:00")],
            "2026-06-05 12:00",
            "2026-06-05 12:00",
        ),
        (
            [
                ("BEANTWOORD", "2026-06-02 09:00"),
                ("HEROPEND", "2026-06-02 09:00", "2026-06-03 09:00"),
                ("BEANTWOORD", "2026-06-04 09:00"),
                ("HEROPEND", "2026-06-04 09:00", "2026-06-08 09:00"),
                ("BEANTWOORD", "2026-06-09 09:00"),
                ("BEANTWOORD", "2026-06-10 09:00"),
            ],
            None,
            "2026-06-09 09:00",
        ),
        (
            [
                ("BEANTWOORD", "2026-06-02 09:00"),
                ("HEROPEND", "2026-06-02 09:00", "2026-06-03 09:00"),
                ("HEROPEND", "2026-06-04 09:00", "2026-06-08 09:00"),
            ],
            None,
            None,
        ),
    ],
    ids=[
        "open",
        "closed",
        "answered",
        "answered before it was closed",
        "the first of two answers",
        "reopened",
        "closed again",
        "reopened twice, answered since",
        "reopened twice, open again",
    ],
)
def test_the_answer_that_stands_is_the_first_since_the_last_reopening(
    events: list[tuple[str, ...]], closed: str | None, answered: str | None
) -> None:
    since = {} if closed is None else {"closed": closed}
    found = stamped(asked(RECEIVED, *(happened(*event) for event in events), **since))
    assert found.answered_at == (None if answered is None else instant(answered))
    assert found.reopened == any(event[0] == "HEROPEND" for event in events)


def test_the_order_in_which_events_are_told_does_not_matter(ours: Settings) -> None:
    events = (
        happened("HEROPEND", "2026-06-10 09:00", "2026-06-12 09:00"),
        happened("OPGESCHORT", "2026-06-15 09:00", "2026-06-20 09:00"),
        happened("VERDAAGD", "2026-06-22 09:00", "2026-08-10"),
        happened("BEANTWOORD", "2026-06-10 09:00"),
        happened("BEANTWOORD", "2026-08-03 09:00"),
    )
    found = {
        stamped(asked(RECEIVED, *order, onderwerp="kap"), ours) for order in permutations(events)
    }
    assert len(found) == 1


def test_a_question_that_was_closed_before_its_receipt_counts_but_took_no_time() -> None:
    found = stamped(asked(RECEIVED, closed="2026-05-28 10:00", due="2026-06-05"))
    assert found.day == day("2026-06-01")
    assert found.answered_at == instant("2026-05-28 10:00")
    assert found.werkdagen is None
    assert found.due_at == instant("2026-06-05")


@pytest.mark.parametrize(
    ("closed", "werkdagen"),
    [
        ("2026-06-01 16:00", 0),
        ("2026-06-02 08:00", 1),
        ("2026-06-06 12:00", 4),  # Saturday
        ("2026-06-08 08:00", 5),
    ],
)
def test_lead_time_is_the_working_days_after_receipt(closed: str, werkdagen: int) -> None:
    assert stamped(asked(RECEIVED, closed=closed)).werkdagen == werkdagen


# ── the term ───────────────────────────────────────────────────────────────────────────────


def due(settings: Settings, topic: str, *events: Event, **how: object) -> tuple[object, ...]:
    """The end of the first term, the deadline and the moment by which it is counted."""
    found = stamped(asked(RECEIVED, *events, onderwerp=topic, **how), settings)
    return found.first_due_at, found.due_at, found.term_at


def test_the_rule_of_a_topic_goes_before_what_its_source_says(ours: Settings) -> None:
    ends = end_of("2026-07-27")
    assert due(ours, "kap", due="2026-06-20") == (ends, ends, ends)


def test_without_a_rule_the_source_says_when_it_is_due(ours: Settings) -> None:
    ends = instant("2026-06-20")
    assert due(ours, "iets anders", due="2026-06-20") == (ends, ends, ends)
    assert due(ours, "iets anders") == (None, None, None)


def test_while_a_suspension_has_not_ended_there_is_no_deadline(ours: Settings) -> None:
    paused = happened("OPGESCHORT", "2026-06-15 09:00")
    assert due(ours, "kap", paused) == (end_of("2026-07-27"), None, None)
    assert due(ours, "kap", paused, due="2026-07-27") == (end_of("2026-07-27"), None, None)


def test_the_answer_ends_a_suspension_that_nobody_ended(ours: Settings) -> None:
    paused = happened("OPGESCHORT", "2026-06-15 09:00")
    # 16 up to and including 24 June: nine days
    found = due(ours, "kap", paused, closed="2026-06-25 10:00")
    assert found == (end_of("2026-07-27"), end_of("2026-08-05"), end_of("2026-08-05"))


def test_days_that_two_suspensions_share_count_once(ours: Settings) -> None:
    events = (
        happened("OPGESCHORT", "2026-06-15 09:00", "2026-06-25 09:00"),
        happened("OPGESCHORT", "2026-06-20 09:00", "2026-06-30 09:00"),
    )
    # 16 up to and including 29 June: fourteen days
    assert due(ours, "kap", *events)[1] == end_of("2026-08-10")


def test_a_suspension_that_was_over_before_it_began_is_none(ours: Settings) -> None:
    event = happened("OPGESCHORT", "2026-06-15 09:00", "2026-06-12 09:00")
    assert due(ours, "kap", event)[1] == end_of("2026-07-27")


def test_an_extension_that_was_told_in_time_counts(ours: Settings) -> None:
    told_at = happened("VERDAAGD", "2026-06-29 16:00")
    assert due(ours, "inzage", told_at) == (
        end_of("2026-06-29"),
        end_of("2026-07-13"),
        end_of("2026-07-13"),
    )


def test_an_extension_that_was_told_too_late_does_not_count(ours: Settings) -> None:
    told_at = happened("VERDAAGD", "2026-06-30 09:00")
    assert due(ours, "inzage", told_at)[1] == end_of("2026-06-29")


def test_of_two_extensions_the_first_counts(ours: Settings) -> None:
    events = (
        happened("VERDAAGD", "2026-07-20", "2026-12-01"),
        happened("VERDAAGD", "2026-07-01", "2026-08-20"),
    )
    assert due(ours, "kap", *events)[1] == end_of("2026-08-20")


def test_an_extension_without_its_date_cannot_be_told_and_is_no_suspension(ours: Settings) -> None:
    told_at = happened("VERDAAGD", "2026-07-01")
    received = instant(RECEIVED)
    assert due(ours, "kap", told_at) == (end_of("2026-07-27"), None, received)
    # but the source may know the date
    says = instant("2026-08-20")
    assert due(ours, "kap", told_at, due="2026-08-20") == (end_of("2026-07-27"), says, says)


def test_an_objection_of_which_nobody_knows_the_decision_counts_on_its_receipt(
    ours: Settings,
) -> None:
    assert due(ours, "bezwaar") == (None, None, instant(RECEIVED))
    told_due = instant("2026-09-01")
    assert due(ours, "bezwaar", due="2026-09-01") == (told_due, told_due, told_due)
    # announced Wed 18-2-2026: filing ends Wed 1-4, six weeks Wed 13-5, twelve Wed 24-6
    known = day("2026-02-18")
    assert due(ours, "bezwaar", counts_from=known)[1] == end_of("2026-05-13")
    assert due(ours, "bezwaar", counts_from=known, longer=1)[1] == end_of("2026-06-24")


def test_a_term_counts_from_the_day_that_the_source_names(ours: Settings) -> None:
    # ter inzage Thu 5-3-2026: Wed 15-4-2026
    assert due(ours, "ontwerp", counts_from=day("2026-03-05"))[1] == end_of("2026-04-15")
    assert due(ours, "kap", counts_from=day("2026-06-08"))[1] == end_of("2026-08-03")


def test_the_longer_term_holds_with_and_without_events(ours: Settings) -> None:
    twelve_weeks = end_of("2026-08-24")
    heard = happened("BEVESTIGD", "2026-06-01 11:00")
    assert due(ours, "bouwen")[1] == end_of("2026-07-27")
    assert due(ours, "bouwen", longer=1)[1] == twelve_weeks
    assert due(ours, "bouwen", heard, longer=1)[1] == twelve_weeks


# ── promises ───────────────────────────────────────────────────────────────────────────────


def test_a_confirmation_or_any_answer_tells_that_a_question_arrived(ours: Settings) -> None:
    reopened = happened("HEROPEND", "2026-06-02 09:00", "2026-06-10 09:00")
    answered = happened("BEANTWOORD", "2026-06-02 09:00")
    found = stamped(asked(RECEIVED, answered, reopened, kanaal="e-mail"), ours)
    assert (found.answered_at, found.confirmed_at) == (None, instant("2026-06-02 09:00"))
    assert found.confirm_due_at == end_of("2026-06-03")
    assert stamped(asked(RECEIVED, kanaal="telefoon"), ours).confirm_due_at is None


@pytest.mark.parametrize(
    ("received", "thursday"),
    [
        ("2026-06-03 23:59:59", "2026-06-04"),
        ("2026-06-04 00:00", "2026-06-11"),  # on the day of a meeting it is for the next
        ("2026-10-24 12:00", "2026-10-29"),  # the clock goes back in between
    ],
)
def test_a_complex_question_has_somebody_of_its_own_by_the_next_meeting(
    ours: Settings, received: str, thursday: str
) -> None:
    found = stamped(asked(received, onderwerp="kap"), ours)
    assert (found.contact_day, found.contact_due_at) == (day(thursday), end_of(thursday))


def test_an_initiative_has_a_direction_by_the_first_college_after_its_meeting(
    ours: Settings,
) -> None:
    discussed = happened("BESPROKEN", "2026-06-04 14:00")
    noted = happened("RICHTING", "2026-06-09 11:00")
    found = stamped(asked(RECEIVED, discussed, noted, soort="Initiatief"), ours)
    assert (found.direction_at, found.direction_day) == (noted.at, day("2026-06-09"))
    assert stamped(asked(RECEIVED, discussed, soort="zaak"), ours).direction_day is None
    assert stamped(asked(RECEIVED, noted, soort="initiatief"), ours).direction_day is None


@pytest.mark.parametrize(
    ("handler", "kept"),
    [
        (Handler.KCC, Handler.DOORGEZET),
        (Handler.DIGITAAL, Handler.DOORGEZET),
        (Handler.AFDELING, Handler.AFDELING),
        (Handler.ONBEKEND, Handler.ONBEKEND),
    ],
)
def test_what_the_website_or_the_kcc_forwarded_they_did_not_settle(
    handler: Handler, kept: Handler
) -> None:
    forwarded = happened("DOORGEZET", "2026-06-02 09:00")
    assert stamped(asked(RECEIVED, forwarded, handler=handler)).handler == kept
    assert stamped(asked(RECEIVED, handler=handler)).handler == handler


# ── topics and departments in the course of time ───────────────────────────────────────────

IN_MID_YEAR = """
[[onderwerp]]
naam = "huwelijk"
klasse = "eenvoudig"
tot = 2026-07-01

[[onderwerp]]
naam = "huwelijk"
klasse = "complex"
termijn = "aanvraag"
sinds = 2026-07-01
"""


@pytest.mark.parametrize(
    ("received", "complexity", "rule"),
    [
        ("2026-06-30 23:59:59", Complexity.EENVOUDIG, ""),
        ("2026-07-01 00:00", Complexity.COMPLEX, "aanvraag"),
    ],
)
def test_a_topic_that_changes_class_in_mid_year_is_what_it_was_on_the_day_of_receipt(
    tmp_path: Path, received: str, complexity: Complexity, rule: str
) -> None:
    found = stamped(
        asked(received, onderwerp="Huwelijk"), configured(tmp_path, onderwerpen=IN_MID_YEAR)
    )
    assert (found.complexity, found.rule) == (complexity, rule)


DEPARTMENTS = """
[[afdeling]]
naam = "Publiek"
synoniemen = ["PDV"]
voorheen = ["Burgerzaken", "Balie"]
sinds = 2026-07-01

[[afdeling]]
naam = "Dienstverlening"
voorheen = ["Publiek"]
sinds = 2026-09-01
"""


@pytest.mark.parametrize(
    ("received", "written", "name"),
    [
        ("2026-06-30 12:00", "Burgerzaken", "Burgerzaken"),
        ("2026-07-01 12:00", "Burgerzaken", "Publiek"),
        ("2026-07-01 12:00", "Balie", "Publiek"),
        ("2026-06-30 12:00", "pdv", "Publiek"),
        ("2026-09-01 12:00", "Balie", "Dienstverlening"),
        ("2026-09-01 12:00", "Parkeren", "Parkeren"),
        ("2026-09-01 12:00", "", "onbekend"),
    ],
)
def test_a_department_has_the_name_of_its_day_for_questions_and_calls(
    store: Store, tmp_path: Path, received: str, written: str, name: str
) -> None:
    by = of(store, configured(tmp_path, afdelingen=DEPARTMENTS))
    deliver(
        store,
        asked(received, afdeling=written),
        Call("c", 1, instant(received), "rij", written),
        by=by,
    )
    assert told(store, "afdeling") == {"Z1": name}
    assert [row["afdeling"] for row in stored_calls(store)] == [name]
