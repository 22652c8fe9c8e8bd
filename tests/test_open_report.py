"""The open data of a report: tidy, described, stable, and with no number in a hidden cell."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dashboard.report.data_files import data_files
from dashboard.report.described import metadata
from dashboard.report.names import file_name, lasting, slug
from dashboard.report.tidy import tidy_csv
from metrics.published.edition import Edition
from metrics.published.frozen_figures import per_department
from metrics.published.goal import YearValue
from metrics.published.quality import Cell, Parts
from tests.report_cast import CONCEPT, CORRECTED, EDITIONS, FINAL, SNAPSHOT, figure
from tests.test_departments import Counted, told

editions = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
NUMBERS = ("teller", "noemer", "waarde")
small = st.integers(0, 25)


def rows_of(edition: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tidy_csv(edition).decode(), newline="")))


def with_parts(*rows: Cell) -> Edition:
    table = Parts(key="terugbellen", axis="afdeling", rows=rows)
    return replace(CONCEPT, snapshot=replace(SNAPSHOT, parts=(table,)))


# ── the table ──────────────────────────────────────────────────────────────────────────────


@editions
def test_a_row_is_there_once_in_a_fixed_order_and_the_same_again(edition: Edition) -> None:
    rows = rows_of(edition)
    keys = [(row["maatstaf"], row["periode"], row["afdeling"]) for row in rows]
    assert keys == sorted(set(keys))
    assert tidy_csv(edition) == tidy_csv(edition)
    assert {row["versie"] for row in rows} == {str(edition.version)}


@editions
def test_every_figure_and_every_month_and_year_of_a_target_is_in_it(edition: Edition) -> None:
    frozen = edition.snapshot
    found = {
        (row["maatstaf"], row["periode"]): row["waarde"]
        for row in rows_of(edition)
        if not row["afdeling"]
    }
    expected = {
        **{
            (line.key, _year(one)): one.value
            for line in frozen.years
            for one in (*line.past, line.so_far)
        },
        **{
            (goal.key, f"{one.month:%Y-%m}"): one.value
            for goal in frozen.goals
            for one in goal.points
        },
        **{(one.key, frozen.span.key): one.value for one in frozen.figures},
    }
    assert {key: float(text) if text else None for key, text in found.items()} == expected


def _year(one: YearValue) -> str:
    return f"{one.year}" if one.until.month == 12 else f"{one.year}-01/{one.until:%Y-%m}"


@editions
def test_the_mark_says_why_there_is_no_value(edition: Edition) -> None:
    for row in rows_of(edition):
        assert bool(row["waarde"]) is (row["status_cel"] in ("", "v")), row


def test_a_month_whose_source_was_silent_is_provisional() -> None:
    rows = {(row["maatstaf"], row["periode"]): row for row in rows_of(EDITIONS["negen dagen"])}
    assert rows["bereikbaarheid", "2026-10"]["status_cel"] == "v"
    assert rows["bereikbaarheid", "2026-09"]["status_cel"] == ""
    assert rows["in_een_keer_goed", "2026-10"]["status_cel"] == "."


# ── what is hidden ─────────────────────────────────────────────────────────────────────────


@editions
def test_a_hidden_department_has_no_number_at_all(edition: Edition) -> None:
    hidden = [row for row in rows_of(edition) if row["status_cel"] == "x"]
    assert {row["afdeling"] for row in hidden} == {
        cell.name
        for table in edition.snapshot.parts
        if table.axis == "afdeling"
        for cell in table.rows
        if not cell.shown
    }
    assert {row[name] for row in hidden for name in NUMBERS} <= {""}


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3), st.tuples(small, small), min_size=1, max_size=7
    )
)
def test_who_subtracts_from_the_total_finds_no_hidden_number(counted: Counted) -> None:
    """Of what went well and of what did not, something is left for two hidden departments."""
    edition = of_departments(counted)
    whole, *parts = [
        row
        for row in rows_of(edition)
        if (row["maatstaf"], row["periode"]) == ("bereikbaarheid", "2026-10")
    ]
    hidden = [row for row in parts if row["status_cel"] == "x"]
    assert len(hidden) != 1
    assert {row[name] for row in hidden for name in NUMBERS} <= {""}
    for count in (_good, _bad):
        left = count(whole) - sum(count(row) for row in parts if row not in hidden)
        assert left >= 1 or not hidden


def of_departments(counted: Counted) -> Edition:
    """A month of these departments, hidden and frozen as the real one is."""
    good, bad = (sum(both) for both in zip(*counted.values(), strict=True))
    total = figure("bereikbaarheid", float(good), float(good + bad), "", met=None)
    snapshot = replace(
        SNAPSHOT, figures=(total,), goals=(), years=(), parts=(per_department(told(counted)),)
    )
    return replace(CONCEPT, snapshot=snapshot)


def _good(row: dict[str, str]) -> int:
    return int(row["teller"])


def _bad(row: dict[str, str]) -> int:
    return int(row["noemer"]) - int(row["teller"])


@pytest.mark.parametrize("name", ["=1+1", "+31 23", "-zuid", "@SUM(A1)", "\tx"])
def test_a_name_is_never_a_formula(name: str) -> None:
    rows = rows_of(with_parts(Cell(name=name), Cell(name="Archief")))
    assert [row["afdeling"] for row in rows if row["afdeling"]] == [f"'{name}", "Archief"]


def test_a_department_without_a_name_is_not_the_municipality() -> None:
    rows = rows_of(with_parts(Cell(name=""), Cell(name="Archief")))
    assert [row["afdeling"] for row in rows if row["status_cel"] == "x"] == [
        "Archief",
        "niet bekend",
    ]


# ── its description ────────────────────────────────────────────────────────────────────────


def validated(folder: Path, edition: Edition, **changed: Any) -> list[str]:
    """Lay the table beside its description, and return what a validator has to say."""
    written = {file.name: file.content for file in data_files(edition)}
    table = file_name(edition, "csv")
    described = json.loads(written[f"{table}-metadata.json"]) | changed.get("described", {})
    (folder / table).write_bytes(changed.get("table", written[table]))
    path = folder / f"{table}-metadata.json"
    path.write_text(json.dumps(described), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # by which it tells what is wrong
        found = CSVW(str(path), validate=True)
        try:
            return [] if found.is_valid else [str(one.message) for one in found.warnings]
        except ValueError as error:
            return [str(error)]


@editions
def test_a_validator_of_csv_on_the_web_accepts_the_file(tmp_path: Path, edition: Edition) -> None:
    assert validated(tmp_path, edition) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b",8710,", b",veel,", "veel"),
        (b"bereikbaarheid,2026-10,", b"bereikbaarheid,2026-09,", "duplicate primary key"),
        (b"2026-10,,8710", b",,8710", "required"),
    ],
    ids=["a word for a number", "a row twice", "a period left out"],
)
def test_a_validator_refuses_a_file_that_is_wrong(
    tmp_path: Path, old: bytes, new: bytes, complaint: str
) -> None:
    table = tidy_csv(FINAL)
    assert old in table
    complaints = validated(tmp_path, FINAL, table=table.replace(old, new))
    assert any(complaint in one for one in complaints)


def test_the_description_says_what_a_reader_of_open_data_asks() -> None:
    described = metadata(FINAL)
    assert described["@context"][1] == {"@language": "nl"}
    assert described["url"] == "klantcontact-haarlem-2026-10-v1.csv"
    assert described["dc:title"] == "Maandrapportage klantcontact Haarlem, oktober 2026"
    assert described["dc:license"] == {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"}
    assert described["dc:issued"] == "2026-11-06"
    assert described["dc:identifier"] == f"sha256:{FINAL.sha256}"
    assert described["tableSchema"]["primaryKey"] == ["maatstaf", "periode", "afdeling"]
    for column in described["tableSchema"]["columns"]:
        assert column["titles"]["nl"][0] == column["name"]
        assert column["dc:description"]


def test_open_data_of_a_concept_says_that_it_is_one() -> None:
    names = {file.name for file in data_files(CONCEPT)}
    assert {f"klantcontact-haarlem-2026-10-v1-concept.{end}" for end in ("csv", "ods")} <= names
    assert metadata(CONCEPT)["dc:description"].startswith("CONCEPT. ")
    assert "CONCEPT" not in metadata(FINAL)["dc:description"]
    assert names.isdisjoint(file.name for file in data_files(FINAL))


# ── names ──────────────────────────────────────────────────────────────────────────────────


def _names(edition: Edition) -> Iterator[str]:
    return (file.name for file in data_files(edition))


@pytest.mark.parametrize(
    ("gemeente", "slugged"),
    [
        ("Haarlem", "haarlem"),
        ("'s-Hertogenbosch", "s-hertogenbosch"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("Bergen (NH.)", "bergen-nh"),
        ("", ""),
    ],
)
def test_a_file_name_is_one_in_any_municipality(gemeente: str, slugged: str) -> None:
    edition = replace(CORRECTED, snapshot=replace(SNAPSHOT, gemeente=gemeente))
    assert slug(gemeente) == slugged
    for name in _names(edition):
        assert re.fullmatch(r"klantcontact-(?:[a-z-]+-)?2026-10-v2\.[a-z.-]+", name), name
        assert lasting(name, 2) == name.replace("-v2", "")
