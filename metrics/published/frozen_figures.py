"""Freezes figures over a period, and their parts, of which the small ones stay hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from data.thresholds import SmallNumbers
from metrics.concealment import too_few
from metrics.departments import Department, Departments
from metrics.facts import Cut
from metrics.intervals import Size, Verdict
from metrics.parts import Part
from metrics.published import meaning
from metrics.published.frozen_meaning import norm
from metrics.published.quality import Axis, Cell, Parts
from metrics.published.quality import Size as CellSize
from metrics.published.quality import Verdict as CellVerdict
from metrics.published.snapshot import Figure, Span
from metrics.readings import Reading

SIZES: dict[Size, CellSize] = {
    Size.VERBORGEN: "verborgen",
    Size.OPEN: "open",
    Size.GEWOON: "gewoon",
}
VERDICTS: dict[Verdict | None, CellVerdict | None] = {
    Verdict.GEHAALD: "gehaald",
    Verdict.NIET_GEHAALD: "niet_gehaald",
    Verdict.ONBESLIST: "onbeslist",
    None: None,
}
NOTHING = "er is niets om te verdelen"
AXES: dict[Cut, Axis] = {Cut(name): name for name in get_args(Axis)}


def number(value: float | None) -> float | None:
    """Return a sum as it is written: whole numbers of the store are floats in a snapshot."""
    return None if value is None else float(value)


def figure(reading: Reading, span: Span) -> Figure:
    """Freeze a figure, with what took effect in the course of the period."""
    kpi = reading.kpi
    return Figure(
        key=kpi.key,
        value=number(reading.value),
        text=reading.text,
        teller=number(reading.teller),
        noemer=number(reading.noemer),
        cases=int(reading.cases),
        norm=norm(reading.norm, kpi.unit) if reading.norm else None,
        met=reading.met,
        reason=reading.reason,
        gaps=reading.gaps,
        coverage=number(reading.coverage),
        lower=number(reading.lower),
        upper=number(reading.upper),
        norms_within=tuple(
            norm(found, kpi.unit) for found in kpi.norms if span.first < found.since < span.after
        ),
        revisions_within=tuple(
            meaning.Revision(day=day, what=what)
            for day, what in kpi.revisions
            if span.first < day < span.after
        ),
    )


def per_department(found: Departments) -> Parts:
    """Freeze the departments of a figure."""
    rows = tuple(_department(found, row) for row in found.rows)
    return _table(found.kpi.key, "afdeling", rows, found.small)


def per_part(key: str, cut: Cut, found: Sequence[Part], small: SmallNumbers) -> Parts:
    """Freeze the parts of a figure along another axis."""
    return _table(key, AXES[cut], tuple(_part(one) for one in found), small)


def _table(key: str, axis: Axis, rows: tuple[Cell, ...], small: SmallNumbers) -> Parts:
    if any(row.shown for row in rows):
        return Parts(key=key, axis=axis, rows=rows)
    why = too_few(small.hidden_below) if rows else NOTHING
    return Parts(key=key, axis=axis, rows=(), withheld=why)


def _department(found: Departments, row: Department) -> Cell:
    if not row.shown:
        return Cell(name=row.naam)
    return Cell(
        name=row.naam,
        size=SIZES[row.size],
        value=row.value,
        text=row.text,
        teller=number(row.teller),
        noemer=number(row.noemer),
        cases=row.noemer,
        verdict=VERDICTS[row.verdict],
        side=found.side(row),
        low=row.interval.low if row.interval else None,
        high=row.interval.high if row.interval else None,
    )


def _part(found: Part) -> Cell:
    if found.reading is None:
        return Cell(name=found.value)
    return Cell(
        name=found.value,
        size=SIZES[found.size],
        value=number(found.reading.value),
        text=found.reading.text,
        teller=number(found.reading.teller),
        noemer=number(found.reading.noemer),
        cases=int(found.reading.cases),
        verdict=VERDICTS[found.verdict],
        low=found.interval.low if found.interval else None,
        high=found.interval.high if found.interval else None,
    )
