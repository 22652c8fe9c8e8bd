"""Writes a report as PDF, for people (PDF/UA-1) and for the archive (PDF/A-2a).

The same document gives the same bytes: its own typefaces, its own time, nothing from the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import orjson
import typst

from dashboard.page import ASSETS
from dashboard.report.document import Block, Chart, Document, Erratum, Explanation, Table
from dashboard.report.drawing import coloured
from dashboard.report.letters import drawable
from dashboard.report.row_heads import with_row_heads
from dashboard.theme import DEFAULT, themes, tokens

TEMPLATE = Path(__file__).with_name("rapport.typ")
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
SHORT, HEAD_LINES = 14, 2
"""In letters: a short column is as wide as it needs; others share what is left, by their length."""
ROOM, BETWEEN, LEAST = 93, 2.4, 10
"""The letters on a line, those between two columns, and what a column that gives way must have."""


def pdf(document: Document) -> bytes:
    """Return the report as PDF."""
    made = typst.compile(TEMPLATE, font_paths=fonts(), sys_inputs=_inputs(document),
                         pdf_standards=STANDARDS)  # fmt: skip
    return with_row_heads(made)


def pages(document: Document, ppi: int) -> list[bytes]:
    """Return a picture of each page (PNG)."""
    made: Any = typst.compile(TEMPLATE, font_paths=fonts(), sys_inputs=_inputs(document),
                              format="png", ppi=ppi)  # fmt: skip
    return [made] if isinstance(made, bytes) else made


@cache
def fonts() -> typst.Fonts:
    """Our own, and those inside Typst for a letter that ours lack; never those of the machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[ASSETS / "fonts"])


def _inputs(document: Document) -> dict[str, str]:
    return {"report": orjson.dumps(_clean(_content(document))).decode()}


def _content(document: Document) -> dict[str, Any]:
    colours = {
        name: hex_ for name, hex_ in tokens(_theme(document), "light").items() if hex_[0] == "#"
    }
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "organisation": document.organisation,
        "summary": document.summary,
        "moment": _parts(document.moment),
        "mark": document.mark.value if document.mark else "",
        "notices": document.notices,
        "footer": document.footer,
        "header": document.header,
        "blocks": [_block(one, colours) for one in document.blocks],
        "colours": colours,
    }


def _theme(document: Document) -> str:
    """The theme of the report; when it was taken away since, the default: it must be drawn."""
    return document.theme if document.theme in themes() else DEFAULT


def _parts(moment: datetime) -> dict[str, int]:
    utc = moment.astimezone(UTC)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(utc, name) for name in names}


def _block(one: Block, colours: Mapping[str, str]) -> dict[str, Any]:
    kind = {"kind": type(one).__name__.lower()}
    if isinstance(one, Chart):
        return kind | {"svg": coloured(one.svg, colours), "alt": one.alt}
    if isinstance(one, Table):
        return kind | _table(one)
    if isinstance(one, Explanation):
        return kind | {"title": one.title, "text": one.text}
    if isinstance(one, Erratum):
        return kind | asdict(one) | {"figures": _table(one.figures) if one.figures else None}
    return kind | asdict(one)


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "head": table.head,
        "rows": [[cell.text for cell in row] for row in table.rows],
        "columns": columns_of(table),
    }


def columns_of(table: Table) -> list[dict[str, Any]]:
    """Say of each column how many letters wide it is, and whether it may give way.

    Where the columns would not fit beside each other, all but the names of the rows give way.
    """
    columns = [_column(table, at) for at in range(len(table.head))]
    needed = sum(LEAST if one["gives"] else one["wide"] for one in columns)
    crowded = needed + BETWEEN * len(columns) > ROOM
    if crowded or not any(one["gives"] for one in columns):
        for one in columns[1:] if crowded else columns[:1]:
            one["gives"] = True
    return columns


def _column(table: Table, at: int) -> dict[str, Any]:
    fields, head = max(len(row[at].text) for row in table.rows), _lines(table.head[at])
    wide = max(fields, head)
    return {
        "numeric": table.numeric(at),
        "fields": fields,
        "head": head,
        "wide": wide,
        "share": round(sqrt(wide), 2),
        "gives": wide > SHORT,
    }


def _lines(head: str) -> int:
    """How many letters a head needs, that breaks between words into a few lines."""
    return max(len(head) // HEAD_LINES, *map(len, head.split()))


def _clean(value: Any) -> Any:
    """Leave out of every text what cannot be drawn."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: _clean(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inside) for inside in value]
    return value
