"""What stands around the wall and needs no React: its first picture, a bar, the diagnosis."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.legibility import CLASSES, DIAGONAL_INCH, DISTANCE_M, Legible
from dashboard.page import View

COLUMNS = ("klasse", "tekst", "minstens", "kleinste hier", "oordeel")
NO_SCRIPT = "Dit scherm ververst niet: JavaScript staat uit. Stuur niet op deze cijfers."


def around_wall(wall: Component, view: View) -> list[Component]:
    """Draw the wall as it is now, and what the address asks for beside it."""
    notice = html.Noscript(html.P(NO_SCRIPT, className="zonder-script"))
    parts: list[Component] = [html.Div(wall, id="eerste"), notice]
    if not view.kiosk:
        parts.append(control_bar(view))
    if view.diagnose:
        parts.append(diagnosis(wall))
    return parts


def control_bar(view: View) -> Component:
    """Let a visitor pause what refreshes by itself (WCAG 2.2.2), and choose the light wall."""
    other, name = ("licht", "Lichte wand") if view.mode == "dark" else ("donker", "Donkere wand")
    button: Any = {"type": "button"}
    name_of_bar: Any = {"aria-label": "Bediening"}
    return html.Nav(
        [
            html.Button("Pauzeer verversen", id="pauze", **button),
            html.P(id="pauze-leeftijd"),
            html.Span(id="pauze-stand", role="status", className="visually-hidden"),
            html.A(name, href=f"?thema={other}"),
            html.A("Schermvullend", href=f"?kiosk=1&thema={view.thema}"),
            html.A("Naar het begin", href="/"),
        ],
        id="bediening",
        **name_of_bar,
    )


def diagnosis(wall: Component) -> Component:
    """List each class of text with its minimum; assets/regiebord-diagnose.js measures the rest."""
    distance = float(getattr(wall, "data-afstand", DISTANCE_M))
    inch = float(getattr(wall, "data-inch", DIAGONAL_INCH))
    name_of_panel: Any = {"aria-label": "Diagnose"}
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in COLUMNS]))
    rows = [_row(kind, distance, inch) for kind in CLASSES]
    told = f"Scherm van {inch:g} inch, gelezen van {distance:g} meter".replace(".", ",")
    return html.Aside(
        [
            html.H2("Leesbaarheid"),
            html.P([f"{told}, ", html.Span(id="diagnose-scherm")]),
            html.Table([head, html.Tbody(rows)]),
            html.P(id="diagnose-oordeel", role="status"),
        ],
        id="diagnose",
        **name_of_panel,
    )


def _row(kind: Legible, distance: float, inch: float) -> Component:
    measured: Any = {
        "data-minstens": kind.floor(distance, inch),
        "data-kiezer": kind.selector,
    }
    cells = [html.Td(kind.name), html.Td(), html.Td(), html.Td()]
    return html.Tr([html.Th(kind.key, scope="row"), *cells], **measured)
