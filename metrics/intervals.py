"""How sure a share is: its interval, its verdict against a norm, and the funnel of many units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import sqrt

from data.thresholds import SmallNumbers
from metrics.kpi import Better

SURE, VERY_SURE = 1.96, 3.09
"""Standard deviations that hold 95 % and 99.8 % of what chance does."""


@dataclass(frozen=True)
class Interval:
    """Between these two the true share lies, as far as the cases can tell."""

    low: float
    high: float


class Size(Enum):
    """What the number of cases allows: to hide, to show without a verdict, or to judge."""

    VERBORGEN = "verborgen"
    OPEN = "open"
    GEWOON = "gewoon"


class Verdict(Enum):
    """A share against its norm, said only where the cases can tell."""

    GEHAALD = "norm gehaald"
    NIET_GEHAALD = "norm niet gehaald"
    ONBESLIST = "niet te onderscheiden van de norm"


def wilson(part: float, whole: float, z: float = SURE) -> Interval | None:
    """Return the Wilson interval of a share; of no cases there is none."""
    if whole <= 0:
        return None
    spread = z * z / whole
    return Interval(_lower(part / whole, spread), 1 - _lower(1 - part / whole, spread))


def _lower(share: float, spread: float) -> float:
    """The lower end, by its product with the upper one: so it is exactly 0 for a share of 0."""
    upper = share + spread / 2 + sqrt(spread * share * (1 - share) + spread * spread / 4)
    return share * share / upper


def size_of(cases: float, small: SmallNumbers) -> Size:
    """Return what may be said of so many cases."""
    if cases < small.hidden_below:
        return Size.VERBORGEN
    return Size.OPEN if cases < small.verdict_from else Size.GEWOON


def verdict(
    part: float, whole: float, norm: float | None, better: Better, small: SmallNumbers
) -> Verdict | None:
    """Judge a share by a norm: met or not only if its interval excludes the norm."""
    interval = wilson(part, whole)
    enough = size_of(whole, small) is Size.GEWOON
    if interval is None or norm is None or better is Better.NEUTRAAL or not enough:
        return None
    if interval.low <= norm <= interval.high:
        return Verdict.ONBESLIST
    above = interval.low > norm
    return Verdict.GEHAALD if above == (better is Better.HOGER) else Verdict.NIET_GEHAALD


def shows_funnel(units: int, small: SmallNumbers) -> bool:
    """Tell whether there are so many units that a funnel compares them best."""
    return units > small.funnel_above


def funnel(share: float, cases: float, z: float = SURE) -> Interval:
    """Return between which shares chance alone puts a unit with so many cases (at least one)."""
    reach = z * sqrt(share * (1 - share) / cases)
    return Interval(max(0.0, share - reach), min(1.0, share + reach))
