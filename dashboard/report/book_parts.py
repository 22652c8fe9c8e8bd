"""The sheets of a workbook about departments, channels and topics; hidden cells hold no number."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.book_sheets import (
    BOTTOM,
    MARK,
    NAME,
    TOP,
    UNIT,
    VALUE,
    amount,
    named,
    number,
    sheet,
)
from dashboard.report.departments import HIDDEN, VERDICTS
from dashboard.report.sheets import Cell, Column, Sheet
from dashboard.report.tidy import short, status
from metrics.parts import UNKNOWN
from metrics.published import quality
from metrics.published.quality import Parts
from metrics.published.snapshot import Snapshot

TITLES = {
    "afdeling": ("Per afdeling", "Afdeling"),
    "kanaal": ("Per kanaal", "Kanaal"),
    "onderwerp": ("Per onderwerp", "Onderwerp"),
}
NUMBERS = 5
"""How many columns of numbers a hidden cell leaves empty."""


def parts(told: Snapshot) -> list[Sheet]:
    """One sheet per axis of which the report has a table."""
    axes = [axis for axis in TITLES if any(one.axis == axis for one in told.parts)]
    return [_axis(told, axis) for axis in axes]


def _axis(told: Snapshot, axis: str) -> Sheet:
    name, label = TITLES[axis]
    columns = (
        NAME,
        Column(key=axis, label=label),
        *(UNIT, TOP, BOTTOM, VALUE),
        number("ondergrens_95", "Ondergrens van het 95%-interval"),
        number("bovengrens_95", "Bovengrens van het 95%-interval"),
        Column(key="oordeel", label="Oordeel"),
        MARK,
    )
    tables = [one for one in told.parts if one.axis == axis]
    rows = [_row(told, table, cell) for table in tables for cell in table.rows]
    found = sheet(name, f"{name}, {told.span.name}", columns, rows)
    withheld = [
        f"{told.definition(one.key).name}: {one.withheld}." for one in tables if one.withheld
    ]
    return Sheet(
        name=name, title=found.title, lines=[*found.lines, *withheld], columns=columns, rows=rows
    )


def _row(told: Snapshot, table: Parts, cell: quality.Cell) -> Sequence[Cell]:
    name, unit = named(told, table.key)
    head = name, cell.name or UNKNOWN, unit
    if not cell.shown:
        return *head, *[None] * NUMBERS, "", HIDDEN
    return (
        *head,
        *(short(cell.teller), short(cell.noemer)),
        *(amount(told, table.key, value) for value in (cell.value, cell.low, cell.high)),
        VERDICTS[cell.verdict].value if cell.verdict else "",
        status(cell.value),
    )
