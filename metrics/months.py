"""The months of a figure, with what was recorded of its process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.history import Event
from data.thresholds import SignalRules
from metrics.kpi import Better
from metrics.periods import next_month
from metrics.signals import Point
from metrics.spc import RULES, Chart, chart
from metrics.units import Unit

SHOWN = 24
"""The months that are drawn; the limits rest on them too, unless earlier months fix these."""


@dataclass(frozen=True)
class Month:
    """One month of a figure; what is not known is None. Sums that do not add up are left out."""

    first: date
    value: float | None
    teller: float | None = None
    noemer: float | None = None


@dataclass(frozen=True)
class Process:
    """How the months of a figure are judged."""

    better: Better
    unit: Unit
    recalibrated: tuple[date, ...] = ()
    events: tuple[Event, ...] = ()
    rules: SignalRules = RULES

    def chart(self, months: Sequence[Month]) -> Chart:
        """Find the limits and signals of the last months (at least one)."""
        base = months if self.rules.fix_after else months[-SHOWN:]
        values = [(month.first, month.value) for month in base]
        found = chart(values, self.better, self.recalibrated, self.rules)
        return found.last(SHOWN) if len(base) > SHOWN else found

    def explained(self, run: Sequence[Point]) -> bool:
        """Tell whether an event falls in the months of a signal."""
        return bool(run) and any(
            event.day < next_month(run[-1].month) and event.until >= run[0].month
            for event in self.events
        )


def last_months(month: date) -> list[date]:
    """Return the months of the chart that ends with a month, the last of them first."""
    number = month.year * 12 + month.month - 1
    return [date(past // 12, past % 12 + 1, 1) for past in range(number, number - SHOWN, -1)]


def rest_of_year(month: date) -> list[date]:
    """Return the months after this one, up to December."""
    return [date(month.year, number, 1) for number in range(month.month + 1, 13)]


def year_earlier(month: date) -> date:
    """Return the same month of the year before."""
    return month.replace(year=month.year - 1)
