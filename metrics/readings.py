"""A question and its answer: what wall, pages, report, API and command line all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from metrics.facts import Cut
from metrics.kpi import Better, Kpi, Norm
from metrics.periods import Grain, Period, local_text
from metrics.units import Unit, clock_text, rounded

MOST_DIGITS = 3


class Status(Enum):
    """A reading against the norm of its day."""

    OP_NORM = "op norm"
    LET_OP = "let op"
    ONDER_NORM = "onder norm"
    GEEN_NORM = "geen norm"
    GEEN_DATA = "geen data"


@dataclass(frozen=True, kw_only=True)
class Query:
    """Figures over a half-open period up to `now`; `by` and `only` cut and narrow.

    A stock is told at `now`. A flow counts what arrived before `now` with the outcome that is
    known today: a call that was still waiting at a `now` in the past counts as it ended.
    """

    kpis: tuple[Kpi, ...]
    period: Period
    now: datetime
    grain: Grain | None = None
    by: tuple[Cut, ...] = ()
    only: Mapping[Cut, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One figure over one bucket and one cut. `value` is unrounded; None has a reason.

    Of a hidden one only the name is told, for its cases are few or would give few away.
    """

    kpi: Kpi
    period: Period
    bucket: datetime | None = None
    cut: Mapping[Cut, str] = field(default_factory=dict)
    value: float | None
    teller: float | None = None
    noemer: float | None = None
    cases: int = 0
    norm: Norm | None = None
    as_of: datetime | None = None
    gaps: tuple[str, ...] = ()
    reason: str = ""
    coverage: float | None = None
    lower: float | None = None
    upper: float | None = None
    hidden: bool = False

    @property
    def status(self) -> Status:
        """Judge the unrounded value by the norm of its day."""
        return self._judged(self.value)

    @property
    def met(self) -> bool | None:
        """Tell whether it meets the norm of its day; None without a norm or a value."""
        unknown = self.status in (Status.GEEN_NORM, Status.GEEN_DATA)
        return None if unknown else self.status is Status.OP_NORM

    def _judged(self, value: float | None) -> Status:
        if value is None:
            return Status.GEEN_DATA
        if self.norm is None or self.kpi.better is Better.NEUTRAAL:
            return Status.GEEN_NORM
        sign = 1 if self.kpi.better is Better.HOGER else -1
        if sign * (value - self.norm.value) >= 0:
            return Status.OP_NORM
        near = sign * (value - self.norm.edge(sign)) >= 0
        return Status.LET_OP if near else Status.ONDER_NORM

    @property
    def text(self) -> str:
        """The value as a reader sees it, with more decimals where rounding hides the verdict."""
        if self.value is None:
            return self.kpi.unit.text(None)
        shift = 2 if self.kpi.unit is Unit.PERCENTAGE else 0
        for digits in range(MOST_DIGITS):
            met = self._judged(rounded(self.value, digits + shift)) is Status.OP_NORM
            if met == (self.status is Status.OP_NORM):
                return self._written(digits)
        return self._written(MOST_DIGITS)

    def _written(self, digits: int) -> str:
        unit, value = self.kpi.unit, self.value or 0.0
        return clock_text(value, digits) if unit is Unit.SECONDEN else unit.text(value, digits)

    def as_json(self) -> dict[str, Any]:
        """The stable shape of `metrics ask --json` and the API."""
        return {
            "kpi": self.kpi.key,
            "van": local_text(self.period.start),
            "tot": local_text(self.period.end),
            "per": local_text(self.bucket),
            "cut": {cut.value: value for cut, value in self.cut.items()},
            "value": self.value,
            "unit": self.kpi.unit.value,
            "teller": self.teller,
            "noemer": self.noemer,
            "cases": self.cases,
            "norm": None if self.norm is None else self.norm.value,
            "grondslag": None if self.norm is None else self.norm.grondslag,
            "status": self.status.value,
            "as_of": local_text(self.as_of),
            "gaps": list(self.gaps),
            "reason": self.reason or None,
            "dekking": self.coverage,
            "ondergrens": self.lower,
            "bovengrens": self.upper,
            "status_cel": "x" if self.hidden else None,
        }
