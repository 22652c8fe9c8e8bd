"""The departments of a month: each share with how sure it is, and the small ones hidden.

Page, API and council report show the same value. Of a hidden department nothing is in it but its
name, so nothing can leak further on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from data.thresholds import SmallNumbers
from metrics.facts import Cut
from metrics.intervals import (
    SURE,
    VERY_SURE,
    Interval,
    Size,
    Verdict,
    funnel,
    shows_funnel,
    size_of,
    verdict,
    wilson,
)
from metrics.kpi import Kpi
from metrics.measures import CoveredShare, Share
from metrics.periods import local_day, whole_month
from metrics.readings import Query, Reading
from metrics.suppression import TOTAAL

FIGURES = ("bereikbaarheid", "terugbellen", "binnen_termijn", "digitaal_of_kcc")
"""Shares of which every department has its own."""


@dataclass(frozen=True, kw_only=True)
class Department:
    """A share of one department, or of all together; a hidden one has nothing but its name."""

    naam: str
    size: Size = Size.VERBORGEN
    value: float | None = None
    teller: int | None = None
    noemer: int | None = None
    interval: Interval | None = None
    verdict: Verdict | None = None
    text: str = ""

    @property
    def label(self) -> str:
        """How a reader knows it."""
        return self.naam or "afdeling niet bekend"

    @property
    def shown(self) -> bool:
        """Whether its numbers may be told."""
        return self.size is not Size.VERBORGEN


@dataclass(frozen=True, kw_only=True)
class Departments:
    """All departments with cases in a month, by name, beside the whole municipality."""

    whole: Reading
    total: Department
    rows: tuple[Department, ...]
    small: SmallNumbers

    @property
    def kpi(self) -> Kpi:
        """The figure."""
        return self.whole.kpi

    @property
    def month(self) -> date:
        """The first day of the month."""
        return local_day(self.whole.period.start)

    @property
    def norm(self) -> float | None:
        """The norm of the month."""
        return None if self.whole.norm is None else self.whole.norm.value

    @property
    def cases_name(self) -> str:
        """What its cases are."""
        measure = self.kpi.measure
        return measure.whole_name if isinstance(measure, Share | CoveredShare) else "gevallen"

    @property
    def shown(self) -> list[Department]:
        """The departments of which something may be told."""
        return [row for row in self.rows if row.shown]

    @property
    def largest_first(self) -> list[Department]:
        """By number of cases; the hidden ones come last, by name, for their place would tell."""
        return sorted(self.rows, key=lambda row: (-(row.noemer or 0), row.naam))

    @property
    def judged(self) -> Counter[Verdict]:
        """How many departments got each verdict."""
        return Counter(row.verdict for row in self.rows if row.verdict)

    @property
    def has_funnel(self) -> bool:
        """Whether there are so many that a funnel compares them best."""
        return self.total.shown and shows_funnel(len(self.shown), self.small)

    def funnel(self, cases: int) -> tuple[Interval, Interval]:
        """Return where chance puts 95 % and 99.8 % of departments with so many cases."""
        share = self.total.value or 0.0
        return funnel(share, cases, SURE), funnel(share, cases, VERY_SURE)

    def outside(self, side: int) -> list[Department]:
        """The departments below (-1) or above (1) the whole by more than chance ever does."""
        return [row for row in self.shown if self.side(row) == side]

    def side(self, row: Department) -> int:
        """Tell whether a department that is shown lies below, within or above what chance does."""
        share, (_, wide) = row.value or 0.0, self.funnel(row.noemer or 1)
        return (share > wide.high) - (share < wide.low)


def questions(kpi: Kpi, month: date, now: datetime) -> list[Query]:
    """Ask a figure per department, and as a whole."""
    whole = Query(kpis=(kpi,), period=whole_month(month), now=now)
    return [replace(whole, by=(Cut.AFDELING,)), whole]


def departments(parts: Sequence[Reading], whole: Reading, small: SmallNumbers) -> Departments:
    """Judge the departments as they are told; those without a case are left out."""
    with_cases = sorted((part for part in parts if part.noemer or part.hidden), key=_name)
    return Departments(
        whole=whole,
        total=_department(whole, TOTAAL, hide=not with_cases, small=small),
        rows=tuple(
            _department(part, _name(part), hide=part.hidden, small=small) for part in with_cases
        ),
        small=small,
    )


def as_json(found: Departments) -> list[dict[str, Any]]:
    """The stable shape of the API: a row for the whole, then one per department by name."""
    rows = [("totaal", found.total), *(("afdeling", row) for row in found.rows)]
    return [_row(found, kind, row) for kind, row in rows]


def _row(found: Departments, kind: str, row: Department) -> dict[str, Any]:
    interval = row.interval
    return {
        "kpi": found.kpi.key,
        "maand": found.month.isoformat()[:7],
        "rij": kind,
        "afdeling": None if kind == "totaal" else row.naam,
        "waarde": row.value,
        "teller": row.teller,
        "noemer": row.noemer,
        "ondergrens_95": interval.low if interval else None,
        "bovengrens_95": interval.high if interval else None,
        "norm": found.norm,
        "oordeel": row.verdict.value if row.verdict else None,
        "grootte": row.size.value,
        "status_cel": None if row.shown else "x",
    }


def _department(reading: Reading, naam: str, *, hide: bool, small: SmallNumbers) -> Department:
    if hide:
        return Department(naam=naam)
    part, whole = int(reading.teller or 0), int(reading.noemer or 0)
    return Department(
        naam=naam,
        size=size_of(whole, small),
        value=reading.value,
        teller=part,
        noemer=whole,
        interval=wilson(part, whole),
        verdict=verdict(
            part, whole, reading.norm.value if reading.norm else None, reading.kpi.better, small
        ),
        text=reading.text,
    )


def _name(reading: Reading) -> str:
    return reading.cut[Cut.AFDELING]
