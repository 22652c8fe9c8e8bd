"""Writes a workbook as OpenDocument (ISO/IEC 26300); the same workbook gives the same bytes.

By itself: the libraries for it put the time of day into the file, know no header rows, or are no
longer kept (ADR 0024).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from dashboard.report.ods_parts import CONTENT, MANIFEST, META, STYLES, TYPE
from dashboard.report.sheets import Book, Cell, Column, Kind, Share, Sheet, legible

CM_PER_CHARACTER, CM_BESIDE = 0.24, 0.3


def ods(book: Book) -> bytes:
    """Write the workbook."""
    parts = {
        "mimetype": TYPE,
        "content.xml": _content(book.sheets),
        "styles.xml": STYLES,
        "meta.xml": _meta(book),
        "META-INF/manifest.xml": MANIFEST,
    }
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        for name, part in parts.items():
            entry = ZipInfo(name)  # of 1 January 1980
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            packed.writestr(entry, part)
    return written.getvalue()


def _meta(book: Book) -> str:
    told = {
        "title": escape(book.title),
        "author": escape(book.author),
        "subject": escape(book.subject),
        "issued": book.issued.isoformat(timespec="seconds"),
    }
    return META.format(**told)


def _content(sheets: Sequence[Sheet]) -> str:
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    return CONTENT.format(
        columns="".join(map(_column_style, widths)),
        tables="".join(map(_sheet, sheets)),
        ranges="".join(_range(sheet) for sheet in sheets if sheet.rows),
    )


def _column_style(width: int) -> str:
    size = f"{width * CM_PER_CHARACTER + CM_BESIDE:.2f}cm"
    return (
        f'<style:style style:name="breed{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{size}"/></style:style>'
    )


def _sheet(sheet: Sheet) -> str:
    columns = "".join(f'<table:table-column table:style-name="breed{w}"/>' for w in sheet.widths)
    title, *lines = sheet.above
    look = "Regel" if sheet.rows else "Tekst"
    above = [_row([_text(title, "Titel")]), *(_row([_text(line, look)]) for line in lines)]
    name = quoteattr(sheet.name)
    return (
        f"<table:table table:name={name}>{columns}<table:table-rows>{''.join(above)}"
        f"</table:table-rows>{_table(sheet) if sheet.rows else ''}</table:table>"
    )


def _table(sheet: Sheet) -> str:
    head = _row(
        _text(column.label, "Kop_rechts" if column.is_number else "Kop") for column in sheet.columns
    )
    rows = [_row(map(_cell, sheet.columns, row)) for row in sheet.rows]
    return (
        f"<table:table-header-rows>{head}</table:table-header-rows>"
        f"<table:table-rows>{''.join(rows)}</table:table-rows>"
    )


def _range(sheet: Sheet) -> str:
    """Mark the table as one, with a header."""
    first, last = len(sheet.above) + 1, len(sheet.above) + 1 + len(sheet.rows)
    area = f"'{sheet.name}'.A{first}:'{sheet.name}'.{chr(64 + len(sheet.columns))}{last}"
    return (
        f"<table:database-range table:name={quoteattr(sheet.name)} "
        f"table:target-range-address={quoteattr(area)} "
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _row(cells: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(column: Column, cell: Cell) -> str:
    if isinstance(cell, str):
        return _link(cell) if column.kind is Kind.LINK else _text(cell, _look(column))
    if isinstance(cell, date):
        return _told(f'office:value-type="date" office:date-value="{cell}"', str(cell), "Dag")
    return "<table:table-cell/>" if cell is None else _number(cell)


def _number(cell: float) -> str:
    kind = "percentage" if isinstance(cell, Share) else "float"
    style = "Aandeel" if isinstance(cell, Share) else "Getal" if isinstance(cell, int) else "Breuk"
    return _told(f'office:value-type="{kind}" office:value="{cell!r}"', repr(cell), style)


def _link(name: str) -> str:
    target = quoteattr(f"#'{name}'.A1")
    text = f'<text:a xlink:type="simple" xlink:href={target}>{escape(name)}</text:a>'
    return _told('office:value-type="string"', text, "Verwijzing")


def _look(column: Column) -> str:
    return "Teken" if column.is_number else "Tekst"


def _text(text: str, style: str) -> str:
    return _told('office:value-type="string"', escape(legible(text)), style)


def _told(value: str, text: str, style: str) -> str:
    return (
        f'<table:table-cell {value} table:style-name="{style}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )
