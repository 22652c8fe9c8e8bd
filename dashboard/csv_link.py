"""The link from what is shown to the same rows as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Asked


def csv_link(path: str, asked: Asked, *keys: str) -> Component:
    """Link to the CSV of a table, with what the address asks by these keys."""
    query = {key: asked[key] for key in keys if asked.get(key)}
    href = f"/api/v1/{path}?{urlencode({**query, 'vorm': 'csv'})}"
    return html.P(html.A("CSV", href=href, className="bestand"))
