"""The words in and around a chart: what was recorded above it, the names of its lines beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from dashboard.plot_theme import role
from dashboard.targets.scale import Scale, dodged
from metrics.periods import local_day
from metrics.targets import Target, path_in

ROW_PX, LINE_PX = 19, 18
LETTERS = 34
DAYS_PER_LETTER = 6.2
LEFT_PART = 0.8


@dataclass(frozen=True)
class Note:
    """A text above the chart at a day; a strong one begins new limits."""

    day: date
    text: str
    strong: bool
    anchor: str
    row: int = 0

    @property
    def across(self) -> tuple[float, float]:
        """The days that its letters take."""
        wide, day = DAYS_PER_LETTER * len(self.text), self.day.toordinal()
        return (day, day + wide) if self.anchor == "left" else (day - wide, day)


def notes(target: Target) -> list[Note]:
    """Return the events and recalibrations within the chart, none over another."""
    first, last = target.chart.points[0].month, local_day(target.reading.period.end)
    found = [(event.day, event.text, False) for event in target.events]
    found += [(one.day.replace(day=1), f"nieuwe grenzen: {one.reason}", True)
              for one in target.recalibrations]  # fmt: skip
    within = sorted(one for one in found if first <= one[0] <= last)
    half = first.toordinal() + LEFT_PART * (last - first).days
    placed: list[Note] = []
    for day, text, strong in reversed(within):  # the line of a later one stays below the words
        anchor = "left" if day.toordinal() < half else "right"
        placed.append(_free(Note(day, _short(text), strong, anchor), placed))
    return placed


def top_of(above: Sequence[Note]) -> int:
    """Return the room that the notes take."""
    return 12 + ROW_PX * (1 + max((note.row for note in above), default=-1))


def _free(note: Note, placed: Sequence[Note]) -> Note:
    """Give a note the lowest row in which it touches no other."""
    start, end = note.across
    taken = {one.row for one in placed if one.across[0] < end and start < one.across[1]}
    row = next(row for row in range(len(placed) + 1) if row not in taken)
    return Note(note.day, note.text, note.strong, note.anchor, row)


def _short(text: str) -> str:
    cut = text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"
    return escape(cut, quote=False)


def named(target: Target) -> list[tuple[str, float, str]]:
    """Name each line with its last value, and the role of its colour."""
    norm, made, limits = target.reading.norm, target.forecast, target.chart.active.limits
    last = made.months[-1] if made.months else target.month
    unit = target.reading.kpi.unit
    low, high = limits.shown(unit) if limits else (None, None)
    lines = (
        ("grens toeval", high, 1, "text-3"),
        ("gemiddeld", limits.mean if limits else None, 1, "text-3"),
        ("grens toeval", low, 1, "text-3"),
        ("norm", norm.value if norm else None, 0, "text"),
        ("prognose", made.level, 0, "accent"),
        ("groeipad", path_in(target.reading.kpi, last), 1, "text-2"),
    )
    return [
        (f"{name} {unit.text(value, digits)}", value, colour)
        for name, value, digits, colour in lines
        if value is not None
    ]


def labels(target: Target, pixels: Scale) -> list[dict[str, Any]]:
    """Write the names of the lines at their right end, none over another."""
    lines = named(target)
    heights = [pixels.at(value) for _, value, _ in lines]
    places = dodged(heights, LINE_PX)
    return [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 10,
            "y": value, "yref": "y", "yanchor": "middle", "yshift": height - place,
            "text": text, "showarrow": False, "name": "rand",
            "font": {"size": 13, "color": role(colour)},
        }
        for (text, value, colour), height, place in zip(lines, heights, places, strict=True)
    ]  # fmt: skip
