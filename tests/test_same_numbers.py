"""One report, one set of numbers: read back from CSV, ODS, XLSX, the page and the PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from lxml.html import HtmlElement, fromstring
from python_calamine import CalamineWorkbook

from dashboard.markup import html_of
from dashboard.report.build import report
from dashboard.report.data_files import data_files
from dashboard.report.html import blocks
from dashboard.report.typst_pdf import pdf
from metrics.published.edition import Edition
from metrics.target_words import month_text
from tests.pdf_text import pages_of, squeezed
from tests.report_cast import EDITIONS

editions = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
MARKS = ("", "x", ".", "v", "n.b.")
COUNTS = ("teller", "noemer", "waarde", "norm")
XLSX_SURE = 1e-14
"""A number in XLSX has sixteen digits."""


class Place(NamedTuple):
    """What a number is of: which figure, which period, which department, which part of it."""

    figure: str
    period: str
    department: str
    what: str


Numbers = Mapping[Place, float]


def files_of(edition: Edition) -> dict[str, bytes]:
    return {one.name.rpartition(".")[2]: one.content for one in data_files(edition)}


def in_csv(edition: Edition) -> Numbers:
    """Every number of the open data; a part of a year has the name that tables give it."""
    names = {one.key: one.name for one in edition.snapshot.definitions}
    rows = csv.DictReader(io.StringIO(files_of(edition)["csv"].decode(), newline=""))
    return {
        Place(names[row["maatstaf"]], _period(row["periode"]), row["afdeling"], what): float(
            row[what]
        )
        for row in rows
        for what in COUNTS
        if row[what]
    }


def _period(text: str) -> str:
    return f"{text[:4]} deels" if "/" in text else text


def _year(label: str) -> str:
    return label if len(label) == 4 else f"{label[:4]} deels"


# ── workbooks ──────────────────────────────────────────────────────────────────────────────


def in_workbook(content: bytes, period: str) -> Numbers:
    """Every number of the sheets that tell what the open data tell."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}
    cells = {
        **dict(_years(sheets["Jaren"])),
        **{place: cell for row in _table(sheets["Cijfers"]) for place, cell in _row(row, period)},
        **{
            place: cell
            for row in _table(sheets["Per maand"])
            for place, cell in _row(row, row["Maand"])
        },
        **{
            place: cell
            for row in _table(sheets.get("Per afdeling", []))
            for place, cell in _row(row, period, row["Afdeling"])
        },
    }
    return {place: cell for place, cell in cells.items() if cell not in MARKS}


def _table(sheet: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """The rows by their labels: the table begins after the title and its sentences."""
    head, *rows = [row for row in sheet if sum(cell != "" for cell in row) > 1] or [[]]
    return (dict(zip(head, row, strict=True)) for row in rows)


def _row(row: Mapping[str, Any], period: str, department: str = "") -> Iterator[tuple[Place, Any]]:
    for what in COUNTS:
        if what.capitalize() in row:
            yield Place(row["Cijfer"], period, department, what), row[what.capitalize()]


def _years(sheet: Sequence[Sequence[Any]]) -> Iterator[tuple[Place, Any]]:
    for row in _table(sheet):
        for label, cell in row.items():
            if label.startswith("20"):
                yield Place(row["Cijfer"], _year(label), "", "waarde"), cell


@editions
def test_ods_has_each_number_of_the_csv(edition: Edition) -> None:
    expected, found = (
        in_csv(edition),
        in_workbook(files_of(edition)["ods"], edition.snapshot.span.key),
    )
    assert _values(found) == _values(expected)
    assert {place: expected.get(place) for place in found} == found


@editions
def test_xlsx_has_each_number_of_the_csv(edition: Edition) -> None:
    found = in_workbook(files_of(edition)["xlsx"], edition.snapshot.span.key)
    expected = in_csv(edition)
    assert _values(found) == _values(expected)
    assert {place: expected.get(place) for place in found} == pytest.approx(found, rel=XLSX_SURE)


def _values(numbers: Mapping[Place, Any]) -> set[Place]:
    return {place for place in numbers if place.what == "waarde"}


# ── the page ───────────────────────────────────────────────────────────────────────────────


def in_page(edition: Edition) -> Numbers:
    """Every number of the tables that tell what the open data tell, as a browser gets them."""
    span = edition.snapshot.span
    page = fromstring(f"<main>{html_of(blocks(report(edition)))}</main>")
    names = {one.key: one.name for one in edition.snapshot.definitions}
    found: dict[Place, float] = {}
    for name, cells in _rows(page, "cijfers"):
        for what, label in zip(COUNTS, (2, 3, 1, 4), strict=True):
            found |= _at(Place(name, span.key, "", what), cells[label - 1])
    months = {
        month_text(point.month): f"{point.month:%Y-%m}"
        for goal in edition.snapshot.goals
        for point in goal.points
    }
    for month, cells in _rows(page, "maanden"):
        for goal, cell in zip(_head(page, "maanden")[1:], cells, strict=True):
            found |= _at(Place(goal, months[month], "", "waarde"), cell)
    for name, cells in _rows(page, "jaren"):
        for year, cell in zip(_head(page, "jaren")[2:], cells[1:], strict=True):
            found |= _at(Place(name, _year(year), "", "waarde"), cell)
    for key, figure in names.items():
        for department, cells in _rows(page, f"{key}-afdeling"):
            for what, cell in zip(("waarde", "teller", "noemer"), cells, strict=False):
                found |= _at(Place(figure, span.key, department, what), cell)
    return found


def _rows(page: HtmlElement, key: str) -> Iterator[tuple[str, list[HtmlElement]]]:
    for row in page.xpath(f"//table[@id='tabel-{key}']/tbody/tr"):
        yield row.xpath("string(th)"), row.xpath("td")


def _head(page: HtmlElement, key: str) -> list[str]:
    return [one.text_content() for one in page.xpath(f"//table[@id='tabel-{key}']/thead/tr/th")]


def _at(place: Place, cell: HtmlElement) -> dict[Place, float]:
    values = cell.xpath("data/@value")
    return {place: float(values[0])} if values else {}


@editions
def test_the_page_has_each_number_of_the_csv(edition: Edition) -> None:
    expected, found = in_csv(edition), in_page(edition)
    assert {place: expected.get(place) for place in found} == found
    assert _values(found) == _values(expected)


# ── the PDF ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["gecorrigeerd", "zonder gegevens"])
def test_the_pdf_has_each_row_of_the_page(name: str) -> None:
    document = report(EDITIONS[name])
    text = "".join(pages_of(pdf(document)))
    rows = ["".join(cell.text for cell in row) for table in document.tables for row in table.rows]
    assert [row for row in rows if squeezed(row) not in text] == []
    page = fromstring(f"<main>{html_of(blocks(document))}</main>")
    assert [row.text_content() for row in page.xpath("//tbody/tr")] == rows


# ── what is hidden ─────────────────────────────────────────────────────────────────────────


@editions
@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_a_hidden_row_of_a_sheet_has_no_number(edition: Edition, form: str) -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(files_of(edition)[form]))
    sheets = [found.get_sheet_by_name(name).to_python() for name in found.sheet_names]
    rows = [row for sheet in sheets for row in _table(sheet)]
    hidden = [row for row in rows if row.get("Status van de cel") == "x"]
    assert len(hidden) == sum(
        not cell.shown for table in edition.snapshot.parts for cell in table.rows
    )
    assert not any(isinstance(cell, float) for row in hidden for cell in row.values())
