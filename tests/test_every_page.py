"""Every page of the site: by keyboard, at 200 %, on a narrow screen, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.app import PAGES
from metrics.board import Board
from tests.fixtures_browser import Serve

KEYS = [key for key, _, _ in PAGES]
MOST_STOPS = 60
FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: `${at.tagName} ${at.textContent.trim().slice(0, 30)}`,
    body: at === document.body,
    seen: at.checkVisibility() && box.bottom > 0 && box.top < innerHeight,
    free: !above || at.contains(above) || above.contains(at) || at.labels?.[0]?.contains(above),
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
  };
}"""
FITS = "width => document.documentElement.scrollWidth <= width"
SMALL = """() => [...document.querySelectorAll('main a, main button, main select, main summary')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
  .map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([name]) => name)"""


@pytest.fixture
def opened(page: Page, serve: Serve, town_board: Board, key: str) -> Page:
    """A page on a desk, when React has drawn it."""
    page.emulate_media(reduced_motion="reduce")  # a focus that is scrolled to is there at once
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{serve(town_board).url}/{key}")
    expect(page.locator("#eerste")).to_have_count(0, timeout=30_000)
    return page


@pytest.mark.parametrize("key", KEYS)
def test_a_page_works_by_keyboard_at_every_width_and_on_paper(opened: Page) -> None:
    # the first stop skips the way around
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator("#hoofd")).to_be_focused()

    # every stop is on the screen, uncovered, and marked; no stop holds the keyboard
    stops = list(stops_of(opened))
    assert len(stops) == len(set(stops)) or len(stops) == MOST_STOPS
    assert opened.evaluate(SMALL) == []

    for width in (640, 320):  # 640: what is left of 1280 at 200 %
        opened.set_viewport_size({"width": width, "height": 800})
        opened.wait_for_function(FITS, arg=width)  # a chart draws itself anew

    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.emulate_media(media="print")
    expect(opened.locator("header nav")).to_be_hidden()
    expect(opened.get_by_role("heading", level=1)).to_be_visible()
    for choices in opened.locator("form.filters").all():
        expect(choices).to_be_hidden()


def stops_of(page: Page) -> Iterator[str]:
    """Press Tab until the page is over, or often enough."""
    for number in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["body"]:
            return
        assert (stop["seen"], stop["free"], stop["marked"]) == (True, True, True), stop
        yield f"{number} {stop['name']}"
