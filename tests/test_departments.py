"""Departments of a month: judged where their cases can tell, hidden where they are too few."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.settings import NormSettings
from data.store import Store
from data.thresholds import SmallNumbers
from metrics import Cut, Query, Reading
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.departments import FIGURES, Departments, as_json, departments, questions
from metrics.engine import Engine
from metrics.intervals import Size, Verdict
from metrics.periods import Period
from tests.afdelingen_cast import DECEMBER, NOVEMBER, a_month, answered_and_missed
from tests.test_suppression import possible
from tests.told_cast import told as as_told
from tests.worlds import CALENDAR, know_source, write

SMALL = SmallNumbers()
NORM = NormSettings("bereikbaarheid", 0.9, date(2016, 1, 1), "raad", 0.0)
CATALOGUE = catalogue([NORM])
KPI = CATALOGUE["bereikbaarheid"]
Counted = Mapping[str, tuple[int, int]]
"""Of each department: what went well, what did not."""


def told(counted: Counted) -> Departments:
    """The departments with these counts."""
    both = [sum(counts) for counts in zip(*counted.values(), strict=True)] or [0, 0]
    parts = [reading(*counts, naam) for naam, counts in counted.items()]
    return departments(as_told(parts, Cut.AFDELING, SMALL.hidden_below), reading(*both), SMALL)


def reading(good: int, bad: int, naam: str | None = None) -> Reading:
    whole = good + bad
    return Reading(
        kpi=KPI,
        period=Period.days(NOVEMBER, date(2026, 12, 1)),
        cut={} if naam is None else {Cut.AFDELING: naam},
        value=good / whole if whole else None,
        teller=good,
        noemer=whole,
        cases=whole,
        norm=KPI.norms[0],
    )


def by_name(found: Departments) -> dict[str, tuple[Size, Verdict | None]]:
    return {row.naam: (row.size, row.verdict) for row in found.rows}


def test_a_verdict_needs_thirty_cases_and_an_interval_beside_the_norm() -> None:
    found = told(
        {
            "goed": (980, 20),
            "slecht": (800, 200),
            "onzeker": (44, 6),
            "klein": (10, 10),
            "precies": (29, 1),
        }
    )
    assert by_name(found) == {
        "goed": (Size.GEWOON, Verdict.GEHAALD),
        "slecht": (Size.GEWOON, Verdict.NIET_GEHAALD),
        "onzeker": (Size.GEWOON, Verdict.ONBESLIST),
        "klein": (Size.OPEN, None),
        "precies": (Size.GEWOON, Verdict.ONBESLIST),
    }


def test_departments_stand_by_name_or_by_number_and_never_by_score() -> None:
    found = told({"c": (50, 50), "a": (30, 0), "b": (60, 20), "d": (2, 3), "e": (3, 1)})
    assert [row.naam for row in found.rows] == ["a", "b", "c", "d", "e"]
    assert [row.naam for row in found.largest_first] == ["c", "b", "a", "d", "e"]


def test_the_place_of_a_hidden_department_tells_nothing_of_its_number() -> None:
    found = told({"a": (700, 50), "klein": (2, 3), "middel": (50, 10), "groot": (90, 10)})
    assert [row.naam for row in found.rows if not row.shown] == ["klein", "middel"]
    assert [row.naam for row in found.largest_first] == ["a", "groot", "klein", "middel"]


def test_of_a_hidden_department_only_the_name_is_told() -> None:
    found = told({"a": (700, 50), "klein": (2, 3), "middel": (50, 10)})
    rows = {row["afdeling"]: row for row in as_json(found)}
    for naam in ("klein", "middel"):
        known = {key: value for key, value in rows[naam].items() if value is not None}
        assert known == {
            "kpi": "bereikbaarheid", "maand": "2026-11", "rij": "afdeling", "afdeling": naam,
            "norm": 0.9, "grootte": "verborgen", "status_cel": "x",
        }  # fmt: skip


def test_without_a_case_there_is_nothing_to_hide() -> None:
    found = told({"a": (70, 5), "b": (60, 10), "nooit gebeld": (0, 0)})
    assert [row.naam for row in found.rows] == ["a", "b"]
    assert all(row.shown for row in (*found.rows, found.total))
    nothing = told({"nooit gebeld": (0, 0)})
    assert (nothing.rows, nothing.total.shown) == ((), False)


def test_a_department_may_be_called_total_or_nothing() -> None:
    found = told({"totaal": (50, 10), "": (2, 3), "b": (60, 10)})
    assert [row.naam for row in found.rows if not row.shown] == ["", "totaal"]
    assert found.total.shown


counts = st.tuples(st.integers(0, 12), st.integers(0, 6))
names = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.dictionaries(names, counts, min_size=1))
def test_the_total_less_the_rest_never_gives_a_hidden_number(counted: Counted) -> None:
    if not all(map(sum, zip(*counted.values(), strict=True))):
        return  # what is nowhere is known of each
    whole, *rows = as_json(told(counted))
    secret = {row["afdeling"] for row in rows if row["status_cel"]}
    shown = {row["afdeling"]: row for row in rows if not row["status_cel"]}
    assert {naam for naam in counted if 0 < sum(counted[naam]) < SMALL.hidden_below} <= secret
    if whole["status_cel"]:
        return
    for which in ("teller", "noemer"):
        rest = whole[which] - sum(row[which] for row in shown.values())
        own = {
            naam: counted[naam][0] if which == "teller" else sum(counted[naam]) for naam in secret
        }
        assert rest == sum(own.values())
        hidden_ones = {(naam,): number for naam, number in own.items()}
        guesses = list(possible(hidden_ones, frozenset(hidden_ones), {("totaal",): rest}))
        for key in hidden_ones:
            assert len({guess[key] for guess in guesses}) > 1


def test_more_than_eight_shown_departments_have_a_funnel() -> None:
    many = {f"afdeling {number}": (90 + number, 10) for number in range(9)}
    assert told(many).has_funnel
    assert not told({**many, "afdeling 8": (4, 3)}).has_funnel
    narrow, wide = told(many).funnel(1000)
    assert wide.low < narrow.low < (told(many).total.value or 0) < narrow.high < wide.high


# ── a real store ───────────────────────────────────────────────────────────────────────────


def board_of(store: Store) -> Board:
    return Board(store, Engine(store, CATALOGUE), CALENDAR, "Haarlem")


def test_the_shown_numbers_are_those_of_the_questions_put_one_by_one(store: Store) -> None:
    know_source(store)
    write(store, a_month({"Burgerzaken": (60, 6), "Belastingen": (30, 8), "Griffie": (3, 1)}))
    board = board_of(store)
    found = board.per_department("bereikbaarheid", NOVEMBER, DECEMBER)
    assert found.total.noemer == 108
    (row,) = [row for row in found.rows if row.naam == "Burgerzaken"]
    period = Period.days(NOVEMBER, date(2026, 12, 1))
    only = {Cut.AFDELING: frozenset({"Burgerzaken"})}
    (asked,) = board.ask(Query(kpis=(KPI,), period=period, now=DECEMBER, only=only))
    assert (row.value, row.teller, row.noemer) == (asked.value, asked.teller, asked.noemer)
    assert [row.naam for row in found.rows if not row.shown] == ["Belastingen", "Griffie"]


@pytest.mark.parametrize("key", FIGURES)
def test_the_departments_add_up_to_the_whole(store: Store, key: str) -> None:
    know_source(store)
    write(store, answered_and_missed())
    with board_of(store).look() as look:
        parts, (whole,) = look.ask_many(questions(CATALOGUE[key], NOVEMBER, DECEMBER))
    assert whole.noemer
    assert sum(part.noemer or 0 for part in parts) == whole.noemer
    assert sum(part.teller or 0 for part in parts) == whole.teller


def test_a_month_before_the_sources_began_has_a_reason(store: Store) -> None:
    found = board_of(store).per_department("bereikbaarheid", NOVEMBER, DECEMBER)
    assert found.rows == ()
    assert found.whole.reason
