"""The wall in a real browser: it shows, follows, fits, can be read, and admits when it is old."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.limits import Limits
from data.walls import Wall
from tests.fake_board import (
    MONDAY_1432,
    FakeBoard,
    FakeHours,
    FakeNeed,
    FakePlan,
    FakeSource,
    FakeTypical,
    FakeUsual,
)
from tests.fixtures_browser import AT_ONCE, SCREEN, Live, Serve, Watched

FLOORS = """() => {
  const u = innerWidth / 1920, small = [];
  const walker = document.createTreeWalker(document.querySelector('#wand'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest('.visually-hidden')) continue;
    const drawn = element.closest('svg');
    const scale = drawn ? drawn.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale / u;
    const floor = element.matches('.getal') ? 87 : element.closest('h2, .stand, #melding') &&
      !element.matches('.bij') ? 53 : element.matches('.verband, tbody *') ? 42 : 36;
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


def busy_board() -> FakeBoard:
    """Everything at its longest: names, numbers, exceptions, demonstration data."""
    board = FakeBoard()
    board.change(
        wachtenden=1234.0,
        langst_wachtende=7322.0,
        wachttijd=754.0,
        bereikbaarheid=0.8996,
        medewerkers_beschikbaar=117.0,
    )
    board.queues = {
        "vergunningen_toezicht_en_handhaving": (1000.0, 0.512),
        "burgerzaken": (214.0, 0.8996),
        "belastingen": (3.0, 0.8957),
        "werk_en_inkomen": (20.0, 1.0),
        "wmo_en_jeugdhulp": (0.0, 0.91),
        "afval": (0.0, 0.91),
    }
    board.sources_ = [replace(source, demo=True) for source in board.sources()]
    return board


def empty_board() -> FakeBoard:
    board = FakeBoard(queues={}, typical_=FakeTypical(), reached=())
    board.values = dict.fromkeys(board.values)
    return board


def closed_board() -> FakeBoard:
    opens = MONDAY_1432.replace(hour=8, minute=30) + timedelta(days=1)
    board = FakeBoard(hours_=FakeHours(False, opens))
    board.change(wachtenden=0.0, langst_wachtende=0.0)
    return board


def open_wall(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/wand")
    expect(page.locator("#langst_wachtende .tegel")).to_be_visible()
    expect(page.locator("#klok")).not_to_be_empty()


def test_the_wall_shows_the_figures_it_is_given(page: Page, serve: Serve) -> None:
    open_wall(page, serve(FakeBoard()))
    expect(page.locator("#wachtenden .getal")).to_have_text("8")
    expect(page.locator("#wachttijd .getal")).to_have_text("0:18")
    expect(page.locator("#bereikbaarheid .waarde")).to_contain_text("92%")
    expect(page.locator("#melding")).to_have_text("Geen actie nodig")
    expect(page.locator("#wachtrijen tbody tr").nth(2)).to_have_text("Burgerzaken491%")
    expect(page.locator("#maand")).to_contain_text("Binnen termijn beantwoord 93% norm 90%")
    expect(page.locator("#kop")).to_contain_text("maandag 23 november")
    expect(page.locator("#kop")).to_contain_text("Laatste update 14:31:58")
    expect(page.locator("#klok")).to_have_text("14:32")
    expect(page.locator(".verloop .lijn")).to_have_count(1)


def test_a_change_is_on_the_wall_within_two_seconds(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    open_wall(page, serve(board))
    page.wait_for_timeout(1200)
    started = time.monotonic()
    board.change(wachtenden=21.0, medewerkers_beschikbaar=9.0)
    expect(page.locator("#wachtenden .getal")).to_have_text("21", timeout=2000)
    assert time.monotonic() - started < 2
    expect(page.locator("#melding")).to_have_text("Let op: Wachtenden")
    expect(page.locator("#wachtenden .tegel")).to_have_class("tegel let-op")


def test_the_longest_wait_counts_on_between_pushes(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    board.change(langst_wachtende=298.0)
    open_wall(page, serve(board))
    expect(page.locator("#langst_wachtende .getal")).to_have_text("5:01", timeout=6000)
    expect(page.locator("#langst_wachtende .verband")).to_have_text("0:01 boven grens 5:00")


@pytest.mark.parametrize("width", [1920, 3840])
@pytest.mark.parametrize("board", [FakeBoard, busy_board, empty_board, closed_board])
def test_text_is_large_enough_and_fits(page: Page, serve: Serve, board: type, width: int) -> None:
    page.set_viewport_size({"width": width, "height": width * 9 // 16})
    open_wall(page, serve(board()))
    assert page.evaluate(FLOORS) == []
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("board", [FakeBoard, busy_board, empty_board])
def test_the_wall_is_accessible(page: Page, serve: Serve, board: type) -> None:
    open_wall(page, serve(board()))
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


def test_an_alarm_outshines_an_attention_in_greyscale(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    board.change(langst_wachtende=402.0, wachttijd=44.0)
    open_wall(page, serve(board))
    shadows = [
        page.locator(f"{tile} .tegel").evaluate("e => getComputedStyle(e).boxShadow")
        for tile in ("#langst_wachtende", "#wachttijd")
    ]
    alarm, attention = [luminance(shadow) for shadow in shadows]
    assert alarm > attention


def luminance(shadow: str) -> float:
    """Of a computed style such as 'rgb(220, 194, 71) 0px 0px ...'."""
    red, green, blue = (int(part) for part in shadow[4 : shadow.index(")")].split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class BreathingBoard(FakeBoard):
    """A board whose sources are read all the time."""

    def revision(self) -> int:
        super().revision()
        return int(time.time() * 2)

    def sources(self) -> list[FakeSource]:
        now = datetime.now(UTC)
        return [replace(source, checked_at=now, newest=now) for source in super().sources()]


@pytest.fixture
def breathing(page: Page, serve: Serve) -> Live:
    limits = Limits(age_attention=2, age_stale=4, age_gone=8, silence=3)
    live = serve(BreathingBoard(), limits=limits, clock=lambda: datetime.now(UTC))
    open_wall(page, live)
    return live


def test_a_dead_server_is_admitted_by_the_screen_itself(
    page: Page, breathing: Live, watched: Watched
) -> None:
    page.wait_for_timeout(1500)
    expect(page.locator("#verbinding")).to_be_hidden()
    breathing.stop()
    expect(page.locator(".bijgewerkt")).to_have_attribute("data-leeftijd", ", 2 seconden oud")
    banner = page.locator("#verbinding")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("Stuur niet op dit scherm.")
    expect(page.locator("#melding")).to_be_hidden()
    seen = page.locator("#wand").inner_text()
    assert "Binnen norm" not in seen
    assert "Binnen grens" not in seen
    assert seen.count("Onbekend") == 4
    expect(page.locator("#wachtenden .weg")).to_be_visible()
    expect(page.locator("#wachtenden .getal")).to_be_hidden()
    watched.forgive()


def test_the_wall_comes_back_in_the_new_version_by_itself(
    page: Page, breathing: Live, serve: Serve, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = breathing.server.port
    breathing.stop()
    page.wait_for_timeout(1000)
    monkeypatch.setattr("dashboard.app.fingerprint", lambda: "nieuw")
    serve(BreathingBoard(), clock=lambda: datetime.now(UTC), port=port)
    expect(page.locator("html")).to_have_attribute("data-versie", "nieuw", timeout=20_000)
    expect(page.locator("#wachtenden .getal")).to_have_text("8")
    watched.forgive()


def test_a_refused_stream_is_opened_again(page: Page, serve: Serve, watched: Watched) -> None:
    board = FakeBoard()
    live = serve(board)
    live.app.walls.seats.free = 0
    open_wall(page, live)
    page.wait_for_timeout(1500)
    live.app.walls.seats.free = 10
    board.change(wachtenden=3.0)
    expect(page.locator("#wachtenden .getal")).to_have_text("3")
    watched.forgive()


def test_only_the_parts_of_a_stale_source_go_grey(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    calls, cases = board.sources()
    board.sources_ = [calls, replace(cases, checked_at=MONDAY_1432 - timedelta(minutes=5))]
    open_wall(page, serve(board))
    expect(page.locator("#maand")).to_have_attribute("data-versheid", "oud")
    expect(page.locator("#wachtenden")).to_have_attribute("data-versheid", "vers")
    expect(page.locator("#verbinding")).to_be_hidden()


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
    assert page.evaluate(OVERFLOW) == []


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
    expect(page.locator(".bronnen tbody tr")).to_have_count(3)
    expect(page.locator(".bronnen")).to_contain_text("Actueel")
    expect(page.locator(".bronnen")).to_contain_text("Nog niet gelezen")
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


def test_staffing_stands_on_the_wall_with_what_is_needed(page: Page, serve: Serve) -> None:
    wall = Wall(tegels=("wachtenden", "langst_wachtende", "bezetting"), damping=AT_ONCE.damping)
    need = FakeNeed(MONDAY_1432 + timedelta(minutes=28), 8)
    board = FakeBoard(staffing_=FakePlan((need,)), usual_=FakeUsual(3, 9))
    open_wall(page, serve(board, walls=[wall]))
    expect(page.locator("#bezetting .getal")).to_have_text("6")
    expect(page.locator("#bezetting .verband")).to_have_text("2 te weinig voor de norm om 15:00")
    expect(page.locator("#bezetting .stand").first).to_have_text("Let op")
    expect(page.locator("#wachtenden .strook .normaal")).to_have_count(1)
    assert page.evaluate(FLOORS) == []
    assert page.evaluate(OVERFLOW) == []
