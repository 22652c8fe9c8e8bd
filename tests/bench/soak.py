"""Hours of a wall: does memory stand still, and is every change shown?

Real ingestion, server and browser, with some more screens connected. Calls arrive and are answered
all the time; after each line the wall must show the new number. Prints a line per minute and at the
end the slopes. `make soak UREN=8`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import CDPSession, Page
from playwright.sync_api import TimeoutError as NotShown

from metrics.periods import ZONE
from tests.bench.crowd import Crowd
from tests.bench.screen_speed import SHOWN, address_of, municipality, started, wall
from tests.test_wall_real_data import write

SCREENS = 20
MOST_WAITING = 30
PATIENCE_MS = 10_000
MB = 1 << 20


@dataclass
class Sample:
    """What one minute gave: hours passed, and memory in MB."""

    hours: float
    server: float
    page: float


@dataclass
class Traffic:
    """Calls that come and go; `waiting` is what the wall must show."""

    environment: Mapping[str, str]
    waiting: list[int] = field(default_factory=list)
    number: int = 0
    missed: int = 0
    taken: list[float] = field(default_factory=list)

    def step(self, page: Page) -> None:
        """Let one caller arrive or one be answered, and wait until the wall shows it."""
        if len(self.waiting) < 2 or (len(self.waiting) < MOST_WAITING and random.random() < 0.5):
            self.number += 1
            self.waiting.append(self.number)
            self._tell(self.number, "ENTERQUEUE", "", "", "1")
        else:
            caller = self.waiting.pop(0)
            self._tell(caller, "CONNECT", "5", f"{caller}.2", "1")
            self._tell(caller, "COMPLETECALLER", "5", "40", "1")
        begun = time.monotonic()
        try:
            shown = page.wait_for_function(SHOWN, arg=str(len(self.waiting)), timeout=PATIENCE_MS)
            shown.dispose()  # else the page keeps it
            self.taken.append(time.monotonic() - begun)
        except NotShown:
            self.missed += 1

    def _tell(self, caller: int, event: str, *data: str) -> None:
        write(self.environment, datetime.now(ZONE), f"{caller}.1", event, *data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run for some hours; exit 1 when a change was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--uren", type=float, default=1.0)
    hours = parser.parse_args(arguments).uren
    with tempfile.TemporaryDirectory(prefix="regiebord-soak-") as folder:
        return soak(Path(folder), hours)


def soak(folder: Path, hours: float) -> int:
    """Keep the wall busy, and measure each minute."""
    environment = municipality(folder)
    with (
        started(environment, "ingest", "serve"),
        started(environment, "dashboard", "--port", "0") as server,
    ):
        address = address_of(server)
        with wall(address) as page, Crowd(address, SCREENS) as crowd:
            traffic = Traffic(environment)
            samples = follow(traffic, page, psutil.Process(server.pid), hours)
            lost = sum(not screen.open for screen in crowd.screens)
    return report(traffic, samples, lost)


def follow(traffic: Traffic, page: Page, server: psutil.Process, hours: float) -> list[Sample]:
    """Let calls come and go for some hours; return a sample per minute."""
    begun, samples = time.monotonic(), list[Sample]()
    session = page.context.new_cdp_session(page)
    while (passed := (time.monotonic() - begun) / 3600) < hours:
        traffic.step(page)
        time.sleep(random.uniform(0.2, 1.5))
        if passed * 60 >= len(samples):
            samples.append(Sample(passed, _resident(server), _heap(session)))
            last = samples[-1]
            print(
                f"{60 * passed:6.1f} min  server {last.server:6.1f} MB  page {last.page:6.2f} MB"
                f"  {len(traffic.taken)} changes shown, {traffic.missed} missed",
                flush=True,
            )
    return samples


def _resident(server: psutil.Process) -> float:
    processes = [server, *server.children(recursive=True)]
    return float(sum(process.memory_info().rss for process in processes)) / MB


def _heap(session: CDPSession) -> float:
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / MB


def report(traffic: Traffic, samples: Sequence[Sample], lost: int) -> int:
    """Print the slopes over the second half, when everything is warm; say whether it held."""
    late = samples[len(samples) // 2 :]
    hours = [sample.hours for sample in late]
    for name, values in (
        ("server", [sample.server for sample in late]),
        ("page", [sample.page for sample in late]),
    ):
        slope = float(np.polyfit(hours, values, 1)[0]) if len(late) > 1 else float("nan")
        print(f"{name}: {values[0]:.2f} MB halfway, {values[-1]:.2f} MB at the end,"
              f" slope {slope:+.2f} MB per hour")  # fmt: skip
    high = sorted(traffic.taken)[round(0.95 * len(traffic.taken)) - 1]
    print(f"line to screen p95 {high:.2f} s over {len(traffic.taken)} changes;"
          f" {traffic.missed} missed, {lost} streams lost")  # fmt: skip
    return int(traffic.missed > 0 or lost > 0)


if __name__ == "__main__":
    sys.exit(main())
