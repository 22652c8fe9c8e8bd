"""Makes the pictures in docs/img/ from staged boards: `make pictures`."""

from __future__ import annotations

import base64
import logging
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.app import App, create_app
from dashboard.board import Clock
from data.migrate import migrate
from data.store import Store, open_engine
from data.walls import Screen
from metrics.board import Board
from tests.afdelingen_cast import DECEMBER, a_whole_town
from tests.fake_board import FakeBoard, fixed
from tests.fixtures_browser import AT_ONCE, FLAGS, MOMENT, SCREEN, chromium, settle
from tests.report_shelf import reports_of
from tests.report_town import NOW
from tests.site_cast import board_with, open_page
from tests.target_cast import targets_board
from tests.town import town
from tests.vandaag_cast import HALF_PAST_TWO, a_tuesday
from tests.wall_cast import (
    alarm_board,
    attention_board,
    closed_board,
    empty_board,
    gone_board,
    open_at,
    planned_board,
    stale_board,
)
from tests.web_server import served
from tests.worlds import World

FOLDER = Path(__file__).parents[1] / "docs" / "img"
STILL = "performance.now = () => 0; Date.now = () => 0;"  # so that no second passes
COLOURS = 256
SETTLED_MS = 1500
"""After so long a chart has its letters and its place."""
DESK = {"width": 1280, "height": 900}
TEAM = replace(
    AT_ONCE,
    tegels=("wachtenden", "langst_wachtende", "bezetting"),
    screen=Screen(nacht="aan"),
)
Pixels = npt.NDArray[np.uint8]
WALLS: dict[str, tuple[Callable[[], FakeBoard], str]] = {
    "wand-rustig": (planned_board, "donker"),
    "wand-let-op": (attention_board, "donker"),
    "wand-actie": (alarm_board, "donker"),
    "wand-verouderd": (stale_board, "donker"),
    "wand-weg": (gone_board, "donker"),
    "wand-gesloten": (closed_board, "donker"),
    "wand-geen-gegevens": (empty_board, "donker"),
    "wand-licht": (alarm_board, "licht"),
}
TOWNS: dict[str, tuple[Callable[[], World], datetime]] = {
    "afdelingen": (a_whole_town, DECEMBER),
    "vandaag": (a_tuesday, HALF_PAST_TWO),
}
"""Pages over a store of their own, as they are at a moment."""
TARGETS = {"doelen": "/doelen", "doelen-detail": "/doelen?doel=digitaal_of_kcc"}
QUESTIONS = {
    "vragen": "/vragen",
    "definities": "/definities?zoek=servicelevel",
    "herkomst": "/herkomst",
}
"""Pages over a year of questions and calls."""
REPORTS = {"rapportages": "/rapportages", "rapportage": "/rapportages/2026-10"}
"""Pages of reports, of which a picture shows what a screen shows."""
PICTURES = (*WALLS, *TOWNS, *TARGETS, *QUESTIONS, *REPORTS)
READ = """async (encoded) => {
  const file = await (await fetch('data:image/png;base64,' + encoded)).blob();
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const bytes = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768)
    text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
}"""


def main(asked: list[str]) -> int:
    """Make the pictures that are named, or all."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        desk = browser.new_page()
        for name in asked or PICTURES:
            written = FOLDER / f"{name}.png"
            written.write_bytes(small(pixels_of(desk, picture(browser, name))))
            print(f"{written.name}: {written.stat().st_size // 1000} kB")
        browser.close()
    return 0


def picture(browser: Browser, name: str) -> bytes:
    """Stage what the picture is of, and take it."""
    if name in WALLS:
        return of_wall(browser, *WALLS[name])
    if name in TARGETS:
        return of_page(
            browser, create_app(targets_board(), MOMENT, name="KCC Haarlem"), TARGETS[name]
        )
    with TemporaryDirectory() as folder:
        if name in REPORTS:
            return of_report(browser, Path(folder), REPORTS[name])
        if name in QUESTIONS:
            return of_board(browser, town(Path(folder)), MOMENT, QUESTIONS[name])
        world, now = TOWNS[name]
        return of_board(browser, board_with(Path(folder), world()), fixed(now), f"/{name}")


def of_board(browser: Browser, board: Board, clock: Clock, address: str) -> bytes:
    """Take a picture of a page over a store, and leave the store."""
    png = of_page(browser, create_app(board, clock, name="KCC Haarlem"), address)
    board.store.engine.dispose()
    return png


def of_report(browser: Browser, folder: Path, address: str) -> bytes:
    """Take a picture of the first screen of a page of reports."""
    store = Store(open_engine(f"sqlite:///{folder / 'proef.sqlite'}"), 1)
    migrate(store)
    app = create_app(FakeBoard(), fixed(NOW), name="KCC Haarlem", reports=reports_of(store))
    page = browser.new_page(viewport=DESK)
    with served(app.server) as url:
        page.goto(f"{url}{address}")
        page.evaluate("document.fonts.ready")
        png = page.screenshot()
    page.close()
    store.engine.dispose()
    return png


def of_wall(browser: Browser, board: Callable[[], FakeBoard], mode: str) -> bytes:
    """Take a picture of a wall at half past two on a Monday, as large as its screen."""
    app = create_app(board(), MOMENT, name="KCC Haarlem", walls=[TEAM])
    settle(app)
    page = browser.new_page(viewport=SCREEN)
    with served(app.server) as url:
        app.watcher.start()
        page.add_init_script(STILL)
        open_at(page, url, f"?kiosk=1&thema={mode}")
        page.evaluate("document.fonts.ready")
        png = page.screenshot()
        app.watcher.stop()
    page.close()
    return png


def of_page(browser: Browser, app: App, address: str) -> bytes:
    """Take a picture of a whole page of the site."""
    page = browser.new_page(viewport=DESK)
    with served(app.server) as url:
        open_page(page, f"{url}{address}")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(SETTLED_MS)
        png = page.screenshot(full_page=True)
    page.close()
    return png


def pixels_of(desk: Page, png: bytes) -> Pixels:
    """Let the browser unpack its own picture: rows of red, green, blue."""
    raw = base64.b64decode(desk.evaluate(READ, base64.b64encode(png).decode()))
    width, height = struct.unpack(">II", png[16:24])
    rows = np.frombuffer(raw, np.uint8).reshape(height, width, 4)
    return rows[:, :, :3]


def small(pixels: Pixels) -> bytes:
    """Write a PNG with a palette: a wall has few colours, and the edges of letters mix them."""
    numbers = pixels.reshape(-1, 3) @ np.array([65536, 256, 1])
    found, place, times = np.unique(numbers, return_inverse=True, return_counts=True)
    seen = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    palette = seen[np.argsort(-times, kind="stable")[:COLOURS]].astype(np.uint8)
    distance = ((seen[:, None, :] - palette[None, :, :].astype(int)) ** 2).sum(axis=2)
    index = distance.argmin(axis=1).astype(np.uint8)[place].reshape(pixels.shape[:2])
    lines = np.pad(index, ((0, 0), (1, 0)))  # each line begins with filter 0
    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 3, 0, 0, 0)
    parts = {b"IHDR": head, b"PLTE": palette.tobytes(), b"IDAT": zlib.compress(lines.tobytes(), 9)}
    chunks = [chunk(kind, data) for kind, data in [*parts.items(), (b"IEND", b"")]]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
