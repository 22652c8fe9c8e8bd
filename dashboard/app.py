"""Compose the web application from what it is given: a board, a clock, limits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from dashboard.api import Api, add_api
from dashboard.board import Board, Clock
from dashboard.delivery import deliver
from dashboard.frame import demo_of
from dashboard.limits import Limits
from dashboard.live import Watcher
from dashboard.markup import html_of
from dashboard.page import ASSETS, mount
from dashboard.pages.afdelingen import afdelingen
from dashboard.pages.definities import definities
from dashboard.pages.doelen import doelen
from dashboard.pages.herkomst import herkomst
from dashboard.pages.start import start_page
from dashboard.pages.vandaag import vandaag
from dashboard.pages.vragen import vragen
from dashboard.pages.werk import werk
from dashboard.plot_theme import register
from dashboard.problems import handle_problems
from dashboard.report.api import ReportsApi, add_reports
from dashboard.report.asking import Reports
from dashboard.report.desk import Desk
from dashboard.report.routes import PLACE, Pages, add_pages
from dashboard.security import secure
from dashboard.site import Answer, Site, site_page
from dashboard.still import Frame
from dashboard.tables_api import Tables, add_tables
from dashboard.theme import DEFAULT
from dashboard.walls import Walls, walls_of
from data.walls import Staffing, Wall

PAGES: tuple[tuple[str, str, Answer], ...] = (
    ("doelen", "Doelen", doelen),
    ("vandaag", "Vandaag", vandaag),
    ("afdelingen", "Afdelingen", afdelingen),
    ("vragen", "Vragen", vragen),
    ("werk", "Werklijst", werk),
    ("definities", "Definities", definities),
    ("herkomst", "Herkomst", herkomst),
)
"""The pages of the site in their order: address, title, and what answers."""
REPORTS = (PLACE, "Rapportages")


@dataclass(frozen=True, kw_only=True)
class App:
    """The web server, its walls, and the watcher that feeds their streams."""

    server: Flask
    walls: Walls
    watcher: Watcher


def create_app(
    board: Board,
    clock: Clock,
    limits: Limits | None = None,
    name: str = "KCC regiebord",
    walls: Sequence[Wall] = (Wall(),),
    thema: str = DEFAULT,
    reports: Reports | None = None,
) -> App:
    """Build everything; nothing runs until the watcher is started.

    Without a keeper of reports there are no pages of them.
    """
    limits = limits or Limits()
    version = fingerprint()
    server = Flask("dashboard", static_folder=None)
    shown = walls_of(board, walls, name, clock, limits, version)

    def label() -> str:
        return "".join(map(html_of, demo_of(board)))

    staffing = walls[0].staffing if walls else Staffing()
    add_api(server, Api(board, clock, version))
    add_tables(server, Tables(board, clock, staffing))
    shown.add_routes(server)
    places = [*((key, title) for key, title, _ in PAGES), *([REPORTS] if reports else [])]
    site = Site(name, board, clock, places, staffing)
    if reports:
        _add_reports(server, Desk(reports, clock), Frame(site, version, thema))
    pages = (
        *shown.pages(),
        start_page(name, board, clock, limits, shown.keepers),
        *(site_page(site, *page) for page in PAGES),
    )
    apps = [mount(page, server, version, thema) for page in pages]
    handle_problems(server, name, label, thema)
    deliver(server)
    register(thema)
    secure(server, [text for app in apps for text in app.csp_hashes()])
    return App(server=server, walls=shown, watcher=shown.watcher(board))


def _add_reports(server: Flask, desk: Desk, frame: Frame) -> None:
    add_pages(server, Pages(desk, frame))
    add_reports(server, ReportsApi(desk))


def fingerprint() -> str:
    """Name this build, so that a screen of another one knows to load itself again."""
    sheets = [*ASSETS.glob("regiebord*"), *ASSETS.glob("themas/*")]
    files = [*Path(__file__).parent.rglob("*.py"), *sheets]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
