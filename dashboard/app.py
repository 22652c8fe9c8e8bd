"""Compose the web application from what it is given: a board, a clock, limits."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask, Response

from dashboard.api import Api, add_api
from dashboard.board import Board, Clock
from dashboard.delivery import deliver
from dashboard.frame import DEMO, is_demo
from dashboard.freshness import browser_table
from dashboard.limits import Limits
from dashboard.live import Hub, Snapshot, Watcher, stream
from dashboard.page import ASSETS, mount
from dashboard.pages.start import start_page
from dashboard.pages.wand import wall_page
from dashboard.plot_theme import register
from dashboard.problems import handle_problems, problem
from dashboard.questions import ask_all, changes_at
from dashboard.security import secure
from dashboard.theme import DEFAULT
from dashboard.wall import compose

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class App:
    """The web server and the watcher that feeds its streams."""

    server: Flask
    watcher: Watcher
    hub: Hub


def create_app(
    board: Board,
    clock: Clock,
    limits: Limits | None = None,
    name: str = "KCC regiebord",
    thema: str = DEFAULT,
) -> App:
    """Build everything; nothing runs until the watcher is started."""
    limits = limits or Limits()
    version = fingerprint()
    server, hub = Flask("dashboard", static_folder=None), Hub()

    def take(now: datetime) -> Snapshot:
        return snapshot(board, now, limits, name)

    def latest() -> Snapshot | None:
        try:
            return take(clock())
        except Exception:
            log.exception("The wall opens without figures")
            return None

    def label() -> str:
        return f'<strong class="demonstratie">{DEMO}</strong>' * _demo(board)

    add_api(server, Api(board, clock, version))
    server.add_url_rule("/stroom", "stroom", lambda: open_stream(hub, clock, version))
    pages = (wall_page(name, latest, limits), start_page(name, board, clock, limits))
    apps = [mount(page, server, version, thema) for page in pages]
    handle_problems(server, name, label, thema)
    deliver(server)
    register(thema)
    secure(server, [text for app in apps for text in app.csp_hashes()])
    return App(server=server, watcher=Watcher(board.revision, take, clock, hub), hub=hub)


def snapshot(board: Board, now: datetime, limits: Limits, name: str) -> Snapshot:
    """Ask, judge and draw the wall as it is at one instant."""
    answers = ask_all(board, now)
    return Snapshot(
        at=now,
        parts=compose(name, answers, limits),
        sources=browser_table(answers.sources, limits),
        changes_at=changes_at(answers, limits),
    )


def open_stream(hub: Hub, clock: Clock, version: str) -> Response:
    """Start the stream of one screen, as long as there are threads for it."""
    if not hub.take_seat():
        full = problem(503, "Er kijken te veel schermen mee.", hint="Probeer het over een minuut.")
        full.headers["Retry-After"] = "60"
        return full
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(stream(hub, clock, version), mimetype="text/event-stream", headers=headers)


def fingerprint() -> str:
    """Name this build, so that a screen of another one knows to load itself again."""
    sheets = [*ASSETS.glob("regiebord*"), *ASSETS.glob("themas/*")]
    files = [*Path(__file__).parent.rglob("*.py"), *sheets]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _demo(board: Board) -> bool:
    try:
        return is_demo(board.sources())
    except Exception:
        return False
