"""Every figure equals its oracle, on random data, whichever way it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from data.store import Store
from metrics import Cut, Grain, Period, Query, Reading
from metrics.catalogue import catalogue
from metrics.engine import Engine
from tests.oracle import (
    LEVELS,
    OPENING,
    ORACLES,
    OUTCOMES,
    QUESTIONS,
    STOCKS,
    TELEPHONE,
    Answer,
    Happened,
    Oracle,
    Question,
)
from tests.worlds import (
    ANCHORS,
    AROUND,
    World,
    chosen,
    explored,
    group_of,
    instant,
    instants,
    know_source,
    moment,
    worlds,
    write,
)

CATALOGUE = catalogue([])
CALL_LEVELS = ("wachtenden", "langst_wachtende", "gesprekken_nu")
CALL_CUTS = (Cut.WACHTRIJ, Cut.AFDELING, Cut.GEMEENTE)
QUESTION_CUTS = (Cut.KANAAL, Cut.ONDERWERP, Cut.AFDELING, Cut.GEMEENTE, Cut.SOORT)
NOT_ADDED = (*LEVELS, *STOCKS)
"""Figures that have a value at an instant, and do not add up over time."""
THEMES: dict[str, tuple[tuple[str, ...], tuple[Cut, ...]]] = {
    "alles": (tuple(ORACLES), ()),
    "gesprekken": ((*TELEPHONE, *CALL_LEVELS), CALL_CUTS),
    "vragen": ((*QUESTIONS, *STOCKS), QUESTION_CUTS),
}
LONGEST = {  # days that a question with this grain spans at most
    None: 2 * AROUND,
    Grain.KWARTIER: 1,
    Grain.UUR: 2,
    Grain.DAG: 8,
    Grain.WEEK: 2 * AROUND,
    Grain.MAAND: 2 * AROUND,
}


def query_of(keys: Sequence[str], period: Period, now: datetime, **how: Any) -> Query:
    """Ask these figures of the catalogue without norms."""
    return Query(kpis=tuple(CATALOGUE[key] for key in keys), period=period, now=now, **how)


@dataclass(frozen=True)
class Asked:
    """A question about figures of a theme, in a form that can be printed: all, or some of them."""

    theme: str
    some: tuple[str, ...]
    period: Period
    now: datetime
    how: Mapping[str, Any]

    @property
    def query(self) -> Query:
        """The question itself."""
        return query_of(self.some or THEMES[self.theme][0], self.period, self.now, **self.how)


# ── the comparison ─────────────────────────────────────────────────────────────────────────


def ends_of(query: Query, reading: Reading) -> tuple[float, float]:
    """The stretch of a reading that has passed, as epoch seconds."""
    end = min(reading.period.end, query.now)
    return reading.period.start.timestamp(), end.timestamp()


def narrowed(query: Query, world: World, oracle: Oracle) -> list[Any]:
    """The rows that the question is about."""
    only = {cut.value: values for cut, values in query.only.items()}
    return chosen(world.rows(oracle.rows), only)


def rows_between(oracle: Oracle, rows: Sequence[Any], start: float, end: float) -> list[Any]:
    """The rows that belong to a stretch of time."""
    assert oracle.at is not None
    return [row for row in rows if (at := oracle.at(row)) is not None and start <= at < end]


def expected(query: Query, oracle: Oracle, rows: Sequence[Any], reading: Reading) -> Answer:
    """What a reading should say, given the rows of its group."""
    start, end = ends_of(query, reading)
    if oracle.at is None:
        return oracle.says(rows, int(end) if oracle.known is None else end)
    return oracle.says(rows_between(oracle, rows, start, end), OPENING)


def groups_of(
    query: Query, oracle: Oracle, rows: Sequence[Any], readings: Sequence[Reading]
) -> Any:
    """The groups that occur, in order; without cuts there is always one."""
    names = [cut.value for cut in query.by]
    if not names:
        return [()]
    if oracle.known is not None:
        end = min(query.period.end, query.now).timestamp()
        found = [row for row in rows if oracle.known(row, end)]
    elif oracle.at is None:
        instants_ = {int(ends_of(query, reading)[1]) for reading in readings}
        assert oracle.there is not None
        found = [row for instant in instants_ for row in oracle.there(rows, instant)]
    else:
        whole = query.period.start.timestamp(), min(query.period.end, query.now).timestamp()
        found = rows_between(oracle, rows, *whole)
    return sorted({group_of(row, names) for row in found})


def as_float(value: Fraction | int | None) -> float | None:
    return None if value is None else float(value)


def assert_reads(reading: Reading, answer: Answer, where: str) -> None:
    """Compare a reading with what its oracle says."""
    told = (
        reading.value,
        reading.teller,
        reading.noemer,
        reading.cases,
        reading.coverage,
        reading.lower,
        reading.upper,
    )
    wanted = (
        as_float(answer.value),
        answer.teller if answer.value is not None else reading.teller,
        answer.noemer if answer.value is not None else reading.noemer,
        answer.cases,
        as_float(answer.dekking),
        as_float(answer.onder),
        as_float(answer.boven),
    )
    assert told == wanted, where
    assert (reading.value is None) == bool(reading.reason), where


def assert_tiles(query: Query, readings: Sequence[Reading]) -> None:
    """The buckets follow each other and cover the period."""
    assert readings[0].period.start == query.period.start
    assert readings[-1].period.end == query.period.end
    assert all(one.period.end == next_.period.start for one, next_ in pairwise(readings))


def compare(query: Query, world: World, readings: Sequence[Reading]) -> None:
    """Hold every reading of an answer against its oracle."""
    names = [cut.value for cut in query.by]
    for kpi in query.kpis:
        oracle = ORACLES[kpi.key]
        rows = narrowed(query, world, oracle)
        mine = [reading for reading in readings if reading.kpi is kpi]
        by_group: dict[tuple[str, ...], list[Reading]] = {}
        for reading in mine:
            by_group.setdefault(tuple(reading.cut.values()), []).append(reading)
        if query.by and not mine:
            mine = [Reading(kpi=kpi, period=query.period, value=None)]
        assert list(by_group) == groups_of(query, oracle, rows, mine), kpi.key
        for group, course in by_group.items():
            assert_tiles(query, course)
            own = [row for row in rows if group_of(row, names) == group]
            for reading in course:
                where = f"{kpi.key} {group} {reading.period}"
                if reading.period.start >= query.now:
                    assert (reading.value, reading.cases) == (None, 0), where
                    assert reading.reason == "deze periode is nog niet begonnen"
                else:
                    assert_reads(reading, expected(query, oracle, own, reading), where)


# ── strategies ─────────────────────────────────────────────────────────────────────────────


At = st.SearchStrategy[int]


@st.composite
def periods(draw: st.DrawFn, anchor: datetime, days: int, at: At) -> Period:
    """Whole local days, whole months or from any instant to any other."""
    first = anchor + timedelta(days=draw(st.sampled_from([-min(days // 2, AROUND), -1, 0])))
    if draw(st.booleans()):
        length = draw(st.sampled_from([days, days, min(days, 35), 1]))
        return Period(first, first + timedelta(days=length))  # local arithmetic: midnights
    start = moment(draw(at)) + timedelta(seconds=draw(st.sampled_from([0, 0, 0.25])))
    seconds = draw(st.integers(1, days * 86400) | st.just(3600))
    return Period(start, start + timedelta(seconds=seconds))


@st.composite
def queries(draw: st.DrawFn, anchor: datetime, world: World | None = None) -> Asked:
    """Any figures of one theme, cut, narrowed and bucketed, asked at any moment."""
    theme = draw(st.sampled_from(list(THEMES)))
    keys, cuts = THEMES[theme]
    some = draw(st.just(()) | st.lists(st.sampled_from(keys), max_size=2, unique=True).map(tuple))
    grain = draw(st.sampled_from([None, None, *Grain]))
    events = world.moments() if world else []
    at = st.sampled_from(events) | instants(anchor) if events else instants(anchor)
    period = draw(periods(anchor, LONGEST[grain], at))
    after = period.end + timedelta(seconds=draw(st.sampled_from([0, 1, 86400, 40 * 86400])))
    now = draw(st.just(after) | at.map(moment))
    by = draw(st.permutations(cuts))[: draw(st.integers(0, min(2, len(cuts))))] if cuts else []
    values = {
        Cut.WACHTRIJ: frozenset({"afval", "burgerzaken"}),
        Cut.AFDELING: frozenset({"KCC"}),
        Cut.GEMEENTE: frozenset({"Zandvoort"}),
        Cut.KANAAL: frozenset({"balie"}),
        Cut.ONDERWERP: frozenset({"paspoort", "woo", "iets anders", "nergens"}),
        Cut.SOORT: frozenset({"vraag", "terugbelverzoek", "zaak"}),
    }
    narrow = draw(st.sampled_from([None, *cuts]))
    only = {narrow: values[narrow]} if narrow else {}
    return Asked(theme, some, period, now, {"grain": grain, "by": tuple(by), "only": only})


@dataclass(frozen=True)
class Case:
    """A world, and what is asked of it."""

    world: World
    asked: list[Asked]


@st.composite
def cases(draw: st.DrawFn, number: int = 3) -> Case:
    """A world around one of the anchors with some questions."""
    anchor = draw(st.sampled_from(ANCHORS))
    world = draw(worlds(anchor))
    return Case(world, [draw(queries(anchor, world)) for _ in range(number)])


@cache
def engine_of(store: Store) -> Engine:
    """Return the engine over the whole catalogue."""
    return Engine(store, CATALOGUE)


# ── the tests ──────────────────────────────────────────────────────────────────────────────


def test_every_figure_has_an_oracle() -> None:
    assert set(ORACLES) == set(CATALOGUE)


@explored(cases(), examples=80)
def test_every_figure_equals_its_oracle_however_it_is_asked(store: Store, case: Case) -> None:
    know_source(store)
    write(store, case.world)
    engine = engine_of(store)
    for asked in case.asked:
        query = asked.query
        compare(query, case.world, engine.ask(query))


@explored(cases(number=1), examples=50)
def test_the_parts_add_up_to_the_whole(store: Store, case: Case) -> None:
    query = case.asked[0].query
    flows = tuple(kpi for kpi in query.kpis if kpi.key not in NOT_ADDED)
    keys = tuple(kpi.key for kpi in flows)
    know_source(store)
    write(store, case.world)
    engine = engine_of(store)
    whole = engine.ask(replace(query, kpis=flows, grain=None, by=()))
    parts = engine.ask(replace(query, kpis=flows))
    sums: Callable[[Sequence[Reading], str], float] = lambda readings, name: sum(  # noqa: E731
        getattr(reading, name) or 0 for reading in readings
    )
    for key in keys:
        one = [reading for reading in whole if reading.kpi.key == key]
        many = [reading for reading in parts if reading.kpi.key == key]
        for name in ("teller", "noemer", "cases"):
            assert sums(one, name) == sums(many, name), (key, name)


@explored(cases(number=1), examples=40)
def test_the_outcomes_of_terms_always_add_up_to_the_terms(store: Store, case: Case) -> None:
    how = case.asked[0]
    know_source(store)
    write(store, case.world)
    by = tuple(cut for cut in how.how["by"] if cut in QUESTION_CUTS)
    keys = (*OUTCOMES, "termijnen_verstreken")
    asked = query_of(keys, how.period, how.now, grain=how.how["grain"], by=by)
    found: dict[Any, dict[str, float]] = {}
    for reading in engine_of(store).ask(asked):
        place = (reading.period, *reading.cut.values())
        found.setdefault(place, {})[reading.kpi.key] = reading.value or 0
    assert all(
        sum(values[key] for key in OUTCOMES) == values["termijnen_verstreken"]
        for values in found.values()
    )


@pytest.mark.parametrize("known_first", [True, False])
def test_a_question_that_was_reopened_is_open_when_it_was(store: Store, known_first: bool) -> None:
    """Received on the 1st, due on the 5th; shut 3-7 and 9-12 June, answered on the 20th."""
    at = {number: instant(f"2026-06-{number:02} 12:00") for number in (1, 3, 5, 7, 9, 12, 20)}
    gaps = (Happened("heropend", at[3], at[7]), Happened("heropend", at[9], at[12]))
    question = Question(received=at[1], due=at[5], closed=at[20])
    know_source(store)
    if known_first:  # it was known otherwise before, and the tally has added that up
        write(store, World(questions={"a": replace(question, closed=at[3])}))
        levels_at(store, 25)
    write(store, World(questions={"a": replace(question, events=gaps)}), version=2)
    is_open = {*range(2, 4), *range(8, 10), *range(13, 21)}  # at midnight of these days
    for number in range(1, 25):
        late = number in is_open and number > 5
        assert levels_at(store, number) == [int(number in is_open), int(late)], number


@pytest.mark.parametrize(
    ("asked_at", "is_open"),
    [
        ("2026-06-03 12:00", 1),  # just before this instant it was not shut yet
        ("2026-06-03 12:00:01", 0),
        ("2026-06-07 12:00", 0),  # and here not reopened yet
        ("2026-06-07 12:00:01", 1),
    ],
)
def test_a_level_is_that_of_just_before_its_instant(
    store: Store, asked_at: str, is_open: int
) -> None:
    gap = Happened("heropend", instant("2026-06-03 12:00"), instant("2026-06-07 12:00"))
    know_source(store)
    write(store, World(questions={"a": Question(received=instant("2026-06-01"), events=(gap,))}))
    period = Period(moment(instant("2026-05-31")), moment(instant(asked_at)))
    asked = query_of(("openstaand",), period, moment(instant("2026-07-01")))
    assert [reading.value for reading in engine_of(store).ask(asked)] == [is_open]


def test_a_level_is_that_of_just_before_the_end_of_each_bucket(store: Store) -> None:
    """Shut from one midnight to another: not yet at the first, and still at the second."""
    gap = Happened("heropend", instant("2026-06-03"), instant("2026-06-05"))
    know_source(store)
    write(store, World(questions={"a": Question(received=instant("2026-06-01"), events=(gap,))}))
    week = Period(moment(instant("2026-06-01")), moment(instant("2026-06-07")))
    asked = query_of(("openstaand",), week, moment(instant("2026-07-01")), grain=Grain.DAG)
    assert [reading.value for reading in engine_of(store).ask(asked)] == [1, 1, 0, 0, 1, 1]


PROMISES = {
    "ontvangst_bevestigd": ("bevestigd", "2026-06-03"),
    "vast_contactpersoon": ("contactpersoon", "2026-06-04"),
    "richting_gegeven": ("richting", "2026-06-09"),
}
"""What has to have happened by the end of which day, to an initiative of Monday 1 June."""


@pytest.mark.parametrize("key", PROMISES)
@pytest.mark.parametrize(("late_s", "kept"), [(-1, 1.0), (0, 1.0), (1, 0.0)])
def test_a_promise_is_kept_up_to_the_last_second_of_its_day(
    store: Store, key: str, late_s: int, kept: float
) -> None:
    what, last_day = PROMISES[key]
    happened = Happened(what, instant(f"{last_day} 23:59:59") + late_s)
    discussed = Happened("besproken", instant("2026-06-04 14:00"))
    question = Question(
        received=instant("2026-06-01 10:00"),
        soort="initiatief",
        kanaal="e-mail",
        events=(discussed, happened),
    )
    know_source(store)
    write(store, World(questions={"a": question}))
    june = Period(moment(instant("2026-06-01")), moment(instant("2026-07-01")))
    asked = query_of((key,), june, moment(instant("2026-07-01")))
    assert [reading.value for reading in engine_of(store).ask(asked)] == [kept]


def levels_at(store: Store, number: int) -> list[float | None]:
    """How many questions were open, and too late, as the day of June began; asked in July."""
    keys, afterwards = ("openstaand", "open_te_laat"), moment(instant("2026-07-01"))
    before = Period(moment(instant("2026-05-31")), moment(instant(f"2026-06-{number:02}")))
    return [reading.value for reading in engine_of(store).ask(query_of(keys, before, afterwards))]


@explored(cases(number=1), examples=50)
def test_a_level_asked_live_equals_the_same_instant_asked_in_history(
    store: Store, case: Case
) -> None:
    now = case.asked[0].now.replace(microsecond=0)
    know_source(store)
    write(store, case.world)
    engine = engine_of(store)
    today = Period(now - timedelta(hours=6), now + timedelta(hours=6))
    live = engine.ask(query_of(NOT_ADDED, today, now))
    until_then = Period(today.start, now)
    later = now + timedelta(days=3)
    history = engine.ask(query_of(NOT_ADDED, until_then, later))
    told = [(reading.kpi.key, reading.value, reading.reason) for reading in live]
    assert told == [(reading.kpi.key, reading.value, reading.reason) for reading in history]
