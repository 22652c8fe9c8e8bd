"""From a line in the exchange's log to the pixels of the wall: real ingest, server and browser."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from metrics.periods import ZONE
from tests.bench.crowd import Crowd
from tests.bench.timing import goal, title
from tests.fixtures_browser import FLAGS, SCREEN, chromium
from tests.test_wall_real_data import ALWAYS, ROOT, SOURCES, write

LINES = 50
CROWD = 199  # and the browser: as many as there are seats
IDLE_S = 30
SHOWN = "n => document.querySelector('#wachtenden .getal')?.textContent === n"


def run(folder: Path) -> None:
    """Write one line at a time and wait until the wall shows it; then let screens do nothing."""
    title("scherm: a line in the live queue_log until it is on the wall")
    environment = municipality(folder)
    with (
        started(environment, "ingest", "serve"),
        started(environment, "dashboard", "--port", "0") as server,
    ):
        address = address_of(server)
        with wall(address) as page:
            told("one screen", measure(page, environment, 0))
            with Crowd(address, CROWD) as crowd:
                taken = list(measure(page, environment, LINES, crowd))
                told(f"with {CROWD} more connected", [pixels for pixels, _ in taken])
                told(f"the slowest of those {CROWD}", [slowest for _, slowest in taken])
        idle(address, server)


def municipality(folder: Path) -> dict[str, str]:
    """Write the configuration of a municipality with an empty log; return its environment."""
    (folder / "bronnen.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "openingstijden.toml").write_text(ALWAYS, encoding="utf-8")
    (folder / "queue_log").touch()
    storage = {"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder / "opslag")}
    return {**os.environ, **storage}


def address_of(server: subprocess.Popen[str]) -> str:
    """Read where the server says that it is."""
    assert server.stdout is not None
    return server.stdout.readline().split()[-1]


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


def measure(
    page: Page, environment: Mapping[str, str], first: int, crowd: Crowd | None = None
) -> Iterator[tuple[float, float]]:
    """Yield the seconds of each line to the page, and to the slowest of the crowd.

    The first line of all is left out: it also creates the queue.
    """
    for number in range(first, first + LINES + (first == 0)):
        time.sleep(random.uniform(0.1, 0.9))  # so that no period of ours is in step with it
        begun = time.monotonic()
        write(environment, datetime.now(ZONE), f"{number}.1", "ENTERQUEUE", "", "", "1")
        page.wait_for_function(SHOWN, arg=str(number + 1))
        pixels = time.monotonic() - begun
        slowest = pixels if crowd is None else (crowd.slowest(number + 1) or float("inf")) - begun
        if number:
            yield pixels, slowest


def told(name: str, taken: Sequence[float] | Iterator[tuple[float, float]]) -> None:
    """Print the middle and the end of what was measured."""
    seconds = sorted(one[0] if isinstance(one, tuple) else one for one in taken)
    high = seconds[round(0.95 * len(seconds)) - 1]
    print(f"  {name}: {len(seconds)} lines, median {statistics.median(seconds):.2f} s,"
          f" most {seconds[-1]:.2f} s")  # fmt: skip
    goal(f"{name}: p95 from line to screen, s", high, most=1.0)


def idle(address: str, server: subprocess.Popen[str]) -> None:
    """Print what a screen costs when nothing happens: processor time of the server."""
    alone = _busy(server)
    with Crowd(address, CROWD):
        time.sleep(5)
        crowded = _busy(server)
    extra = (crowded - alone) / CROWD
    print(f"  the server's processor time without screens {alone:.2%}, with {CROWD} {crowded:.2%}")
    print(f"  per extra idle screen {extra:.4%} of one core")


def _busy(server: subprocess.Popen[str]) -> float:
    """Return the part of one core that the server and its worker took over a while."""
    parent = psutil.Process(server.pid)
    processes = [parent, *parent.children(recursive=True)]
    before = sum(sum(process.cpu_times()[:2]) for process in processes)
    time.sleep(IDLE_S)
    after = sum(sum(process.cpu_times()[:2]) for process in processes)
    return float(after - before) / IDLE_S
