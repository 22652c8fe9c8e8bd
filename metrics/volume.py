"""How many calls are usual on a day like this, per quarter-hour and over any part of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from metrics.engine import Look
from metrics.typical import FEWEST, HIGH, LOW, QUARTERS, Past, comparable, per_quarter

Floats = NDArray[np.float64]
OFFERED = "bereikbaarheid"
"""The figure whose denominator is the calls that were offered."""


@dataclass(frozen=True)
class Usually:
    """The mean of a number of calls over comparable days, with P10 and P90."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, eq=False)
class Volume:
    """The calls offered in each quarter-hour on the clock of comparable days: (days, 96)."""

    offered: Floats

    @property
    def days(self) -> int:
        """How many days there are to compare with."""
        return len(self.offered)

    @property
    def known(self) -> bool:
        """Whether there are days enough."""
        return self.days >= FEWEST

    def over(self, parts: Mapping[int, float]) -> Usually | None:
        """Add up parts (0 to 1) of quarter-hours per day, and compare the days."""
        if not self.known:
            return None
        weights = np.zeros(QUARTERS)
        for slot, part in parts.items():
            weights[slot] = part
        sums = self.offered @ weights
        low, high = np.percentile(sums, (LOW, HIGH)).tolist()
        return Usually(low, float(sums.mean()), high)

    @cached_property
    def quarters(self) -> Sequence[Usually | None]:
        """Compare the days in each quarter-hour on the clock."""
        if not self.known:
            return [None] * QUARTERS
        low, high = np.percentile(self.offered, (LOW, HIGH), axis=0).tolist()
        means = self.offered.mean(axis=0).tolist()
        return [Usually(*of) for of in zip(low, means, high, strict=True)]

    def per_half_hour(self) -> Floats | None:
        """Return the mean of the calls in each half-hour; None with too few days."""
        return (
            self.offered.reshape(self.days, -1, 2).sum(axis=2).mean(axis=0) if self.known else None
        )


def volume(look: Look, past: Past, now: datetime) -> Volume:
    """Count the last 12 ordinary days of this weekday on which it was open and anyone called."""
    days = comparable(look, past, OFFERED, now)
    if not days:
        return Volume(np.zeros((0, QUARTERS)))
    _answered, offered = per_quarter(look, OFFERED, days)
    return Volume(offered[offered.any(axis=1)])
