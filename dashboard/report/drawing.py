"""Draws the months of a target for paper, as an SVG. Its colours are roles.

A role is written as the style sheets know it, var(--rb-accent): a page colours it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby

from dashboard.plot_theme import role
from dashboard.report.plane import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Plane,
    area,
    months_of,
    plane_of,
    polyline,
    text,
)
from dashboard.report.subject import Subject
from dashboard.targets.scale import dodged, ticks
from data.dutch_days import MONTHS
from metrics.published.goal import Point
from metrics.units import Unit

LINE = 15
EVENTS, EVENT, MOST_ROWS, LETTER = 14, 12, 3, 5.4
"""The first row of what happened, the next ones, how many, and the width of a letter there."""
FONT = 'font-family="Figtree, sans-serif" font-size="12"'
SHAPES = {"verbetering": "accent", "verslechtering": "concern", "verandering": "text"}
ROLE = re.compile(r"var\(--rb-([\w-]+)\)")


def drawing(subject: Subject, alt: str) -> str:
    """Draw the months of a target, with its norm, what chance makes of it and what is expected."""
    plane = plane_of(subject)
    if plane is None:
        return _svg("", alt)
    parts = (_grid(plane), _bands(plane), _fan(plane), _events(plane), _norm(plane), _path(plane),
             _means(plane), _line(plane), _marks(plane), _labels(plane))  # fmt: skip
    return _svg("".join(piece for part in parts for piece in part), alt)


def coloured(svg: str, colours: Mapping[str, str]) -> str:
    """Fill in the colours of a theme."""
    return ROLE.sub(lambda found: colours[found[1]], svg)


def _svg(inside: str, alt: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(alt, quote=True)}" {FONT}>{inside}</svg>'
    )


def _grid(plane: Plane) -> Iterator[str]:
    unit = plane.subject.meaning.unit
    for value, words in _scale(ticks(plane.y.low, plane.y.high, unit, 5), unit):
        y = plane.y.at(value)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{role("line")}" stroke-width=".7"/>'
        yield text(LEFT - 6, y + 4, words, f'text-anchor="end" fill="{role("text-3")}"')
    for month in months_of(plane.subject.goal):
        if month.month in (1, 4, 7, 10):
            x = plane.at(month)
            name = MONTHS[month.month - 1][:3]
            yield (
                f'<path d="M{x:.1f} {BOTTOM}v4" stroke="{role("edge")}"/>'
                + text(x, BOTTOM + 17, name, f'text-anchor="middle" fill="{role("text-3")}"')
            )
            if month.month == 1:
                yield text(x, BOTTOM + 31, str(month.year),
                            f'text-anchor="middle" fill="{role("text-2")}"')  # fmt: skip
    yield f'<path d="M{LEFT} {BOTTOM}H{RIGHT}" stroke="{role("edge")}" stroke-width="1"/>'


def _scale(values: Sequence[float], unit: Unit) -> list[tuple[float, str]]:
    """Write the values of the axis with as few decimals as tell them apart, without their unit."""
    written = [[unit.text(one, digits).partition(" ")[0] for one in values] for digits in range(3)]
    apart = (words for words in written if len(set(words)) == len(words))
    return list(zip(values, next(apart, written[-1]), strict=True))


def _bands(plane: Plane) -> Iterator[str]:
    for part in plane.subject.goal.segments:
        if part.low is not None and part.high is not None:
            dashes = 'stroke-dasharray="3 3"' if part.provisional else ""
            look = f'fill="{role("tint")}" stroke="{role("normal")}" stroke-width=".8" {dashes}'
            yield area(plane.at(part.first), plane.at(part.last), plane.y.at(part.high),
                        plane.y.at(part.low), look)  # fmt: skip


def _means(plane: Plane) -> Iterator[str]:
    for part in plane.subject.goal.segments:
        if part.mean is not None and part.low is not None:
            left, right, y = plane.at(part.first), plane.at(part.last), plane.y.at(part.mean)
            yield (
                f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{role("edge")}" '
                'stroke-width=".9"/>'
            )


def _fan(plane: Plane) -> Iterator[str]:
    made, last = plane.subject.goal.forecast, plane.subject.goal.point
    if made.level is None or made.low is None or made.high is None or last.value is None:
        return
    begin, end = plane.at(last.month), plane.at(made.months[-1])
    y, (level, low, high) = plane.y, map(plane.y.at, (made.level, made.low, made.high))
    yield (
        f'<path d="M{begin:.1f} {y.at(last.value):.1f}L{end:.1f} {high:.1f}V{low:.1f}z" '
        f'fill="{role("normal")}" fill-opacity=".45"/>'
        f'<path d="M{begin:.1f} {y.at(last.value):.1f}L{end:.1f} {level:.1f}" fill="none" '
        f'stroke="{role("series")}" stroke-width="1.4" stroke-dasharray="2 3"/>'
    )


def _events(plane: Plane) -> Iterator[str]:
    """What happened, and new limits: thin lines, each from its words on, which no other crosses."""
    taken: list[tuple[float, int]] = []
    for day, told in _happened(plane):
        x, wide = plane.at(day.replace(day=1)), LETTER * len(told)
        left = x + 4 if x + wide < WIDTH else x - 4 - wide
        row = 1 + max((row for end, row in taken if end > left), default=-1)
        taken.append((left + wide, row))
        y = EVENTS + EVENT * min(row, MOST_ROWS - 1)
        look = f'stroke="{role("edge")}" stroke-width=".8" stroke-dasharray="1 2"'
        yield f'<path d="M{x:.1f} {y - 9}V{BOTTOM}" {look}/>'
        anchor = "start" if left > x else "end"
        at = f'text-anchor="{anchor}" fill="{role("text-2")}" font-size="10.5"'
        yield text(x + 4 if left > x else x - 4, y, told, at)


def _happened(plane: Plane) -> list[tuple[date, str]]:
    goal = plane.subject.goal
    found = [(one.day, one.text) for one in goal.events]
    found += [(one.day, f"nieuwe grenzen: {one.reason}") for one in goal.recalibrations]
    return [
        (day, _short(told))
        for day, told in sorted(found)
        if plane.first <= day.replace(day=1) <= goal.point.month
    ]


def _short(words: str) -> str:
    return words if len(words) <= 38 else f"{words[:37].rstrip()}…"


def _norm(plane: Plane) -> Iterator[str]:
    for value, run in groupby(plane.subject.goal.points, lambda point: point.norm):
        months = [point.month for point in run]
        if value is not None:
            left, right = plane.at(months[0]), plane.at(months[-1])
            end = RIGHT if months[-1] == plane.subject.goal.point.month else right
            yield (
                f'<path d="M{left:.1f} {plane.y.at(value):.1f}H{end:.1f}" fill="none" '
                f'stroke="{role("text")}" stroke-width="1.5" stroke-dasharray="7 4"/>'
            )


def _path(plane: Plane) -> Iterator[str]:
    points = [(plane.at(point.month), plane.y.at(point.path))
              for point in plane.subject.goal.points if point.path is not None]  # fmt: skip
    yield polyline(points, f'stroke="{role("text-2")}" stroke-width="1.4" stroke-dasharray="1 3"')


def _line(plane: Plane) -> Iterator[str]:
    """A line through the months that are known; a missing month breaks it."""
    for known, run in groupby(plane.subject.goal.points, lambda point: point.value is not None):
        if known:
            places = [_place(plane, point) for point in run]
            yield polyline(places, f'stroke="{role("series")}" stroke-width="2"')


def _place(plane: Plane, point: Point) -> tuple[float, float]:
    return plane.at(point.month), plane.y.at(point.value or 0.0)


def _marks(plane: Plane) -> Iterator[str]:
    """A dot for each month; a signal is larger, and a diamond, so that it needs no colour."""
    for point in plane.subject.goal.points:
        if point.value is None:
            continue
        x, y = _place(plane, point)
        colour = SHAPES.get(point.meaning or "") if point.rule else None
        if colour:
            yield (
                f'<path d="M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z" '
                f'fill="{role(colour)}" stroke="{role("paper")}"/>'
            )
        else:
            size = 4 if point is plane.subject.goal.point else 2.4
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{role("series")}"/>'


def _labels(plane: Plane) -> Iterator[str]:
    """Name each line at its right end, none over another."""
    named = _named(plane.subject)
    places = dodged([plane.y.at(value) for _, value, _ in named], LINE)
    for (words, _, colour), y in zip(named, places, strict=True):
        yield text(RIGHT + 8, y + 4, words, f'fill="{role(colour)}"')


def _named(subject: Subject) -> list[tuple[str, float, str]]:
    goal, made = subject.goal, subject.goal.forecast
    low, high, mean = goal.active.low, goal.active.high, goal.active.mean
    now = f"{MONTHS[goal.point.month.month - 1][:3]} {goal.point.text}"
    found = (
        (now, goal.point.value, "series"),
        (f"norm {subject.norm_of(goal.point.norm)}", goal.point.norm, "text"),
        (f"grens {subject.fine(high)}", high, "text-3"),
        (f"gemiddeld {subject.fine(mean)}", mean if low is not None else None, "text-3"),
        (f"grens {subject.fine(low)}", low, "text-3"),
        (f"verwacht {subject.fine(made.level)}", made.level, "accent"),
        (f"groeipad {subject.fine(goal.point.path)}", goal.point.path, "text-2"),
    )
    return [(words, value, colour) for words, value, colour in found if value is not None]
