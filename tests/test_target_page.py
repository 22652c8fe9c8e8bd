"""The page of targets: what it says of a month, of one target and of its parts; its links."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from dashboard.app import create_app
from dashboard.page import MODES
from dashboard.theme import DEFAULT, tokens
from tests.fake_board import MONDAY_1432, FakeBoard, fixed
from tests.fixtures_browser import Serve
from tests.site_cast import open_page
from tests.target_cast import targets_board
from tests.wall_cast import violations

ONE = "?doel=digitaal_of_kcc"
LEVELS = ("", ONE, f"{ONE}&op=afdeling", f"{ONE}&alleen=afdeling:Burgerzaken")


@pytest.fixture
def client() -> FlaskClient:
    return create_app(targets_board(), fixed(MONDAY_1432)).server.test_client()


def text_of(html: str) -> str:
    """What a reader reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def told(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/doelen{query}")
    assert answer.status_code == 200
    return text_of(answer.text.partition('<div id="react-entry-point">')[0])


# ── all targets ────────────────────────────────────────────────────────────────────────────


def test_the_page_begins_with_how_many_targets_were_met(client: FlaskClient) -> None:
    page = told(client)
    assert "In oktober 2026 halen we 3 van de 6 doelen. Van 1 doel is er geen cijfer." in page
    assert "Eerst aan de beurt: Terugbelverzoeken op tijd teruggebeld (75%, norm 90%)" in page


def test_each_target_has_its_facts_apart(client: FlaskClient) -> None:
    page = told(client)
    row = page[page.rindex("Terugbelverzoeken op tijd teruggebeld") :]
    for fact in ("75%", "90%", "niet gehaald", "Verslechtering meer dan toeval", "Haalt norm niet",
                 "nu ingrijpen", "geen prognose: het proces verandert"):  # fmt: skip
        assert fact in row


def test_the_growth_path_the_forecast_and_its_hit_rate_are_told(client: FlaskClient) -> None:
    page = told(client)
    assert "niet op het groeipad (79,3%)" in page
    assert "dec. 79%, 77 tot 81% de prognose kwam 85 van de 111 keer uit" in page
    assert "nodig: minstens gemiddeld 80%" in page


def test_another_month_can_be_chosen_of_the_last_two_years(client: FlaskClient) -> None:
    assert "In maart 2026 halen we" in told(client, "?maand=2026-03")
    assert client.get("/doelen").text.count("<option") == 24
    assert "kies uit 2026-10" in told(client, "?maand=2026-11")


def test_without_norms_the_page_says_what_to_do() -> None:
    empty = create_app(FakeBoard(catalogue={}), fixed(MONDAY_1432)).server.test_client()
    assert "Er is nog geen norm ingesteld" in told(empty)


def test_the_start_page_leads_there(client: FlaskClient) -> None:
    assert r'\u002fdoelen"' in client.get("/_dash-layout").text


# ── one target ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", LEVELS[1:])
def test_each_level_has_its_six_elements(client: FlaskClient, query: str) -> None:
    page, html = told(client, query), client.get(f"/doelen{query}").text
    assert "Oktober 2026 79%" in page
    assert "Norm 80%" in page
    assert "grafiek-plaats" in html
    assert "Verbetering meer dan toeval" in page
    assert "/definities#digitaal_of_kcc" in html
    assert "Toon als tabel" in page
    assert "vorm=csv" in html


def test_the_conclusion_is_the_title_of_the_chart(client: FlaskClient) -> None:
    assert "afgehandeld: al 8 maanden boven het gemiddelde" in told(client, ONE)


def test_the_table_has_every_month_of_the_chart(client: FlaskClient) -> None:
    page = told(client, ONE)
    assert "november 2024 76% 80% – 75,1% tot 78,9%" in page
    assert "oktober 2026 79% 80% 79,3% 75,1% tot 78,9% verbetering: verschuiving" in page


def test_the_file_has_the_months_of_the_chart(client: FlaskClient) -> None:
    asked = urlencode({"van": "2024-11-01", "tot": "2026-11-01", "per": "maand", "vorm": "csv"})
    html = unescape(client.get(f"/doelen{ONE}").text)
    assert f'href="/api/v1/kpis/digitaal_of_kcc?{asked}"' in html


def test_the_file_of_a_part_is_the_one_that_hides_what_is_small(client: FlaskClient) -> None:
    html = unescape(client.get(f"/doelen{LEVELS[3]}").text)
    assert "/api/v1/doelen?doel=digitaal_of_kcc&maand=2026-10&alleen=afdeling%3ABurgerzaken" in html
    assert "/api/v1/kpis/digitaal_of_kcc?van" not in html


def test_what_was_recorded_is_listed(client: FlaskClient) -> None:
    page = told(client, "?doel=binnen_termijn")
    assert "1 september 2025 nieuwe grenzen nieuw zaaksysteem adviseur; akkoord teammanager" in page
    assert "5 januari 2026 gebeurtenis Sneeuw en ijzel teammanager" in page
    assert "Nieuwe website" not in page


def test_parts_stand_by_name_and_the_small_ones_are_hidden(client: FlaskClient) -> None:
    page, html = told(client, LEVELS[2]), client.get(f"/doelen{LEVELS[2]}").text
    assert "Archief – – te klein om te tonen, of om een kleine te beschermen" in page
    assert "Omgevingsrecht 74% 23" in page
    assert "te weinig voor een oordeel" in page
    assert "alleen=afdeling%3ABurgerzaken" in html
    assert "alleen=afdeling%3AArchief" not in html


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("?doel=bereikbaarhied", "dit doel bestaat niet"),
        (f"{ONE}&op=wachtrij", "zo is digitaal_of_kcc niet te verdelen"),
        (f"{ONE}&alleen=Burgerzaken", "schrijf verdeling=waarde"),
        (f"{ONE}&alleen=wachtrij:afval", "zo is digitaal_of_kcc niet te verdelen"),
    ],
)
def test_a_mistake_in_the_address_is_explained(client: FlaskClient, query: str, hint: str) -> None:
    assert hint in told(client, query)


def test_a_part_that_never_was_is_explained() -> None:
    board = targets_board()
    board.months = lambda _kpi, _month, _part: []
    client = create_app(board, fixed(MONDAY_1432)).server.test_client()
    assert "dit komt in deze maanden niet voor" in told(client, f"{ONE}&alleen=afdeling:Maan")


def test_a_month_without_parts_says_so() -> None:
    board = targets_board()
    board.parts_ = ()
    client = create_app(board, fixed(MONDAY_1432)).server.test_client()
    assert "In deze maand is er niets te verdelen." in told(client, LEVELS[2])


# ── in a browser ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["licht", "donker"])
@pytest.mark.parametrize("query", LEVELS[:3])
def test_every_level_is_accessible_in_both_themes(
    page: Page, serve: Serve, query: str, mode: str
) -> None:
    open_page(page, f"{serve(targets_board()).url}/doelen{query or '?'}&thema={mode}")
    assert violations(page) == []


@pytest.mark.parametrize("query", LEVELS[:3])
def test_nothing_is_cut_off_on_a_narrow_screen(page: Page, serve: Serve, query: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    open_page(page, f"{serve(targets_board()).url}/doelen{query}")
    assert violations(page) == []
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_way_down_and_back_is_by_keyboard(page: Page, serve: Serve) -> None:
    open_page(page, f"{serve(targets_board()).url}/doelen?thema=donker")

    def follow(name: str, title: str) -> None:
        page.get_by_role("link", name=name, exact=True).first.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator("#hoofd")).to_be_focused()

    name = "Eenvoudige vragen digitaal of via het KCC afgehandeld"
    follow(name, name)
    follow("Per afdeling", name)
    follow("Burgerzaken", "Burgerzaken")
    assert "alleen=afdeling%3ABurgerzaken" in page.url
    page.locator("#filter-maand").select_option("maart 2026")
    expect(page.locator(".feiten").first).to_contain_text("Maart 2026")
    expect(page.get_by_role("heading", level=1)).to_have_text("Burgerzaken")
    follow("Per afdeling", name)
    page.get_by_label("Kruimelpad").get_by_role("link", name="Doelen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Doelen 2026")
    assert page.url.endswith("/doelen?maand=2026-03&thema=donker")


def test_the_chart_has_the_colours_of_the_page(page: Page, serve: Serve) -> None:
    url = serve(targets_board()).url
    for mode in ("light", "dark"):
        word = next(word for word, name in MODES.items() if name == mode)
        open_page(page, f"{url}/doelen{ONE}&thema={word}")
        colour = tokens(DEFAULT, mode)["text-2"]
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        mark = page.locator(".tekening .annotation-text").first
        expect(mark).to_have_css("fill", f"rgb({red}, {green}, {blue})")


def test_a_narrow_chart_leaves_its_words_to_the_list_below(page: Page, serve: Serve) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    open_page(page, f"{serve(targets_board()).url}/doelen{ONE}")
    expect(page.locator(".tekening .annotation-text")).to_have_count(0)
    expect(page.locator(".lijnen")).to_contain_text("gemiddeld 77,0%")


def test_on_paper_the_figures_stay_and_the_ways_go(page: Page, serve: Serve) -> None:
    open_page(page, f"{serve(targets_board()).url}/doelen{ONE}")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name=re.compile("per maand"))).to_be_visible()
    expect(page.locator(".wegen")).to_be_hidden()
    expect(page.locator("form.filters")).to_be_hidden()
