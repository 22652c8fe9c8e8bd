"""The wall: what must I do now?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard.beside import around_wall
from dashboard.freshness import epoch_ms
from dashboard.limits import Limits
from dashboard.live import Snapshot
from dashboard.page import Page
from dashboard.svg import icon
from dashboard.verdict import State
from dashboard.wall import AREAS


def wall_page(name: str, latest: Callable[[], Snapshot | None], limits: Limits) -> Page:
    """Make the page; `latest` gives the wall as it is now, None when the store is away."""
    return Page(
        key="wand",
        path="/wand/",
        title=f"{name}: nu",
        theme="dark",
        around=around_wall,
        without=("dash_bootstrap_components", "dash_table"),
        layout=lambda: _layout(name, latest(), limits),
        wire=_wire,
    )


def _wire(app: Dash) -> None:
    """Let one clientside callback patch every part that changed."""
    app.clientside_callback(
        ClientsideFunction(namespace="regiebord", function_name="toon"),
        *[Output(area, "children") for area in AREAS],
        Input("stand", "data"),
    )


def _layout(name: str, snapshot: Snapshot | None, limits: Limits) -> Component:
    parts = {"kop": html.H1(name)} if snapshot is None else snapshot.parts
    patience: Any = {
        "data-stilte": limits.silence,
        "data-waakhond": limits.watchdog,
        "data-laat": limits.age_attention,
        "data-oud": limits.age_stale,
        "data-weg": limits.age_gone,
    }
    return html.Div(
        [
            html.Main(_rows(parts), id="baan"),
            dcc.Store(id="stand", data=_first(snapshot)),
        ],
        id="wand",
        **patience,
    )


def _rows(parts: Any) -> list[Component]:
    def area(key: str, **attributes: Any) -> Component:
        feeds: Any = {"data-voedt": " ".join(AREAS[key])}
        return html.Div(parts.get(key), id=key, className="gebied", **feeds, **attributes)

    return [
        html.Header([area("kop"), html.P(id="klok")]),
        html.Div([area("melding", role="status"), _no_connection()]),
        html.Div([area(key) for key in ("wachtenden", "langst", "wachttijd")], className="drie"),
        html.Div([area(key) for key in ("bereikbaarheid", "wachtrijen")], className="twee"),
        html.Div(area("maand"), className="voet"),
    ]


def _no_connection() -> Component:
    """The banner that the browser fills when the figures are too old to steer by."""
    text = html.Span(id="verbinding-tekst", role="alert")
    return html.P([*icon(State.LET_OP), text], id="verbinding")


def _first(snapshot: Snapshot | None) -> dict[str, Any]:
    if snapshot is None:
        return {"nu": None, "bronnen": [], "gebieden": {}}
    return {"nu": epoch_ms(snapshot.at), "bronnen": snapshot.sources, "gebieden": {}}
