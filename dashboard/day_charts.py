"""Today drawn: calls per quarter-hour beside what is usual, people beside what is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard import dutch
from dashboard.plot_theme import role
from metrics.periods import ZONE
from metrics.staffing import HALF_HOUR_S
from metrics.today import Crew, Quarter, Today
from metrics.typical import QUARTER_S

BAR = 0.84
ROOM = 1.3
"""So much higher than the highest, for the legend."""
NOW_AT = 0.9
LEGEND: Any = {
    "traceorder": "reversed",
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "top",
    "font": {"size": 14},
}


def calls_figure(found: Today) -> go.Figure:
    """Draw what came, answered and missed, over the band of what is usual."""
    quarters = found.quarters
    means = [one.usually.mean if one.usually else None for one in quarters]
    highs = [one.usually.high if one.usually else None for one in quarters]
    dotted = {"color": role("text"), "width": 2, "dash": "dot", "shape": "hv"}
    missed = {"color": role("concern"), "pattern": {"shape": "/", "size": 5, "fillmode": "overlay"}}
    traces = [
        _band(quarters, role("line")),
        _line("verwacht", [one.at for one in quarters], means, QUARTER_S, dotted) | {"zorder": 2},
        _bars("opgenomen", quarters, [one.answered for one in quarters], {"color": role("series")}),
        _bars("gemist", quarters, [one.missed for one in quarters], missed),
    ]
    return _figure(found, traces, [*highs, *[one.offered for one in quarters]])


def staffing_figure(found: Today) -> go.Figure:
    """Draw who was there as a line, what was needed as a dashed one; where it was short a mark."""
    begins = [crew.at for crew in found.crews]
    needed = [crew.needed for crew in found.crews]
    present = [crew.present for crew in found.crews]
    dashed = {"color": role("text"), "width": 2, "dash": "dash", "shape": "hv"}
    whole = {"color": role("series"), "width": 4, "shape": "hv"}
    short = {
        "x": [_clock(crew.at, HALF_HOUR_S // 2) for crew in found.short],
        "y": [crew.present for crew in found.short],
        "mode": "markers",
        "name": "te weinig",
        "marker": {"color": role("concern"), "size": 11, "symbol": "diamond"},
        "hovertext": [_short_text(crew) for crew in found.short],
        "hoverinfo": "text",
    }
    traces = [
        _line("nodig", begins, needed, HALF_HOUR_S, dashed),
        _line("aanwezig", begins, present, HALF_HOUR_S, whole),
        *([short] if found.short else []),
    ]
    return _figure(found, traces, [*needed, *present])


def _short_text(crew: Crew) -> str:
    return f"{dutch.clock_time(crew.at)}: {crew.short} te weinig"


def _figure(
    found: Today, traces: Sequence[dict[str, Any]], heights: Sequence[float | None]
) -> go.Figure:
    """Begin at 0, leave room for the legend, and mark the present.

    Made of plain values in one go, which Plotly checks much faster than one by one.
    """
    layout: dict[str, Any] = {
        "barmode": "stack",
        "hovermode": "closest",
        "legend": LEGEND,
        "showlegend": True,
        "xaxis": {"type": "date", "tickformat": "%-H:%M", "showgrid": False},
        "yaxis": {"range": [0, ROOM * max(height or 1 for height in heights)]},
    }
    present = _present(_clock(found.now), role("text-3")) if found.hours.is_open else {}
    return go.Figure({"data": list(traces), "layout": layout | present})


def _present(now: str, colour: str) -> dict[str, Any]:
    line = {"x0": now, "x1": now, "y0": 0, "y1": 1, "yref": "paper", "type": "line",
            "line": {"color": colour, "width": 1.5}}  # fmt: skip
    word = {"x": now, "y": NOW_AT, "yref": "paper", "text": "nu", "showarrow": False,
            "xanchor": "left", "yanchor": "top", "xshift": 3}  # fmt: skip
    return {"shapes": [line], "annotations": [word]}


def _bars(
    name: str, quarters: Sequence[Quarter], values: Sequence[int | None], marker: dict[str, Any]
) -> dict[str, Any]:
    """Bars a little narrower than their quarter-hours; widths are milliseconds."""
    return {
        "type": "bar",
        "name": name,
        "x": [_clock(one.at) for one in quarters],
        "y": values,
        "width": QUARTER_S * 1000 * BAR,
        "offset": QUARTER_S * 1000 * (1 - BAR) / 2,
        "marker": marker,
        "zorder": 1,
        "hovertemplate": "%{x|%-H:%M}: %{y} %{fullData.name}<extra></extra>",
    }


def _band(quarters: Sequence[Quarter], colour: str) -> dict[str, Any]:
    """A block per quarter-hour, from P10 to P90."""
    x: list[str | None] = []
    y: list[float | None] = []
    for one in quarters:
        if one.usually:
            begin, end = _clock(one.at), _clock(one.at, QUARTER_S)
            x += [begin, end, end, begin, None]
            y += [one.usually.high, one.usually.high, one.usually.low, one.usually.low, None]
    return {
        "x": x, "y": y, "mode": "lines", "fill": "toself", "fillcolor": colour,
        "line": {"width": 1, "color": colour}, "name": "gebruikelijk", "hoverinfo": "skip",
    }  # fmt: skip


def _clock(at: datetime, later_s: int = 0) -> str:
    """The time on the wall; Plotly knows no zones."""
    return datetime.fromtimestamp(at.timestamp() + later_s, ZONE).replace(tzinfo=None).isoformat()


def _line(
    name: str,
    begins: Sequence[datetime],
    values: Sequence[float | None],
    length_s: int,
    line: dict[str, Any],
) -> dict[str, Any]:
    """A value holds to the end of its stretch; where none follows at once the line is broken."""
    x: list[str] = []
    y: list[float | None] = []
    following = dict(zip(begins, values, strict=True))
    for at, value in following.items():
        x.append(_clock(at))
        y.append(value)
        if following.get(at + timedelta(seconds=length_s)) is None:
            x += [_clock(at, length_s)] * 2
            y += [value, None]
    return {"x": x, "y": y, "mode": "lines", "name": name, "line": line, "hoverinfo": "skip"}
