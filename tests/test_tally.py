"""Nobody can see the tally: cold, warm, wiped or stale, filled by one or by two, answers agree."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select

from data import schema
from data.store import Store, open_engine
from metrics import Cut, Grain, Period, Reading
from metrics.engine import Engine
from metrics.tally import Tally
from tests.conftest import fresh
from tests.oracle import Phone, Question
from tests.test_figures import (
    CATALOGUE,
    THEMES,
    Case,
    cases,
    compare,
    engine_of,
    queries,
    query_of,
)
from tests.worlds import (
    ANCHORS,
    World,
    explored,
    instant,
    know_source,
    moment,
    worlds,
    write,
)

YEAR = Period.days(date(2026, 1, 1), date(2027, 1, 1))
AFTERWARDS = datetime.fromisoformat("2027-06-01T12:00:00+00:00")


def wipe(store: Store) -> None:
    """Forget the tally."""
    with store.writing() as connection:
        here = schema.tally.c.organisation == store.organisation
        connection.execute(delete(schema.tally).where(here))


def kept(store: Store, table: Any = schema.tally) -> list[tuple[Any, ...]]:
    """Return what stands in a table of this organisation, in order."""
    query = select(table).where(table.c.organisation == store.organisation)
    with store.reading() as connection:
        return sorted(tuple(row) for row in connection.execute(query))


def only_some(engine: Engine, keys: Sequence[str]) -> Engine:
    """Return an engine with fewer figures: its tally has another fingerprint."""
    return Engine(engine.store, {key: CATALOGUE[key] for key in keys})


@explored(cases(number=2), examples=20)
def test_cold_warm_wiped_and_redefined_tallies_give_one_answer(store: Store, case: Case) -> None:
    know_source(store)
    write(store, case.world)
    engine = engine_of(store)
    for asked in case.asked:
        query = asked.query
        cold = engine.ask(query)
        assert engine.ask(query) == cold  # warm
        wipe(store)
        assert engine.ask(query) == cold  # cold again
        keys = [kpi.key for kpi in query.kpis][::2]
        fewer = replace(query, kpis=query.kpis[::2])
        some = [reading for reading in cold if reading.kpi.key in keys]
        assert only_some(engine, keys).ask(fewer) == some  # another definition
        assert engine.ask(query) == cold  # and back


@dataclass(frozen=True)
class Story:
    """Deliveries that update each other, with questions in between and at the end."""

    deliveries: list[World]
    asked: list[Any]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Two to four deliveries around one anchor; a key may move to another day or queue."""
    anchor = draw(st.sampled_from(ANCHORS))
    deliveries = [draw(worlds(anchor, most=20)) for _ in range(draw(st.integers(2, 4)))]
    return Story(deliveries, [draw(queries(anchor)) for _ in range(2)])


@explored(stories(), examples=20)
def test_late_and_moved_rows_are_seen_at_once(store: Store, story: Story) -> None:
    know_source(store)
    engine = engine_of(store)
    world = World()
    for version, delivery in enumerate(story.deliveries, start=1):
        write(store, delivery, version)
        world |= delivery
        for asked in story.asked:
            compare(asked.query, world, engine.ask(asked.query))
    warm = engine.ask(query_of(tuple(CATALOGUE), YEAR, AFTERWARDS, grain=Grain.MAAND))
    wipe(store)
    assert engine.ask(query_of(tuple(CATALOGUE), YEAR, AFTERWARDS, grain=Grain.MAAND)) == warm


@explored(stories(), examples=25)
def test_a_repeated_or_older_delivery_changes_nothing(store: Store, story: Story) -> None:
    know_source(store)
    for version, delivery in enumerate(story.deliveries, start=1):
        write(store, delivery, version)
    engine = engine_of(store)
    before = [engine.ask(asked.query) for asked in story.asked]
    tables = (schema.call, schema.ticket, schema.staffing, schema.day_version, schema.revision)
    standing = [kept(store, table) for table in tables]
    last = len(story.deliveries)
    repeated = write(store, story.deliveries[-1], last)
    older = [part for delivery in story.deliveries[:-1] for part in write(store, delivery, 0)]
    assert not any(part.rows or any(part.days.values()) for part in (*repeated, *older))
    assert [kept(store, table) for table in tables] == standing
    assert [engine.ask(asked.query) for asked in story.asked] == before


# ── two at once ────────────────────────────────────────────────────────────────────────────


def a_year_of_calls() -> World:
    """A call on each Monday of 2026, and a question."""
    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(51)]
    arrivals = {f"c{day}": instant(f"{day} 10:00") for day in mondays}
    return World(
        {
            key: Phone(arrived=at, wachtrij="afval", outcome="opgenomen", wait=index % 60, left=at)
            for index, (key, at) in enumerate(arrivals.items())
        },
        {key: Question(received=at, due=at + 86400, closed=at) for key, at in arrivals.items()},
    )


def answers(engine: Engine, **how: Any) -> list[Reading]:
    """Ask everything that adds up, over the year by month."""
    flows = THEMES["gesprekken"][0]
    return engine.ask(query_of(flows, YEAR, AFTERWARDS, grain=Grain.MAAND, **how))


def test_two_engines_may_fill_the_tally_at_once(store: Store) -> None:
    know_source(store)
    write(store, a_year_of_calls())
    url = store.engine.url.render_as_string(hide_password=False)
    stores = [Store(open_engine(url), store.organisation) for _ in range(4)]
    start = threading.Barrier(len(stores))
    found: list[list[list[Reading]]] = []

    def fill(own: Store) -> None:
        engine = Engine(own, CATALOGUE)
        start.wait()
        found.append([answers(engine), answers(engine, by=(Cut.WACHTRIJ,))])

    threads = [threading.Thread(target=fill, args=[own]) for own in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in stores:
        own.engine.dispose()
    wipe(store)
    engine = Engine(store, CATALOGUE)
    assert found == [[answers(engine), answers(engine, by=(Cut.WACHTRIJ,))]] * len(stores)


def tally_of(engine: Engine, connection: Connection) -> Tally:
    """Open the tally of calls, without cuts."""
    return Tally(engine.store, connection, engine.plans["gesprek"], (), [])


def test_a_tally_of_an_older_version_never_replaces_a_newer_one(store: Store) -> None:
    know_source(store)
    world = a_year_of_calls()
    write(store, world)
    engine = Engine(store, CATALOGUE)
    first, after = date(2026, 1, 1).toordinal(), date(2026, 12, 1).toordinal()
    with store.reading() as connection:
        # this reader sees the store as it was, and is slow to keep what it added up
        slow = tally_of(engine, connection)
        slow.months(first, after)
        late = World({"late": Phone(arrived=instant("2026-03-02 11:00"), wachtrij="afval")})
        late.calls["late"] = replace(late.calls["late"], outcome="afgehaakt", wait=9)
        write(store, late)
        new = answers(engine)
    standing = kept(store)
    slow.keep()
    assert kept(store) == standing
    assert answers(engine) == new
    wipe(store)
    assert answers(engine) == new


def test_a_tally_that_was_kept_too_late_is_not_believed(store: Store) -> None:
    know_source(store)
    write(store, a_year_of_calls())
    engine = Engine(store, CATALOGUE)
    with store.reading() as connection:
        slow = tally_of(engine, connection)
        slow.months(date(2026, 1, 1).toordinal(), date(2026, 12, 1).toordinal())
        moved = Phone(arrived=instant("2026-03-03 09:00"), wachtrij="afval", outcome="afgehaakt")
        write(store, World({"c2026-03-02": moved}), version=2)
    slow.keep()  # nothing newer stands there, so it is kept
    warm = answers(engine)
    wipe(store)
    assert answers(engine) == warm


def test_only_days_that_changed_are_added_up_again(store: Store) -> None:
    know_source(store)
    write(store, a_year_of_calls())
    engine = Engine(store, CATALOGUE)
    answers(engine)
    before = {row[3:5]: row for row in kept(store) if row[1] == "gesprek"}
    late = Phone(arrived=instant("2026-03-02 11:00"), wachtrij="afval", outcome="afgehaakt")
    write(store, World({"late": late}))
    answers(engine)
    changed = {key for key, row in before.items() if row not in kept(store)}
    march = date(2026, 3, 1).toordinal()
    assert changed == {("dag", date(2026, 3, 2).toordinal()), ("maand", march)}


def test_organisations_do_not_see_each_other(store: Store) -> None:
    other = fresh(store)
    for own in (store, other):
        know_source(own)
    write(store, a_year_of_calls())
    assert all(not reading.cases for reading in answers(Engine(other, CATALOGUE)))
    query = query_of(("ontvangen",), Period(moment(0), AFTERWARDS), AFTERWARDS)
    assert [reading.value for reading in Engine(store, CATALOGUE).ask(query)] == [51]
