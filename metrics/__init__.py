"""The public door: questions, readings and the catalogue of figures."""

from metrics.facts import Cut
from metrics.kpi import Better, Kpi, Norm
from metrics.periods import Grain, Period
from metrics.readings import Query, Reading, Status
from metrics.units import Unit

__all__ = [
    "Better",
    "Cut",
    "Grain",
    "Kpi",
    "Norm",
    "Period",
    "Query",
    "Reading",
    "Status",
    "Unit",
]
