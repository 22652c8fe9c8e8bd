"""Pictures: pure functions from values to SVG, shared by the wall and the reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from metrics import Unit

WIDTH, HEIGHT = 740, 262
LEFT, RIGHT, TOP, BOTTOM = 98, 568, 20, 208
LABEL_GAP = 40.0  # labels nearer than this would touch
SLOTS_PER_HOUR = 4
HOURS_Y = 252


@dataclass(frozen=True, kw_only=True)
class Course:
    """A share over one day against its norm and a normal day; x is in quarter-hours."""

    points: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float, float]] = ()
    norm: float | None = None
    first: float
    last: float
    band_label: str = ""
    summary: str


@dataclass(frozen=True)
class Scale:
    """From a quarter-hour and a share to a place in the picture."""

    first: float
    last: float
    floor: float

    def x(self, slot: float) -> float:
        inside = min(max(slot, self.first), self.last)
        return LEFT + (RIGHT - LEFT) * (inside - self.first) / (self.last - self.first)

    def y(self, share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (max(share, self.floor) - self.floor) / (1 - self.floor)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(slot):.1f},{self.y(share):.1f}" for slot, share in points)


def course_svg(course: Course) -> str:
    """Draw the course of a share over the day, with direct labels and no legend."""
    scale = Scale(course.first, course.last, _floor(course))
    parts = [
        *_axes(scale),
        *_band(course, scale),
        *_norm(course, scale),
        *_line(course, scale),
        *_labels(course, scale),
    ]
    return (
        f'<svg class="verloop" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(course.summary, quote=True)}">{"".join(parts)}</svg>'
    )


def _floor(course: Course) -> float:
    lows = [share for _, share in course.points] + [low for _, low, _ in course.band]
    lowest = min([*lows, course.norm if course.norm is not None else 1.0, 0.8])
    return max(0.0, int(lowest * 10 + 1e-9) / 10)


def _axes(scale: Scale) -> list[str]:
    ends = [
        f'<text class="as" x="{LEFT - 12}" y="{scale.y(share) + 12:.0f}" text-anchor="end">'
        f"{Unit.PERCENTAGE.text(share)}</text>"
        for share in (scale.floor, 1.0)
    ]
    return [f'<path class="grond" d="M{LEFT} {BOTTOM}H{RIGHT}"/>', *_hours(scale), *ends]


def _hours(scale: Scale) -> list[str]:
    """Number the hours under the axis, as many as fit; the last one says that they are hours."""
    first, last = -(-int(scale.first) // SLOTS_PER_HOUR), int(scale.last) // SLOTS_PER_HOUR
    step = 2 if last - first <= 12 else 6
    shown = [hour for hour in range(first, last + 1) if hour % step == 0]
    places = [(hour, scale.x(hour * SLOTS_PER_HOUR)) for hour in shown]
    numbers = [
        f'<text class="as" x="{x:.0f}" y="{HOURS_Y}" text-anchor="middle">{hour}</text>'
        for hour, x in places
    ]
    word = [f'<text class="as" x="{x + 30:.0f}" y="{HOURS_Y}">uur</text>' for _, x in places[-1:]]
    return [*numbers, *word]


def _band(course: Course, scale: Scale) -> list[str]:
    if not course.band:
        return []
    upper = [(slot, high) for slot, _, high in course.band]
    lower = [(slot, low) for slot, low, _ in reversed(course.band)]
    return [f'<polygon class="band" points="{scale.path([*upper, *lower])}"/>']


def _norm(course: Course, scale: Scale) -> list[str]:
    if course.norm is None:
        return []
    return [f'<path class="norm" d="M{LEFT} {scale.y(course.norm):.1f}H{RIGHT}"/>']


def _line(course: Course, scale: Scale) -> list[str]:
    if not course.points:
        return []
    slot, share = course.points[-1]
    return [
        f'<polyline class="lijn" points="{scale.path(course.points)}"/>',
        f'<circle class="nu" cx="{scale.x(slot):.1f}" cy="{scale.y(share):.1f}" r="13"/>',
    ]


def _labels(course: Course, scale: Scale) -> list[str]:
    """Name norm and band at their right end, pushed apart where they would touch."""
    placed = []
    if course.norm is not None:
        norm_y = scale.y(course.norm)
        placed.append((norm_y, f"norm {Unit.PERCENTAGE.text(course.norm)}", "as sterk"))
    if course.band and course.band_label:
        words = course.band_label.split(" ", 1)
        placed += zip(
            _clear_of(placed, _band_end(course, scale)), words, ["as", "as"], strict=False
        )
    return [
        f'<text class="{style}" x="{RIGHT + 14}" y="{y + 12:.0f}">{escape(text)}</text>'
        for y, text, style in placed
    ]


def _band_end(course: Course, scale: Scale) -> float:
    _, low, high = course.band[-1]
    return scale.y((low + high) / 2)


def _clear_of(placed: Sequence[tuple[float, str, str]], middle: float) -> tuple[float, float]:
    """Find two lines of text near `middle` that leave the placed label free."""
    for taken, _, _ in placed:
        if abs(taken - middle) < LABEL_GAP * 1.5:
            below = taken + LABEL_GAP * 2 <= BOTTOM + LABEL_GAP / 2
            middle = taken + LABEL_GAP * 1.5 * (1 if below else -1)
    return middle - LABEL_GAP / 2, middle + LABEL_GAP / 2
