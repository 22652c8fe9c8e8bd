"""Where a figure stands in December if its process stays as it is, and how often that was so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean

from metrics.months import Month, Process, rest_of_year
from metrics.signals import NOISE, Limits
from metrics.spc import Chart, Variation

FEWEST = 12
AFTER_SIGNAL = 6
"""After a signal the last months say where the process is now."""
KEPT = 512
"""Series of which the hit rate is kept."""
YEAR_ENDED = "het jaar is voorbij"
MONTH_MISSING = "geen prognose: de laatste maand ontbreekt"
TOO_FEW = "geen prognose: nog te weinig maanden"
CHANGES = "geen prognose: het proces verandert"


@dataclass(frozen=True)
class Forecast:
    """Each month that is left is expected between `low` and `high`; without a level, why not."""

    months: tuple[date, ...] = ()
    level: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class HitRate:
    """How many of the months that were forecast came out within their interval."""

    hits: int
    months: int

    @property
    def share(self) -> float | None:
        """The part that came true; None when nothing was forecast yet."""
        return self.hits / self.months if self.months else None


def forecast(months: Sequence[Month], process: Process) -> Forecast:
    """Expect the level of the process in each month up to December, within its own limits."""
    left = rest_of_year(months[-1].first)
    if not left:
        return Forecast(reason=YEAR_ENDED)
    found = process.chart(months)
    limits = found.active.limits
    reason = _why_not(months, found, process)
    if reason or limits is None:
        return Forecast(reason=reason)
    around = Limits(_level(found, limits), limits.amr)
    low, high = around.shown(process.unit)
    return Forecast(tuple(left), around.mean, low, high)


@lru_cache(KEPT)
def backtest(months: tuple[Month, ...], process: Process) -> HitRate:
    """Forecast as of each month in the past, and compare with how each month came out.

    What follows from closed months is kept: they seldom change, and it is asked all the time.
    """
    outcomes = [
        within
        for known in range(FEWEST, len(months))
        for within in _outcomes(forecast(months[:known], process), months[known:])
    ]
    return HitRate(sum(outcomes), len(outcomes))


def _why_not(months: Sequence[Month], found: Chart, process: Process) -> str:
    known = sum(month.value is not None for month in months)
    if months[-1].value is None:
        return MONTH_MISSING
    if known < FEWEST:
        return f"{TOO_FEW} ({known} van {FEWEST})"
    if found.variation is Variation.TE_WEINIG:
        return f"{TOO_FEW} met dit proces"
    unexplained = not process.explained(found.run)
    return CHANGES if found.variation is Variation.VERSLECHTERING and unexplained else ""


def _level(found: Chart, limits: Limits) -> float:
    return fmean(found.active.values[-AFTER_SIGNAL:]) if found.run else limits.mean


def _outcomes(made: Forecast, later: Sequence[Month]) -> Iterator[bool]:
    """Tell of each month that was forecast, and is known, whether it came out within."""
    if made.low is None or made.high is None:
        return
    for month in later[: len(made.months)]:
        if month.value is not None:
            yield made.low - NOISE <= month.value <= made.high + NOISE
