"""Real boards for the pages, on a store of their own, as the command line opens it too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from data.migrate import migrate
from data.norms import NormSettings
from data.settings import load
from data.store import Store, open_engine
from metrics.board import Board, open_board
from metrics.catalogue import catalogue
from metrics.engine import Engine
from tests.worlds import CALENDAR, World, know_source, write

NORMS = catalogue(
    [
        NormSettings("bereikbaarheid", 0.9, date(2016, 1, 1), "raad", 0.0),
        NormSettings("servicelevel", 0.8, date(2016, 1, 1), "raad", 0.0),
    ]
)


def board_with(folder: Path, world: World) -> Board:
    """A board of the municipality of the tests."""
    store = Store(open_engine(f"sqlite:///{folder / 'proef.sqlite'}"), 1)
    return _filled(Board(store, Engine(store, NORMS), CALENDAR, "Haarlem"), world)


def board_of_command_line(environment: Mapping[str, str], world: World) -> Board:
    """The board that `python -m metrics` opens in this environment."""
    return _filled(open_board(load(environment)), world)


def _filled(board: Board, world: World) -> Board:
    migrate(board.store)
    know_source(board.store)
    write(board.store, world)
    return board


def open_page(page: Page, address: str) -> None:
    """Open a page of the site, and wait until React and its charts have drawn it."""
    page.goto(address)
    expect(page.locator("#eerste")).to_have_count(0, timeout=30_000)
    for place in page.locator(".tekening").all():
        expect(place.locator(".main-svg").first).to_be_visible(timeout=30_000)
