"""The table and its CSV hold what the readings hold, to the last digit."""

from __future__ import annotations

import csv
import io

from data.store import Store
from metrics import Cut, Grain
from metrics.engine import Engine
from metrics.frames import csv_text, frame
from metrics.readings import Reading
from tests.test_figures import CATALOGUE, query_of
from tests.test_readings import NIGHT, TUESDAY
from tests.worlds import World, know_source, write


def readings_of(store: Store) -> list[Reading]:
    know_source(store)
    write(store, World())
    query = query_of(("ontvangen", "bereikbaarheid"), TUESDAY, NIGHT, grain=Grain.UUR)
    return Engine(store, CATALOGUE).ask(query)


def test_the_csv_holds_the_same_values_as_the_json(store: Store) -> None:
    readings = readings_of(store)
    rows = list(csv.DictReader(io.StringIO(csv_text(readings))))
    told = [reading.as_json() for reading in readings]
    assert [row["maatstaf"] for row in rows] == [one["kpi"] for one in told]
    assert [row["van"] for row in rows] == [one["van"] for one in told]
    for row, one in zip(rows, told, strict=True):
        assert row["waarde"] == ("" if one["value"] is None else str(one["value"]))
        assert row["reason"] == (one["reason"] or "")


def test_each_cut_is_a_column_and_whole_numbers_stay_whole() -> None:
    reading = Reading(
        kpi=CATALOGUE["ontvangen"], period=TUESDAY, cut={Cut.WACHTRIJ: "afval"}, value=12, cases=12
    )
    table = frame([reading])
    assert table["wachtrij"].tolist() == ["afval"]
    assert ",12," in csv_text([reading])


def test_a_name_that_looks_like_a_formula_is_no_formula_in_a_spreadsheet() -> None:
    readings = [
        Reading(kpi=CATALOGUE["ontvangen"], period=TUESDAY, cut={Cut.WACHTRIJ: name}, value=1)
        for name in ("=HYPERLINK(1)", "@x", "afval")
    ]
    rows = list(csv.DictReader(io.StringIO(csv_text(readings))))
    assert [row["wachtrij"] for row in rows] == ["'=HYPERLINK(1)", "'@x", "afval"]
    assert frame(readings)["wachtrij"].tolist() == ["=HYPERLINK(1)", "@x", "afval"]


def test_no_readings_give_an_empty_table() -> None:
    assert frame([]).empty
