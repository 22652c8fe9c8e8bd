"""The wall as an eye sees it: large enough, nothing cut off, accessible, alarm before attention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from dashboard.measures import shown
from dashboard.questions import ask_all
from dashboard.theme import DEFAULT, themes
from data.walls import Wall
from tests.fake_board import (
    CATALOGUE,
    MONDAY_1432,
    FakeBoard,
    FakeNeed,
    FakePlan,
    FakeUsual,
)
from tests.fixtures_browser import AT_ONCE, Serve
from tests.wall_cast import (
    alarm_board,
    attention_board,
    busy_board,
    closed_board,
    empty_board,
    gone_board,
    open_wall,
    planned_board,
    stale_board,
    violations,
)

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
STATES = {
    "calm": FakeBoard,
    "attention": attention_board,
    "alarm": alarm_board,
    "busy": busy_board,
    "stale": stale_board,
    "gone": gone_board,
    "closed": closed_board,
    "empty": empty_board,
}
FLOORS = """() => {
  const u = screen.height / 1080, small = [];
  const walker = document.createTreeWalker(document.querySelector('#wand'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest('.visually-hidden, script')) continue;
    const drawn = element.closest('svg');
    const scale = drawn ? drawn.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale / u;
    const reading = element.closest('h2, .stand, #melding, #verbinding');
    const floor = element.matches('.getal') ? 87 : reading && !element.matches('.bij') ? 53
      : element.matches('.verband, tbody *') ? 42 : 36;
    if (size < floor - 0.1) small.push(`${node.textContent}: ${size} < ${floor}`);
  }
  return small;
}"""
# Sideways anywhere; downwards only where something would be cut off.
OVERFLOW = """() => [...document.querySelectorAll('#wand *')].filter(e => {
    const style = getComputedStyle(e), cuts = style.overflow === 'hidden';
    if (e.closest('svg, .svg, .visually-hidden, .strook') || !e.checkVisibility()) return false;
    if (style.display === 'inline' || style.textOverflow === 'ellipsis') return false;
    return e.scrollWidth > e.clientWidth + 2 || (cuts && e.scrollHeight > e.clientHeight + 2);
  }).map(e => `${e.tagName}.${e.className} ${e.textContent}`)"""


@pytest.mark.parametrize("board", STATES.values(), ids=STATES)
def test_text_is_large_enough_and_fits_every_screen(
    page: Page, serve: Serve, board: Callable[[], FakeBoard]
) -> None:
    live = serve(board())
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        open_wall(page, live, "?kiosk=1")
        assert page.evaluate(FLOORS) == [], width
        assert page.evaluate(OVERFLOW) == [], width
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1366, 600), (2560, 1080)])
def test_the_whole_wall_fits_a_window_of_any_shape(
    page: Page, serve: Serve, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_wall(page, serve(busy_board()))
    for part in ("#kop", "#maand", "#pauze"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_the_wall_is_accessible_in_every_state(
    page: Page, serve: Serve, theme: str, mode: str
) -> None:
    shown = STATES if theme == DEFAULT else {"alarm": alarm_board, "stale": stale_board}
    for name, board in shown.items():
        open_wall(page, serve(board(), thema=theme), f"?thema={mode}&diagnose=1")
        assert violations(page) == [], name


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_the_first_page_is_accessible_too(page: Page, serve: Serve, theme: str, mode: str) -> None:
    page.goto(f"{serve(busy_board(), thema=theme).url}/?thema={mode}")
    expect(page.locator(".kaarten tbody tr")).to_have_count(2)
    assert violations(page) == []


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_in_greyscale_an_alarm_stands_out_before_an_attention_before_calm(
    page: Page, serve: Serve, theme: str, mode: str
) -> None:
    open_wall(page, serve(alarm_board(), thema=theme), f"?kiosk=1&thema={mode}")
    page.add_style_tag(content="html { filter: grayscale(1); }")
    inside, *borders = page.evaluate(EDGES)
    strengths = [abs(border - inside) for border in borders]
    assert all(stronger > weaker + 20 for stronger, weaker in pairwise(strengths))


EDGES = """async () => {
  const grey = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const tile = (area) => getComputedStyle(document.querySelector(`${area} .tegel`));
  const border = (area) => tile(area).boxShadow.match(/^rgba?\\([^)]*\\)/)?.[0];
  const calm = tile('#wachtenden').backgroundColor;
  const borders = ['#langst_wachtende', '#wachttijd', '#wachtenden'].map(border);
  return [calm, ...borders.map(found => found || calm)].map(grey);
}"""


def test_the_light_wall_is_served_as_such(page: Page, serve: Serve) -> None:
    live = serve(FakeBoard())
    for asked, mode in (("?thema=licht", "light"), ("?thema=roze", "dark"), ("", "dark")):
        answer = page.request.get(f"{live.url}/wand{asked}")
        assert f'<html lang="nl" data-bs-theme="{mode}" data-pagina="wand"' in answer.text()


def test_what_is_normal_lies_behind_the_bar(page: Page, serve: Serve) -> None:
    open_wall(page, serve(planned_board()))
    page.wait_for_function(BEHIND)


BEHIND = """() => {
  const strip = document.querySelector('#react-entry-point #wachtenden .strook');
  const [band, bar] = ['.normaal', '.balk'].map((part) => strip.querySelector(part));
  const at = (e) => e.getBoundingClientRect(), whole = at(strip);
  const middle = document.elementFromPoint(
    whole.left + whole.width * 0.3, whole.top + whole.height / 2);
  const near = (found, told) => Math.abs(found - told) < 0.01;
  return near((at(band).left - whole.left) / whole.width, 3 / 9 / 1.6)
    && near(at(band).width / whole.width, 6 / 9 / 1.6)
    && at(band).height === whole.height && middle === bar;
}"""


def title_of(key: str) -> str:
    wall = Wall(tegels=("wachtenden", "langst_wachtende", key), dag="doorverbonden")
    return shown(key, ask_all(FakeBoard(), wall, MONDAY_1432), wall).tile.title


def test_no_tile_has_a_title_that_is_cut_off(page: Page, serve: Serve) -> None:
    titles = {title_of(key) for key, kpi in CATALOGUE.items() if kpi.measure.fact.feed == "gesprek"}
    open_wall(page, serve(FakeBoard()), "?kiosk=1")
    head = page.locator("#react-entry-point #wachttijd h2")
    cut = "(e, title) => { e.textContent = title; return e.scrollWidth > e.clientWidth; }"
    assert len(titles) > 20
    assert [title for title in titles if head.evaluate(cut, title)] == []


def test_a_long_name_of_a_wall_leaves_the_clock_and_the_time_of_the_figures_alone(
    page: Page, serve: Serve
) -> None:
    name = "</title><script>alert(1)</script> {css} & Klantcontactcentrum Haarlem en Zandvoort"
    wall = Wall(titel=name, damping=AT_ONCE.damping)
    page.goto(f"{serve(busy_board(), walls=[wall]).url}/wand?kiosk=1")
    expect(page.locator("#react-entry-point #kop h1")).to_contain_text(name)
    expect(page).to_have_title(f"{name}: nu")
    edges = page.evaluate(
        """() => ['#kop h1', '#kop .demonstratie', '#kop .bijgewerkt', '#klok'].flatMap((part) => {
          const at = document.querySelector(part).getBoundingClientRect();
          return [at.left, at.right];
        })"""
    )
    assert edges == sorted(edges)
    assert edges[-1] <= 1920


def test_how_many_others_need_action_is_told_after_the_longest_names(
    page: Page, serve: Serve
) -> None:
    board = busy_board()
    board.queues = {f"{number}_{'vergunningen_' * 5}": (4.0, 0.5) for number in range(8)}
    board.change(langst_wachtende=72.0, wachttijd=18.0, bereikbaarheid=0.95, wachtenden=0.0)
    open_wall(page, serve(board), "?kiosk=1")
    rest = page.locator("#react-entry-point #melding .rest")
    expect(rest).to_have_text("+ 6 andere")
    expect(rest).to_be_in_viewport(ratio=1)


def test_staffing_stands_on_the_wall_with_what_is_needed(page: Page, serve: Serve) -> None:
    wall = Wall(tegels=("wachtenden", "langst_wachtende", "bezetting"), damping=AT_ONCE.damping)
    need = FakeNeed(MONDAY_1432 + timedelta(minutes=28), 8)
    board = FakeBoard(staffing_=FakePlan((need,)), usual_=FakeUsual(3, 9))
    page.goto(f"{serve(board, walls=[wall]).url}/wand?kiosk=1")
    team = page.locator("#react-entry-point #bezetting")
    expect(team.locator(".getal")).to_have_text("6")
    expect(team.locator(".verband")).to_have_text("2 medewerkers te weinig voor de norm om 15:00")
    expect(team.locator(".stand").first).to_have_text("Let op")
    expect(page.locator("#react-entry-point #wachtenden .strook .normaal")).to_have_count(1)
    assert page.evaluate(FLOORS) == []
    assert page.evaluate(OVERFLOW) == []
