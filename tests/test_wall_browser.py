"""The wall in a real browser: it shows what it is given, follows it, and says what it lacks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from data.walls import Wall
from tests.fake_board import FakeBoard, FakeSource
from tests.fixtures_browser import SCREEN, Serve, Watched
from tests.wall_cast import busy_board, closed_board, empty_board, open_wall, violations


def test_the_wall_shows_the_figures_it_is_given(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    expect(page.locator("#wachtenden .getal")).to_have_text("8")
    expect(page.locator("#wachttijd .getal")).to_have_text("0:18")
    expect(page.locator("#bereikbaarheid .waarde")).to_contain_text("92%")
    expect(page.locator("#melding")).to_have_text("Geen actie nodig")
    expect(page.locator("#wachtrijen tbody tr").nth(2)).to_have_text("Burgerzaken491%")
    expect(page.locator("#maand")).to_contain_text("Binnen termijn beantwoord 93% norm 90%")
    expect(page.locator("#kop")).to_contain_text("maandag 23 november")
    expect(page.locator("#kop")).to_contain_text("Laatste update 14:31:55")
    expect(page.locator("#klok")).to_have_text("14:32")
    expect(page.locator(".verloop .lijn")).to_have_count(1)


def test_a_change_is_on_the_wall_by_itself(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    open_wall(page, serve(board))
    page.wait_for_timeout(1200)
    board.change(wachtenden=21.0, medewerkers_beschikbaar=9.0)
    expect(page.locator("#wachtenden .getal")).to_have_text("21")
    expect(page.locator("#melding")).to_have_text("Let op: Wachtenden")
    expect(page.locator("#wachtenden .tegel")).to_have_class("tegel let-op")


def test_the_longest_wait_counts_on_between_pushes(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    board.change(langst_wachtende=298.0)
    open_wall(page, serve(board))
    expect(page.locator("#langst_wachtende .getal")).to_have_text("5:01", timeout=6000)
    expect(page.locator("#langst_wachtende .verband")).to_have_text("0:01 boven grens 5:00")


def test_without_data_the_wall_says_why(page: Page, serve: Serve) -> None:
    open_wall(page, serve(empty_board()))
    expect(page.locator("#wachtenden .getal")).to_have_text("–")
    expect(page.locator("#wachtenden .verband")).to_have_text("geen gegevens van telefonie")
    expect(page.locator("#melding")).to_have_text("Geen live cijfers")


def test_without_a_source_the_wall_says_why_and_is_not_stale(page: Page, serve: Serve) -> None:
    board = empty_board()
    board.sources_, board.reason = [], "er is geen bron die gesprekken levert"
    open_wall(page, serve(board))
    expect(page.locator("#wachtenden .verband")).to_have_text(board.reason)
    expect(page.locator("#verbinding")).to_be_hidden()


def test_a_wall_that_opens_without_a_store_says_so_and_recovers(page: Page, serve: Serve) -> None:
    board = FakeBoard(broken=True)
    page.goto(f"{serve(board).url}/wand")
    expect(page.locator("#verbinding")).to_contain_text("er zijn nog geen cijfers")
    board.broken = False
    expect(page.locator("#wachtenden .getal")).to_have_text("8")
    expect(page.locator("#verbinding")).to_be_hidden()


def test_outside_opening_hours_the_wall_is_neutral(page: Page, serve: Serve) -> None:
    open_wall(page, serve(closed_board()))
    expect(page.locator("#melding")).to_have_text("Gesloten tot morgen 8:30")
    expect(page.locator("#wachtenden .getal")).to_have_text("0")
    expect(page.locator("#langst_wachtende .verband")).to_have_text("niemand wacht")


def test_every_page_says_that_the_data_are_a_demonstration(
    page: Page, serve: Serve, watched: Watched
) -> None:
    live = serve(busy_board())
    for path in ("/", "/wand", "/bestaat-niet"):
        page.goto(live.url + path)
        expect(page.locator(".demonstratie")).to_have_text("Demonstratiegegevens")
    watched.forgive()


def test_real_data_carry_no_such_label(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    assert page.locator(".demonstratie").count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_the_start_page_is_accessible_and_reflows(page: Page, serve: Serve, width: int) -> None:
    board = busy_board()
    broken = "de map /var/log/asterisk/queue_log bestaat niet of mag niet worden gelezen"
    board.sources_ = [
        *board.sources(),
        FakeSource(naam="meldingen", soort="tickets_csv", error=broken),
    ]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(serve(board).url)
    expect(page.locator(".kaarten tbody tr")).to_have_count(3)
    expect(page.locator(".kaarten")).to_contain_text("Actueel")
    expect(page.locator(".kaarten")).to_contain_text("Nog niet gelezen")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_that_does_not_exist_is_accessible(
    page: Page, serve: Serve, watched: Watched
) -> None:
    answer = page.goto(f"{serve(FakeBoard()).url}/bestaat-niet")
    assert answer is not None
    assert answer.status == 404
    assert violations(page) == []
    page.set_viewport_size(SCREEN)
    watched.forgive()


def test_each_wall_shows_its_own(page: Page, serve: Serve) -> None:
    hall = Wall(naam="hal", titel="Hal")
    callbacks = Wall(naam="terugbel", titel="Terugbel", lijst="terugbelverzoeken")
    live = serve(FakeBoard(), walls=[hall, callbacks])
    page.goto(f"{live.url}/wand/terugbel")
    expect(page.locator("#kop h1")).to_contain_text("Terugbel")
    expect(page.locator("#terugbelverzoeken tbody tr").nth(3)).to_contain_text("Wmo en jeugd")
    page.goto(f"{live.url}/wand?kiosk=1")
    expect(page).to_have_url(f"{live.url}/wand/hal?kiosk=1")
    expect(page.locator("#kop h1")).to_contain_text("Hal")
    expect(page.locator("#wachtrijen")).to_be_visible()
    page.goto(live.url)
    expect(page.get_by_role("link", name="Wand Terugbel")).to_be_visible()
