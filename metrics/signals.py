"""The limits of a series of months (XmR), and the rules by which a month is a signal.

They are those of NHS England's Making Data Count, as the package NHSRplotthedots has them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from data.thresholds import SMALLEST_BASE, SignalRules
from metrics.units import Unit

SCREEN, LIMIT, NEAR = 3.267, 2.66, 1.7733
NEARBY, BEYOND = 2, 3
"""Zones: near a limit, and outside it."""
NOISE = 1e-9
"""A difference this small beside the values is rounding, and no difference."""


class Rule(Enum):
    """Why a month is a signal; of several the first counts."""

    BUITEN = "buiten de grenzen"
    TREND = "trend"
    TWEE_VAN_DRIE = "2 van 3 bij een grens"
    VERSCHUIVING = "verschuiving"


@dataclass(frozen=True)
class Limits:
    """The mean and the average moving range (`amr`): what chance makes of a steady process."""

    mean: float
    amr: float

    @property
    def low(self) -> float:
        """The lower limit, also where no value can be."""
        return self.mean - LIMIT * self.amr

    @property
    def high(self) -> float:
        """The upper limit, also where no value can be."""
        return self.mean + LIMIT * self.amr

    def shown(self, unit: Unit) -> tuple[float, float]:
        """Return the limits as they are drawn: within what the unit can be."""
        most = 1.0 if unit is Unit.PERCENTAGE else self.high
        return max(0.0, self.low), min(self.high, most)


class Point(NamedTuple):
    """A month; `rule` and `side` (1 is up) when it is a signal. A missing one has no value."""

    month: date
    value: float | None
    rule: Rule | None = None
    side: int = 0


def limits_of(points: Sequence[Point], fix_after: int = 0) -> Limits | None:
    """Return the limits of the first months, or of all; the widest ranges are left out once."""
    base = points[: fix_after or None]
    values = [point.value for point in base if point.value is not None]
    ranges = [
        abs(after.value - before.value)
        for before, after in pairwise(base)
        if before.value is not None and after.value is not None
    ]
    if len(values) < SMALLEST_BASE or not ranges:
        return None
    amr = fmean(ranges)
    usual = [step for step in ranges if step < SCREEN * amr] or ranges
    mean = values[0] if min(values) == max(values) else fmean(values)
    return Limits(mean, fmean(usual))


def judged(points: Sequence[Point], limits: Limits, rules: SignalRules) -> list[Point]:
    """Mark the months that are a signal; no run goes on across a missing month."""
    noise = NOISE * max(abs(point.value) for point in points if point.value is not None)
    found: list[Point] = []
    for known, part in groupby(points, lambda point: point.value is not None):
        run = list(part)
        found += _marked(run, limits, rules, noise) if known else run
    return found


def _marked(
    run: Sequence[Point], limits: Limits, rules: SignalRules, noise: float
) -> Iterator[Point]:
    values = [point.value or 0.0 for point in run]
    edges = (0.0, NEAR * limits.amr, LIMIT * limits.amr)
    zones = [_zone(value - limits.mean, edges, noise) for value in values]
    steps = [_sign(after - before, noise) for before, after in pairwise(values)]
    signals: dict[int, tuple[Rule, int]] = {}
    for rule, places in (
        (Rule.BUITEN, _outside(zones)),
        (Rule.TREND, _trends(steps, rules.trend)),
        (Rule.TWEE_VAN_DRIE, _pairs(zones)),
        (Rule.VERSCHUIVING, _shifts(zones, rules.shift)),
    ):
        for place, side in places:
            signals.setdefault(place, (rule, side))
    for place, point in enumerate(run):
        yield Point(point.month, point.value, *signals[place]) if place in signals else point


def _zone(off: float, edges: Sequence[float], noise: float) -> int:
    """0 on the mean, 1 above it, 2 near the upper limit, 3 outside; below it negative."""
    return _sign(off, noise) * bisect_left(edges, abs(off) - noise)


def _sign(difference: float, noise: float) -> int:
    return (difference > noise) - (difference < -noise)


Places = Iterator[tuple[int, int]]
"""Places in a run, each with the side of its signal."""


def _outside(zones: Sequence[int]) -> Places:
    return ((place, zone // BEYOND) for place, zone in enumerate(zones) if abs(zone) == BEYOND)


def _trends(steps: Sequence[int], size: int) -> Places:
    """All places of each stretch that rises, or falls, at every step."""
    for places, side in _stretches(steps, size - 1):
        yield from ((place, side) for place in range(places.start, places.stop + 1))


def _shifts(zones: Sequence[int], size: int) -> Places:
    """All places of each stretch on one side of the mean."""
    sides = [_sign(zone, 0) for zone in zones]
    return ((place, side) for places, side in _stretches(sides, size) for place in places)


def _stretches(signs: Sequence[int], size: int) -> Iterator[tuple[range, int]]:
    """Stretches of at least so many equal signs that are not 0."""
    for sign, stretch in groupby(range(len(signs)), signs.__getitem__):
        places = list(stretch)
        if sign and len(places) >= size:
            yield range(places[0], places[-1] + 1), sign


def _pairs(zones: Sequence[int]) -> Places:
    """The places near a limit of each three on one side of which two are near it."""
    for first in range(len(zones) - 2):
        three = zones[first : first + 3]
        if min(three) > 0 or max(three) < 0:
            near = [place for place in range(first, first + 3) if abs(zones[place]) == NEARBY]
            if len(near) > 1:
                yield from ((place, zones[place] // NEARBY) for place in near)
