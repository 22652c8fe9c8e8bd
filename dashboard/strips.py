"""One row of a comparison as SVG: a share with its interval, beside the norm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from dashboard.svg import Svg
from dashboard.targets.scale import Scale
from metrics import Unit
from metrics.intervals import Interval, Verdict

WIDTH, MIDDLE, HEIGHT = 260, 14, 28
WITH_AXIS = 48
EDGE = 9
"""Room at both ends for a marker, or half a number."""
STEPS = 10
NEAR = 26.0
"""Numbers on the axis nearer to the norm than this would touch it."""
DOT = '<circle class="{name}" cx="{x:.1f}" cy="{y}" r="6"/>'
DIAMOND = '<path class="{name}" d="M{x:.1f} {top}l7.5 7.5-7.5 7.5-7.5-7.5z"/>'
SQUARE = '<rect class="{name}" x="{left:.1f}" y="{up}" width="10" height="10"/>'
MARKS = {
    Verdict.GEHAALD: (DOT, "goed"),
    Verdict.NIET_GEHAALD: (DIAMOND, "zorg"),
    Verdict.ONBESLIST: (SQUARE, "stil"),
    None: (DOT, "open"),
}


def scale_of(shares: Iterable[float]) -> Scale:
    """Begin at the tenth below the lowest, at most at 90 %: dots are no bars."""
    low = min([0.9, *(floor(share * STEPS + 1e-9) / STEPS for share in shares)])
    return Scale(low, 1.0, EDGE, WIDTH - EDGE)


def strip(
    scale: Scale,
    share: float,
    interval: Interval,
    norm: float | None,
    verdict: Verdict | None,
    *,
    numbered: bool = False,
) -> Svg:
    """Draw a share as a mark with its interval; one that stands alone has numbers below it."""
    parts = [_whisker(scale, interval, verdict), mark(scale.at(share), verdict)]
    return _drawn(scale, norm, parts, numbered=numbered)


def axis(scale: Scale, share: float | None, norm: float | None) -> Svg:
    """Draw the whole as a tick, above the numbers of the axis."""
    tick = [] if share is None else [f'<path class="heel" d="M{scale.at(share):.1f} 5v18"/>']
    return _drawn(scale, norm, tick, numbered=True)


def key_mark(verdict: Verdict | None) -> Svg:
    """Draw the mark of a verdict by itself, for beside its word."""
    return Svg(f'<svg aria-hidden="true" viewBox="2 2 24 24">{mark(14, verdict)}</svg>', "merk")


def mark(x: float, verdict: Verdict | None) -> str:
    """Draw the mark of a verdict: each has a shape of its own."""
    shape, name = MARKS[verdict]
    return shape.format(name=name, x=x, y=MIDDLE, top=MIDDLE - 7.5, left=x - 5, up=MIDDLE - 5)


def _ground(scale: Scale, norm: float | None) -> list[str]:
    track = f'<path class="grond" d="M{EDGE} {MIDDLE}H{WIDTH - EDGE}"/>'
    at = scale.at(norm or 0.0)
    return [track, *[f'<path class="norm" d="M{at:.1f} 0v{HEIGHT}"/>'] * (norm is not None)]


def _whisker(scale: Scale, interval: Interval, verdict: Verdict | None) -> str:
    name = MARKS[verdict][1]
    low, high = scale.at(interval.low), scale.at(interval.high)
    return f'<path class="lijn {name}" d="M{low:.1f} {MIDDLE}H{high:.1f}"/>'


def _numbers(scale: Scale, norm: float | None) -> list[str]:
    """Write the ends and the norm, leaving out an end that would touch it."""
    at = None if norm is None else scale.at(norm)
    ends = [
        (scale.at(share), share, "as")
        for share in (scale.low, scale.high)
        if at is None or abs(scale.at(share) - at) > NEAR
    ]
    told = [*ends, *([(at, norm, "as norm-getal")] if at is not None and norm is not None else [])]
    return [
        f'<text class="{name}" x="{min(max(x, 14), WIDTH - 18):.1f}" y="43">'
        f"{Unit.PERCENTAGE.text(share)}</text>"
        for x, share, name in told
    ]


def _drawn(scale: Scale, norm: float | None, parts: Sequence[str], *, numbered: bool) -> Svg:
    numbers = _numbers(scale, norm) if numbered else []
    height = WITH_AXIS if numbered else HEIGHT
    inside = "".join([*_ground(scale, norm), *parts, *numbers])
    return Svg(
        f'<svg aria-hidden="true" viewBox="0 0 {WIDTH} {height}">{inside}</svg>', "spreiding"
    )
