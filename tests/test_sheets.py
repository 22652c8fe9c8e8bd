"""Workbooks: what is written is read back, as XLSX and as ODS, by a reader that is not ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.report.ods import ods
from dashboard.report.sheets import Book, Cell, Column, Kind, Share, Sheet, contents, legible
from dashboard.report.xlsx import xlsx

ISSUED = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)
COLUMNS = (
    Column(key="naam", label="Naam"),
    Column(key="aantal", label="Aantal", kind=Kind.COUNT),
    Column(key="waarde", label="Waarde", kind=Kind.NUMBER),
    Column(key="aandeel", label="Aandeel", kind=Kind.NUMBER),
    Column(key="dag", label="Dag", kind=Kind.DAY),
)
FORMATS: dict[str, Callable[[Book], bytes]] = {"ods": ods, "xlsx": xlsx}
numbers = st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.12g}"))
names = st.text(max_size=80)
rows = st.lists(
    st.tuples(
        names,
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | numbers | st.sampled_from(["x", "."]),
        st.none() | st.floats(0, 1).map(lambda share: Share(round(share, 12))),
        st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    ),
    min_size=1,
    max_size=5,
)


def book_of(*sheets: Sheet) -> Book:
    return Book(
        title="Klantcontact",
        author="Gemeente Haarlem",
        subject="Oktober 2026",
        issued=ISSUED,
        sheets=sheets,
    )


def sheet_of(rows: Sequence[Sequence[Cell]], name: str = "Per afdeling") -> Sheet:
    return Sheet(name=name, title="Cijfers", lines=["Eén tabel."], columns=COLUMNS, rows=rows)


def read(written: bytes) -> dict[str, list[list[Any]]]:
    """What a reader finds: every sheet with its rows."""
    found = CalamineWorkbook.from_filelike(BytesIO(written))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def part(written: bytes, name: str) -> str:
    with ZipFile(BytesIO(written)) as packed:
        return packed.read(name).decode()


def as_read(cell: Cell) -> Any:
    return "" if cell is None else legible(cell) if isinstance(cell, str) else cell


@pytest.mark.parametrize("form", FORMATS)
@given(rows=rows)
def test_what_is_written_is_read_back(form: str, rows: list[tuple[Cell, ...]]) -> None:
    title, line, head, *body = read(FORMATS[form](book_of(sheet_of(rows))))["Per afdeling"]
    assert (title[0], line[0]) == ("Cijfers", "Eén tabel.")
    assert head == [column.label for column in COLUMNS]
    assert body == [[as_read(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("form", FORMATS)
@given(rows=rows)
def test_the_same_workbook_is_the_same_file(form: str, rows: list[tuple[Cell, ...]]) -> None:
    write, book = FORMATS[form], book_of(sheet_of(rows))
    assert write(book) == write(book)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@SUM(A1)", "http://x.nl", "#'Inhoud'.A1"])
def test_no_text_becomes_a_formula_or_a_link(form: str, text: str) -> None:
    written = FORMATS[form](book_of(sheet_of([(text, None, None, None, None)])))
    assert read(written)["Per afdeling"][3][0] == text
    name = "content.xml" if form == "ods" else "xl/worksheets/sheet1.xml"
    assert not re.search(r"<f>|table:formula|hyperlink|text:a ", part(written, name))


@pytest.mark.parametrize("form", FORMATS)
def test_it_opens_on_its_first_sheet_and_the_contents_name_the_others(form: str) -> None:
    cover = Sheet(name="Voorblad", title="Klantcontact Haarlem", lines=["Oktober 2026"])
    first, second = sheet_of([("a", 1, 2.5, None, None)], "Doelen"), sheet_of([], "Per jaar")
    written = FORMATS[form](book_of(cover, contents([first, second]), first, second))
    found = read(written)
    assert list(found) == ["Voorblad", "Inhoud", "Doelen", "Per jaar"]
    assert [row[0] for row in found["Inhoud"][3:]] == ["Doelen", "Per jaar"]
    assert found["Per jaar"] == [["Cijfers"], ["Eén tabel."]]
    selected = {"ods": ("content.xml", "ActiveTable"), "xlsx": ("xl/workbook.xml", 'activeTab="')}
    assert selected[form][1] not in part(written, selected[form][0])


def test_ods_marks_table_header_language_and_title() -> None:
    written = ods(book_of(sheet_of([("a", 1, None, None, None), ("b", 2, None, None, None)])))
    content, meta = part(written, "content.xml"), part(written, "meta.xml")
    assert content.count("<table:table-header-rows>") == 1
    assert "'Per afdeling'.A3:'Per afdeling'.E5" in content
    assert 'table:contains-header="true"' in content
    assert "<dc:language>nl-NL</dc:language>" in meta
    assert "<dc:title>Klantcontact</dc:title>" in meta
    assert 'fo:language="nl"' in part(written, "styles.xml")
    assert "spanned" not in content


def test_xlsx_marks_table_header_and_title() -> None:
    written = xlsx(book_of(sheet_of([("a", 1, None, None, None), ("b", 2, None, None, None)])))
    table, page = part(written, "xl/tables/table1.xml"), part(written, "xl/worksheets/sheet1.xml")
    assert 'ref="A3:E5"' in table
    assert 'headerRowCount="0"' not in table
    assert "<dc:title>Klantcontact</dc:title>" in part(written, "docProps/core.xml")
    assert "2026-11-06T09:30:00Z" in part(written, "docProps/core.xml")
    assert "mergeCell" not in page


@pytest.mark.parametrize("form", FORMATS)
def test_columns_fit_what_is_in_them_and_long_text_wraps(form: str) -> None:
    short, long = (
        sheet_of([("a", 1, 2.0, None, None)]),
        sheet_of([("woord " * 60, 1, 2.0, None, None)]),
    )
    assert [short.widths[0], long.widths[0]] == [8, 45]
    assert long.heights() == [1, 9]
    assert FORMATS[form](book_of(long)) != FORMATS[form](book_of(short))


@pytest.mark.parametrize("name", ["", "x" * 31, "a/b", "a:b", "'a'"])
def test_a_sheet_that_would_not_open_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        sheet_of([], name)


def test_a_table_with_a_hole_or_a_column_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have all its columns"):
        sheet_of([("a",)])
    with pytest.raises(ValueError, match="names of their own"):
        Sheet(name="a", title="a", columns=(COLUMNS[0], COLUMNS[0]))
