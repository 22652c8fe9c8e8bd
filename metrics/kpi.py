"""The one place where the shape of a figure's definition is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from data.norms import GrowthPath
from metrics.measures import Flow, Spread
from metrics.stocks import Stock
from metrics.units import Unit

Measure = Flow | Spread | Stock


class Better(Enum):
    """The direction in which a figure improves."""

    HOGER = "hoger"
    LAGER = "lager"
    NEUTRAAL = "neutraal"


@dataclass(frozen=True)
class Norm:
    """A value that the figure should reach, since a date, and who set it."""

    value: float
    since: date
    grondslag: str
    margin: float = 0.0

    def edge(self, sign: int) -> float:
        """Return the last value within the margin, as it is written: 0.90 - 0.05 is 0.85."""
        return float(Decimal(str(self.value)) - sign * Decimal(str(self.margin)))


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A figure: what it asks, how it is computed and what it is judged by.

    Over the last `provisional_days` it can still change by what happens later.
    """

    key: str
    name: str
    question: str
    formula: str
    unit: Unit
    measure: Measure
    better: Better = Better.NEUTRAAL
    caveat: str = ""
    norms: tuple[Norm, ...] = ()
    paths: tuple[GrowthPath, ...] = ()
    revisions: tuple[tuple[date, str], ...] = ()
    provisional_days: int = 0
    owner: str
    reviewed: date

    def norm_on(self, day: date) -> Norm | None:
        """Return the norm that held on that day."""
        held = [norm for norm in self.norms if norm.since <= day]
        return max(held, key=lambda norm: norm.since, default=None)

    def path_in(self, month: date) -> GrowthPath | None:
        """Return the growth path that a month is on; of several the last that began."""
        held = [path for path in self.paths if path.value_in(month) is not None]
        return max(held, key=lambda path: path.first, default=None)
