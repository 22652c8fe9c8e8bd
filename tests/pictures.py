"""Makes the pictures in docs/img/ from staged boards and a small town: `make pictures`."""

from __future__ import annotations

import base64
import logging
import struct
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from dashboard.app import create_app
from dashboard.board import Board
from tests.fake_board import FakeBoard
from tests.fixtures_browser import FLAGS, MOMENT, SCREEN, chromium
from tests.town import town
from tests.wall_cast import (
    alarm_board,
    attention_board,
    closed_board,
    empty_board,
    gone_board,
    open_at,
    stale_board,
)

FOLDER = Path(__file__).parents[1] / "docs" / "img"
STILL = "performance.now = () => 0; Date.now = () => 0;"  # so that no second passes
COLOURS = 256
PATIENCE_MS = 120_000
Pixels = npt.NDArray[np.uint8]
PICTURES: dict[str, tuple[Callable[[], FakeBoard], str]] = {
    "wand-rustig": (FakeBoard, "donker"),
    "wand-let-op": (attention_board, "donker"),
    "wand-actie": (alarm_board, "donker"),
    "wand-verouderd": (stale_board, "donker"),
    "wand-weg": (gone_board, "donker"),
    "wand-gesloten": (closed_board, "donker"),
    "wand-geen-gegevens": (empty_board, "donker"),
    "wand-licht": (alarm_board, "licht"),
}
SITE = {
    "vragen": "/vragen",
    "definities": "/definities?zoek=servicelevel",
    "herkomst": "/herkomst",
}
"""Pages other than the wall, at the size of a laptop: as many pixels as a wall."""
LAPTOP, SHARPER = {"width": 1536, "height": 864}, 1.25
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
        for name in [name for name in asked or PICTURES if name in PICTURES]:
            page = browser.new_page(viewport=SCREEN)
            with staged(page, *PICTURES[name]):
                save(name, page, desk)
        with tempfile.TemporaryDirectory() as folder, served(town(Path(folder))) as url:
            for name in [name for name in asked or SITE if name in SITE]:
                page = browser.new_page(viewport=LAPTOP, device_scale_factor=SHARPER)
                page.goto(f"{url}{SITE[name]}")
                page.locator("#eerste").wait_for(state="detached")
                page.evaluate("document.fonts.ready")
                save(name, page, desk)
        browser.close()
    return 0


def save(name: str, page: Page, desk: Page) -> None:
    """Write what a page shows."""
    written = FOLDER / f"{name}.png"
    written.write_bytes(small(pixels_of(desk, page.screenshot(timeout=PATIENCE_MS))))
    page.close()
    print(f"{written.name}: {written.stat().st_size // 1000} kB")


@contextmanager
def staged(page: Page, board: Callable[[], FakeBoard], mode: str) -> Iterator[None]:
    """Show a board at half past two on a Monday, for as long as it is looked at."""
    with served(board()) as url:
        page.add_init_script(STILL)
        open_at(page, url, f"?kiosk=1&thema={mode}")
        page.evaluate("document.fonts.ready")
        yield


@contextmanager
def served(board: Board) -> Iterator[str]:
    """Serve a board at half past two on a Monday."""
    app = create_app(board, MOMENT, name="KCC Haarlem")
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.watcher.start()
    yield f"http://127.0.0.1:{server.port}"
    app.watcher.stop()
    server.shutdown()
    server.server_close()


def pixels_of(desk: Page, png: bytes) -> Pixels:
    """Let the browser unpack its own picture: rows of red, green, blue."""
    raw = base64.b64decode(desk.evaluate(READ, base64.b64encode(png).decode()))
    rows = np.frombuffer(raw, np.uint8).reshape(SCREEN["height"], SCREEN["width"], 4)
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
