"""The wall never looks fresher than it is: dead server, cut cable, sleep, clocks, new versions."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from dashboard.limits import Limits
from tests.cut_line import Cable
from tests.fake_board import MONDAY_1432, FakeBoard, FakeSource
from tests.fixtures_browser import Live, Serve, Watched
from tests.wall_cast import open_wall

QUICK = Limits(age_attention=2, age_stale=4, age_gone=8, silence=3)
PATIENT = Limits(age_attention=60, age_stale=600, age_gone=6000, silence=2)
ASSERTIONS = ("Binnen norm", "Binnen grens", "Geen actie nodig", "Actie nodig", "Let op")
EXPECTED_WAIT = 30_000  # ms, for what takes a few tries


class BreathingBoard(FakeBoard):
    """A board whose sources are read all the time."""

    def revision(self) -> int:
        super().revision()
        return int(time.time() * 2) + 1000 * self.number

    def sources(self) -> list[FakeSource]:
        now = datetime.now(UTC)
        return [replace(source, checked_at=now, newest=now) for source in super().sources()]


def real_clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def board() -> BreathingBoard:
    return BreathingBoard()


@pytest.fixture
def live(serve: Serve, board: BreathingBoard) -> Live:
    return serve(board, limits=QUICK, clock=real_clock)


@pytest.fixture
def cable(live: Live) -> Iterator[Cable]:
    cable = Cable(live.server.port)
    yield cable
    cable.close()


def open_through(page: Page, cable: Cable) -> None:
    page.goto(f"{cable.url}/wand")
    expect(page.locator("#react-entry-point #langst_wachtende .tegel")).to_be_visible()
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")


def admits_to_be_old(page: Page) -> None:
    banner = page.locator("#verbinding")
    expect(banner).to_be_visible(timeout=EXPECTED_WAIT)
    expect(banner).to_contain_text("Geen verbinding: cijfers zijn")
    expect(banner).to_contain_text("Stuur niet op dit scherm.")
    expect(page.locator("#melding")).to_be_hidden()
    seen = page.locator("#wand").inner_text()
    assert [words for words in ASSERTIONS if words in seen] == []
    assert seen.count("Onbekend") == 4


def is_right(page: Page, waiting: str) -> None:
    expect(page.locator("#wachtenden .getal")).to_have_text(waiting, timeout=EXPECTED_WAIT)
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")
    expect(page.locator("#verbinding")).to_be_hidden()


def test_a_dead_server_is_admitted_by_the_screen_itself(
    page: Page, live: Live, watched: Watched
) -> None:
    open_wall(page, live)
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")
    live.stop()
    expect(page.locator(".bijgewerkt")).to_have_attribute("data-leeftijd", ", 2 seconden oud")
    admits_to_be_old(page)
    expect(page.locator("#wachtenden .weg")).to_be_visible()
    expect(page.locator("#wachtenden .getal")).to_be_hidden()
    watched.forgive()


def test_a_server_that_stops_talking_makes_everything_old_whatever_the_sources_say(
    page: Page, serve: Serve, watched: Watched
) -> None:
    board = FakeBoard()
    read = real_clock() + timedelta(hours=4)  # a source that is read twice a day
    board.sources_ = [replace(one, checked_at=read, newest=read) for one in board.sources()]
    live = serve(board, limits=QUICK, clock=real_clock)
    open_wall(page, live)
    live.stop()
    admits_to_be_old(page)
    expect(page.locator("#maand")).to_have_attribute("data-versheid", "weg")
    watched.forgive()


def test_a_cut_cable_is_noticed_and_once_mended_the_screen_is_right(
    page: Page, cable: Cable, board: BreathingBoard, watched: Watched
) -> None:
    open_through(page, cable)
    cable.cut()
    board.change(wachtenden=31.0)
    admits_to_be_old(page)
    cable.mend()
    is_right(page, "31")
    watched.forgive()


def test_a_screen_without_network_is_right_as_soon_as_it_has_one(
    page: Page, cable: Cable, board: BreathingBoard, watched: Watched
) -> None:
    open_through(page, cable)
    page.context.set_offline(True)
    cable.hang_up()  # Chromium keeps a stream that is open
    board.change(wachtenden=32.0)
    admits_to_be_old(page)
    page.context.set_offline(False)
    is_right(page, "32")
    watched.forgive()


def test_a_line_that_a_proxy_closed_for_good_is_opened_again(
    page: Page, cable: Cable, board: BreathingBoard, watched: Watched
) -> None:
    open_through(page, cable)
    cable.refuse()
    admits_to_be_old(page)
    board.change(wachtenden=33.0)
    cable.allow()
    is_right(page, "33")
    watched.forgive()


def test_a_refused_stream_is_opened_again(page: Page, serve: Serve, watched: Watched) -> None:
    board = FakeBoard()
    live = serve(board)
    live.app.walls.seats.free = 0
    open_wall(page, live)
    live.app.walls.seats.free = 10
    board.change(wachtenden=3.0)
    expect(page.locator("#wachtenden .getal")).to_have_text("3", timeout=EXPECTED_WAIT)
    watched.forgive()


def test_after_hours_asleep_it_first_admits_and_then_asks(
    page: Page, live: Live, watched: Watched
) -> None:
    open_wall(page, live)
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    live.stop()
    page_left_alone(5)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    admits_to_be_old(page)
    watched.forgive()


def page_left_alone(seconds: float) -> None:
    time.sleep(seconds)  # the page is frozen, so there is nothing to wait for in it


def test_a_screen_that_wakes_asks_at_once(page: Page, live: Live, board: BreathingBoard) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_wall(page, live)
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")
    with page.expect_request("**/stroom/*"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with page.expect_request("**/stroom/*"):
        page.evaluate("document.dispatchEvent(new Event('resume'))")
    with page.expect_request("**/stroom/*"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    board.change(wachtenden=34.0)
    is_right(page, "34")


@pytest.mark.parametrize("hours", [-9, 5, 20_000])
def test_a_wrong_clock_on_the_screen_changes_nothing(page: Page, serve: Serve, hours: int) -> None:
    page.clock.install(time=real_clock() + timedelta(hours=hours))
    board = FakeBoard()
    open_wall(page, serve(board))
    expect(page.locator("#klok")).to_have_text("14:32")
    expect(page.locator("#langst_wachtende .getal")).to_have_text("1:14")
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")
    board.change(wachtenden=35.0)
    is_right(page, "35")
    expect(page.locator("#klok")).to_have_text("14:32")


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_is_set_while_the_wall_hangs_is_asked_after(
    page: Page, serve: Serve, hours: int
) -> None:
    page.clock.install(time=real_clock())
    open_wall(page, serve(FakeBoard(), limits=PATIENT))
    expect(page.locator("#wand")).to_have_attribute("data-versheid", "vers")
    with page.expect_request("**/stroom/*"):
        page.clock.set_system_time(real_clock() + timedelta(hours=hours))
    is_right(page, "8")
    expect(page.locator("#klok")).to_have_text("14:32")


def test_a_machine_that_slept_does_not_count_those_hours_as_nothing(
    page: Page, serve: Serve, watched: Watched
) -> None:
    """performance.now() stands still in a sleeping machine; its clock does not."""
    page.clock.install(time=real_clock())
    live = serve(FakeBoard(), limits=PATIENT)
    open_wall(page, live)
    live.stop()
    page.clock.set_system_time(real_clock() + timedelta(hours=2))
    admits_to_be_old(page)
    expect(page.locator("#verbinding")).to_contain_text("cijfers zijn 2 uur oud")
    watched.forgive()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_on_the_server_is_followed(
    page: Page, serve: Serve, hours: int
) -> None:
    clock, board = [MONDAY_1432], FakeBoard()
    open_wall(page, serve(board, clock=lambda: clock[0].astimezone(UTC)))
    expect(page.locator("#klok")).to_have_text("14:32")
    clock[0] += timedelta(hours=hours)
    board.now = clock[0]
    board.change(wachtenden=36.0)
    is_right(page, "36")
    expect(page.locator("#klok")).to_have_text(f"{14 + hours}:32")


def test_the_wall_comes_back_in_the_new_version_by_itself(
    page: Page, live: Live, serve: Serve, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_wall(page, live)
    live.stop()
    monkeypatch.setattr("dashboard.app.fingerprint", lambda: "nieuw")
    serve(BreathingBoard(), clock=real_clock, port=live.server.port)
    expect(page.locator("html")).to_have_attribute("data-versie", "nieuw", timeout=EXPECTED_WAIT)
    is_right(page, "8")
    watched.forgive()


def test_a_new_version_that_is_not_well_is_not_loaded(
    page: Page, live: Live, serve: Serve, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_wall(page, live)
    live.stop()
    monkeypatch.setattr("dashboard.app.fingerprint", lambda: "nieuw")
    ill = BreathingBoard(broken=True)
    with page.expect_response("**/healthz", timeout=EXPECTED_WAIT) as answer:
        serve(ill, limits=QUICK, clock=real_clock, port=live.server.port)
    assert answer.value.status == 503
    expect(page.locator("html")).not_to_have_attribute("data-versie", "nieuw")
    admits_to_be_old(page)
    ill.broken = False
    expect(page.locator("html")).to_have_attribute("data-versie", "nieuw", timeout=EXPECTED_WAIT)
    is_right(page, "8")
    watched.forgive()


def never_answer(_route: Route) -> None:
    """Leave a request as it is."""


def test_a_line_that_stays_silent_makes_the_page_load_again(
    page: Page, serve: Serve, watched: Watched
) -> None:
    live = serve(BreathingBoard(), limits=replace(QUICK, watchdog=4), clock=real_clock)
    open_wall(page, live)
    page.route("**/stroom/*", never_answer)
    page.evaluate("window.before = true")
    live.app.walls.seats.free = 0
    for channel in live.app.walls.channels:
        channel.hub.close()
    page.wait_for_function("() => !window.before", timeout=EXPECTED_WAIT)
    watched.forgive()


def test_only_the_parts_of_a_stale_source_go_grey(page: Page, serve: Serve) -> None:
    board = FakeBoard()
    calls, cases = board.sources()
    board.sources_ = [calls, replace(cases, checked_at=MONDAY_1432 - timedelta(minutes=5))]
    open_wall(page, serve(board))
    expect(page.locator("#maand")).to_have_attribute("data-versheid", "oud")
    expect(page.locator("#wachtenden")).to_have_attribute("data-versheid", "vers")
    expect(page.locator("#verbinding")).to_be_hidden()


@pytest.mark.parametrize(
    ("ago", "level", "told"),
    [
        ({"seconds": 20}, "vers", None),
        ({"seconds": 45}, "laat", r"\d\d seconden"),
        ({"seconds": 100}, "laat", "1 minuut"),
        ({"minutes": 4}, "oud", "4 minuten"),
        ({"minutes": 16}, "weg", "16 minuten"),
        ({"hours": 3}, "weg", "3 uur"),
        ({"days": 3}, "weg", "3 dagen"),
    ],
)
def test_age_has_four_levels_and_is_told_in_words(
    page: Page, serve: Serve, ago: dict[str, float], level: str, told: str | None
) -> None:
    board = FakeBoard()
    read = MONDAY_1432 - timedelta(**ago)
    board.sources_ = [replace(one, checked_at=read) for one in board.sources()]
    open_wall(page, serve(board))
    expect(page.locator("#wand")).to_have_attribute("data-versheid", level)
    if told:
        expect(page.locator(".bijgewerkt")).to_have_attribute(
            "data-leeftijd", re.compile(f"^, {told} oud$")
        )
