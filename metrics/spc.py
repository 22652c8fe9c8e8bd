"""Signal or chance: what a series of months says about its process, beside its norm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise, takewhile

from data.thresholds import SignalRules
from metrics.kpi import Better
from metrics.signals import Limits, Point, Rule, judged, limits_of

SETTLED = 13
"""Limits that rest on fewer months are provisional."""
SIGNS = {Better.HOGER: 1, Better.LAGER: -1, Better.NEUTRAAL: 0}


RULES = SignalRules()


class Variation(Enum):
    """What the last month says about the process."""

    GEEN = "Geen signaal"
    VERBETERING = "Verbetering"
    VERSLECHTERING = "Verslechtering"
    VERANDERING = "Verandering"
    TE_WEINIG = "Nog te weinig maanden"


class Assurance(Enum):
    """Whether the process, as it is, can be relied on to meet its norm."""

    STEEDS = "Haalt norm steeds"
    NIET = "Haalt norm niet"
    SOMS = "Soms wel, soms niet"


MEANINGS = {1: Variation.VERBETERING, -1: Variation.VERSLECHTERING, 0: Variation.VERANDERING}


@dataclass(frozen=True)
class Segment:
    """Months between two recalibrations, of which `known` have a value; too few have no limits."""

    points: tuple[Point, ...]
    limits: Limits | None
    known: int

    @property
    def values(self) -> list[float]:
        """The values that are known."""
        return [point.value for point in self.points if point.value is not None]

    @property
    def provisional(self) -> bool:
        """Tell whether the limits rest on few months."""
        return self.known < SETTLED


@dataclass(frozen=True)
class Chart:
    """A series of months, in segments of which the last is the active one."""

    segments: tuple[Segment, ...]
    better: Better

    @property
    def points(self) -> list[Point]:
        """All months in order."""
        return [point for segment in self.segments for point in segment.points]

    @property
    def active(self) -> Segment:
        """The segment that the last month is in."""
        return self.segments[-1]

    @property
    def missing(self) -> list[date]:
        """The months without a value: no run goes on across them."""
        return [point.month for point in self.points if point.value is None]

    def last(self, count: int) -> Chart:
        """Return the last months, judged as they are here."""
        parts: list[Segment] = []
        left = count
        for segment in reversed(self.segments):
            if left > 0:
                parts.insert(0, replace(segment, points=segment.points[-left:]))
            left -= len(segment.points)
        return replace(self, segments=tuple(parts))

    @property
    def variation(self) -> Variation | None:
        """Say what the last month says; None when it has no value."""
        last = self.active.points[-1]
        if last.value is None:
            return None
        return self.meaning(last) if self.active.limits else Variation.TE_WEINIG

    @property
    def variation_text(self) -> str:
        """The variation in words, with how many months there are when these are too few."""
        if self.variation is Variation.TE_WEINIG:
            return f"{self.variation.value} ({self.active.known} van {SETTLED})"
        return self.variation.value if self.variation else ""

    def meaning(self, point: Point) -> Variation:
        """Say what a month says: a signal is good or bad by its direction."""
        return MEANINGS[point.side * SIGNS[self.better]] if point.rule else Variation.GEEN

    def assurance(self, norm: float | None) -> Assurance | None:
        """Compare the active limits with a norm; one on a limit is between them."""
        limits, sign = self.active.limits, SIGNS[self.better]
        if norm is None or limits is None or not sign:
            return None
        if limits.low <= norm <= limits.high:
            return Assurance.SOMS
        return Assurance.STEEDS if sign * (limits.mean - norm) > 0 else Assurance.NIET

    @property
    def run(self) -> list[Point]:
        """The signals up to the last month that go to the same side without a pause."""
        run: list[Point] = []
        for point in reversed(self.active.points):
            if point.rule is None or (run and point.side != run[0].side):
                break
            run.insert(0, point)
        return run

    @property
    def lasting(self) -> int:
        """For how many months the signal of the last month lasts; 0 when it is none.

        A trend lasts as long as it goes one way, another signal as long as it is on its side.
        """
        last, limits = self.active.points[-1], self.active.limits
        if last.rule is None or limits is None:
            return 0
        known = takewhile(lambda point: point.value is not None, reversed(self.active.points))
        values = [point.value or 0.0 for point in known]
        if last.rule is Rule.TREND:
            rising = takewhile(lambda pair: last.side * (pair[0] - pair[1]) > 0, pairwise(values))
            return 1 + len(list(rising))
        beyond = takewhile(lambda value: last.side * (value - limits.mean) > 0, values)
        return len(list(beyond))


def chart(
    months: Sequence[tuple[date, float | None]],
    better: Better,
    recalibrated: Collection[date] = (),
    rules: SignalRules = RULES,
) -> Chart:
    """Find limits and signals in at least one month, all consecutive.

    A recalibration begins a segment with the month that it is in.
    """
    starts = {day.replace(day=1) for day in recalibrated}
    parts: list[list[Point]] = []
    for month, value in months:
        if not parts or month in starts:
            parts.append([])
        parts[-1].append(Point(month, value))
    return Chart(tuple(_segment(part, rules) for part in parts), better)


def _segment(points: Sequence[Point], rules: SignalRules) -> Segment:
    limits = limits_of(points, rules.fix_after)
    found = judged(points, limits, rules) if limits else points
    return Segment(tuple(found), limits, sum(point.value is not None for point in points))
