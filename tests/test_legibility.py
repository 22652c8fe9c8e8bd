"""Letters that can be read from where people stand: the arithmetic, and the page that checks it."""

from __future__ import annotations

import pytest
from dash import html
from playwright.sync_api import Page, expect

from dashboard.beside import diagnosis
from dashboard.legibility import CLASSES, min_font_px
from dashboard.markup import html_of
from tests.fake_board import FakeBoard
from tests.fixtures_browser import Serve
from tests.wall_cast import open_wall


@pytest.mark.parametrize(
    ("metres", "inch", "minutes", "pixels"),
    [(5, 55, 16, 52.4), (5, 55, 22, 72.1), (6, 55, 22, 86.5), (3, 55, 16, 31.5), (5, 43, 16, 67.1)],
)
def test_the_smallest_font_follows_from_distance_and_screen(
    metres: float, inch: float, minutes: float, pixels: float
) -> None:
    assert round(min_font_px(metres, inch, minutes), 1) == pixels


def test_four_times_the_pixels_are_twice_the_height() -> None:
    assert min_font_px(5, 55, 16, px_hoog=2160) == pytest.approx(2 * min_font_px(5, 55, 16))


def test_a_face_with_low_capitals_must_be_larger() -> None:
    assert min_font_px(5, 55, 16, cap=0.655) > min_font_px(5, 55, 16, cap=0.7)


def test_the_classes_have_the_floors_that_the_wall_is_made_with() -> None:
    assert [kind.floor(5, 55) for kind in CLASSES] == [87, 53, 42, 36]


def test_the_diagnosis_reads_screen_and_distance_from_the_wall() -> None:
    wall = html.Div(id="wand", **{"data-inch": 43, "data-afstand": 4.5})
    drawn = html_of(diagnosis(wall))
    assert "Scherm van 43 inch, gelezen van 4,5 meter" in drawn
    assert f'data-minstens="{CLASSES[1].floor(4.5, 43)}"' in drawn


def test_the_diagnosis_says_that_all_is_large_enough(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()), "?kiosk=1&diagnose=1")
    expect(page.locator("#diagnose-oordeel")).to_have_text("Alles is groot genoeg.")
    rows = page.locator("#diagnose tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("53 px")
    expect(rows.nth(1)).to_contain_text("goed")


def test_the_diagnosis_warns_when_the_window_leaves_letters_too_small(
    page: Page, serve: Serve
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_wall(page, serve(FakeBoard()), "?diagnose=1")  # the bar takes its part of the screen
    verdict = page.locator("#diagnose-oordeel")
    expect(verdict).to_contain_text("Te klein: klasse B, C, D.")
    expect(page.locator("#diagnose tr.te-klein")).to_have_count(3)


def test_nobody_sees_a_diagnosis_who_did_not_ask(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    expect(page.locator("#diagnose")).to_have_count(0)
