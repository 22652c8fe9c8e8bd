"""The first page: where to go, and how fresh each source is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.board import Board, Clock, SourceState
from dashboard.charts import Table, table
from dashboard.frame import demo_label
from dashboard.freshness import age_of, late_after, stale_after
from dashboard.keeper import Keeper
from dashboard.limits import Limits
from dashboard.page import Page
from dashboard.svg import icon
from dashboard.verdict import State, Verdict

WALL = "Wat moet ik nu doen? Voor het scherm in het klantcontactcentrum."
PLACES = (
    (
        "/doelen",
        "Doelen",
        "Halen we de normen, is dat toeval of niet, en waar moet het beter?",
    ),
    (
        "/vandaag",
        "Vandaag",
        "Hoe druk is het, zijn er genoeg mensen en halen we de norm nog?",
    ),
    (
        "/afdelingen",
        "Afdelingen",
        "Welke afdelingen halen de norm, en van welke is dat niet te zeggen?",
    ),
    (
        "/vragen",
        "Waar verliezen we de 80%?",
        "Welke eenvoudige vragen bij afdelingen belanden, wat openstaat en wat vervalt.",
    ),
    ("/werk", "Werklijst", "De vragen achter een cijfer, met hun nummer in de bron."),
    (
        "/rapportages",
        "Rapportages",
        "Wat college en raad is verteld over een maand: vastgelegd, getekend en te downloaden.",
    ),
    ("/definities", "Definities", "Wat elk cijfer betekent, en wie de norm stelde."),
    ("/herkomst", "Herkomst", "Welke bronnen er zijn, welke dagen compleet zijn en wat klopt."),
    (
        "/api/v1/kpis",
        "Catalogus",
        "Elk cijfer: wat het vraagt, hoe het wordt berekend, welke norm.",
    ),
    ("/api/v1/openapi.json", "API", "Dezelfde cijfers voor andere programma's, in OpenAPI."),
)
COLUMNS = ("Bron", "Soort", "Laatste gegevens", "Gelezen", "Toestand")


def start_page(
    name: str, board: Board, clock: Clock, limits: Limits, keepers: Sequence[Keeper] = ()
) -> Page:
    """Make the page."""

    def layout() -> Component:
        now = clock()
        sources = _sources(board)
        return html.Div([_header(name, sources or ()), _main(sources, now, limits, keepers)])

    return Page(key="start", path="/", title=name, layout=layout)


def _sources(board: Board) -> Sequence[SourceState] | None:
    """Return the sources, or None when the store cannot be reached."""
    try:
        return board.sources()
    except Exception:  # whatever the store says, the reader gets a page
        return None


def _header(name: str, sources: Sequence[SourceState]) -> Component:
    inner = [html.H1(name, className="h3 mb-0"), *demo_label(sources)]
    return html.Header(dbc.Container(inner, className="balk-boven"), className="bovenkant")


def _main(
    sources: Sequence[SourceState] | None, now: datetime, limits: Limits, keepers: Sequence[Keeper]
) -> Component:
    fresh = (
        dbc.Alert("De opslag is niet bereikbaar. Er zijn nu geen cijfers.", color="danger")
        if sources is None
        else _source_table(sources, now, limits)
    )
    return html.Main(
        dbc.Container(
            [
                html.H2("Waarheen", className="h4"),
                html.Ul(_places(keepers), className="plaatsen"),
                *_restless(keepers),
                html.H2("Hoe vers zijn de gegevens", className="h4"),
                fresh,
            ]
        )
    )


def _places(keepers: Sequence[Keeper]) -> list[Component]:
    walls = [_wall_place(keeper, alone=len(keepers) == 1) for keeper in keepers]
    return [_place(*place) for place in (*walls, *PLACES)]


def _wall_place(keeper: Keeper, *, alone: bool) -> tuple[str, str, str]:
    path, name = f"/wand/{keeper.wall.naam}", keeper.wall.titel or keeper.wall.naam
    return path, "Wand" if alone else f"Wand {name}", WALL


def _restless(keepers: Sequence[Keeper]) -> list[Component]:
    """Name each limit that makes a state come and go: it is set wrong."""
    return [
        dbc.Alert(
            f"Wand {keeper.wall.naam}: de stand van {name} wisselde {number} keer in een uur. "
            "Stel de grens of de demping bij in wanden.toml.",
            color="warning",
        )
        for keeper in keepers
        for name, number in keeper.restless()
    ]


def _place(path: str, title: str, text: str) -> Component:
    return html.Li([html.A(title, href=path), html.P(text, className="mb-0")])


def _source_table(sources: Sequence[SourceState], now: datetime, limits: Limits) -> Component:
    if not sources:
        return html.P("Er is nog geen bron ingesteld.")
    caption = f"Stand van {dutch.day_text(now)}, {dutch.moment_text(now, now)}"
    rows = [_source_row(source, now, limits) for source in sources]
    return table(Table(caption=caption, columns=COLUMNS, rows=rows))


def _source_row(source: SourceState, now: datetime, limits: Limits) -> Sequence[Any]:
    judged = source_verdict(source, now, limits)
    state = [*icon(judged.state), html.Span(judged.word)]
    told = [html.Small(source.error, className="fout")] * bool(source.error)
    return (
        source.naam,
        source.soort.replace("_", " "),
        dutch.moment_text(source.newest, now),
        dutch.moment_text(source.checked_at, now),
        html.Div([html.Span(state, className=f"toestand {judged.state.value}"), *told]),
    )


def source_verdict(source: SourceState, now: datetime, limits: Limits) -> Verdict:
    """Say in one word how a source is doing."""
    age = age_of(source, now)
    if age is None:
        return Verdict(State.ACTIE if source.error else State.LET_OP, "Nog niet gelezen")
    if age > stale_after(source, limits):
        return Verdict(State.ACTIE, "Geen verbinding")
    if age > late_after(source, limits) or source.error:
        return Verdict(State.LET_OP, "Vertraagd")
    return Verdict(State.NORMAAL, "Actueel")
