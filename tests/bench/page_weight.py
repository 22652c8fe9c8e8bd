"""What a screen loads and when it shows figures: the wall beside plain Dash with one Graph."""

from __future__ import annotations

import logging
import statistics
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
from dash import Dash, dcc, html
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from dashboard.app import create_app
from dashboard.delivery import deliver
from tests.bench.timing import title
from tests.fake_board import FakeBoard
from tests.fixtures_browser import FLAGS, MOMENT, SCREEN, chromium
from tests.web_server import served

LOADS = 5
SEEN = """(() => {
  window.seen = {};
  const look = () => {
    for (const [name, where] of Object.entries(%s))
      if (!(name in seen) && document.querySelector(where)?.checkVisibility())
        seen[name] = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


@dataclass(frozen=True)
class Measured:
    """One load of a page."""

    scripts: int
    everything: int
    requests: int
    seen: dict[str, float]


def run(folder: Path) -> None:
    """Load both pages a few times with nothing in the cache, then once more with it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    title("schermen: the wall beside a plain Dash page with one dcc.Graph")
    wall = create_app(FakeBoard(), MOMENT)
    wall.watcher.start()
    with (
        sync_playwright() as playwright,
        served(wall.server) as ours,
        served(plain_page(folder)) as theirs,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(f"{'':22}{'JS kB':>8}{'all kB':>8}{'requests':>10}{'figures s':>11}{'again s':>9}")
        weight = {
            "wall": told(browser, "/wand", f"{ours}/wand?kiosk=1", "#wachtenden .getal"),
            "plain": told(browser, "Dash with dcc.Graph", theirs, ".js-plotly-plot .main-svg"),
        }
        browser.close()
    wall.watcher.stop()
    print(f"the wall has {weight['wall'] / weight['plain']:.0%} of the JavaScript")


def plain_page(folder: Path) -> Flask:
    """A page as the first example of Dash has it, its files compressed as ours are."""
    server = Flask("plain")
    app = Dash("plain", server=server, assets_folder=str(folder))  # type: ignore[arg-type]
    figure = go.Figure(go.Scatter(y=[97, 94, 92, 88, 86, 87, 88]))
    app.layout = html.Div([html.H1("Bereikbaarheid"), dcc.Graph(figure=figure)])
    deliver(server)
    return server


def told(browser: Browser, name: str, address: str, figure: str) -> int:
    """Print one line; return the bytes of its scripts."""
    cold, warm = [], []
    for _ in range(LOADS):
        with browser.new_context(viewport=SCREEN) as context:
            cold.append(load(context, address, figure))
            warm.append(load(context, address, figure))
    first = cold[0]
    seen = statistics.median(one.seen["figures"] for one in cold) / 1000
    again = statistics.median(one.seen["figures"] for one in warm) / 1000
    sizes = f"{first.scripts / 1000:8.0f}{first.everything / 1000:8.0f}{first.requests:10}"
    print(f"{name:22}{sizes}{seen:11.2f}{again:9.2f}")
    return first.scripts


def load(context: BrowserContext, address: str, figure: str) -> Measured:
    """Load a page and add up what came over the line."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.add_init_script(SEEN % {"figures": figure})
    page.goto(address)
    page.wait_for_function("() => 'figures' in seen")
    page.wait_for_selector("#react-entry-point *")
    page.wait_for_timeout(1500)  # what a page fetches after its first figures counts too
    seen = page.evaluate("seen")
    page.close()
    scripts = sum(size for key, size in sizes.items() if kinds.get(key) == "Script")
    return Measured(round(scripts), round(sum(sizes.values())), len(sizes), seen)
