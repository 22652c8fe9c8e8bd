"""From a line in the exchange's log to the pixels of the wall: real ingest, server and browser."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from metrics.periods import ZONE
from tests.bench.timing import title
from tests.fixtures_browser import FLAGS, SCREEN, chromium
from tests.test_wall_real_data import ALWAYS, ROOT, SOURCES, write

LINES = 50
SHOWN = "n => document.querySelector('#wachtenden .getal')?.textContent === n"


def run(folder: Path) -> None:
    """Write one line at a time and wait until the wall shows it."""
    title("scherm: a line in the live queue_log until it is on the wall")
    (folder / "bronnen.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "openingstijden.toml").write_text(ALWAYS, encoding="utf-8")
    (folder / "queue_log").touch()
    storage = {"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder / "opslag")}
    environment = {**os.environ, **storage}
    with (
        started(environment, "ingest", "serve"),
        started(environment, "dashboard", "--port", "0") as server,
    ):
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        with wall(address) as page:
            taken = sorted(measure(page, environment))
    middle, high = statistics.median(taken), taken[round(0.95 * len(taken)) - 1]
    print(f"{len(taken)} lines: median {middle:.2f} s, p95 {high:.2f} s, most {taken[-1]:.2f} s")


@contextmanager
def started(environment: Mapping[str, str], *command: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command of ours for as long as it is needed."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


@contextmanager
def wall(address: str) -> Iterator[Page]:
    """Open the wall in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport=SCREEN)
        page.goto(address)
        yield page
        browser.close()


def measure(page: Page, environment: Mapping[str, str]) -> Iterator[float]:
    """Yield the seconds of each line, the first left out: it also creates the queue."""
    for number in range(LINES + 1):
        time.sleep(random.uniform(0.1, 0.9))  # so that no period of ours is in step with it
        begun = time.monotonic()
        write(environment, datetime.now(ZONE), f"{number}.1", "ENTERQUEUE", "", "", "1")
        page.wait_for_function(SHOWN, arg=str(number + 1))
        if number:
            yield time.monotonic() - begun
