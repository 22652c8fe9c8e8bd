"""Tables of the months and the years of a target."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.document import Cell, Table, count, number
from dashboard.report.subject import MET, Subject
from metrics.published.frozen_goal import SIGNALS
from metrics.published.goal import Point, Years, YearValue
from metrics.target_words import month_text
from metrics.units import NO_VALUE, Unit

RULES = {name: rule for rule, name in SIGNALS.items()}
NOT_KNOWN = "n.b."
RECENT, A_YEAR = 6, 12


def has_months(one: Subject) -> bool:
    """Tell whether any month has a value."""
    return any(point.value is not None for point in one.goal.points)


def recent(one: Subject) -> Table:
    """Show the last months of a target, the newest first, and the one they are compared with."""
    newest = one.goal.points[::-1]
    points = (*newest[:RECENT], *newest[A_YEAR : A_YEAR + 1])
    parts = one.meaning.unit is Unit.PERCENTAGE
    counts = ("Goed", "Van") if parts else ("Aantal",)
    head = ("Maand", "Cijfer", *counts, "Norm", "Norm gehaald?", "Signaal")
    rows = tuple(_row(one, point, parts=parts) for point in points)
    return Table(f"{one.goal.key}-maanden", f"{one.name}, per maand", head, rows)


def all_months(told: Sequence[Subject]) -> Table:
    """Show all months of the targets that have any, the newest first, a column each."""
    by_month = [{point.month: point for point in one.goal.points} for one in told]
    months = sorted({month for points in by_month for month in points}, reverse=True)
    rows = tuple(
        (Cell(month_text(month)), *(_point(points.get(month)) for points in by_month))
        for month in months
    )
    return Table("maanden", "De doelen per maand", ("Maand", *(one.name for one in told)), rows)


def _point(point: Point | None) -> Cell:
    return number(point.text, point.value) if point else number(NO_VALUE, None)


def _row(one: Subject, point: Point, *, parts: bool) -> tuple[Cell, ...]:
    counts = (point.teller, point.noemer) if parts else (float(point.cases),)
    return (
        Cell(month_text(point.month)),
        number(point.text, point.value),
        *(count(one if point.value is not None else None) for one in counts),
        number(one.norm_of(point.norm), point.norm),
        Cell(MET[point.met] if point.value is not None else NO_VALUE),
        Cell(_signal(point)),
    )


def _signal(point: Point) -> str:
    return f"{point.meaning}: {RULES[point.rule].value}" if point.rule else NO_VALUE


def year_table(told: Sequence[tuple[Subject, Years]]) -> Table:
    """Show the targets as a budget does: the norm, the last whole years, and the year so far."""
    years = told[0][1]
    so_far = years.so_far
    until = "" if so_far.until.month == 12 else " tot nu toe"
    head = ("Doel", "Norm", *(str(one.year) for one in years.past), f"{so_far.year}{until}")
    rows = tuple(
        (Cell(one.name), number(*_norm(found)), *map(_year, (*found.past, found.so_far)))
        for one, found in told
    )
    return Table("jaren", "De doelen over de jaren", head, rows)


def _norm(found: Years) -> tuple[str, float | None]:
    return (found.norm.text, found.norm.value) if found.norm else (NO_VALUE, None)


def _year(found: YearValue) -> Cell:
    return number(NOT_KNOWN if found.value is None else found.text, found.value)
