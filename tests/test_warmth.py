"""What is over is added up before anyone asks: nothing is left to be made, and answers agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from data import schema
from data.store import Store
from metrics import Cut, Grain, Period, Query
from metrics.engine import Engine
from metrics.periods import local_day
from metrics.warmth import EVER, warm
from tests.oracle import Phone
from tests.site_cast import NORMS, board_with
from tests.test_concealment import NOW, two_months
from tests.test_tally import kept, wipe
from tests.worlds import World, instant, write


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    board = board_with(tmp_path_factory.mktemp("warm"), two_months())
    yield board.engine
    board.store.engine.dispose()


def left(engine: Engine) -> int:
    """How many months and days would still have to be made."""
    with engine.look() as look:
        found = [
            look.tally(plan, rollup).stale(EVER, local_day(NOW).toordinal())
            for plan in engine.plans.values()
            for rollup in plan.fact.rollups
        ]
    return sum(len(part) for both in found for part in both)


def question() -> Query:
    period = Period(NOW - timedelta(days=90), NOW)
    kpis = (NORMS["vragen"], NORMS["digitaal_of_kcc"])
    return Query(kpis=kpis, period=period, now=NOW, by=(Cut.AFDELING,), grain=Grain.MAAND)


def test_after_it_nothing_is_left_to_be_made(engine: Engine) -> None:
    wipe(engine.store)
    cold = engine.ask(question())
    wipe(engine.store)
    assert left(engine)
    assert warm(engine, NOW)
    assert left(engine) == 0
    before = kept(engine.store)
    assert engine.ask(question()) == cold
    assert kept(engine.store) == before
    assert warm(engine, NOW) == 0


def test_only_what_changed_is_made_again(engine: Engine) -> None:
    warm(engine, NOW)
    call = Phone(arrived=instant("2026-09-09 10:00:00"), wachtrij="afval", afdeling="Archief",
                 wait=9, outcome="opgenomen")  # fmt: skip
    write(engine.store, World(calls={"laat": call}))
    assert warm(engine, NOW) == len(engine.plans["gesprek"].fact.rollups)
    assert left(engine) == 0


def test_it_can_be_stopped_and_goes_on_where_it_was(engine: Engine) -> None:
    wipe(engine.store)
    answers = iter([False, False, True])
    assert warm(engine, NOW, lambda: next(answers)) == 2
    assert warm(engine, NOW) == left_after_wipe(engine) - 2


def left_after_wipe(engine: Engine) -> int:
    wipe(engine.store)
    return warm(engine, NOW)


def test_a_pair_of_cuts_keeps_the_months_that_were_asked_for(engine: Engine) -> None:
    whole = replace(question(), by=(Cut.AFDELING, Cut.ONDERWERP))
    cold = engine.ask(whole)
    pairs = [row for row in kept_rollups(engine.store) if row == "afdeling,onderwerp"]
    assert pairs
    assert engine.ask(whole) == cold


def kept_rollups(store: Store) -> list[str]:
    place = list(schema.tally.columns).index(schema.tally.c.rollup)
    return [row[place] for row in kept(store)]
