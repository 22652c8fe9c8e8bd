"""Fixtures for what a person sees: a served dashboard, a real browser that tolerates no error."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer

from dashboard.app import App, create_app
from dashboard.board import Clock
from dashboard.limits import Limits
from dashboard.theme import DEFAULT
from data.walls import Damping, Wall
from tests.fake_board import MONDAY_1432, FakeBoard, fixed
from tests.web_server import address, begin, end

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MOMENT = fixed(MONDAY_1432)
AT_ONCE = Wall(damping=Damping(let_op_na=0, actie_na=0, herstel_na=0))
"""A wall of which the states come without delay, for the clock of these tests stands still."""
SCREEN = {"width": 1920, "height": 1080}

expect.set_options(timeout=20_000)  # two workers may share the cores with others


def chromium() -> str | None:
    """Find the browser of the system; without one Playwright has its own."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return named or shutil.which("google-chrome")


@dataclass
class Live:
    """A dashboard that is being served."""

    app: App
    server: BaseWSGIServer

    @property
    def url(self) -> str:
        return address(self.server)

    def stop(self) -> None:
        self.app.watcher.stop()
        end(self.server)


Serve = Callable[..., Live]


def settle(app: App) -> None:
    """Look twice, for a state comes at the second look; a store that is away is part of a test."""
    for _ in range(2):
        with suppress(Exception):
            app.watcher.look()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a board; everything stops when the test ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running: list[Live] = []

    def start(
        board: FakeBoard,
        *,
        limits: Limits | None = None,
        walls: Sequence[Wall] = (AT_ONCE,),
        clock: Clock = MOMENT,
        port: int = 0,
        thema: str = DEFAULT,
    ) -> Live:
        app = create_app(board, clock, limits, walls=walls, thema=thema)
        settle(app)
        server = begin(app.server, port)
        app.watcher.start()
        running.append(Live(app, server))
        return running[-1]

    yield start
    for live in running:
        live.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session: the system's, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a page did: its errors, and the hosts it asked something of."""

    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    forgiven: bool = False

    def forgive(self) -> None:
        """This test provokes errors on purpose: a 404, a server that is gone."""
        self.forgiven = True

    def note(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https"):
            self.hosts.add(urlsplit(request.url).hostname or "")


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def page(browser: Browser, watched: Watched, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A wall-sized page; the test fails on any console error and on any request to elsewhere."""
    request.getfixturevalue("serve")  # begun earlier, so it stops after the page is closed
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on(
        "console",
        lambda said: watched.errors.append(said.text) if said.type == "error" else None,
    )
    page.on("request", watched.note)
    yield page
    context.close()
    assert watched.forgiven or watched.errors == []
    assert watched.hosts <= {"127.0.0.1"}
