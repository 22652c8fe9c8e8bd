"""The plane of a chart on paper: where months and values lie, and how a mark is written there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.report.subject import Subject
from dashboard.targets.scale import Scale, room
from metrics.published.goal import Goal
from metrics.units import Unit

WIDTH, LEFT, RIGHT, HEIGHT = 640, 44, 512, 254
TOP, BOTTOM = 46, 218
LEAST = 0.05
"""The least that an axis of shares spans."""


@dataclass(frozen=True)
class Plane:
    """The months of a target from left to right, its values from bottom to top."""

    subject: Subject
    x: Scale
    y: Scale

    @property
    def first(self) -> date:
        """The month at the left."""
        return self.subject.goal.points[0].month

    def at(self, month: date) -> float:
        """The place of a month."""
        return self.x.at(_apart(self.first, month))


def plane_of(subject: Subject) -> Plane | None:
    """Return the plane that has room for all that is known; None when that is nothing."""
    known = [*_known(subject.goal)]
    if not known:
        return None
    first = subject.goal.points[0].month
    last = max(_apart(first, month) for month in months_of(subject.goal))
    across = Scale(0, max(last, 1), LEFT + 8, RIGHT - 8)
    return Plane(subject, across, Scale(*_range(known, subject.meaning.unit), BOTTOM, TOP))


def months_of(goal: Goal) -> list[date]:
    """Return all months, those that are expected too."""
    return [*(point.month for point in goal.points), *goal.forecast.months]


def _apart(first: date, month: date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month


def _range(known: Sequence[float], unit: Unit) -> tuple[float, float]:
    """Return from where to where the axis goes; a share is never shown larger than it matters."""
    low, high = room(known, unit, 0.08)
    if unit is not Unit.PERCENTAGE or high - low >= LEAST:
        return low, high
    start = min(max(0.0, (low + high - LEAST) / 2), 1 - LEAST)
    return start, start + LEAST


def _known(goal: Goal) -> Iterator[float]:
    """All values that must fit; without a single month nothing is drawn."""
    values = [point.value for point in goal.points if point.value is not None]
    if values:
        yield from values
        beside = [edge for point in goal.points for edge in (point.norm, point.path)]
        beside += [edge for part in goal.segments for edge in (part.low, part.high)]
        beside += [goal.forecast.low, goal.forecast.high]
        yield from (value for value in beside if value is not None)


def text(x: float, y: float, words: str, more: str = "") -> str:
    """Write words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(words)}</text>'


def area(left: float, right: float, top: float, bottom: float, more: str) -> str:
    """Fill a rectangle."""
    return f'<path d="M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}z" {more}/>'


def polyline(points: Sequence[tuple[float, float]], more: str) -> str:
    """Draw a line through places; one place is no line."""
    if len(points) < 2:
        return ""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{places}" fill="none" {more}/>'
