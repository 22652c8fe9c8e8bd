"""The shapes of a number: check figures that everyone knows, and quantiles against a naive rank."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import true

from data.store import Store
from metrics import Period
from metrics.cells import Cells, Counts, merged
from metrics.engine import Engine
from metrics.facts import GESPREK
from metrics.kpis.servicelevel import VARIANTS
from metrics.measures import Count, CoveredShare, Mean, Share, Spread
from tests.oracle import Phone, quantile
from tests.test_figures import CATALOGUE, query_of
from tests.worlds import World, instant, know_source, write

TUESDAY = Period.days(date(2026, 11, 24), date(2026, 11, 25))


def a_hundred_calls() -> World:
    """The check figure of definitions.md: 70 in time, 12 later, 10 gave up in time, 8 later."""
    kinds = [
        *[("opgenomen", 30)] * 70,
        *[("opgenomen", 31)] * 12,
        *[("afgehaakt", 5)] * 4,
        *[("afgehaakt", 6)] * 6,
        *[("afgehaakt", 31)] * 8,
    ]
    ten = instant("2026-11-24 10:00")
    return World(
        {
            f"{number:03d}": Phone(
                arrived=ten + number, wachtrij="afval", outcome=outcome, wait=wait, left=ten
            )
            for number, (outcome, wait) in enumerate(kinds)
        }
    )


def test_five_variants_of_the_service_level_follow_from_the_same_rows(store: Store) -> None:
    know_source(store)
    write(store, a_hundred_calls())
    keys = ("aangeboden", "opgenomen", "opgenomen_binnen_norm", "kort_afgehaakt")
    more = ("afgehaakt_binnen_norm", "servicelevel", "bereikbaarheid", "afhakers")
    now = datetime(2026, 11, 24, 20, tzinfo=UTC)
    told = Engine(store, CATALOGUE).ask(query_of((*keys, *more, *VARIANTS[1:]), TUESDAY, now))
    value = {reading.kpi.key: reading.value or 0 for reading in told}
    in_time, gave_up = value["opgenomen_binnen_norm"], value["afgehaakt_binnen_norm"]
    variants = {
        "negative": in_time / value["aangeboden"],
        "short excluded": in_time / (value["aangeboden"] - value["kort_afgehaakt"]),
        "ignored": in_time / (value["aangeboden"] - gave_up),
        "positive": (in_time + gave_up) / value["aangeboden"],
        "answered only": in_time / value["opgenomen"],
    }
    percents = {name: round(100 * share, 1) for name, share in variants.items()}
    assert percents == {
        "negative": 70.0,
        "short excluded": 72.9,
        "ignored": 77.8,
        "positive": 80.0,
        "answered only": 85.4,
    }
    assert [value[key] for key in VARIANTS] == list(variants.values())
    assert value["bereikbaarheid"] == 0.82
    assert value["afhakers"] == 0.18


SHARES = st.integers(1, 100)
VALUES = st.lists(st.integers(-5, 400), min_size=1, max_size=60)


@given(SHARES, VALUES)
def test_a_quantile_is_the_value_at_its_rank(percent: int, values: list[int]) -> None:
    spread = Spread(GESPREK, true(), true(), percent / 100, "waarden")
    found = spread.fold_counts(np.array(values), np.ones(len(values), np.int64))
    assert found.value == quantile(values, Fraction(percent, 100))
    assert found.noemer == found.cases == len(values)


@given(SHARES, VALUES)
def test_a_quantile_is_the_same_over_counted_values(percent: int, values: list[int]) -> None:
    spread = Spread(GESPREK, true(), true(), percent / 100, "waarden")
    distinct, counts = np.unique(np.array(values), return_counts=True)
    counted = spread.fold_counts(distinct[::-1], counts[::-1])
    assert counted.value == quantile(values, Fraction(percent, 100))


@pytest.mark.parametrize(
    ("number", "p50", "p90"), [(1, 1, 1), (2, 1, 2), (9, 5, 9), (10, 5, 9), (11, 6, 10)]
)
def test_ranks_of_the_median_and_of_p90(number: int, p50: int, p90: int) -> None:
    values, counts = np.arange(1, number + 1), np.ones(number, np.int64)
    for share, value in ((0.5, p50), (0.9, p90)):
        found = Spread(GESPREK, true(), true(), share, "waarden").fold_counts(values, counts)
        assert found.value == value


def test_nothing_to_divide_by_is_no_value() -> None:
    folded = [
        Share(GESPREK, true(), true(), "gesprekken").fold([0, 0]),
        Mean(GESPREK, true(), true(), "gesprekken").fold([0, 0]),
        CoveredShare(GESPREK, *[true()] * 4, "gesprekken").fold([0] * 5),
        Spread(GESPREK, true(), true(), 0.5, "gesprekken").fold_counts(np.array([]), np.array([])),
    ]
    for found in folded:
        assert found.value is None
        assert found.reason == "geen gesprekken in deze periode"
        assert (found.coverage, found.lower, found.upper) == (None, None, None)
    assert Count(GESPREK, true()).fold([0]).value == 0


# ── cells: adding up, and the stored form ──────────────────────────────────────────────────

ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "é"]), st.integers(-9, 9), st.integers(-3, 500)),
    max_size=12,
)


def cells_of(rows: list[tuple[str, int, int]]) -> Cells:
    """One cell per name with a sum and counted values."""
    keys = sorted({(name,) for name, _, _ in rows})
    sums = [[sum(n for name, n, _ in rows if (name,) == key)] for key in keys]
    counts = [(keys.index((name,)), value, 1) for name, _, value in rows]
    shaped = np.array(sums, np.int64).reshape(len(keys), 1)
    return Cells(keys, shaped, (Counts.of(counts),))


def told(cells: Cells) -> tuple[dict[object, int], dict[object, int]]:
    """What cells say, whatever their order."""
    sums = {key: int(row[0]) for key, row in zip(cells.keys, cells.sums, strict=True)}
    counts: dict[object, int] = {}
    only = cells.counts[0]
    for cell, value, count in zip(only.cell, only.value, only.count, strict=True):
        at = cells.keys[cell], int(value)
        counts[at] = counts.get(at, 0) + int(count)
    return sums, counts


@given(ROWS)
def test_the_stored_form_gives_the_same_cells_back(rows: list[tuple[str, int, int]]) -> None:
    cells = cells_of(rows)
    assert told(Cells.unpacked(cells.packed())) == told(cells)


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_days_add_up_to_a_month(days: list[list[tuple[str, int, int]]]) -> None:
    together = merged([cells_of(rows) for rows in days])
    assert told(together) == told(cells_of([row for rows in days for row in rows]))
