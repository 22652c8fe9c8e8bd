"""Numbers as a reader sees them on the pages: percentages, points, counts, bars."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from metrics.units import NO_VALUE, Unit, decimal_text


def number(value: float | None) -> str:
    """Write a count: 1.234."""
    return Unit.AANTAL.text(value)


def decimal(value: float | Fraction | None) -> str:
    """Write a number with one decimal: 2,4."""
    return NO_VALUE if value is None else decimal_text(float(value), 1)


def percent(share: float | Fraction | None) -> str:
    """Write a share with one decimal: 74,3%."""
    return Unit.PERCENTAGE.text(None if share is None else float(share), 1)


def points(share: float | Fraction) -> str:
    """Write a difference between shares in percentage points: 5,74."""
    return decimal_text(float(share), 2, 100)


def bar(length: float, words: str, kind: str) -> Component:
    """Draw a number beside a bar of that part of the room; its words say all that it shows."""
    hidden: Any = {"aria-hidden": "true"}
    drawn = html.Span(className=f"staaf {kind}", style={"width": f"{100 * length:.1f}%"}, **hidden)
    return html.Span(
        [html.Span(drawn, className="baan", **hidden), html.Span(words)], className="met-staaf"
    )
