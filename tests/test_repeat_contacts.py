"""In één keer goed: whoever asks again within seven days is found, whatever comes in when."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import strategies as st

from data.store import Store
from ingest.records import Call, Ticket
from tests.conftest import fresh
from tests.question_cast import asked, day, deliver, told
from tests.worlds import explored, instant

PERSON, OTHER = 11, 22


def again(key: str, received: str, **known: object) -> Ticket:
    """A question of one person about one topic."""
    return asked(received, **{"key": key, "person": PERSON, "onderwerp": "paspoort"} | known)


def call(key: str, arrived: str, caller: int | None = PERSON) -> Call:
    return Call(key, 1, instant(arrived), "burgerzaken", caller=caller)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_of_arrival_does_not_matter(store: Store, order: tuple[int, ...]) -> None:
    three = [
        again("a", "2026-06-01 10:00"),
        again("b", "2026-06-05 10:00"),
        again("c", "2026-06-20 10:00"),
    ]
    for number in order:
        deliver(store, three[number])
    assert told(store, "repeated") == {"a": 1, "b": 0, "c": 0}


@pytest.mark.parametrize(
    ("first", "then", "repeated"),
    [
        ("2026-06-01 00:00", "2026-06-08 23:59:59", 1),
        ("2026-06-01 23:59:59", "2026-06-09 00:00", 0),
        # over both clock changes: days of the calendar, not 7 times 24 hours
        ("2026-03-25 00:00", "2026-04-01 23:59:59", 1),
        ("2026-03-25 23:59:59", "2026-04-02 00:00", 0),
        ("2026-10-22 00:00", "2026-10-29 23:59:59", 1),
        ("2026-10-22 23:59:59", "2026-10-30 00:00", 0),
        ("2026-06-01 10:00", "2026-06-01 10:00", 1),
    ],
)
def test_within_seven_days_is_again_and_the_eighth_is_not(
    store: Store, first: str, then: str, repeated: int
) -> None:
    deliver(store, again("a", first), again("b", then))
    assert told(store, "repeated") == {"a": repeated, "b": 0}


def test_another_person_or_another_topic_is_not_again(store: Store) -> None:
    deliver(
        store,
        again("a", "2026-06-01 10:00"),
        again("b", "2026-06-02 10:00", person=OTHER),
        again("c", "2026-06-03 10:00", onderwerp="parkeren"),
        again("d", "2026-06-04 10:00", person=None),
    )
    assert told(store, "repeated") == {"a": 0, "b": 0, "c": 0, "d": None}


def test_of_an_unknown_topic_nothing_can_be_said(store: Store) -> None:
    deliver(
        store,
        again("a", "2026-06-01 10:00", onderwerp=""),
        again("b", "2026-06-02 10:00", onderwerp=""),
    )
    assert told(store, "repeated") == {"a": None, "b": None}


def test_two_rows_of_one_call_are_one_contact(store: Store) -> None:
    deliver(
        store,
        again("a", "2026-06-01 10:00", call_id="g1"),
        again("b", "2026-06-01 10:05", call_id="g1"),
    )
    assert told(store, "repeated") == {"a": 0, "b": 0}
    deliver(store, again("c", "2026-06-02 10:00", call_id="g2"))
    assert told(store, "repeated") == {"a": 1, "b": 1, "c": 0}


def test_two_sources_know_the_same_person(store: Store) -> None:
    deliver(store, again("a", "2026-06-01 10:00"), source=1)
    deliver(store, again("b", "2026-06-02 10:00"), source=2)
    assert told(store, "repeated") == {"a": 1, "b": 0}


def test_a_corrected_person_judges_the_old_and_the_new_one_anew(store: Store) -> None:
    deliver(
        store,
        again("a", "2026-06-01 10:00"),
        again("b", "2026-06-02 10:00"),
        again("c", "2026-06-01 12:00", person=OTHER),
    )
    assert told(store, "repeated") == {"a": 1, "b": 0, "c": 0}
    days = deliver(store, again("b", "2026-06-02 10:00", person=OTHER, version=2))
    assert told(store, "repeated") == {"a": 0, "b": 0, "c": 1}
    assert days["vraag"] == {day("2026-06-01"), day("2026-06-02")}
    deliver(store, again("b", "2026-06-02 10:00", person=None, version=3))
    assert told(store, "repeated") == {"a": 0, "b": None, "c": 0}


def test_a_corrected_topic_judges_the_person_anew(store: Store) -> None:
    deliver(store, again("a", "2026-06-01 10:00"), again("b", "2026-06-02 10:00"))
    deliver(store, again("b", "2026-06-02 10:00", onderwerp="parkeren", version=2))
    assert told(store, "repeated") == {"a": 0, "b": 0}


def test_a_later_question_touches_the_day_of_the_first(store: Store) -> None:
    deliver(store, again("a", "2026-06-01 10:00"))
    assert deliver(store, again("b", "2026-06-03 10:00"))["vraag"] == {
        day("2026-06-01"),
        day("2026-06-03"),
    }
    assert deliver(store, again("c", "2026-06-04 10:00"))["vraag"] == {
        day("2026-06-03"),
        day("2026-06-04"),
    }


def test_a_question_knows_its_person_by_the_call_it_names(store: Store) -> None:
    deliver(
        store,
        call("g1", "2026-06-01 10:00"),
        call("g2|1", "2026-06-03 10:00"),
        again("a", "2026-06-01 10:04", person=None, call_id="g1"),
        again("b", "2026-06-03 10:09", person=None, call_id="g2"),
        again("c", "2026-06-03 10:09", person=None, call_id="g3"),
    )
    assert told(store, "person", "repeated") == {
        "a": (PERSON, 1),
        "b": (PERSON, 0),
        "c": (None, None),
    }


def test_what_is_told_goes_before_the_caller(store: Store) -> None:
    deliver(
        store,
        call("g1", "2026-06-01 10:00"),
        again("a", "2026-06-01 10:04", person=OTHER, call_id="g1"),
    )
    assert told(store, "person") == {"a": OTHER}


def test_a_call_after_midnight_may_have_begun_the_day_before(store: Store) -> None:
    deliver(
        store,
        call("g1", "2026-06-01 23:58"),
        again("a", "2026-06-02 00:03", person=None, call_id="g1"),
        again("b", "2026-06-03 00:03", person=None, call_id="g1"),
    )
    assert told(store, "person") == {"a": PERSON, "b": None}


def test_what_else_is_in_a_batch_does_not_matter(store: Store) -> None:
    far = again("a", "2026-06-09 10:00", person=None, call_id="g1")
    near = again("b", "2026-06-01 10:04", person=None, call_id="g1")
    deliver(store, call("g1", "2026-06-01 10:00"), far, near)
    assert told(store, "person") == {"a": None, "b": PERSON}


def test_the_call_may_arrive_after_its_question(store: Store) -> None:
    now = instant("2026-06-01 18:00")
    named = again("a", "2026-06-01 10:04", person=None, call_id="g1")
    deliver(store, named, again("b", "2026-06-01 11:00"), now=now)
    assert told(store, "person", "repeated") == {"a": (None, None), "b": (PERSON, 0)}
    deliver(store, call("g1", "2026-06-01 10:00"), source=2, now=now)
    days = deliver(store, again("z", "2026-06-01 17:00", person=OTHER), now=now)
    assert told(store, "person", "repeated")["a"] == (PERSON, 1)
    assert days["vraag"] == {day("2026-06-01")}


@st.composite
def contacts(draw: st.DrawFn) -> list[Ticket]:
    """A handful of questions of few people on few topics, close to each other."""
    number = draw(st.integers(2, 7))
    return [
        again(
            f"k{place}",
            f"2026-10-{draw(st.integers(20, 30))} {draw(st.integers(0, 23)):02}:00",
            person=draw(st.sampled_from([None, PERSON, OTHER])),
            onderwerp=draw(st.sampled_from(["paspoort", "parkeren", ""])),
            call_id=draw(st.sampled_from(["", "", "g1"])),
        )
        for place in range(number)
    ]


@explored(st.tuples(contacts(), st.randoms(use_true_random=False)), examples=40)
def test_any_order_and_any_number_of_corrections_end_in_the_same(
    store: Store, drawn: tuple[list[Ticket], object]
) -> None:
    final, random = drawn
    expected = fresh(store)
    deliver(expected, *final)
    shuffled = list(final)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for ticket in shuffled:  # each was told wrongly before
        wrong = ticket._replace(version=0, person=OTHER, onderwerp="parkeren")
        deliver(store, wrong)
    for ticket in shuffled:
        deliver(store, ticket)
    names = ("person", "repeated", "onderwerp")
    assert told(store, *names) == told(expected, *names)
