"""From a value to a place in a drawing, and the round numbers along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from statistics import fmean

from metrics import Unit

ROUND = (1, 2, 5, 10)
ROUND_TIMES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


@dataclass(frozen=True)
class Scale:
    """The values `low` and `high` lie at the places `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value; what lies outside is drawn at the edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (self.end - self.start) * (inside - self.low) / (self.high - self.low)


def room(values: Sequence[float], unit: Unit, margin: float) -> tuple[float, float]:
    """Return from where to where an axis goes that shows the values with room around them."""
    low, high = min(values), max(values)
    around = margin * (high - low or abs(high) * 0.2 or 1)
    most = 1.0 if unit is Unit.PERCENTAGE and high <= 1 else high + around
    return max(0.0, low - around), min(most, high + around)


def ticks(low: float, high: float, unit: Unit, most: int = 6) -> list[float]:
    """Return at most so many round values between two others."""
    step = _step((high - low) / most, unit)
    first = -floor(-low / step)
    return [number * step for number in range(first, floor(high / step) + 1)]


def _step(least: float, unit: Unit) -> float:
    if unit is Unit.SECONDEN and least <= ROUND_TIMES[-1]:
        return next(step for step in ROUND_TIMES if step >= least)
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in ROUND if step * power >= least * (1 - 1e-9))


def dodged(places: Sequence[float], gap: float) -> list[float]:
    """Move places apart that lie too near each other, together as little as can be."""
    order = sorted(range(len(places)), key=places.__getitem__)
    blocks: list[list[float]] = []
    for number, index in enumerate(order):
        blocks.append([places[index] - number * gap])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    middles = [fmean(block) for block in blocks for _ in block]
    moved = {index: middles[number] + number * gap for number, index in enumerate(order)}
    return [moved[index] for index in range(len(places))]
