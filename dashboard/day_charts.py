"""Today drawn: calls per quarter-hour beside what is usual, people beside what is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard import dutch
from dashboard.plot_theme import inks
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
    "bgcolor": "rgba(0,0,0,0)",
    "font": {"size": 14},
}


def calls_figure(found: Today) -> go.Figure:
    """Draw what came, answered and missed, over the band of what is usual."""
    figure, ink, quarters = go.Figure(), inks(), found.quarters
    begins = [one.at for one in quarters]
    figure.add_scatter(**_band(quarters), name="gebruikelijk", fillcolor=ink.line,
                       line={"width": 1, "color": ink.line})  # fmt: skip
    means = _steps(
        begins, [one.usually.mean if one.usually else None for one in quarters], QUARTER_S
    )
    line = {"color": ink.text, "width": 2, "dash": "dot", "shape": "hv"}
    figure.add_scatter(**means, name="verwacht", hoverinfo="skip", line=line, zorder=2)
    missed = {"color": ink.concern, "pattern": {"shape": "/", "size": 5, "fillmode": "overlay"}}
    for values, name, marker in (
        ([one.answered for one in quarters], "opgenomen", {"color": ink.series}),
        ([one.missed for one in quarters], "gemist", missed),
    ):
        figure.add_bar(y=values, name=name, marker=marker, zorder=1, **_bars(quarters))
    figure.update_layout(barmode="stack")
    highs = [one.usually.high if one.usually else None for one in quarters]
    return _finished(figure, found, [*highs, *[one.offered for one in quarters]])


def staffing_figure(found: Today) -> go.Figure:
    """Draw who was there as a line, what was needed as a dashed one; where it was short a mark."""
    figure, ink, begins = go.Figure(), inks(), [crew.at for crew in found.crews]
    needed = [crew.needed for crew in found.crews]
    present = [crew.present for crew in found.crews]
    for values, name, line in (
        (needed, "nodig", {"color": ink.text, "width": 2, "dash": "dash", "shape": "hv"}),
        (present, "aanwezig", {"color": ink.series, "width": 4, "shape": "hv"}),
    ):
        figure.add_scatter(**_steps(begins, values, HALF_HOUR_S), name=name, line=line)
    figure.add_scatter(
        x=[_clock(crew.at, HALF_HOUR_S // 2) for crew in found.short],
        y=[crew.present for crew in found.short],
        mode="markers",
        name="te weinig",
        marker={"color": ink.concern, "size": 11, "symbol": "diamond"},
        hovertext=[_short_text(crew) for crew in found.short],
        hoverinfo="text",
    )
    return _finished(figure, found, [*needed, *present])


def _short_text(crew: Crew) -> str:
    return f"{dutch.clock_time(crew.at)}: {crew.short} te weinig"


def _finished(figure: go.Figure, found: Today, heights: Sequence[float | None]) -> go.Figure:
    """Begin at 0, leave room for the legend, and mark the present."""
    figure.update_yaxes(range=[0, ROOM * max([height or 1 for height in heights])])
    figure.update_xaxes(type="date", tickformat="%-H:%M", showgrid=False)
    figure.update_layout(showlegend=True, legend=LEGEND, hovermode="closest")
    if found.hours.is_open:
        figure.add_vline(_clock(found.now), line={"color": inks().quiet, "width": 1.5})
        now: Any = {"x": _clock(found.now), "y": NOW_AT, "yref": "paper", "text": "nu"}
        figure.add_annotation(**now, showarrow=False, xanchor="left", yanchor="top", xshift=3)
    return figure


def _bars(quarters: Sequence[Quarter]) -> dict[str, Any]:
    """Where the bars stand, in milliseconds from the begin of their quarter-hours."""
    width = QUARTER_S * 1000 * BAR
    side = QUARTER_S * 1000 * (1 - BAR) / 2
    return {
        "x": [_clock(one.at) for one in quarters],
        "width": width,
        "offset": side,
        "hovertemplate": "%{x|%-H:%M}: %{y} %{fullData.name}<extra></extra>",
    }


def _band(quarters: Sequence[Quarter]) -> dict[str, Any]:
    """A block per quarter-hour, from P10 to P90."""
    x: list[str | None] = []
    y: list[float | None] = []
    for one in quarters:
        if one.usually:
            begin, end = _clock(one.at), _clock(one.at, QUARTER_S)
            x += [begin, end, end, begin, None]
            y += [one.usually.high, one.usually.high, one.usually.low, one.usually.low, None]
    return {"x": x, "y": y, "mode": "lines", "fill": "toself", "hoverinfo": "skip"}


def _clock(at: datetime, later_s: int = 0) -> str:
    """The time on the wall; Plotly knows no zones."""
    return datetime.fromtimestamp(at.timestamp() + later_s, ZONE).replace(tzinfo=None).isoformat()


def _steps(
    begins: Sequence[datetime], values: Sequence[float | None], length_s: int
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
    return {"x": x, "y": y, "mode": "lines", "connectgaps": False}
