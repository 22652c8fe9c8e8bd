"""A page is data: an address, a layout; each page is a Dash of its own on one server.

So a page's layout is made for its own address at once, without a round trip through a router,
and a mistake in one page cannot take the wall down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask, request

from dashboard.markup import html_of

ASSETS = Path(__file__).resolve().parent.parent / "assets"
MODES = {"licht": "light", "donker": "dark"}
FONT = "/assets/fonts/figtree-latin-wght-normal.woff2?v=5.3.0"
INDEX = """<!DOCTYPE html>
<html lang="nl" data-bs-theme="{mode}" data-pagina="{key}" data-versie="{version}"{kiosk}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="/assets/regiebord.svg">
<link rel="preload" as="font" type="font/woff2" href="{font}" crossorigin>
<link rel="stylesheet" href="/assets/themas/{thema}.css?v={version}">
{css}
</head>
<body>
{around}
{app_entry}
<footer>{config}{scripts}{renderer}</footer>
</body>
</html>"""
NO_SCRIPT = "<noscript>Deze pagina heeft JavaScript nodig.</noscript>"


@dataclass(frozen=True, kw_only=True)
class View:
    """How an address wants its page: ?thema=licht, ?kiosk=1, ?diagnose=1."""

    mode: str
    kiosk: bool = False
    diagnose: bool = False

    @property
    def thema(self) -> str:
        """The word for the mode in an address."""
        return next(word for word, mode in MODES.items() if mode == self.mode)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `wire` registers its callbacks, `around` draws what must not wait for React.

    `without` names the component libraries that the browser need not load for it.
    """

    key: str
    path: str
    title: str
    layout: Callable[[], Any]
    theme: str = "light"
    wire: Callable[[Dash], None] | None = None
    around: Callable[[Any, View], Any] | None = None
    without: tuple[str, ...] = ()


def asked(arguments: Mapping[str, str], mode: str) -> View:
    """Read from the address how the page is wanted; what is not understood changes nothing."""
    return View(
        mode=MODES.get(arguments.get("thema", ""), mode),
        kiosk=arguments.get("kiosk", "0") != "0",
        diagnose=arguments.get("diagnose", "0") != "0",
    )


class PageDash(Dash):
    """Dash with an index of our own: in Dutch, in the theme asked for, with figures at once."""

    page: Page
    fixed: Mapping[str, str]

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Fill the page around the application."""
        view = asked(request.args, self.page.theme)
        return INDEX.format(
            **self.fixed,
            mode=view.mode,
            kiosk=" data-kiosk" if view.kiosk else "",
            around=self._around(view),
            css=parts["css"],
            app_entry=parts["app_entry"].replace("Loading...", "Laden …"),
            config=re.sub(r'"python_version":"[^"]*",', "", parts["config"]),
            scripts=self._needed(parts["scripts"]),
            renderer=parts["renderer"],
        )

    def _needed(self, scripts: str) -> str:
        spare = [f"/{library}/" for library in self.page.without]
        lines = scripts.splitlines()
        return "\n".join(line for line in lines if not any(name in line for name in spare))

    def _around(self, view: View) -> str:
        if self.page.around is None:
            return NO_SCRIPT
        return html_of(self.page.around(self.page.layout(), view))


def mount(page: Page, server: Flask, version: str, thema: str) -> Dash:
    """Serve a page at its path, with and without the closing slash."""
    app = PageDash(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # annotated too narrowly
        url_base_pathname=page.path,
        assets_folder=str(ASSETS),
        assets_path_ignore=["^plotly$", "^themas$"],
        title=page.title,
        update_title=None,  # type: ignore[arg-type]  # None: the title never flashes
        use_async=False,
        add_log_handler=False,
        suppress_callback_exceptions=True,  # else every index carries a layout to check ids with
    )
    app.page = page
    app.fixed = {
        "key": page.key,
        "version": version,
        "title": escape(page.title),
        "thema": thema,
        "font": FONT,
    }
    app.layout = page.layout
    if page.wire is not None:
        page.wire(app)
    if page.path != "/":
        bare = page.path.rstrip("/")
        server.add_url_rule(bare, bare, app.index, strict_slashes=True)
    return app
