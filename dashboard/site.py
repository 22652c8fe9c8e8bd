"""What all pages but the walls share: the way around, the address as filter, answers kept.

A page is a function from what is asked in its address to its contents. It is drawn in the HTML at
once; when the address changes, only the contents are asked again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboard.board import Board, Clock
from dashboard.frame import demo_of
from dashboard.lately import Lately
from dashboard.page import Page, View
from data.walls import Staffing
from metrics.command import BadQuestion

log = logging.getLogger(__name__)

KEPT, KEPT_S = 64, 60
"""Contents that are kept, and how long at most when nothing changes."""
LOOKS = ("thema",)
"""What an address says of the looks of a page, not of its contents."""
Asked = Mapping[str, str]
Contents = Sequence[Component]
Answer = Callable[["Site", Asked], Contents]


@dataclass(frozen=True)
class Site:
    """What every page has at hand; `places` are the key and title of each.

    `staffing` is what the first wall reckons with, so that all screens need the same.
    """

    name: str
    board: Board
    clock: Clock
    places: Sequence[tuple[str, str]] = ()
    staffing: Staffing = field(default_factory=Staffing)
    _kept: Lately = field(default_factory=lambda: Lately(KEPT))

    def contents(self, key: str, answer: Answer, asked: Asked) -> Contents:
        """Answer what the address asks; a mistake in it, or a store that is away, is said."""
        try:
            return self._remembered(key, answer, asked)
        except BadQuestion as bad:
            return [_mistake(bad)]
        except Exception:
            log.exception("The page %s has no figures", key)
            return [_alert("De cijfers zijn nu niet op te vragen.", "Probeer het zo weer.")]

    def _remembered(self, key: str, answer: Answer, asked: Asked) -> Contents:
        minute = int(self.clock().timestamp()) // KEPT_S
        question = key, tuple(sorted(asked.items())), self.board.revision(), minute
        return self._kept.recall(question, lambda: answer(self, asked))


def site_page(site: Site, key: str, title: str, answer: Answer) -> Page:
    """Make a page of the site at /<key>."""

    def layout() -> Component:
        # Dash also draws every layout at the first request, whatever that asks for
        here = has_request_context() and request.path.startswith(f"/{key}")
        contents = site.contents(key, answer, asked_now()) if here else []
        return html.Div([bar(site, key), _main(contents), dcc.Location("adres", refresh=False)])

    def wire(app: Dash) -> None:
        @app.callback(
            Output("inhoud", "children"), Input("adres", "search"), prevent_initial_call=True
        )
        def follow(search: str | None) -> Contents:
            return site.contents(key, answer, _asked(search or ""))

    return Page(
        key="blad",
        path=f"/{key}/",
        title=f"{title} | {site.name}",
        layout=layout,
        wire=wire,
        around=_first,
        without=("dash_bootstrap_components", "dash_table"),
    )


def asked_now() -> Asked:
    """Return what the address of the page asks, also when Dash asks for the page's layout."""
    own = not request.path.endswith("/_dash-layout")
    return _asked(request.query_string.decode() if own else urlsplit(request.referrer or "").query)


def _asked(query: str) -> Asked:
    pairs = parse_qsl(query.removeprefix("?"))
    return {key: value for key, value in pairs if key not in LOOKS and value}


def _first(layout: Component, _view: View) -> Component:
    """The page as it is now, until React has drawn it."""
    return html.Div(layout, id="eerste")


def _main(contents: Contents) -> Component:
    return html.Main(
        html.Div(list(contents), id="inhoud", className="container"), id="hoofd", tabIndex=-1
    )


def bar(site: Site, current: str) -> Component:
    """The name, and the way to every page; the first stop of the keyboard skips it."""
    here: Any = {"aria-current": "page"}
    links = [
        html.Li(html.A(title, href=f"/{key}", **(here if key == current else {})))
        for key, title in site.places
    ]
    told: Any = {"aria-label": "Pagina's"}
    inner = [
        html.A(site.name, href="/", className="huis"),
        *demo_of(site.board),
        html.Nav(html.Ul(links), **told),
    ]
    skip = html.A("Naar de inhoud", href="#hoofd", className="visually-hidden-focusable")
    return html.Header(
        [skip, html.Div(inner, className="container balk-boven")], className="bovenkant"
    )


def _mistake(bad: BadQuestion) -> Component:
    return _alert(f"'{bad.value}' bij '{bad.field}' klopt niet: {bad.hint}.", "")


def _alert(told: str, hint: str) -> Component:
    return html.P(f"{told} {hint}".strip(), className="alert alert-danger", role="alert")
