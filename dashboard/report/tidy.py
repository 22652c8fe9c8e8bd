"""The open data of a report: one row per figure, period and department, as plain values."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple, Protocol

from dashboard.report.departments import HIDDEN
from dashboard.report.sheets import Column, Kind
from metrics.frames import plain
from metrics.parts import UNKNOWN as NAMELESS
from metrics.published.edition import Edition
from metrics.published.goal import Years, YearValue
from metrics.published.quality import Parts
from metrics.published.snapshot import Snapshot

UNKNOWN, PROVISIONAL = ".", "v"
MARKS = {
    HIDDEN: "Verborgen: het gaat om te weinig mensen, of wie het getal kent kan een ander verborgen"
    " getal uitrekenen.",
    UNKNOWN: "Onbekend: er is geen waarde. Het blad Cijfers zegt waarom.",
    PROVISIONAL: "Voorlopig: een bron was niet compleet toen het getal werd vastgelegd.",
}
"""What stands in the place of a number or beside it, and what it means."""
COLUMNS = (
    Column(key="maatstaf", label="Maatstaf", about="De sleutel van het cijfer.", required=True),
    Column(
        key="periode",
        label="Periode",
        about="Een maand (2026-10), een kwartaal (2026-K3), een jaar (2026), of de eerste en de"
        " laatste maand van een deel van een jaar (2026-01/2026-10).",
        required=True,
    ),
    Column(key="afdeling", label="Afdeling", about="Leeg: de hele gemeente."),
    Column(key="teller", label="Teller", kind=Kind.NUMBER, about="Wat is geteld of opgeteld."),
    Column(key="noemer", label="Noemer", kind=Kind.NUMBER, about="Waardoor is gedeeld."),
    Column(
        key="waarde",
        label="Waarde",
        kind=Kind.NUMBER,
        about="Niet afgerond. Een aandeel is 0 tot 1, een duur is in seconden.",
    ),
    Column(key="eenheid", label="Eenheid", about="De eenheid van de waarde.", required=True),
    Column(
        key="norm",
        label="Norm",
        kind=Kind.NUMBER,
        about="De norm aan het begin van de periode, in de eenheid van de waarde.",
    ),
    Column(
        key="status_cel",
        label="Status van de cel",
        about="Leeg: gewoon. x: verborgen. .: onbekend. v: voorlopig.",
    ),
    Column(key="versie", label="Versie", kind=Kind.COUNT, about="De versie.", required=True),
)


class Row(NamedTuple):
    """One row; the names of its fields are those of the columns."""

    maatstaf: str
    periode: str
    afdeling: str
    teller: float | None
    noemer: float | None
    waarde: float | None
    eenheid: str
    norm: float | None
    status_cel: str
    versie: int


class Number(Protocol):
    """What all numbers of a snapshot have."""

    @property
    def value(self) -> float | None: ...
    @property
    def teller(self) -> float | None: ...
    @property
    def noemer(self) -> float | None: ...


def rows(edition: Edition) -> list[Row]:
    """Return every number of a version once, in a fixed order."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in _rows(edition.snapshot, edition.version):
        found.setdefault(row[:3], row)
    return [found[key] for key in sorted(found)]


def tidy_csv(edition: Edition) -> bytes:
    """Write the rows as CSV: UTF-8, comma, decimal point; the same version gives the same bytes."""
    return csv_of(Row._fields, map(_written, rows(edition))).encode()


def csv_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows under their names."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return written.getvalue()


def short(number: float | None) -> float | None:
    """Return a whole number as one; no number stays what it is."""
    return int(number) if number is not None and float(number).is_integer() else number


def _written(row: Row) -> tuple[object, ...]:
    """A name that a spreadsheet would run as a formula gets an apostrophe before it."""
    return row._replace(afdeling=plain(row.afdeling) or "")


def _rows(told: Snapshot, version: int) -> Iterator[Row]:
    """The figures of the period come first: what its last month or year says is the same."""
    for figure in told.figures:
        norm = figure.norm.value if figure.norm else None
        yield _row(told, version, figure.key, told.span.key, figure)._replace(
            norm=short(norm), status_cel=status(figure.value, figure.gaps)
        )
    for goal in told.goals:
        for point in goal.points:
            yield _row(told, version, goal.key, f"{point.month:%Y-%m}", point)._replace(
                norm=short(point.norm), status_cel=status(point.value, point.gaps)
            )
    for years in told.years:
        yield from _years(told, version, years)
    for parts in told.parts:
        if parts.axis == "afdeling":
            yield from _departments(told, version, parts)


def _years(told: Snapshot, version: int, years: Years) -> Iterator[Row]:
    for year in (*years.past, years.so_far):
        yield _row(told, version, years.key, year_key(year), year)._replace(
            norm=short(year.norm), status_cel=status(year.value)
        )


def _departments(told: Snapshot, version: int, parts: Parts) -> Iterator[Row]:
    norm = told.figure(parts.key).norm
    for cell in parts.rows:
        yield _row(told, version, parts.key, told.span.key, cell)._replace(
            afdeling=cell.name or NAMELESS,
            norm=short(norm.value if norm else None),
            status_cel=status(cell.value) if cell.shown else HIDDEN,
        )


def _row(told: Snapshot, version: int, key: str, period: str, number: Number) -> Row:
    return Row(
        maatstaf=key,
        periode=period,
        afdeling="",
        teller=short(number.teller),
        noemer=short(number.noemer),
        waarde=short(number.value),
        eenheid=told.definition(key).unit.value,
        norm=None,
        status_cel="",
        versie=version,
    )


def year_key(year: YearValue) -> str:
    """Name a year, or the part of it that has passed as an interval of months."""
    whole = year.until.month == 12
    return f"{year.year}" if whole else f"{year.year}-01/{year.until:%Y-%m}"


def status(value: float | None, gaps: Sequence[str] = ()) -> str:
    """Return the mark of a number that may be shown."""
    return UNKNOWN if value is None else PROVISIONAL if gaps else ""
