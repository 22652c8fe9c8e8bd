"""The pages of reports in a real browser: accessible, on a phone, by keyboard, on paper."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from dashboard.page import MODES
from data.store import Store
from metrics.published.edition import Edition
from metrics.published.reports import Reports
from tests.fake_board import FakeBoard, fixed
from tests.fixtures_browser import Live, Serve, Watched
from tests.pdf_text import pages_of, squeezed
from tests.report_shelf import SHELVES, reports_of
from tests.report_town import NOW
from tests.wall_cast import violations

PLACES = ("", "/2026-10", "/2026-10/v1", "/2026-09", "/correcties")
LIGHT, DARK = PLACES, ("", "/2026-10", "/2026-09")
KEYS = {"digitaal_of_kcc", "terugbellen"}


def short(edition: Edition) -> Edition:
    """The same with two targets, for checks that look at each element."""
    told = edition.snapshot
    kept: dict[str, Any] = {
        name: tuple(one for one in getattr(told, name) if one.key in KEYS)
        for name in ("definitions", "figures", "goals", "years")
    }
    return replace(edition, snapshot=replace(told, **kept))


@pytest.fixture
def reports(on_sqlite: Store) -> Reports:
    """October, established and corrected; September, a concept."""
    return reports_of(on_sqlite, [short(one) for one in SHELVES])


@pytest.fixture
def live(serve: Serve, reports: Reports) -> Live:
    return serve(FakeBoard(), clock=fixed(NOW), reports=reports)


@pytest.mark.parametrize(("mode", "places"), [("licht", LIGHT), ("donker", DARK)])
def test_every_page_is_accessible(
    page: Page, live: Live, mode: str, places: tuple[str, ...]
) -> None:
    for place in places:
        page.goto(f"{live.url}/rapportages{place}?thema={mode}")
        expect(page.locator("html")).to_have_attribute("data-bs-theme", MODES[mode])
        assert violations(page) == [], place


def test_what_is_not_there_is_said_accessibly(page: Page, live: Live, watched: Watched) -> None:
    watched.forgive()  # the browser complains
    page.goto(f"{live.url}/rapportages/2026-01")
    expect(page.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    assert violations(page) == []


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page, live: Live) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    for place in PLACES:
        page.goto(f"{live.url}/rapportages{place}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, place


def test_by_keyboard_one_skips_to_the_contents_and_makes_a_concept(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/rapportages")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.get_by_label("Maand").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Maak concept")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/rapportages/2026-08/v1")
    expect(page.locator(".stempel")).to_have_text("CONCEPT")


def test_a_page_of_another_site_cannot_make_one(
    page: Page, live: Live, reports: Reports, watched: Watched
) -> None:
    watched.forgive()  # the browser complains of what is refused
    before = reports.entries()
    address = escape(f"{live.url}/rapportages")
    trap = f"<form method=post action='{address}'><input name=periode value=2026-08><button>Win"
    page.goto(f"data:text/html,{quote(trap)}")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit verzoek is geweigerd")
    assert reports.entries() == before


def test_a_page_needs_no_javascript(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/rapportages/2026-10")
    assert page.locator("script").count() == 0


def test_on_paper_every_sheet_says_concept_and_nothing_can_be_pressed(
    page: Page, live: Live, tmp_path: Path
) -> None:
    page.goto(f"{live.url}/rapportages/2026-09")
    page.pdf(path=str(tmp_path / "blad.pdf"), format="A4")
    sheets = pages_of((tmp_path / "blad.pdf").read_bytes())
    assert len(sheets) > 5
    assert [number for number, text in enumerate(sheets) if "CONCEPT" not in text] == []
    for absent in ("Maak concept", "python -m dashboard", "ODS, spreadsheet"):
        assert squeezed(absent) not in "".join(sheets)
