"""The wall at a desk and on the wall: pause, kiosk, night, the first picture, the daily reload."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from dashboard.limits import Limits
from data.walls import Screen, Wall
from tests.fake_board import MONDAY_1432, FakeBoard, FakeHours, fixed
from tests.fixtures_browser import AT_ONCE, Live, Serve, Watched
from tests.test_wall_fresh import EXPECTED_WAIT, QUICK, BreathingBoard, real_clock
from tests.wall_cast import closed_board, open_wall

NIGHT = datetime(2026, 11, 24, 3, 59, 55, tzinfo=MONDAY_1432.tzinfo)
OPEN_FOR_HOURS = """
  Math.random = () => 0;
  const since = performance.now.bind(performance);
  performance.now = () => since() + 2 * 3600e3;
"""


# ── at a desk ──────────────────────────────────────────────────────────────────────────────


def test_the_keyboard_pauses_and_resumes(page: Page, serve: Serve) -> None:
    board = BreathingBoard()
    open_wall(page, serve(board, clock=real_clock))
    button = page.get_by_role("button", name="Pauzeer verversen")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    outline = button.evaluate("e => getComputedStyle(e).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ga verder")).to_be_focused()
    expect(page.locator("#pauze-stand")).to_have_text("Het verversen is gepauzeerd.")
    board.change(wachtenden=12.0)
    expect(page.locator("#pauze-leeftijd")).to_contain_text("Gepauzeerd, cijfers zijn 2 seconden")
    expect(page.locator("#wachtenden .getal")).to_have_text("8")
    page.keyboard.press("Space")
    expect(page.locator("#wachtenden .getal")).to_have_text("12")
    expect(page.locator("#pauze-leeftijd")).to_be_empty()
    expect(button).to_be_focused()


def test_nothing_moves_while_paused(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    page.get_by_role("button", name="Pauzeer verversen").click()
    paused_at = page.locator("#langst_wachtende .getal").inner_text()
    expect(page.locator("#pauze-leeftijd")).to_contain_text("4 seconden oud")
    assert page.locator("#langst_wachtende .getal").inner_text() == paused_at


def test_paused_figures_grow_old_as_any_others(page: Page, serve: Serve) -> None:
    open_wall(page, serve(BreathingBoard(), limits=QUICK, clock=real_clock))
    page.get_by_role("button", name="Pauzeer verversen").click()
    banner = page.locator("#verbinding")
    expect(banner).to_contain_text("Gepauzeerd: cijfers zijn", timeout=EXPECTED_WAIT)
    assert "Binnen norm" not in page.locator("#wand").inner_text()
    page.get_by_role("button", name="Ga verder").click()
    expect(banner).to_be_hidden()
    expect(page.locator("#wachtenden .stand").first).to_have_text("Binnen grens")


def test_a_visitor_can_choose_the_other_wall(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    page.get_by_role("link", name="Lichte wand").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.get_by_role("link", name="Donkere wand").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


# ── on the wall ────────────────────────────────────────────────────────────────────────────


def test_a_kiosk_has_no_controls_and_no_pointer(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()), "?kiosk=1")
    expect(page.locator("button, a, [tabindex]")).to_have_count(0)
    assert page.locator("body").evaluate("e => getComputedStyle(e).cursor") == "none"
    box = page.locator("#baan").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1920, "height": 1080}


def test_the_picture_steps_aside_now_and_then(page: Page, serve: Serve) -> None:
    page.clock.install(time=real_clock())
    patient = Limits(silence=3600, watchdog=3600)  # minutes pass here that the server knows not of
    open_wall(page, serve(FakeBoard(), limits=patient), "?kiosk=1")
    place = page.locator("#baan").bounding_box()
    page.clock.run_for(181_000)
    moved = page.locator("#baan").bounding_box()
    assert place is not None
    assert moved is not None
    assert (moved["x"] - place["x"], moved["y"] - place["y"]) == (4, 0)


def at_night(does: str) -> list[Wall]:
    return [replace(AT_ONCE, screen=Screen(nacht=does))]


def test_closed_is_calm_and_says_until_when(page: Page, serve: Serve) -> None:
    board = closed_board()
    open_wall(page, serve(board), "?kiosk=1")
    expect(page.locator("#wand")).to_have_attribute("data-dicht", "")
    expect(page.locator("#melding")).to_have_text("Gesloten tot morgen 8:30")
    expect(page.locator(".let-op, .actie")).to_have_count(0)
    board.hours_ = FakeHours()
    board.change(wachtenden=1.0)
    expect(page.locator("#wand")).not_to_have_attribute("data-dicht", "")


def test_a_wall_dims_outside_opening_hours_and_only_then(page: Page, serve: Serve) -> None:
    board = closed_board()
    open_wall(page, serve(board, walls=at_night("dim")), "?kiosk=1")
    picture = page.locator("#baan")
    expect(picture).to_have_css("filter", "brightness(0.45)")
    board.hours_ = FakeHours()
    board.change(wachtenden=1.0)
    expect(picture).to_have_css("filter", "none")


def test_a_wall_that_stays_on_does_not_dim(page: Page, serve: Serve) -> None:
    open_wall(page, serve(closed_board(), walls=at_night("aan")), "?kiosk=1")
    expect(page.locator("#wand")).to_have_attribute("data-dicht", "")
    expect(page.locator("#baan")).to_have_css("filter", "none")


def test_at_night_a_wall_can_show_the_time_only(page: Page, serve: Serve) -> None:
    page.goto(f"{serve(closed_board(), walls=at_night('klok')).url}/wand?kiosk=1")
    for shown in ("#klok", "#melding"):
        expect(page.locator(shown)).to_be_in_viewport(ratio=1)
    expect(page.locator("#wachtenden")).to_be_hidden()
    expect(page.locator("#maand")).to_be_hidden()


def test_at_a_desk_nothing_dims(page: Page, serve: Serve) -> None:
    open_wall(page, serve(closed_board(), walls=at_night("klok")))
    expect(page.locator("#wand")).to_have_attribute("data-dicht", "")
    expect(page.locator("#wachtenden")).to_be_visible()


def test_nothing_is_animated(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.fixture
def night(page: Page, serve: Serve) -> tuple[Live, FakeBoard]:
    board = FakeBoard(now=NIGHT)
    page.add_init_script(OPEN_FOR_HOURS)
    live = serve(board, clock=fixed(NIGHT))
    open_wall(page, live, "?kiosk=1")
    page.evaluate("window.before = true")
    return live, board


def test_every_night_the_page_is_loaded_anew(page: Page, night: tuple[Live, FakeBoard]) -> None:
    assert night
    page.wait_for_function("() => !window.before", timeout=EXPECTED_WAIT)


def test_but_not_from_a_server_that_is_ill(
    page: Page, night: tuple[Live, FakeBoard], watched: Watched
) -> None:
    night[1].broken = True
    with page.expect_response("**/healthz", timeout=EXPECTED_WAIT) as answer:
        pass
    assert answer.value.status == 503
    assert page.evaluate("window.before")
    watched.forgive()


# ── the first picture ──────────────────────────────────────────────────────────────────────


def test_without_javascript_the_wall_shows_its_figures(page: Page, serve: Serve) -> None:
    live, browser = serve(FakeBoard()), page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False) as context:
        bare = context.new_page()
        bare.goto(f"{live.url}/wand?kiosk=1")
        expect(bare.locator("#wachtenden .getal")).to_be_visible()
        expect(bare.locator("#kop")).to_contain_text("Laatste update 14:31:55")
        expect(bare.locator(".zonder-script")).to_contain_text("JavaScript staat uit.")


def test_the_living_wall_takes_the_place_of_the_first_picture_without_a_flash(
    page: Page, serve: Serve
) -> None:
    page.add_init_script(
        """const frames = window.frames_seen = [];
        const look = () => {
          const shown = [...document.querySelectorAll('#wachtenden .getal')]
            .filter(e => e.checkVisibility()).map(e => e.textContent);
          if (document.body && document.querySelector('#wachtenden')) frames.push(shown.join());
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);"""
    )
    open_wall(page, serve(FakeBoard()))
    expect(page.locator("#eerste")).to_have_count(0)
    assert page.evaluate("frames_seen.length") > 0
    assert set(page.evaluate("frames_seen")) == {"8"}
    expect(page.locator("#wand")).to_have_count(1)


def test_the_first_picture_grows_old_too_when_the_rest_never_comes(
    page: Page, serve: Serve, watched: Watched
) -> None:
    live = serve(BreathingBoard(), limits=QUICK, clock=real_clock)
    for rest in ("_dash-layout", "_dash-dependencies", "stroom"):
        page.route(f"**/{rest}", lambda route: route.abort())
    page.goto(f"{live.url}/wand")
    expect(page.locator("#eerste #wachtenden .getal")).to_have_text("8")
    expect(page.locator("#eerste #verbinding")).to_contain_text("Stuur niet op dit scherm.")
    assert "Binnen norm" not in page.locator("#eerste").inner_text()
    watched.forgive()
