"""A chart with what a reader needs who does not see it: conclusion, words, table, file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.plot_theme import PAGE

CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "locale": "nl",
}
HEIGHT = 320
AROUND = {"l": 48, "r": 16, "t": 8, "b": 32}
"""The room around a chart, where the figure does not say otherwise."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of text under a caption; the first column names its row."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def table(content: Table, className: str = "table") -> Component:
    """Draw a real table; on a narrow screen its rows become cards."""
    head = html.Tr(
        [html.Th(name, scope="col", role="columnheader") for name in content.columns], role="row"
    )
    body = [_row(content.columns, row) for row in content.rows]
    return html.Table(
        [
            html.Caption(content.caption),
            html.Thead(head, role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className=f"{className} kaarten",
        role="table",  # in full: as cards the rows are blocks, which would lose their roles
    )


def _row(columns: Sequence[str], row: Sequence[Any]) -> Component:
    name, *cells = row
    return html.Tr(
        [
            html.Th(name, scope="row", role="rowheader"),
            *[_cell(column, cell) for column, cell in zip(columns[1:], cells, strict=True)],
        ],
        role="row",
    )


def _cell(column: str, content: Any) -> Component:
    label: Any = {"data-kolom": column}
    return html.Td(content, role="cell", **label)


def chart(
    key: str,
    figure: go.Figure,
    *,
    conclusion: str,
    told: str,
    content: Table,
    csv: str | None = None,
    height: int = HEIGHT,
) -> Component:
    """Draw a chart under its conclusion, with words for who cannot see it, its table and its file.

    The picture is hidden from screen readers: `told` and the table say the same.
    """
    hidden: Any = {"aria-hidden": "true"}
    named: Any = {"aria-labelledby": f"{key}-titel", "aria-describedby": f"{key}-tekst"}
    margin = {**AROUND, **figure.layout.margin.to_plotly_json()}
    figure.update_layout(template=PAGE, height=height, margin=margin)
    drawn = dcc.Graph(f"{key}-grafiek", figure=figure, config=CONFIG, style={"height": height})
    file = [html.A("CSV", href=csv, className="bestand")] if csv else []
    return html.Figure(
        [
            html.Figcaption(html.H3(conclusion, id=f"{key}-titel", className="h5")),
            html.P(told, id=f"{key}-tekst", className="bijschrift"),
            html.Div(drawn, className="tekening", **hidden),
            html.Details([html.Summary("Toon als tabel"), table(content, "table table-sm")]),
            *file,
        ],
        role="group",
        className="grafiek-blok",
        **named,
    )
