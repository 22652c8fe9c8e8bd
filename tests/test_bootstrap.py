"""Bootstrap on our tokens: what its classes compiled in is replaced, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import dash_bootstrap_components as dbc
import pytest
from dash import html
from dash.development.base_component import Component
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from dashboard.page import Page, mount
from dashboard.theme import themes, tokens
from tests.test_theme import channels
from tests.wall_cast import violations
from tests.web_server import served

KINDS = ("primary", "secondary", "success", "warning", "danger", "info")


def sheet() -> Component:
    """One of everything that the pages use or will use."""
    return html.Main(
        dbc.Container(
            [
                html.H1("Proefblad"),
                dbc.Button("Opslaan", color="primary", id="knop"),
                dbc.Button("Terug", color="primary", outline=True),
                *[dbc.Alert(f"Melding {kind}", color=kind) for kind in KINDS],
                *[html.P(f"Tekst {kind}", className=f"text-{kind}") for kind in KINDS],
                *[html.P("Nadruk", className=f"text-{kind}-emphasis") for kind in KINDS],
                html.P("Gedempt", className="text-body-secondary"),
                html.P(["Lees ", html.A("de uitleg", href="#uitleg")]),
                dbc.Card(dbc.CardBody([html.H2("Kaart", className="h5"), html.P("Inhoud")])),
                dbc.Table(
                    [
                        html.Caption("Tabel"),
                        html.Tbody(html.Tr([html.Th("Afval", scope="row"), html.Td("94%")])),
                    ]
                ),
                dbc.Label("Naam", html_for="naam"),
                dbc.Input(id="naam"),
                dbc.Label("Keuze", html_for="keuze"),
                dbc.Select(id="keuze", options=[{"label": "Een", "value": 1}]),
                dbc.Checkbox(id="vink", label="Aan", value=True),
            ]
        )
    )


@pytest.fixture
def sheets() -> Iterator[Callable[[str], str]]:
    """Serve the sheet in a theme."""

    def start(theme: str) -> str:
        server = Flask("proef", static_folder=None)
        # our style sheets come with any page that is mounted
        mount(Page(key="proef", path="/", title="Proef", layout=sheet), server, "1", theme)
        return still.enter_context(served(server))

    with ExitStack() as still:
        yield start


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize(("word", "mode"), [("licht", "light"), ("donker", "dark")])
def test_every_part_has_the_colours_of_the_theme_and_can_be_read(
    page: Tab, sheets: Callable[[str], str], theme: str, word: str, mode: str
) -> None:
    page.goto(f"{sheets(theme)}/?thema={word}")
    button = page.locator("#knop")
    expect(button).to_be_visible()
    colours = tokens(theme, mode)
    expect(button).to_have_css("background-color", rgb(colours["accent"]))
    expect(page.locator("body")).to_have_css("background-color", rgb(colours["paper"]))
    expect(page.locator(".card")).to_have_css("background-color", rgb(colours["tile"]))
    expect(page.locator("#vink")).to_have_css("background-color", rgb(colours["accent"]))
    assert violations(page) == []


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(round(part * 255)) for part in channels(colour))})"
