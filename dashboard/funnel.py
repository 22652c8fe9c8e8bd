"""Many departments in a funnel: what chance does with few cases, and who falls outside of it."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboard.charts import Table, chart
from dashboard.plot_theme import role
from data.dutch_days import listed
from metrics import Unit
from metrics.departments import Departments
from metrics.intervals import Interval

POINTS = 60
CASES = (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)
HEIGHT = 420
ROOM = 4
"""So far beyond the largest it goes on, for its name."""
COLOURS = {-1: "concern", 0: "text-3", 1: "series"}
SYMBOLS = {-1: "diamond", 0: "circle", 1: "triangle-up"}


def funnel_chart(found: Departments, csv: str) -> Component:
    """Draw each department by its cases and its share, within what chance does."""
    return chart(
        "trechter",
        _figure(found),
        conclusion=_conclusion(found),
        told=_told(found),
        content=_table(found),
        csv=csv,
        height=HEIGHT,
    )


def _conclusion(found: Departments) -> str:
    told = [
        f"{listed(names)} {'ligt' if len(names) == 1 else 'liggen'} {where} dan bij toeval past"
        for side, where in ((-1, "lager"), (1, "hoger"))
        if (names := [row.label for row in found.outside(side)])
    ]
    return "; ".join(told) or "De verschillen tussen afdelingen kunnen toeval zijn"


def _told(found: Departments) -> str:
    average = found.total.text
    return (
        "Elk punt is een afdeling: naar rechts meer gevallen, naar boven een hoger aandeel."
        f" De streep is het aandeel van allen samen, {average}. Door toeval alleen liggen 95 van de"
        " 100 afdelingen tussen de stippellijnen, en bijna alle tussen de buitenste lijnen."
    )


def _table(found: Departments) -> Table:
    limits = {row.naam: found.funnel(row.noemer or 1)[1] for row in found.shown}
    return Table(
        caption="Aandeel per afdeling, en waartussen het door toeval vrijwel altijd ligt",
        columns=("Afdeling", "Aantal", "Aandeel", "Toeval"),
        rows=[
            (row.label, Unit.AANTAL.text(row.noemer), row.text, _range(limits[row.naam]))
            for row in found.shown
        ],
    )


def _range(limits: Interval) -> str:
    return f"{Unit.PERCENTAGE.text(limits.low)} tot {Unit.PERCENTAGE.text(limits.high)}"


def _figure(found: Departments) -> go.Figure:
    at = _grid(found)
    limits = [found.funnel(cases) for cases in at]
    edges = [
        _line(at, [getattr(both[which], side) for both in limits], role("text-3"), dash)
        for which, dash in ((0, "dot"), (1, "solid"))
        for side in ("low", "high")
    ]
    share = found.total.value
    average = _line([at[0], at[-1]], [share, share], role("text"), "solid")
    layout = {
        "xaxis": {"type": "log", "tickvals": CASES, "ticktext": [*map(Unit.AANTAL.text, CASES)]},
        "yaxis": {"tickformat": ".0%"},
    }
    return go.Figure({"data": [*edges, average, _dots(found)], "layout": layout})


def _line(at: list[int], shares: list[float | None], colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {"x": at, "y": shares, "mode": "lines", "hoverinfo": "skip", "line": line}


def _dots(found: Departments) -> dict[str, Any]:
    """A mark per department; those outside the funnel have their name, and a shape of their own."""
    rows, sides = found.shown, [found.side(row) for row in found.shown]
    return {
        "x": [row.noemer for row in rows],
        "y": [row.value for row in rows],
        "mode": "markers+text",
        "text": [row.label if side else "" for row, side in zip(rows, sides, strict=True)],
        "textposition": ["top center" if side > 0 else "bottom center" for side in sides],
        "textfont": {"size": 13},
        "hovertext": [
            f"{row.label}: {row.text} van {Unit.AANTAL.text(row.noemer)}" for row in rows
        ],
        "hoverinfo": "text",
        "marker": {
            "size": 12,
            "symbol": [SYMBOLS[side] for side in sides],
            "color": [role(COLOURS[side]) for side in sides],
        },
    }


def _grid(found: Departments) -> list[int]:
    """Numbers of cases from the smallest to the largest department, evenly on a log scale."""
    cases = [row.noemer or 1 for row in found.shown]
    low, high = min(cases) * 0.8, max(cases) * ROOM
    return [max(1, round(low * (high / low) ** (step / POINTS))) for step in range(POINTS + 1)]
