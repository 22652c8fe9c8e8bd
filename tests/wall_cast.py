"""Walls in the states that tests and pictures stage, and how a test looks at one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fake_board import (
    MONDAY_1432,
    FakeBoard,
    FakeHours,
    FakeNeed,
    FakePlan,
    FakeTypical,
    FakeUsual,
)
from tests.fixtures_browser import Live


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
    board = FakeBoard(
        hours_=FakeHours(False, opens), reason="minder dan 5 medewerkers: niet getoond"
    )
    board.change(wachtenden=0.0, langst_wachtende=0.0, gesprekken_nu=0.0)
    board.change(medewerkers_beschikbaar=None, medewerkers_pauze=None)
    board.queues = {name: (0.0, share) for name, (_, share) in board.queues.items()}
    return board


def planned_board(needed: int = 6, **more: Any) -> FakeBoard:
    """A board that knows what is normal and how many the norm needs at three o'clock."""
    three = FakeNeed(MONDAY_1432.replace(hour=15, minute=0), needed)
    return FakeBoard(staffing_=FakePlan((three,)), usual_=FakeUsual(3, 9), **more)


def alarm_board() -> FakeBoard:
    """One caller waits far too long, one figure and one queue ask for attention."""
    board = planned_board()
    board.change(langst_wachtende=402.0, wachttijd=44.0)
    board.queues = {**board.queues, "burgerzaken": (4.0, 0.86)}
    return board


def attention_board() -> FakeBoard:
    board = planned_board(needed=8)
    board.change(wachtenden=14.0, langst_wachtende=161.0)
    return board


def old_board(**ago: float) -> FakeBoard:
    """An alarm of a while ago; nothing was read since."""
    board, then = alarm_board(), MONDAY_1432 - timedelta(**ago)
    board.sources_ = [replace(one, newest=then, checked_at=then) for one in board.sources()]
    return board


def stale_board() -> FakeBoard:
    return old_board(minutes=4)


def gone_board() -> FakeBoard:
    return old_board(minutes=40)


def open_wall(page: Page, live: Live, query: str = "") -> None:
    open_at(page, live.url, query)


def open_at(page: Page, url: str, query: str = "") -> None:
    page.goto(f"{url}/wand{query}")
    expect(page.locator("#react-entry-point #langst_wachtende .tegel")).to_be_visible()
    expect(page.locator("#klok")).not_to_be_empty()


def violations(page: Page) -> list[str]:
    """Only these are gathered in full: to tell of all that passes takes axe three times as long."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]
