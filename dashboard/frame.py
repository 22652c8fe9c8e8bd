"""The edges of the wall: its header with date and freshness, its footer with the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.board import Board, SourceState
from metrics import Reading, Unit
from metrics.facts import CALLS
from metrics.units import NO_VALUE

DEMO = "Demonstratiegegevens"
SHORT_NAMES = {"digitaal_of_kcc": "Digitaal of via KCC", "binnen_termijn": "Binnen termijn"}
ROOM = 46
"""Characters that a figure of the month has room for."""
ALL = Unit.PERCENTAGE.text(1.0)


def demo_label(sources: Sequence[SourceState]) -> list[Component]:
    """Say on every page that the figures are not real, when any rests on simulated data."""
    simulated = any(source.demo for source in sources)
    return [html.Strong(DEMO, className="demonstratie")] * simulated


def demo_of(board: Board) -> list[Component]:
    """Return the label of a board; a page without a store says so elsewhere."""
    try:
        return demo_label(board.sources())
    except Exception:
        return []


def header(name: str, sources: Sequence[SourceState], now: datetime) -> list[Component]:
    """Show which board this is, which day, and how old its newest call is."""
    label = demo_label(sources)
    day = dutch.day_text(now, short=bool(label))
    newest = max((source.newest for source in _live(sources) if source.newest), default=None)
    update = f"Laatste update {dutch.moment_text(newest, now)}"
    return [
        html.H1([name, html.Small(day)]),
        *label,
        html.P(update, className="bijgewerkt"),
    ]


def _live(sources: Sequence[SourceState]) -> Sequence[SourceState]:
    """The sources of calls, so that a question that comes in does not hide a silent exchange."""
    return [source for source in sources if CALLS in source.feeds] or sources


def month_line(readings: Sequence[Reading], now: datetime) -> Component:
    """Show the figures of the month; they have no state, for nobody can act on them today."""
    figures = [_month_figure(reading) for reading in readings]
    return html.Div([html.Span(f"{dutch.month(now)}:"), *figures], className="maand")


def _month_figure(reading: Reading) -> Component:
    short = SHORT_NAMES.get(reading.kpi.key, reading.kpi.name)
    if reading.value is None:
        name, reason = short, reading.reason or "geen gegevens"
        return html.Span([f"{name} ", html.B(NO_VALUE), html.I(f" {reason}")], title=reason)
    unit, beside = reading.kpi.unit, ""
    if reading.norm is not None:
        beside += f" norm {unit.text(reading.norm.value)}"
    if reading.coverage is not None and (known := Unit.PERCENTAGE.text(reading.coverage)) != ALL:
        beside += f", {known} bekend"
    fits = len(f"{reading.kpi.name} {reading.text}{beside}") <= ROOM
    name = reading.kpi.name if fits else short
    return html.Span([f"{name} ", html.B(reading.text), html.I(beside)])
