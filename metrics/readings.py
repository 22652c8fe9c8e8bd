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


class Status(Enum):
    """A reading against the norm of its day."""

    OP_NORM = "op norm"
    LET_OP = "let op"
    ONDER_NORM = "onder norm"
    GEEN_NORM = "geen norm"
    GEEN_DATA = "geen data"


@dataclass(frozen=True, kw_only=True)
class Query:
    """Figures over a half-open period, as known at `now`; `by` and `only` cut and narrow."""

    kpis: tuple[Kpi, ...]
    period: Period
    now: datetime
    grain: Grain | None = None
    by: tuple[Cut, ...] = ()
    only: Mapping[Cut, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One figure over one bucket and one cut. `value` is unrounded; None has a reason."""

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

    @property
    def status(self) -> Status:
        """Judge the unrounded value by the norm of its day."""
        if self.value is None:
            return Status.GEEN_DATA
        if self.norm is None or self.kpi.better is Better.NEUTRAAL:
            return Status.GEEN_NORM
        sign = 1 if self.kpi.better is Better.HOGER else -1
        if sign * (self.value - self.norm.value) >= 0:
            return Status.OP_NORM
        near = sign * (self.value - self.norm.edge(sign)) >= 0
        return Status.LET_OP if near else Status.ONDER_NORM

    @property
    def text(self) -> str:
        """The value as a reader sees it."""
        return self.kpi.unit.text(self.value)

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
        }
