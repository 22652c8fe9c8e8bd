"""Many departments in a funnel: what chance does with few cases, and who falls outside of it."""

from __future__ import annotations

import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboard.charts import Table, chart
from dashboard.plot_theme import Inks, inks
from data.dutch_days import listed
from metrics import Unit
from metrics.departments import Department, Departments
from metrics.intervals import Interval

POINTS = 60
CASES = (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)
HEIGHT = 420
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
    ink = inks()
    at = _grid(found)
    limits = [found.funnel(cases) for cases in at]
    figure = go.Figure()
    for which, dash in ((0, "dot"), (1, "solid")):
        for side in ("low", "high"):
            ends = [getattr(both[which], side) for both in limits]
            figure.add_scatter(
                x=at, y=ends, mode="lines", hoverinfo="skip",
                line={"color": ink.quiet, "width": 1.5, "dash": dash},
            )  # fmt: skip
    figure.add_hline(found.total.value, line={"color": ink.text, "width": 2})
    figure.add_trace(_dots(found, found.shown, ink))
    figure.update_xaxes(type="log", tickvals=CASES)
    figure.update_yaxes(tickformat=".0%", rangemode="normal")
    return figure


def _dots(found: Departments, rows: list[Department], ink: Inks) -> go.Scatter:
    sides = [found.side(row) for row in rows]
    return go.Scatter(
        x=[row.noemer for row in rows],
        y=[row.value for row in rows],
        mode="markers+text",
        text=[row.label if side else "" for row, side in zip(rows, sides, strict=True)],
        textposition=[_beside(found, row, side) for row, side in zip(rows, sides, strict=True)],
        hovertext=[f"{row.label}: {row.text} van {Unit.AANTAL.text(row.noemer)}" for row in rows],
        hoverinfo="text",
        marker={
            "size": 12,
            "symbol": [SYMBOLS[side] for side in sides],
            "color": [(ink.quiet, ink.series, ink.concern)[side] for side in sides],
        },
    )


def _beside(found: Departments, row: Department, side: int) -> str:
    """Where a name stays clear of the funnel and of the edge."""
    cases = [one.noemer or 1 for one in found.shown]
    right_half = (row.noemer or 1) ** 2 > min(cases) * max(cases)
    return f"{'top' if side > 0 else 'bottom'} {'left' if right_half else 'right'}"


def _grid(found: Departments) -> list[int]:
    """Numbers of cases from the smallest to the largest department, evenly on a log scale."""
    cases = [row.noemer or 1 for row in found.shown]
    low, high = min(cases) * 0.8, max(cases) * 1.6
    return [max(1, round(low * (high / low) ** (step / POINTS))) for step in range(POINTS + 1)]
