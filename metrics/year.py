"""The year as one figure: what it comes to, and what the months that are left must still bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import fmean

from metrics.forecast import YEAR_ENDED, Forecast
from metrics.kpi import Better
from metrics.months import Month, Process, rest_of_year, year_earlier
from metrics.units import Unit

RECENT = 12
NO_SUMS = "de jaarwaarde is niet uit maanden op te tellen"
MISSING = "een maand van dit jaar ontbreekt"
NO_NORM = "er geldt geen norm"
NO_VOLUME = "hoeveel gevallen er nog komen is niet te zeggen"


class Reach(Enum):
    """Whether the norm of the year can still be met."""

    HAALBAAR = "haalbaar"
    NIET_MEER = "niet meer haalbaar"
    ZEKER = "al zeker gehaald"


@dataclass(frozen=True)
class Year:
    """Sums divided by sums: of the months so far (`so_far`), and with those that are forecast."""

    so_far: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Nodig:
    """The average that the months left must have for the year to meet its norm."""

    value: float | None = None
    reach: Reach | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Sums:
    """Numerator and denominator so far, and the denominator that is still expected."""

    teller: float
    noemer: float
    expected: float

    def with_rest(self, value: float) -> float:
        """The value of the year when the months left have this one."""
        return (self.teller + value * self.expected) / (self.noemer + self.expected)

    def needed(self, norm: float) -> float:
        """What the months left must have for the year to come to the norm."""
        return (norm * (self.noemer + self.expected) - self.teller) / self.expected


def year_of(months: Sequence[Month], made: Forecast) -> Year:
    """Weigh the year by its cases: those that were and those expected, never by its months."""
    sums = _sums(months)
    if sums is None:
        return Year(reason=_why_no_sums(months))
    so_far = sums.teller / sums.noemer if sums.noemer else None
    if made.level is None or made.low is None or made.high is None:
        return Year(so_far, reason=made.reason)
    if not sums.expected:
        return Year(so_far, reason=NO_VOLUME)
    value, low, high = map(sums.with_rest, (made.level, made.low, made.high))
    return Year(so_far, value, low, high)


def nodig(months: Sequence[Month], process: Process, norm: float | None) -> Nodig:
    """Say which average the months left must have, and whether any month ever had it."""
    sums = _sums(months)
    if norm is None or process.better is Better.NEUTRAAL:
        return Nodig(reason=NO_NORM)
    if not rest_of_year(months[-1].first):
        return Nodig(reason=YEAR_ENDED)
    if sums is None:
        return Nodig(reason=_why_no_sums(months))
    if not sums.expected:
        return Nodig(reason=NO_VOLUME)
    value = sums.needed(norm)
    return Nodig(value, _reach(value, months, process))


def _reach(needed: float, months: Sequence[Month], process: Process) -> Reach:
    known = [month.value for month in months if month.value is not None]
    if process.better is Better.HOGER:
        if needed <= 0:
            return Reach.ZEKER
        return Reach.NIET_MEER if needed > max(known) else Reach.HAALBAAR
    if process.unit is Unit.PERCENTAGE and needed >= 1:
        return Reach.ZEKER
    return Reach.NIET_MEER if needed < min(known) else Reach.HAALBAAR


def _sums(months: Sequence[Month]) -> _Sums | None:
    """Add up the year so far; None when a month of it has nothing to add."""
    year = [month for month in months if month.first.year == months[-1].first.year]
    teller = [month.teller for month in year if month.teller is not None]
    noemer = [month.noemer for month in year if month.noemer is not None]
    if len(teller) < len(year) or len(noemer) < len(year):
        return None
    return _Sums(sum(teller), sum(noemer), _expected(months))


def _why_no_sums(months: Sequence[Month]) -> str:
    adds_up = any(month.teller is not None and month.noemer is not None for month in months)
    return MISSING if adds_up else NO_SUMS


def _expected(months: Sequence[Month]) -> float:
    """The cases of the months left: as many as a year before, or else as in a recent month."""
    known = {month.first: month.noemer for month in months if month.noemer}
    if not known:
        return 0.0
    recent = fmean(list(known.values())[-RECENT:])
    left = rest_of_year(months[-1].first)
    return sum(known.get(year_earlier(month), recent) for month in left)
