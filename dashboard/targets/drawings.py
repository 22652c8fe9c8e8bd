"""Two small drawings per target: the month beside its norm, and the months before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from dashboard.svg import Svg
from dashboard.targets.scale import Scale, room
from metrics import Better, Reading, Unit
from metrics.intervals import Interval
from metrics.signals import Point
from metrics.spc import Chart, Variation
from metrics.target_words import month_text
from metrics.targets import Target, month_of

WIDTH, HEIGHT, EDGE = 190, 44, 9
TRACK = (6, 26)
MIDDLE = sum(TRACK) / 2
TEXT_Y = 41
RUN = {Variation.VERBETERING: "beter", Variation.VERSLECHTERING: "slechter"}


def bullet(target: Target) -> Svg:
    """Draw the month (dot), its norm (tick), the year before (open dot) and where it is missed."""
    reading, before = target.reading, target.before
    earlier = before.value if before else None
    known = [value for value in (reading.value, _norm(reading), earlier) if value is not None]
    return position(reading, known, _bullet_text(target), earlier=earlier)


def position(
    reading: Reading,
    known: Sequence[float],
    told: str,
    *,
    earlier: float | None = None,
    interval: Interval | None = None,
    few: bool = False,
) -> Svg:
    """Draw a value on a track that has room for all that is known beside it."""
    if not known:
        return _drawing("bullet", "", told)
    unit = reading.kpi.unit
    scale = Scale(*room(known, unit, 0.35), EDGE, WIDTH - EDGE)
    parts = [
        f'<path class="baan" d="M{EDGE} {TRACK[0]}H{WIDTH - EDGE}V{TRACK[1]}H{EDGE}z"/>',
        *_missed(reading, scale),
        *_ends(scale, unit),
        *_tick(reading, scale),
        *_interval(interval, scale, few),
        *_earlier(earlier, reading.value, scale),
        *_now(reading, scale, few),
    ]
    return _drawing("bullet", "".join(parts), told)


def _missed(reading: Reading, scale: Scale) -> list[str]:
    norm = _norm(reading)
    if norm is None:
        return []
    start, end = (EDGE, scale.at(norm)) if _higher(reading) else (scale.at(norm), scale.end)
    return [f'<path class="mis" d="M{start:.1f} {TRACK[0]}H{end:.1f}V{TRACK[1]}H{start:.1f}z"/>']


def _ends(scale: Scale, unit: Unit) -> list[str]:
    return [
        f'<text x="{x}" y="{TEXT_Y}" text-anchor="{anchor}">{escape(unit.text(value))}</text>'
        for x, value, anchor in ((EDGE, scale.low, "start"), (WIDTH - EDGE, scale.high, "end"))
    ]


def _tick(reading: Reading, scale: Scale) -> list[str]:
    norm = _norm(reading)
    if norm is None:
        return []
    return [f'<path class="norm" d="M{scale.at(norm):.1f} {TRACK[0] - 4}V{TRACK[1] + 4}"/>']


def _interval(interval: Interval | None, scale: Scale, few: bool) -> list[str]:
    if interval is None:
        return []
    line = f"M{scale.at(interval.low):.1f} {MIDDLE}H{scale.at(interval.high):.1f}"
    return [f'<path class="marge{" weinig" * few}" d="{line}"/>']


def _earlier(earlier: float | None, now: float | None, scale: Scale) -> list[str]:
    if earlier is None:
        return []
    x = scale.at(earlier)
    way = [] if now is None else [f'<path class="weg" d="M{x:.1f} {MIDDLE}H{scale.at(now):.1f}"/>']
    return [*way, f'<circle class="eerder" cx="{x:.1f}" cy="{MIDDLE}" r="5"/>']


def _now(reading: Reading, scale: Scale, few: bool) -> list[str]:
    if reading.value is None:
        return []
    style = "eerder" if few else "nu"
    return [f'<circle class="{style}" cx="{scale.at(reading.value):.1f}" cy="{MIDDLE}" r="7"/>']


def _bullet_text(target: Target) -> str:
    reading, before, unit = target.reading, target.before, target.reading.kpi.unit
    told = [f"{month_text(target.month)} {reading.text}"]
    if reading.norm:
        told.append(f"norm {unit.text(reading.norm.value)}")
    if before:
        told.append(f"{month_text(month_of(before))} {before.text}")
    return ", ".join(told)


def sparkline(target: Target) -> Svg:
    """Draw the months with what chance makes of them; only a run that goes on has a colour."""
    chart, norm = target.chart, _norm(target.reading)
    points = chart.points
    known = [point.value for point in points if point.value is not None]
    if not known:
        return _drawing("vonk", "", "geen cijfers")
    unit = target.reading.kpi.unit
    bands = [part.limits.shown(unit) for part in chart.segments if part.limits]
    edges = [edge for band in bands for edge in band]
    low, high = room([*known, *edges, *([norm] if norm is not None else [])], Unit.AANTAL, 0.06)
    y = Scale(low, high, HEIGHT - 4, 4)
    x = Scale(0, max(len(points) - 1, 1), EDGE, WIDTH - EDGE)
    drawn = [
        *_bands(target, x, y),
        *_norm_line(norm, y),
        *_lines(points, x, y),
        *_marks(chart, x, y),
    ]
    return _drawing("vonk", "".join(drawn), _spark_text(target, known))


def _norm_line(norm: float | None, y: Scale) -> list[str]:
    if norm is None:
        return []
    return [f'<path class="norm" d="M{EDGE} {y.at(norm):.1f}H{WIDTH - EDGE}"/>']


def _bands(target: Target, x: Scale, y: Scale) -> Iterable[str]:
    first = 0
    for part in target.chart.segments:
        last = first + len(part.points) - 1
        if part.limits:
            low, high = part.limits.shown(target.reading.kpi.unit)
            left, right = x.at(first), x.at(last)
            style = "toeval voorlopig" if part.provisional else "toeval"
            yield (
                f'<path class="{style}" d="M{left:.1f} {y.at(high):.1f}H{right:.1f}'
                f'V{y.at(low):.1f}H{left:.1f}z"/>'
            )
        first = last + 1


def _lines(points: Sequence[Point], x: Scale, y: Scale) -> list[str]:
    """A line through the months that are known; a missing month breaks it."""
    placed = [(place, point.value) for place, point in enumerate(points)]
    runs = groupby(placed, lambda one: one[1] is not None)
    return [f'<polyline class="lijn" points="{_path(run, x, y)}"/>' for known, run in runs if known]


def _path(run: Iterable[tuple[int, float | None]], x: Scale, y: Scale) -> str:
    return " ".join(f"{x.at(place):.1f},{y.at(value or 0.0):.1f}" for place, value in run)


def _marks(chart: Chart, x: Scale, y: Scale) -> list[str]:
    last, run = len(chart.points) - 1, chart.run
    style = RUN.get(chart.variation, "stil") if chart.variation else "stil"
    places = [(last - back, point.value, 3) for back, point in enumerate(reversed(run))]
    places.append((last, chart.points[-1].value, 5))
    return [
        f'<circle class="{style}" cx="{x.at(place):.1f}" cy="{y.at(value):.1f}" r="{size}"/>'
        for place, value, size in places
        if value is not None
    ]


def _spark_text(target: Target, known: Sequence[float]) -> str:
    first, unit = month_text(target.chart.points[0].month), target.reading.kpi.unit
    low, high = unit.text(min(known)), unit.text(max(known))
    return f"{first} tot en met {month_text(target.month)}: tussen {low} en {high}"


def _norm(reading: Reading) -> float | None:
    return reading.norm.value if reading.norm else None


def _higher(reading: Reading) -> bool:
    return reading.kpi.better is Better.HOGER


def _drawing(kind: str, inside: str, told: str) -> Svg:
    return Svg(
        f'<svg class="{kind}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(told, quote=True)}">{inside}</svg>'
    )
