"""A page is data: an address, a theme, a layout; each page is a Dash of its own on one server.

So a page's layout is made for its own address at once, without a round trip through a router,
and a mistake in one page cannot take the wall down.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask

ASSETS = Path(__file__).resolve().parent.parent / "assets"
INDEX = """<!DOCTYPE html>
<html lang="nl" data-bs-theme="{theme}" data-pagina="{key}" data-versie="{version}">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="/assets/regiebord.svg">
{{%css%}}
</head>
<body>
<noscript>Deze pagina heeft JavaScript nodig.</noscript>
{{%app_entry%}}
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>"""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `wire` registers its callbacks, if it has any."""

    key: str
    path: str
    title: str
    layout: Callable[[], Any]
    theme: str = "light"
    wire: Callable[[Dash], None] | None = None


class PageDash(Dash):
    """Dash that waits in Dutch and keeps its Python version to itself."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Fill the page around the application."""
        parts["app_entry"] = parts["app_entry"].replace("Loading...", "Laden …")
        parts["config"] = re.sub(r'"python_version":"[^"]*",', "", parts["config"])
        return str(super().interpolate_index(**parts))


def mount(page: Page, server: Flask, version: str) -> Dash:
    """Serve a page at its path, with and without the closing slash."""
    app = PageDash(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # annotated too narrowly
        url_base_pathname=page.path,
        assets_folder=str(ASSETS),
        assets_path_ignore=["^plotly$"],
        title=page.title,
        update_title=None,  # type: ignore[arg-type]  # None: the title never flashes
        use_async=False,
        add_log_handler=False,
    )
    app.index_string = INDEX.format(
        theme=page.theme, key=page.key, version=version, title=escape(page.title)
    )
    app.layout = page.layout
    if page.wire is not None:
        page.wire(app)
    if page.path != "/":
        bare = page.path.rstrip("/")
        server.add_url_rule(bare, bare, app.index, strict_slashes=True)
    return app
