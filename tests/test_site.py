"""What the pages share: the way around, filters in the address, a store that is away, mistakes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dash import html
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from dashboard import app as application
from dashboard.app import create_app
from dashboard.filters import Filter, form, link
from dashboard.site import Asked, Contents, Site
from tests.fake_board import MONDAY_1432, FakeBoard, fixed
from tests.fixtures_browser import Serve
from tests.wall_cast import violations

KIND = Filter(key="soort", label="Soort", choices={"": "Alles", "a": "Appels", "p": "Peren"})


def fruit(site: Site, asked: Asked) -> Contents:
    """A page of its own: a filter, a link, and what was asked."""
    site.board.revision()
    return [
        html.H1("Fruit"),
        form([KIND], asked),
        html.P(f"Gekozen: {KIND.chosen(asked) or 'alles'}", id="gekozen"),
        link("Peren", asked, soort="p"),
    ]


@pytest.fixture
def fruit_page(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeBoard], FlaskClient]:
    monkeypatch.setattr(application, "PAGES", (("fruit", "Fruit", fruit),))
    return lambda board: create_app(board, fixed(MONDAY_1432)).server.test_client()


def test_the_first_html_answers_what_the_address_asks(
    fruit_page: Callable[[FakeBoard], FlaskClient],
) -> None:
    client = fruit_page(FakeBoard())
    assert "Gekozen: alles" in client.get("/fruit").text
    assert "Gekozen: p" in client.get("/fruit?soort=p").text
    asked = client.get("/fruit/_dash-layout", headers={"Referer": "http://x/fruit?soort=a"})
    assert "Gekozen: a" in asked.text


def test_a_choice_that_does_not_exist_is_explained(
    fruit_page: Callable[[FakeBoard], FlaskClient],
) -> None:
    told = fruit_page(FakeBoard()).get("/fruit?soort=<b>").text
    assert "&lt;b&gt;" in told
    assert "<b>" not in told
    assert "kies uit" in told


def test_a_store_that_is_away_is_said(fruit_page: Callable[[FakeBoard], FlaskClient]) -> None:
    board = FakeBoard()
    client = fruit_page(board)
    board.broken = True
    assert "De cijfers zijn nu niet op te vragen." in client.get("/fruit").text
    board.broken = False
    assert "Gekozen" in client.get("/fruit").text


def test_an_answer_is_kept_until_something_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[Asked] = []

    def counted(site: Site, asked: Asked) -> Contents:
        times.append(asked)
        return fruit(site, asked)

    monkeypatch.setattr(application, "PAGES", (("fruit", "Fruit", counted),))
    board = FakeBoard()
    client = create_app(board, fixed(MONDAY_1432)).server.test_client()
    for _ in range(3):
        client.get("/fruit?soort=p")
    assert len(times) == 1
    board.change()
    client.get("/fruit?soort=p&thema=donker")
    assert times[1:] == [{"soort": "p"}]


@pytest.mark.usefixtures("fruit_page")
def test_a_choice_changes_the_page_and_the_address_without_loading_it(
    page: Page, serve: Serve
) -> None:
    page.goto(f"{serve(FakeBoard()).url}/fruit?thema=donker")
    expect(page.locator("#eerste")).to_have_count(0)
    page.evaluate("window.before = true")
    page.get_by_label("Soort").select_option("Appels")
    expect(page.locator("#gekozen")).to_have_text("Gekozen: a")
    assert page.url.endswith("/fruit?soort=a&thema=donker")
    page.get_by_role("link", name="Peren").click()
    expect(page.locator("#gekozen")).to_have_text("Gekozen: p")
    expect(page.get_by_label("Soort")).to_have_value("p")
    page.go_back()
    expect(page.locator("#gekozen")).to_have_text("Gekozen: a")
    assert page.evaluate("window.before")


@pytest.mark.usefixtures("fruit_page")
def test_without_javascript_the_form_works(serve: Serve, page: Page) -> None:
    assert page.context.browser
    plain = page.context.browser.new_context(java_script_enabled=False)
    tab = plain.new_page()
    tab.goto(f"{serve(FakeBoard()).url}/fruit")
    tab.get_by_label("Soort").select_option("Peren")
    tab.get_by_role("button", name="Toon").click()
    expect(tab.locator("#gekozen")).to_have_text("Gekozen: p")
    plain.close()


@pytest.mark.usefixtures("fruit_page")
@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_the_way_around_is_accessible_and_by_keyboard(page: Page, serve: Serve, mode: str) -> None:
    page.goto(f"{serve(FakeBoard()).url}/fruit?thema={mode}")
    expect(page.locator("#eerste")).to_have_count(0)
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Fruit")).to_have_attribute("aria-current", "page")
