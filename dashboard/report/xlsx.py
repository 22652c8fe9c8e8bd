"""Writes a workbook as XLSX; the same workbook gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.report.ods_parts import COLOURS
from dashboard.report.sheets import PAGE, Book, Cell, Column, Kind, Share, Sheet, legible, lines_of

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_THEY_ARE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
LINE, HEAD = 16, 24
"""Points."""
RIGHT = {"align": "right", "indent": 1}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "line": {},
    "head": {"bold": True, "text_wrap": True, "bottom": 2},
    "head right": {"bold": True, "text_wrap": True, "bottom": 2, **RIGHT},
    "text": {"text_wrap": True},
    "mark": {**RIGHT},
    "number": {**RIGHT},
    "fraction": {**RIGHT, "num_format": "0.0"},
    "share": {**RIGHT, "num_format": "0.0%"},
    "day": {**RIGHT, "num_format": "yyyy-mm-dd"},
    "link": {"underline": True, "font_color": COLOURS["accent"]},
}
EVERY = {"font_name": "Arial", "font_size": 12, "valign": "top"}
Formats = Mapping[str, Format]


def xlsx(book: Book) -> bytes:
    """Write the workbook."""
    written = BytesIO()
    workbook = Workbook(written, AS_THEY_ARE)
    workbook.set_properties(
        {
            "title": book.title,
            "author": book.author,
            "subject": book.subject,
            "created": book.issued.astimezone(UTC).replace(tzinfo=None),
        }
    )
    formats = {name: workbook.add_format({**EVERY, **look}) for name, look in LOOKS.items()}
    for sheet in book.sheets:
        _fill(workbook.add_worksheet(sheet.name), sheet, formats)
    workbook.close()
    return written.getvalue()


def _fill(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    look = "line" if sheet.rows else "text"
    for row, text in enumerate(sheet.above):
        page.write_string(row, 0, legible(text), formats[look if row else "title"])
        page.set_row(row, LINE * (1 if sheet.rows else lines_of(text, PAGE)) if row else HEAD)
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    if sheet.rows:
        _table(page, sheet, len(sheet.above), formats)


def _table(page: Worksheet, sheet: Sheet, top: int, formats: Formats) -> None:
    """Write the rows, and mark them as a table with a header."""
    marked = {
        "name": "tabel_" + "".join(c if c.isalnum() else "_" for c in sheet.name),
        "columns": [_header(column, formats) for column in sheet.columns],
        "autofilter": False,
        "style": None,
    }
    page.add_table(top, 0, top + len(sheet.rows), len(sheet.columns) - 1, marked)
    page.repeat_rows(top)
    for row, height in enumerate(sheet.heights(), top):
        page.set_row(row, LINE * height)
    for row, cells in enumerate(sheet.rows, top + 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _write(page, (row, place), column, cell, formats)


def _header(column: Column, formats: Formats) -> dict[str, Any]:
    look = formats["head right" if column.is_number else "head"]
    return {"header": legible(column.label), "header_format": look}


def _write(
    page: Worksheet, at: tuple[int, int], column: Column, cell: Cell, formats: Formats
) -> None:
    if isinstance(cell, str) and column.kind is Kind.LINK:
        page.write_url(*at, f"internal:'{cell}'!A1", formats["link"], cell)
    elif isinstance(cell, str):
        page.write_string(*at, legible(cell), formats["mark" if column.is_number else "text"])
    elif isinstance(cell, date):
        page.write_datetime(*at, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001
    elif cell is not None:
        page.write_number(*at, cell, formats[_look(cell)])


def _look(cell: float) -> str:
    """A cell shows one decimal, and holds them all."""
    return "share" if isinstance(cell, Share) else "number" if isinstance(cell, int) else "fraction"
