"""A page that stands still: the frame of the site around HTML that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dash import html
from dash.development.base_component import Component
from flask import Response, request

from dashboard.markup import html_of
from dashboard.page import FONT, INDEX, asked
from dashboard.site import Site, bar

SHEETS = (
    "bootstrap.min.css",
    "fonts/figtree.css",
    "regiebord.css",
    "regiebord-blad.css",
    "regiebord-rapport.css",
)


@dataclass(frozen=True)
class Frame:
    """What every still page of the site has around it."""

    site: Site
    version: str
    thema: str

    def page(self, key: str, title: str, contents: Sequence[Component]) -> Response:
        """Draw a page under one of the places of the site."""
        view = asked(request.args, "light")
        inside = html.Main(html.Div(list(contents), className="container"), id="hoofd", tabIndex=-1)
        text = INDEX.format(
            mode=view.mode,
            key="stil",
            version=self.version,
            kiosk="",
            title=escape(f"{title} | {self.site.name}"),
            font=FONT,
            thema=self.thema,
            css="\n".join(map(self._linked, SHEETS)),
            around=html_of([bar(self.site, key), inside]),
            **dict.fromkeys(("app_entry", "config", "scripts", "renderer"), ""),
        )
        return Response(text)

    def _linked(self, sheet: str) -> str:
        return f'<link rel="stylesheet" href="/assets/{sheet}?v={self.version}">'
