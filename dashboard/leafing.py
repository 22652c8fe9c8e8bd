"""Leafing through a long list in the address."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Asked, link
from metrics.command import whole_number

SIZE = 25
MOST = 10_000_000


def skipped(asked: Asked) -> int:
    """Return after how many rows the page begins."""
    return whole_number("na", asked.get("na", "0"), 0, MOST, "geef een heel aantal")


def leafing(after: int, number: int, asked: Asked) -> list[Component]:
    """Link to the page before and the page after, where these are."""
    before, last = max(0, after - SIZE), after + SIZE
    links = []
    if after:
        links.append(html.Li(link("Vorige", asked, na=str(before) if before else None)))
    if last < number:
        links.append(html.Li(link("Volgende", asked, na=str(last))))
    told: Any = {"aria-label": "Bladeren door de lijst"}
    return [html.Nav(html.Ul(links, className="bladeren"), **told)] if links else []
