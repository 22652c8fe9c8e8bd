"""The figures in parts: per department in a chapter, and all tables of parts in an annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.report.document import (
    Block,
    Cell,
    Heading,
    Lines,
    Paragraph,
    Table,
    count,
    number,
)
from dashboard.report.sentences import Say
from data.dutch_days import listed
from metrics.intervals import Verdict
from metrics.parts import UNKNOWN
from metrics.published.meaning import Definition
from metrics.published.quality import Cell as Part
from metrics.published.quality import Parts
from metrics.published.snapshot import Snapshot
from metrics.units import NO_VALUE

HIDDEN = "x"
VERDICTS = {
    "gehaald": Verdict.GEHAALD,
    "niet_gehaald": Verdict.NIET_GEHAALD,
    "onbeslist": Verdict.ONBESLIST,
}


def departments(snapshot: Snapshot) -> list[Block]:
    """Show the targets per department in one table, and say where chance is excluded."""
    heading = Heading("4 Per afdeling")
    found = [one for one in snapshot.parts if one.axis == "afdeling"]
    if not found:
        return [heading, Paragraph(Say.NO_PARTS())]
    shown = [one for one in found if one.rows]
    table = [_together(snapshot, shown)] if shown else []
    notes = tuple(sentence for one in found for sentence in _said(snapshot, one))
    return [heading, *table, *[Lines(notes)] * bool(notes),
            Paragraph(f"{Say.ONLY_SURE()} {Say.HIDDEN()}")]  # fmt: skip


def _together(snapshot: Snapshot, found: Sequence[Parts]) -> Table:
    """A row per department, a column per target: the departments in order of their name."""
    by_name = [{row.name: row for row in one.rows} for one in found]
    names = sorted({name for rows in by_name for name in rows}, key=_order)
    head = ("Afdeling", *(snapshot.definition(one.key).name for one in found))
    rows = tuple(
        (Cell(name or UNKNOWN), *(_field(rows, name) for rows in by_name)) for name in names
    )
    return Table("afdelingen", f"Per afdeling, {snapshot.span.name}", head, rows)


def _order(name: str) -> tuple[bool, str]:
    """By name, what is not known last."""
    return not name, name.casefold()


def _field(rows: Mapping[str, Part], name: str) -> Cell:
    found = rows.get(name)
    if found is None:
        return number(NO_VALUE, None)
    return number(found.text, found.value) if found.shown else number(HIDDEN, None)


def _said(snapshot: Snapshot, found: Parts) -> list[str]:
    name = snapshot.definition(found.key).name
    if not found.rows:
        return [Say.WITHHELD(name=name, axis=found.axis, reason=found.withheld)]
    told = ((Say.PARTS_MET, "gehaald"), (Say.PARTS_MISSED, "niet_gehaald"))
    return [
        say(name=name, parts=listed(sure))
        for say, verdict in told
        if (sure := [row.name or UNKNOWN for row in found.rows if row.verdict == verdict])
    ]


def part_tables(snapshot: Snapshot) -> list[Table]:
    """Return each table of parts with all that may be told."""
    return [
        _table(one, snapshot.definition(one.key), snapshot.span.name)
        for one in snapshot.parts
        if one.rows
    ]


def _table(found: Parts, meaning: Definition, period: str) -> Table:
    head = (found.axis.capitalize(), "Cijfer", "Goed", "Van", "Zeker tussen", "Tegenover de norm")
    rows = tuple(_row(one, meaning) for one in sorted(found.rows, key=lambda one: _order(one.name)))
    caption = f"{meaning.name} per {found.axis}, {period}"
    return Table(f"{found.key}-{found.axis}", caption, head, rows)


def _row(one: Part, meaning: Definition) -> tuple[Cell, ...]:
    name = Cell(one.name or UNKNOWN)
    if not one.shown:
        return (name, *[number(HIDDEN, None)] * 4, Cell(HIDDEN))
    unit = meaning.unit
    sure = NO_VALUE if one.low is None else f"{unit.text(one.low, 1)} en {unit.text(one.high, 1)}"
    judged = VERDICTS[one.verdict].value if one.verdict else NO_VALUE
    return (name, number(one.text, one.value), count(one.teller), count(one.noemer),
            number(sure, None),
            Cell(judged))  # fmt: skip
