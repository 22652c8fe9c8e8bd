"""The months of a figure as a chart: signal and chance, norm and growth path, what is expected."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.plot_theme import role
from dashboard.targets.notes import ROW_PX, Note, labels, notes, top_of
from dashboard.targets.scale import Scale, room, ticks
from metrics.signals import Point
from metrics.spc import Segment, Variation
from metrics.target_story import signal
from metrics.target_words import month_text
from metrics.targets import Target, path_in

HEIGHT, BOTTOM, RIGHT = 420, 48, 140
COLOURS = {Variation.VERBETERING: "accent", Variation.VERSLECHTERING: "concern"}
SYMBOLS = {1: "triangle-up", -1: "triangle-down", 0: "circle"}
SIZES = {True: 13, False: 7}


def figure(target: Target) -> go.Figure:
    """Draw the chart, with room for the notes above it and the names beside it."""
    above = notes(target)
    top = top_of(above)
    low, high = room(_values(target), target.reading.kpi.unit, 0.08)
    pixels = Scale(low, high, HEIGHT - BOTTOM - top, 0)
    flags = [_line(note, pixels.start) for note in above]
    axis = {"range": _span(target), "tickformat": "%b\n%Y", "dtick": "M3", "tickangle": 0}
    return go.Figure(
        [_months(target), *_steps(target), *_path(target), *_level(target)],
        {
            "shapes": [*_segments(target), *_fan(target), *flags],
            "annotations": [*map(_text, above), *labels(target, pixels)],
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {"range": [low, high], **_ticks(target, low, high)},
            "margin": {"t": top, "r": RIGHT, "b": BOTTOM},
        },
    )


def _values(target: Target) -> list[float]:
    """All that must be within sight."""
    unit, made = target.reading.kpi.unit, target.forecast
    bands = [part.limits.shown(unit) for part in target.chart.segments if part.limits]
    found = [reading.value for reading in target.readings]
    found += [reading.norm.value for reading in target.readings if reading.norm]
    found += [edge for band in bands for edge in band]
    found += [made.low, made.high, *(value for _, value in _path_points(target))]
    return [value for value in found if value is not None] or [0.0]


def _span(target: Target) -> list[date]:
    last = target.forecast.months[-1] if target.forecast.months else target.month
    return [target.chart.points[0].month, last]


def _ticks(target: Target, low: float, high: float) -> dict[str, Any]:
    unit = target.reading.kpi.unit
    values = ticks(low, high, unit)
    whole = len({unit.text(value) for value in values}) == len(values)
    return {
        "tickvals": values,
        "ticktext": [unit.text(value, 0 if whole else 1) for value in values],
    }


def _months(target: Target) -> go.Scatter:
    points, chart = target.chart.points, target.chart
    return go.Scatter(
        x=[point.month for point in points],
        y=[point.value for point in points],
        mode="lines+markers",
        connectgaps=False,
        line={"color": role("text-3"), "width": 2},
        marker={
            "symbol": [SYMBOLS[point.side] for point in points],
            "size": [SIZES[point.rule is not None] for point in points],
            "color": [role(COLOURS.get(chart.meaning(point), "text-3")) for point in points],
            "line": {"color": role("paper"), "width": 1.5},
            "opacity": 1,
        },
        hovertext=[_hover(target, point, at) for at, point in enumerate(points)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _hover(target: Target, point: Point, at: int) -> str:
    said = signal(target, point)
    return f"{month_text(point.month)}: {target.readings[at].text}{said and f', {said}'}"


def _steps(target: Target) -> list[go.Scatter]:
    """The norm of each month, on into what is expected."""
    held = [reading.norm.value if reading.norm else None for reading in target.readings]
    if not any(value is not None for value in held):
        return []
    left = list(target.forecast.months)
    norms = [target.reading.kpi.norm_on(month) for month in left]
    return [
        go.Scatter(
            x=[point.month for point in target.chart.points] + left,
            y=held + [norm.value if norm else None for norm in norms],
            mode="lines",
            line={"color": role("mark"), "width": 2, "dash": "dash", "shape": "hv"},
            hoverinfo="skip",
        )
    ]


def _path_points(target: Target) -> list[tuple[date, float]]:
    months = [*(point.month for point in target.chart.points), *target.forecast.months]
    found = [(month, path_in(target.reading.kpi, month)) for month in months]
    return [(month, value) for month, value in found if value is not None]


def _path(target: Target) -> list[go.Scatter]:
    points = _path_points(target)
    if not points:
        return []
    months, values = zip(*points, strict=True)
    line = {"color": role("text-2"), "width": 2, "dash": "dot"}
    return [go.Scatter(x=months, y=values, mode="lines", line=line, hoverinfo="skip")]


def _level(target: Target) -> list[go.Scatter]:
    made = target.forecast
    if made.level is None:
        return []
    months = [target.month, *made.months]
    line = {"color": role("accent"), "width": 3, "dash": "dash"}
    values = [target.reading.value, *[made.level] * len(made.months)]
    return [go.Scatter(x=months, y=values, mode="lines", line=line, hoverinfo="skip")]


def _segments(target: Target) -> list[dict[str, Any]]:
    return [
        shape
        for part in target.chart.segments
        if part.limits
        for shape in _segment(part, *part.limits.shown(target.reading.kpi.unit), part.limits.mean)
    ]


def _segment(part: Segment, low: float, high: float, mean: float) -> list[dict[str, Any]]:
    """What chance makes of a process, with its mean; dashed where it rests on few months."""
    across = {"x0": part.points[0].month, "x1": part.points[-1].month, "layer": "below"}
    band = {
        "type": "rect", "y0": low, "y1": high, "line": {"width": 0}, "fillcolor": role("track"),
        "opacity": 0.6,
    }  # fmt: skip
    line = {"color": role("edge"), "width": 1.5}
    dashed = {**line, "dash": "dash" if part.provisional else "dot"}
    edges = [{"type": "line", "y0": edge, "y1": edge, "line": dashed} for edge in (low, high)]
    middle = {"type": "line", "y0": mean, "y1": mean, "line": line}
    return [{**across, **shape} for shape in (band, *edges, middle)]


def _fan(target: Target) -> list[dict[str, Any]]:
    made = target.forecast
    if made.low is None or made.high is None:
        return []
    first, last = made.months[0], made.months[-1]
    path = (
        f"M{target.month},{target.reading.value}L{first},{made.high}L{last},{made.high}"
        f"L{last},{made.low}L{first},{made.low}Z"
    )
    return [
        {
            "type": "path", "path": path, "fillcolor": role("accent"), "opacity": 0.18,
            "line": {"width": 0}, "layer": "below",
        }
    ]  # fmt: skip


def _line(note: Note, height: float) -> dict[str, Any]:
    """A line at a day, up to its words."""
    width, top = (2 if note.strong else 1), 1 + ROW_PX * (note.row + 0.8) / height
    across = {"x0": note.day, "x1": note.day, "y0": 0, "y1": top, "yref": "paper"}
    return {"type": "line", **across, "line": {"color": role("text-2"), "width": width}}


def _text(note: Note) -> dict[str, Any]:
    return {
        "x": note.day, "xanchor": note.anchor, "xshift": 4 if note.anchor == "left" else -4,
        "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": ROW_PX * note.row,
        "text": note.text, "showarrow": False, "name": "boven",
        "font": {"size": 13, "color": role("text-2")}, "borderpad": 1,
    }  # fmt: skip
