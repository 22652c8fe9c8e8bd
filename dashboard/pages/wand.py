"""The wall: what must I do now?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.beside import around_wall
from dashboard.freshness import epoch_ms
from dashboard.limits import Limits
from dashboard.live import Snapshot
from dashboard.page import Page
from dashboard.svg import icon
from dashboard.verdict import State
from dashboard.wall import areas
from data.walls import Wall


def wall_page(wall: Wall, name: str, latest: Callable[[], Snapshot | None], limits: Limits) -> Page:
    """Make the page; `latest` gives the wall as it is now, None when the store is away."""
    return Page(
        key="wand",
        path=f"/wand/{wall.naam}/",
        title=f"{name}: nu",
        theme="light" if wall.screen.thema == "licht" else "dark",
        around=around_wall,
        without=("dash_bootstrap_components", "dash_table"),
        layout=lambda: _layout(wall, name, latest(), limits),
    )


def _layout(wall: Wall, name: str, snapshot: Snapshot | None, limits: Limits) -> Component:
    parts = {"kop": html.H1(name)} if snapshot is None else snapshot.parts
    told: Any = {
        "data-stroom": f"/stroom/{wall.naam}",
        "data-stilte": limits.silence,
        "data-waakhond": limits.watchdog,
        "data-laat": limits.age_attention,
        "data-oud": limits.age_stale,
        "data-weg": limits.age_gone,
        "data-inch": wall.screen.inch,
        "data-afstand": wall.screen.afstand_m,
        "data-nacht": wall.screen.nacht,
    }
    return html.Div(
        [
            html.Main(_rows(wall, parts), id="baan"),
            dcc.Store(id="stand", data=_first(snapshot)),
        ],
        id="wand",
        **told,
    )


def _rows(wall: Wall, parts: Any) -> list[Component]:
    feeds = areas(wall)

    def area(key: str, **attributes: Any) -> Component:
        fed: Any = {"data-voedt": feeds[key]}
        return html.Div(parts.get(key), id=key, className="gebied", **fed, **attributes)

    return [
        html.Header([area("kop"), html.P(id="klok")]),
        html.Div([area("melding", role="status"), _no_connection()]),
        html.Div([area(key) for key in wall.tegels], className="drie"),
        html.Div([area(key) for key in (wall.dag, wall.lijst)], className="twee"),
        html.Div(area("maand"), className="voet"),
    ]


def _no_connection() -> Component:
    """The banner that the browser fills when the figures are too old to steer by."""
    text = html.Span(id="verbinding-tekst", role="alert")
    return html.P([*icon(State.LET_OP), text], id="verbinding")


def _first(snapshot: Snapshot | None) -> dict[str, Any]:
    if snapshot is None:
        return {"nu": None, "dicht": False, "bronnen": [], "gebieden": {}}
    return {
        "nu": epoch_ms(snapshot.at),
        "dicht": snapshot.closed,
        "bronnen": snapshot.sources,
        "gebieden": {},
    }
