"""What is told of parts gives no small number away, however the questions are combined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics import Cut, Query, Reading
from metrics.board import Board
from metrics.command import BadQuestion
from metrics.concealment import secret, too_few
from metrics.facts import Only
from metrics.periods import ZONE, Grain, Period
from metrics.suppression import TOTAAL, Counts, Key, with_totals
from tests.oracle import Question
from tests.site_cast import board_with
from tests.test_suppression import covers, possible, table
from tests.worlds import World

BELOW = 3
OCTOBER = Period.days(date(2026, 10, 1), date(2026, 11, 1))
AUTUMN = Period.days(date(2026, 9, 1), date(2026, 11, 1))
NOW = datetime(2026, 11, 5, 9, 0, tzinfo=ZONE)
DEPARTMENTS, TOPICS = ("Archief", "Belastingen", "Burgerzaken"), ("afval", "kap", "paspoort")


# ── the tables ─────────────────────────────────────────────────────────────────────────────


def summed(cells: Mapping[Key, Counts], axis: int) -> dict[Key, Counts]:
    """The table with only that cut."""
    rest = {key: of for key, of in with_totals(cells).items() if key[1 - axis] == TOTAAL}
    return {(key[axis],): of for key, of in rest.items() if key[axis] != TOTAAL}


def hidden_in_all(cells: Mapping[Key, Counts]) -> frozenset[Key]:
    """What is hidden in the table of both cuts, and in the tables of each."""
    rows, columns = (secret(summed(cells, axis).items(), BELOW) for axis in (0, 1))
    totals = {(name, TOTAAL) for (name,) in rows} | {(TOTAAL, name) for (name,) in columns}
    return secret(cells.items(), BELOW) | totals


@given(st.one_of(table((3, 3), 1), table((3, 2), 2)))
def test_two_cuts_and_each_of_them_together_give_no_hidden_number(cells: dict[Key, Counts]) -> None:
    cells = {key: of for key, of in cells.items() if sum(of)}
    assume(all(len({key[axis] for key in cells}) > 1 for axis in (0, 1)))
    hidden, sums = hidden_in_all(cells), with_totals(cells)
    for which in range(len(next(iter(cells.values()), ()))):
        names = [sorted({key[axis] for key in cells}) for axis in (0, 1)]
        every = {key: cells[key][which] if key in cells else 0 for key in product(*names)}
        nothing = [total for total, of in sums.items() if total not in hidden and not of[which]]
        values: dict[Key, set[int]] = {
            key: set()
            for key in hidden
            if sum(sums.get(key, ())) and not any(covers(total, key) for total in nothing)
        }  # what is 0 in a total that is told is known of each of its parts
        for guess in possible(every, hidden, {key: of[which] for key, of in sums.items()}):
            for key, known in values.items():
                known.add(guess[key])
            if all(len(found) > 1 for found in values.values()):
                break
        assert [key for key, found in values.items() if len(found) < 2] == []


@given(table((3, 3), 2))
def test_every_small_part_is_hidden_in_each_table(cells: dict[Key, Counts]) -> None:
    small = {key for key, of in with_totals(cells).items() if 0 < sum(of) < BELOW}
    assert small - {(TOTAAL, TOTAAL)} <= hidden_in_all(cells)


def test_a_part_may_have_the_name_of_the_total() -> None:
    cells: list[tuple[Key, Counts]] = [((TOTAAL,), (2, 0)), (("b",), (9, 9)), (("c",), (30, 5))]
    assert secret(cells, BELOW) == {(TOTAAL,), ("b",)}


# ── a real store ───────────────────────────────────────────────────────────────────────────


def two_months() -> World:
    """Questions in September and October; those about trees are few, and of the archive fewest."""
    random, world = Random(7), World()
    for place in range(1200):
        month, day = random.choice((9, 10)), random.randint(1, 28)
        at = int(datetime(2026, month, day, 10, tzinfo=ZONE).timestamp()) + place
        world.questions[f"v{place}"] = Question(
            received=at,
            closed=at + 3600,
            afdeling=random.choices(DEPARTMENTS, (1, 40, 59))[0],
            onderwerp=random.choices(TOPICS, (50, 4, 46))[0],
            kanaal=random.choice(("balie", "telefoon")),
        )
    return world


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    opened = board_with(tmp_path_factory.mktemp("delen"), two_months())
    yield opened
    opened.store.engine.dispose()


def query(board: Board, *by: Cut, period: Period = OCTOBER, **only: str) -> Query:
    chosen: Only = {Cut(cut): frozenset(values.split()) for cut, values in only.items()}
    kpis = (board.catalogue["vragen"], board.catalogue["digitaal_of_kcc"])
    return Query(kpis=kpis, period=period, now=NOW, by=by, only=chosen)


def told(found: list[Reading], key: str = "vragen") -> dict[tuple[str, ...], float | None]:
    return {(*one.cut.values(),): one.value for one in found if one.kpi.key == key}


def test_what_is_shown_is_what_the_store_has(board: Board) -> None:
    asked = query(board, Cut.AFDELING, Cut.ONDERWERP)
    every = told(board.ask(asked))
    shown = {key: value for key, value in told(board.tell(asked)).items() if value is not None}
    assert shown
    assert shown.items() <= every.items()
    assert min(value or 0 for value in shown.values()) >= 10


def test_of_a_hidden_part_nothing_but_its_name_is_told(board: Board) -> None:
    (one,) = [one for one in board.tell(query(board, Cut.AFDELING))
              if one.cut[Cut.AFDELING] == "Archief" and one.kpi.key == "vragen"]  # fmt: skip
    known = {name: value for name, value in one.as_json().items() if value not in (None, 0, [])}
    assert known.pop("reason") == too_few(10)
    assert known.keys() == {"kpi", "van", "tot", "cut", "unit", "status", "as_of", "status_cel"}
    assert (known["status_cel"], known["status"]) == ("x", "geen data")


def test_a_choice_is_told_as_the_table_of_all_choices_is(board: Board) -> None:
    table = told(board.tell(query(board, Cut.AFDELING)))
    for name in DEPARTMENTS:
        assert told(board.tell(query(board, afdeling=name)))[()] == table[name,]
    crossed = told(board.tell(query(board, Cut.AFDELING, Cut.ONDERWERP)))
    for topic, name in product(TOPICS, DEPARTMENTS):
        (alone,) = told(board.tell(query(board, afdeling=name, onderwerp=topic))).values()
        within = told(board.tell(query(board, Cut.ONDERWERP, afdeling=name)))
        assert alone == within[topic,] == crossed[name, topic]


def test_all_but_one_is_not_told_when_the_one_is_hidden(board: Board) -> None:
    guard = {name for (name,), value in told(board.tell(query(board, Cut.AFDELING))).items()
             if value is None}  # fmt: skip
    assert len(guard) == 2
    others = " ".join(name for name in DEPARTMENTS if name != "Archief")
    assert told(board.tell(query(board, afdeling=others)))[()] is None


def test_several_months_are_not_told_when_one_of_them_is_hidden(board: Board) -> None:
    two = replace(query(board, Cut.ONDERWERP, period=AUTUMN), grain=Grain.MAAND)
    months = board.tell(two)
    whole = told(board.tell(query(board, Cut.ONDERWERP, period=AUTUMN)))
    for topic in TOPICS:
        own = [one.value for one in months
               if one.cut[Cut.ONDERWERP] == topic and one.kpi.key == "vragen"]  # fmt: skip
        assert whole[topic,] == (None if None in own else sum(map(float, filter(None, own))))


def test_a_part_that_does_not_exist_looks_like_a_small_one(board: Board) -> None:
    asked = query(board, Cut.AFDELING, Cut.ONDERWERP)
    assert ("Archief", "kap") not in told(board.ask(asked))
    found = [one for one in board.tell(asked) if tuple(one.cut.values()) == ("Archief", "kap")]
    assert [one.hidden for one in found] == [True]


@pytest.mark.parametrize(
    ("period", "grain", "cuts", "field"),
    [
        (Period(OCTOBER.start, NOW), None, (Cut.AFDELING,), "tot"),
        (Period.days(date(2026, 10, 2), date(2026, 11, 1)), None, (Cut.AFDELING,), "van"),
        (Period.days(date(2026, 11, 1), date(2026, 12, 1)), None, (Cut.AFDELING,), "tot"),
        (OCTOBER, Grain.DAG, (Cut.AFDELING,), "per"),
        (OCTOBER, None, (Cut.AFDELING, Cut.ONDERWERP, Cut.KANAAL), "op"),
    ],
)
def test_what_would_let_small_numbers_be_worked_out_is_refused(
    board: Board, period: Period, grain: Grain | None, cuts: tuple[Cut, ...], field: str
) -> None:
    asked = replace(query(board, *cuts, period=period), grain=grain)
    with pytest.raises(BadQuestion) as refused:
        board.tell(asked)
    assert refused.value.field == field


def test_the_whole_is_told_over_any_period(board: Board) -> None:
    asked = replace(query(board, period=Period(OCTOBER.start, NOW)), grain=Grain.DAG)
    assert board.tell(asked) == board.ask(asked)
