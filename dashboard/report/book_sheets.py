"""The sheets of a workbook, each made of one part of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.chapters import SURE
from dashboard.report.months import NOT_KNOWN, year_table
from dashboard.report.sheets import Cell, Column, Kind, Share, Sheet
from dashboard.report.subject import subjects
from dashboard.report.tidy import short, status
from metrics.published.goal import Goal, Point, Years
from metrics.published.snapshot import Snapshot
from metrics.target_words import MET, month_text
from metrics.units import Unit

NAME = Column(key="cijfer", label="Cijfer")
UNIT = Column(key="eenheid", label="Eenheid")
MARK = Column(key="status_cel", label="Status van de cel")


def number(key: str, label: str) -> Column:
    """A column of numbers."""
    return Column(key=key, label=label, kind=Kind.NUMBER)


NORM, VALUE = number("norm", "Norm"), number("waarde", "Waarde")
TOP, BOTTOM = number("teller", "Teller"), number("noemer", "Noemer")


def amount(told: Snapshot, key: str, value: float | None) -> Cell:
    """Return a value as its unit is shown; it stays unrounded."""
    if value is None:
        return None
    share = told.definition(key).unit is Unit.PERCENTAGE
    return Share(value) if share else short(value)


def named(told: Snapshot, key: str) -> tuple[Cell, Cell]:
    """The name of a figure and its unit."""
    what = told.definition(key)
    return what.name, what.unit.value


def sheet(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> Sheet:
    """A sheet with one table, or a sentence that there is nothing in it."""
    line = "Dit tabblad heeft één tabel." if rows else "Er is niets te vermelden."
    return Sheet(name=name, title=title, lines=[line], columns=columns, rows=rows)


def goals(told: Snapshot) -> Sheet:
    """Where each target stands."""
    columns = (
        *(NAME, UNIT, NORM, VALUE),
        Column(key="gehaald", label="Norm gehaald"),
        number("vorig_jaar", "Zelfde maand vorig jaar"),
        number("jaar_tot_nu", "Jaar tot nu toe"),
        Column(key="variatie", label="Signaal of toeval"),
        Column(key="zekerheid", label="Norm en proces"),
        MARK,
        Column(key="reden", label="Waarom er geen waarde is"),
    )
    rows = [_goal(told, goal) for goal in told.goals]
    return sheet("Doelen", f"Stand van de doelen, {month_text(told.span.month)}", columns, rows)


def _goal(told: Snapshot, goal: Goal) -> Sequence[Cell]:
    point, before = goal.point, goal.before
    values = (point.norm, point.value)
    earlier = (before.value if before else None, goal.year.so_far)
    return (
        *named(told, goal.key),
        *(amount(told, goal.key, value) for value in values),
        MET[point.met],
        *(amount(told, goal.key, value) for value in earlier),
        goal.variation_text,
        SURE[goal.assurance].value if goal.assurance else "",
        status(point.value, point.gaps),
        point.reason,
    )


def years(told: Snapshot) -> Sheet:
    """Each target as municipal budgets tell it, under the same heads as in the document."""
    found = {one.key: one for one in told.years}
    known = [(one, found[one.goal.key]) for one in subjects(told) if one.goal.key in found]
    heads = year_table(known).head[2:] if known else ()
    columns = (NAME, UNIT, NORM, *(number(head, head) for head in heads))
    rows = [_years(told, line) for _, line in known]
    return sheet("Jaren", "De doelen over de jaren", columns, rows)


def _years(told: Snapshot, line: Years) -> Sequence[Cell]:
    values = [one.value for one in (*line.past, line.so_far)]
    return (
        *named(told, line.key),
        amount(told, line.key, line.norm.value if line.norm else None),
        *(NOT_KNOWN if value is None else amount(told, line.key, value) for value in values),
    )


def figures(told: Snapshot) -> Sheet:
    """Every figure over the whole period, with what it was made of."""
    columns = (
        *(NAME, UNIT, TOP, BOTTOM, VALUE, NORM),
        Column(key="gehaald", label="Norm gehaald"),
        number("dekking", "Deel dat was in te delen"),
        number("ondergrens", "Waarde als al het andere slecht is"),
        number("bovengrens", "Waarde als al het andere goed is"),
        MARK,
        Column(key="reden", label="Waarom er geen waarde is"),
        Column(key="gaten", label="Wat er aan gegevens ontbrak"),
    )
    rows = [
        (
            *named(told, one.key),
            *(short(one.teller), short(one.noemer)),
            amount(told, one.key, one.value),
            amount(told, one.key, one.norm.value if one.norm else None),
            MET[one.met],
            None if one.coverage is None else Share(one.coverage),
            *(amount(told, one.key, edge) for edge in (one.lower, one.upper)),
            status(one.value, one.gaps),
            one.reason,
            "; ".join(one.gaps),
        )
        for one in told.figures
    ]
    return sheet("Cijfers", f"Alle cijfers, {told.span.name}", columns, rows)


def months(told: Snapshot) -> Sheet:
    """The months of each target, the oldest first."""
    columns = (
        NAME,
        Column(key="maand", label="Maand", kind=Kind.MONTH),
        *(UNIT, TOP, BOTTOM, VALUE, NORM),
        number("groeipad", "Groeipad"),
        MARK,
    )
    rows = [_month(told, goal.key, point) for goal in told.goals for point in goal.points]
    return sheet("Per maand", "De doelen per maand", columns, rows)


def _month(told: Snapshot, key: str, point: Point) -> Sequence[Cell]:
    name, unit = named(told, key)
    return (
        name,
        f"{point.month:%Y-%m}",
        unit,
        *(short(point.teller), short(point.noemer)),
        *(amount(told, key, value) for value in (point.value, point.norm, point.path)),
        status(point.value, point.gaps),
    )
