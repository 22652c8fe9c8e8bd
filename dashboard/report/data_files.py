"""The files of a report for who counts on: workbooks, and open data with its description."""

from __future__ import annotations

import json

from dashboard.report.book import book
from dashboard.report.described import metadata
from dashboard.report.names import described_by, file_name
from dashboard.report.ods import ods
from dashboard.report.ods_parts import TYPE as ODS
from dashboard.report.sheets import Book
from dashboard.report.tidy import tidy_csv
from dashboard.report.xlsx import TYPE as XLSX
from dashboard.report.xlsx import xlsx
from metrics.published.edition import Edition, Rendered

CSV, CSVW = "text/csv", "application/csvm+json"


def data_files(edition: Edition) -> tuple[Rendered, ...]:
    """Write a version as ODS, as XLSX, and as CSV beside what describes it."""
    found, table = book(edition), file_name(edition, "csv")
    told = json.dumps(metadata(edition), ensure_ascii=False, indent=1).encode()
    return (
        _workbook(edition, "ods", ODS, ods(found), found),
        _workbook(edition, "xlsx", XLSX, xlsx(found), found),
        Rendered(name=table, media_type=CSV, content=tidy_csv(edition)),
        Rendered(name=described_by(table), media_type=CSVW, content=told),
    )


def _workbook(edition: Edition, ending: str, kind: str, content: bytes, told: Book) -> Rendered:
    """Compare workbooks by what is in them: another release of a library may pack them anew."""
    return Rendered(
        name=file_name(edition, ending), media_type=kind, content=content, compared=_cells(told)
    )


def _cells(told: Book) -> bytes:
    sheets = [
        (one.name, *one.above, [column.label for column in one.columns], one.rows)
        for one in told.sheets
    ]
    return json.dumps([told.title, told.author, told.subject, sheets], default=str).encode()
