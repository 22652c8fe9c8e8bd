"""Nothing hidden can be found by subtraction: proved by trying all that could be there instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from metrics.suppression import TOTAAL, Counts, Key, hidden, with_totals

BELOW = 3


def table(shape: tuple[int, ...], counts: int) -> st.SearchStrategy[dict[Key, Counts]]:
    """Tables of this shape, in which some cells do not exist."""
    keys = list(product(*(map(str, range(size)) for size in shape)))
    cell = st.tuples(*[st.integers(0, 4)] * counts)
    return st.dictionaries(st.sampled_from(keys), cell, min_size=1, max_size=len(keys))


tables = st.one_of(
    st.integers(1, 6).flatmap(lambda size: table((size,), 1)),
    st.integers(1, 5).flatmap(lambda size: table((size,), 2)),
    table((3, 3), 1),
    table((3, 2), 2),
    table((2, 2, 2), 1),
)


def possible(
    cells: Mapping[Key, int], secret: frozenset[Key], sums: Mapping[Key, int]
) -> Iterator[dict[Key, int]]:
    """Yield what the hidden cells could be, one more or less each, by the sums that are shown."""
    free = [key for key in cells if key in secret]
    lines = {
        total: [key for key in cells if covers(total, key)] for total in sums if total not in secret
    }
    around = [range(max(0, cells[key] - 1), cells[key] + 2) for key in free]
    for moved in product(*around):
        guess = {**cells, **dict(zip(free, moved, strict=True))}
        if all(sum(guess[key] for key in line) == sums[total] for total, line in lines.items()):
            yield {key: sum(guess[k] for k in cells if covers(key, k)) for key in secret}


def covers(total: Key, key: Key) -> bool:
    """Tell whether a cell counts in a total; a cell counts in itself."""
    return all(place in (TOTAAL, own) for place, own in zip(total, key, strict=True))


@given(tables)
def test_no_hidden_value_is_determined_by_what_is_shown(cells: dict[Key, Counts]) -> None:
    secret, sums = hidden(cells, BELOW), with_totals(cells)
    for which in range(len(next(iter(cells.values())))):
        one = {key: counts[which] for key, counts in cells.items()}
        values: dict[Key, set[int]] = {key: set() for key in secret}
        for guess in possible(one, secret, {key: counts[which] for key, counts in sums.items()}):
            for key, value in guess.items():
                values[key].add(value)
            if all(len(found) > 1 for found in values.values()):
                break
        assert [key for key, found in values.items() if len(found) < 2] == []


@given(tables)
def test_whatever_is_too_small_is_hidden_totals_included(cells: dict[Key, Counts]) -> None:
    small = {key for key, counts in with_totals(cells).items() if sum(counts) < BELOW}
    secret = hidden(cells, BELOW)
    assert small <= secret
    assert small or not secret


def test_one_small_department_takes_the_next_smallest_with_it() -> None:
    cells = {("burgerzaken",): (500,), ("griffie",): (4,), ("parkeren",): (60,), ("wmo",): (90,)}
    assert hidden(cells, 10) == {("griffie",), ("parkeren",)}


def test_two_small_departments_guard_each_other() -> None:
    cells = {("burgerzaken",): (500,), ("griffie",): (4,), ("raad",): (6,)}
    assert hidden(cells, 10) == {("griffie",), ("raad",)}


def test_departments_that_nobody_asked_anything_do_not_guard_each_other() -> None:
    cells = {("burgerzaken",): (500,), ("griffie",): (0,), ("raad",): (0,), ("wmo",): (70,)}
    assert hidden(cells, 10) == {("griffie",), ("raad",), ("wmo",)}


def test_that_nothing_was_late_in_the_small_ones_does_not_show_either() -> None:
    # of griffie and raad together 10 cases are hidden; were none of them late, all would be known
    cells = {("griffie",): (4, 0), ("raad",): (6, 0), ("wmo",): (60, 10), ("zorg",): (90, 20)}
    assert hidden(cells, 10) == {("griffie",), ("raad",), ("wmo",)}


def test_where_nothing_at_all_was_late_the_total_is_hidden_too() -> None:
    cells = {("griffie",): (4, 0), ("wmo",): (60, 0)}
    assert (TOTAAL,) in hidden(cells, 10)


def test_a_department_with_one_small_channel_hides_its_total() -> None:
    cells = {
        ("griffie", "telefoon"): (4,),
        ("wmo", "telefoon"): (60,),
        ("wmo", "balie"): (80,),
        ("zorg", "telefoon"): (70,),
        ("zorg", "balie"): (90,),
    }
    secret = hidden(cells, 10)
    assert {("griffie", "telefoon"), ("griffie", TOTAAL)} <= secret
    assert (TOTAAL, TOTAAL) not in secret


def test_totals_are_those_over_each_axis_and_over_all() -> None:
    cells = {("a", "x"): (1, 2), ("a", "y"): (3, 4), ("b", "x"): (5, 6)}
    assert with_totals(cells) == {
        **cells,
        ("a", TOTAAL): (4, 6),
        ("b", TOTAAL): (5, 6),
        (TOTAAL, "x"): (6, 8),
        (TOTAAL, "y"): (3, 4),
        (TOTAAL, TOTAAL): (9, 12),
    }


def test_of_an_empty_table_nothing_is_hidden() -> None:
    assert hidden({}, 10) == frozenset()
