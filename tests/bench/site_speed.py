"""The pages over 5 years of 2.5 million calls and 1 million questions: server, browser, a crowd."""

from __future__ import annotations

import logging
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from flask.testing import FlaskClient
from playwright.sync_api import Page, expect, sync_playwright

from dashboard.app import create_app
from data.norms import NormSettings
from metrics.warmth import warm
from tests.bench.query_speed import AT, YEAR, YEARS, filled
from tests.bench.timing import goal, line, title
from tests.fixtures_browser import FLAGS, SCREEN, chromium
from tests.web_server import served

NORMS = {"bereikbaarheid": 0.9, "servicelevel": 0.8, "wachttijd": 120.0, "digitaal_of_kcc": 0.8,
         "binnen_termijn": 0.9, "in_een_keer_goed": 0.8}  # fmt: skip
ROUNDS, CLICKS, PEOPLE, EACH = 20, 40, 50, 4
MONTHS = ("2026-10", "2026-06", "2025-12", "2025-03")
PAGES = (
    *("/doelen", "/vandaag", "/afdelingen", "/vragen", "/werk", "/definities", "/herkomst"),
    "/doelen?doel=digitaal_of_kcc",
    "/doelen?doel=digitaal_of_kcc&op=onderwerp",
    "/doelen?doel=binnen_termijn&alleen=afdeling:Afdeling 3",
    "/doelen?doel=digitaal_of_kcc&alleen=afdeling:Afdeling 3&op=onderwerp",
    "/doelen?doel=bereikbaarheid&op=wachtrij",
    "/afdelingen?cijfer=binnen_termijn",
    "/vragen?onderwerp=onderwerp 3",
    "/vragen?onderwerp=onderwerp 3&afdeling=Afdeling 3",
    "/werk?cijfer=binnen_termijn&afdeling=Afdeling 3&uitkomst=anders&na=100",
)
"""Each page, and what its filters and its ways down lead to."""


@dataclass
class Ticking:
    """A clock that goes on a minute when told to, so that no answer is one that was kept."""

    now: datetime = field(default=AT)

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> None:
        self.now += timedelta(seconds=61)


def run(folder: Path) -> None:
    """Fill a store, keep it warm as ingestion does, and measure on it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    title("bladzijden: filling 5 years")
    settings = [NormSettings(key, norm, date(2016, 1, 1), "raad", 0.0)
                for key, norm in NORMS.items()]  # fmt: skip
    board, clock = filled(folder, "five", YEARS * YEAR, settings), Ticking()
    begun = time.perf_counter()
    line(f"{warm(board.engine, AT)} months and days added up", time.perf_counter() - begun)
    app = create_app(board, clock)
    _server(app.server.test_client(), clock)
    with served(app.server) as address:
        _browser(address)
        _crowd(address)


def _server(client: FlaskClient, clock: Ticking) -> None:
    title(f"server time of {len(PAGES)} addresses, {ROUNDS} rounds, nothing kept")
    every: list[tuple[float, float]] = []
    for path in PAGES:
        first, *taken = [_answered(client, path, clock) for _ in range(ROUNDS + 1)]
        line(f"{path}: first", first[0])
        line("then, p95", p95([clocked for clocked, _ in taken]))
        every += taken
    clocked, busy = zip(*every, strict=True)
    line("all, median", statistics.median(clocked))
    goal("all, p95 in ms", 1000 * p95(clocked), most=200)
    goal("all, p95 of the processor's ms", 1000 * p95(busy), most=200)


def _answered(client: FlaskClient, path: str, clock: Ticking) -> tuple[float, float]:
    """Return what one answer took on the clock, and of the processor."""
    clock.tick()
    begun, busy = time.perf_counter(), time.process_time()
    answer = client.get(quote(path, safe="/?=&:"))
    taken = time.perf_counter() - begun, time.process_time() - busy
    if answer.status_code != 200 or "niet op te vragen" in answer.text:
        raise RuntimeError(f"{path} has no figures")
    return taken


def _browser(address: str) -> None:
    title(f"a choice or a click until the page shows it, {CLICKS} of each, one browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport=SCREEN)
        for name, taken in (("filter", list(_filters(page, address))),
                            ("way down", list(_drills(page, address)))):  # fmt: skip
            line(f"{name}, median", statistics.median(taken))
            goal(f"{name}, p95 in ms", 1000 * p95(taken), most=300)
        browser.close()


def _filters(page: Page, address: str) -> Iterator[float]:
    """Choose another month on /afdelingen, until the conclusion is of that month."""
    page.goto(f"{address}/afdelingen")
    expect(page.locator("#eerste")).to_have_count(0)
    months = page.get_by_label("Maand").locator("option").all()
    names = [(month.get_attribute("value") or "", month.inner_text()) for month in months]
    for number in range(CLICKS):
        value, name = names[(number + 1) % len(names)]
        begun = time.perf_counter()
        page.get_by_label("Maand").select_option(value)
        page.wait_for_function(
            "name => document.querySelector('.kernzin').textContent.includes(name)", arg=name
        )
        yield time.perf_counter() - begun


def _drills(page: Page, address: str) -> Iterator[float]:
    """Go from where the most is lost to its departments, topic by topic."""
    for number in range(CLICKS):
        if number % 8 == 0:
            page.goto(f"{address}/vragen?maand={MONTHS[number // 8 % len(MONTHS)]}")
            expect(page.locator("#eerste")).to_have_count(0)
        topic = page.get_by_role("table").first.get_by_role("link").nth(number % 8)
        begun = time.perf_counter()
        topic.click()
        page.wait_for_selector("caption:has-text('Per afdeling')")
        yield time.perf_counter() - begun
        page.go_back()
        page.wait_for_selector("caption:has-text('Per onderwerp')")


def _crowd(address: str) -> None:
    title(f"{PEOPLE} people who each open {EACH} pages at once")
    with ThreadPoolExecutor(PEOPLE) as people:
        found = [part for parts in people.map(_person, [address] * PEOPLE, range(PEOPLE))
                 for part in parts]  # fmt: skip
    known = [taken for taken in found if taken is not None]
    line("a page, median", statistics.median(known))
    line("a page, p95", p95(known))
    goal("errors", len(found) - len(known), most=0)


def _person(address: str, number: int) -> list[float | None]:
    chance = random.Random(number)
    return [_opened(f"{address}{quote(_varied(chance), safe='/?=&:')}") for _ in range(EACH)]


def _varied(chance: random.Random) -> str:
    path = chance.choice([page for page in PAGES if page not in ("/vandaag", "/definities")])
    return f"{path}{'&' if '?' in path else '?'}maand={chance.choice(MONTHS)}"


def _opened(address: str) -> float | None:
    begun = time.perf_counter()
    try:
        with urlopen(address, timeout=60) as answer:  # noqa: S310 (our own)
            good = "niet op te vragen" not in answer.read().decode()
    except URLError:
        good = False
    return time.perf_counter() - begun if good else None


def p95(taken: Sequence[float]) -> float:
    """Return the time that 95 % did not exceed."""
    return sorted(taken)[-(-95 * len(taken) // 100) - 1]
