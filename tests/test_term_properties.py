"""What is true of every term, whatever its course: on random extensions and suspensions."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.termijn import Course
from tests.atw_oracle import opgeschorte_termijn, vrij
from tests.terms_cast import LAW

STATUTORY = [key for key in LAW.rules if key != "servicenorm"]
NEVER_MOVED = {"omgevingsvergunning_uitgebreid"}
DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))
STRETCHES = st.tuples(st.integers(-20, 120), st.none() | st.integers(-3, 60))
RULES = st.sampled_from(STATUTORY)


@st.composite
def courses(draw: st.DrawFn, *, named: bool = True, ended: bool = False) -> Course:
    """A case with what may have happened to it."""
    received = draw(DAYS)

    def later(most: int) -> date | None:
        days = draw(st.none() | st.integers(-5, most))
        return None if days is None else received + timedelta(days)

    stretches = draw(st.lists(STRETCHES, max_size=3))
    return Course(
        received,
        bekendgemaakt=received - timedelta(draw(st.integers(0, 60))),
        verdaagd=later(120),
        verdaagd_tot=later(300) if named else None,
        opgeschort=tuple(
            (
                received + timedelta(begin),
                None
                if length is None and not ended
                else received + timedelta(begin + (length or 0)),
            )
            for begin, length in stretches
        ),
        commissie=draw(st.booleans()),
        instemming=draw(st.booleans()),
    )


@given(RULES, courses())
def test_the_last_step_stands_at_the_deadline_and_without_one_a_reason_is_given(
    rule: str, course: Course
) -> None:
    found = LAW.compute(rule, course)
    assert found.stappen[-1].datum == found.uiterlijk
    assert all(step.regel and step.artikel for step in found.stappen)
    assert found.uiterlijk is not None or found.onzeker[0] == found.stappen[-1].regel


@given(RULES, courses())
def test_the_fast_answer_is_the_explained_one(rule: str, course: Course) -> None:
    found = LAW.compute(rule, course)
    assert LAW.due(rule, course) == (found.eerste, found.uiterlijk)


@given(RULES, courses())
def test_nothing_makes_a_term_shorter(rule: str, course: Course) -> None:
    first, last = LAW.due(rule, course)
    assert first is not None
    assert last is None or last >= first


@given(RULES, courses(named=False))
def test_no_term_under_the_atw_ends_on_a_day_that_is_free(rule: str, course: Course) -> None:
    found = LAW.compute(rule, course)
    moved = not any(step.artikel == "Atw art. 4" for step in found.stappen)
    if found.uiterlijk is not None and moved:
        assert rule in NEVER_MOVED or not vrij(found.uiterlijk)


@given(RULES, courses(named=False, ended=True), st.integers(1, 30))
def test_a_longer_suspension_is_never_due_sooner(rule: str, course: Course, more: int) -> None:
    longer = tuple((begin, end and end + timedelta(more)) for begin, end in course.opgeschort)
    _, before = LAW.due(rule, course)
    _, after = LAW.due(rule, Course(**{**vars(course), "opgeschort": longer}))
    # without a date it is not due at all: a notice may now be in time, and name no date
    assert (after or date.max) >= (before or date.max)


@given(RULES, courses(named=False, ended=True))
def test_a_deadline_never_falls_while_the_clock_stands_still(rule: str, course: Course) -> None:
    _, last = LAW.due(rule, course)
    if last is None or LAW.rules[rule].suspension is None:
        return
    woo = rule == "woo"
    for begin, end in course.opgeschort:
        assert end is not None
        still = (begin, end if woo else end - timedelta(1))
        assert not still[0] < last <= still[1]


@given(st.sampled_from([("aanvraag", 56), ("woo", 28)]), courses(named=False, ended=True))
def test_a_suspended_term_is_counted_day_by_day(rule: tuple[str, int], course: Course) -> None:
    key, length = rule
    until = timedelta(0 if key == "woo" else 1)

    def still(day: date) -> bool:
        return any(end and begin < day <= end - until for begin, end in course.opgeschort)

    plain = Course(course.ontvangen, opgeschort=course.opgeschort)
    last, end = opgeschorte_termijn(course.ontvangen, length, still)
    _, ours = LAW.due(key, plain)
    # on the days that the Atw adds the term can be suspended too
    if not any(still(last + timedelta(n)) for n in range(1, (end - last).days + 1)):
        assert ours == end


@given(RULES, courses(ended=True))
def test_the_order_and_repetition_of_suspensions_do_not_matter(rule: str, course: Course) -> None:
    shuffled = Course(**{**vars(course), "opgeschort": course.opgeschort[::-1] * 2})
    assert LAW.due(rule, shuffled) == LAW.due(rule, course)


@given(RULES, courses(ended=True))
def test_a_notice_that_counts_came_before_the_end_of_the_first_term(
    rule: str, course: Course
) -> None:
    found = LAW.compute(rule, course)
    extended = any("op tijd gemeld" in step.regel for step in found.stappen)
    late = any("telt niet: de termijn eindigde" in step.regel for step in found.stappen)
    assert not (extended and any(s.regel.startswith("verdaging van") for s in found.stappen))
    if extended:
        assert course.verdaagd is not None
        without = Course(**{**vars(course), "verdaagd": None, "verdaagd_tot": None})
        _, end = LAW.due(rule, without)
        assert end is not None
        assert course.verdaagd <= end
    assert not late or course.verdaagd or course.opgeschort


@given(RULES, DAYS, st.integers(0, 400))
def test_a_plain_term_is_never_due_before_one_that_began_earlier(
    rule: str, day: date, more: int
) -> None:
    later = day + timedelta(more)
    _, first = LAW.due(rule, Course(day, bekendgemaakt=day))
    _, second = LAW.due(rule, Course(later, bekendgemaakt=later))
    assert first is not None
    assert second is not None
    assert first <= second


# ── many at once ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", list(LAW.rules))
def test_many_at_once_are_each_as_one_alone(rule: str) -> None:
    days = np.arange("2017-01-01", "2029-01-01", dtype="datetime64[D]")
    drawn = np.random.default_rng(5).choice(days, 3_000)
    drawn[::50] = np.datetime64("NaT")
    count = 3 if rule == "servicenorm" else None
    found = LAW.bulk(rule, drawn, count)
    for day, end in zip(drawn, found, strict=True):
        if np.isnat(day):
            assert np.isnat(end)
        else:
            one: date = day.item()
            course = Course(one, bekendgemaakt=one, werkdagen=count)
            assert end.item() == LAW.due(rule, course)[1]


def test_many_at_once_may_be_none_or_undated() -> None:
    assert LAW.bulk("woo", np.array([], "datetime64[D]")).shape == (0,)
    moments = np.array(["2026-03-08T23:30", "NaT"], "datetime64[m]")
    ends = LAW.bulk("woo", moments)
    assert ends.dtype == np.dtype("datetime64[D]")
    assert [str(end) for end in ends] == ["2026-04-07", "NaT"]
    assert np.isnat(LAW.bulk("servicenorm", ends)).all()
    far = np.array(["-0044-03-15", "9999-12-31", "20000-01-01"], "datetime64[D]")
    for rule in LAW.rules:
        assert np.isnat(LAW.bulk(rule, far, 2)).all()
