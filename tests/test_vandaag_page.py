"""The page about today: what it says at each time of the day, and the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from dashboard.app import create_app
from dashboard.day_words import goal_title, staffing_title
from data.walls import Staffing, Wall
from metrics.__main__ import OK, main
from metrics.board import Board
from metrics.remaining import Remaining
from metrics.today import Goal
from tests.fake_board import fixed
from tests.fixtures_browser import Serve
from tests.site_cast import board_of_command_line, board_with, open_page
from tests.test_departments import reading
from tests.vandaag_cast import HALF_PAST_TWO, TUESDAY, a_tuesday
from tests.wall_cast import violations
from tests.worlds import World, instant, moment

API = "/api/v1/vandaag"
DAY = ("--van", "2026-11-24", "--tot", "2026-11-25", "--nu", HALF_PAST_TWO.isoformat())


@pytest.fixture(scope="module")
def tuesday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    board = board_with(tmp_path_factory.mktemp("vandaag"), a_tuesday(until="18:00"))
    yield board
    board.store.engine.dispose()


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    board = board_with(tmp_path_factory.mktemp("niets"), World())
    yield board
    board.store.engine.dispose()


def at(board: Board, clock: str) -> FlaskClient:
    board.forget()
    return create_app(board, fixed(moment(instant(clock)))).server.test_client()


# ── what it says ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        ("2026-11-24 07:50", "Dinsdag 24 november, 7:50. Het is nog gesloten tot 8:30."),
        ("2026-11-24 14:32", "als gebruikelijk op dinsdag: "),
        ("2026-11-24 18:10", "Het is nu gesloten tot morgen 9:00. Zo ging het vandaag."),
        ("2026-11-28 11:00", "Zaterdag 28 november, 11:00. Het is vandaag gesloten"),
    ],
)
def test_the_first_sentence_fits_the_time_of_the_day(tuesday: Board, clock: str, told: str) -> None:
    assert told in at(tuesday, clock).get("/vandaag").text


def test_on_a_closed_day_there_is_nothing_to_draw(tuesday: Board) -> None:
    assert "<figure" not in at(tuesday, "2026-11-28 11:00").get("/vandaag").text


def test_without_days_to_compare_it_says_so(nothing: Board) -> None:
    told = at(nothing, "2026-11-24 14:32").get("/vandaag").text
    assert "0 oproepen tot nu toe" in told
    assert "te weinig vergelijkbare dagen" in told
    assert "niet te zeggen: er zijn minder dan 8 vergelijkbare dagen" in told


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (Remaining(90, 87), "als we van de volgende 90 oproepen er minstens 87 opnemen"),
        (Remaining(90, 0), "al zeker, ook als we geen van de volgende 90 oproepen opnemen"),
        (Remaining(90, None), "als we de volgende 90 oproepen alle opnemen wordt het 95%"),
        (Remaining(0, 0), "Telefonische bereikbaarheid: 90%, norm gehaald"),
        (Remaining(0, None), "Telefonische bereikbaarheid: 90%, norm niet gehaald"),
    ],
)
def test_a_norm_is_still_to_reach_or_sure_or_lost(rest: Remaining, told: str) -> None:
    goal = Goal(reading=reading(90, 10), expected=rest)
    assert told in goal_title(goal)


# ── the same everywhere ────────────────────────────────────────────────────────────────────


def test_page_api_csv_and_command_line_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REGIEBORD_OPSLAG", str(tmp_path))
    monkeypatch.delenv("REGIEBORD_DATABASE_URL", raising=False)
    board = board_of_command_line({"REGIEBORD_OPSLAG": str(tmp_path)}, a_tuesday())
    client = create_app(board, fixed(HALF_PAST_TWO)).server.test_client()
    html = client.get("/vandaag").text

    whole = {row["kpi"]: row for row in ask(capsys, "bereikbaarheid", "servicelevel")}
    goals = [row for row in client.get(f"{API}/normen").get_json() if row["drukte"] == "druk"]
    for goal in goals:
        asked = whole[goal["kpi"]]
        assert [goal[name] for name in ("teller", "noemer", "norm")] == [
            asked[name] for name in ("teller", "noemer", "norm")
        ]
    assert f"{whole['bereikbaarheid']['teller']} van {whole['bereikbaarheid']['noemer']}" in html

    quarters = {row["per"]: row for row in ask(capsys, "bereikbaarheid", "--per", "kwartier")}
    rows = client.get(f"{API}/kwartieren").get_json()
    lines = list(csv.DictReader(io.StringIO(client.get(f"{API}/kwartieren?vorm=csv").text)))
    for row, line in zip(rows, lines, strict=True):
        asked = quarters[row["van"]]
        assert (row["opgenomen"], row["aangeboden"]) == (asked["teller"], asked["noemer"])
        assert line["aangeboden"] == ("" if asked["noemer"] is None else str(asked["noemer"]))
    assert any(row["gemist"] for row in rows)
    board.store.engine.dispose()


def ask(capsys: pytest.CaptureFixture[str], *question: str) -> list[dict[str, Any]]:
    assert main(["ask", *question, "--json", *DAY]) == OK
    return list(json.loads(capsys.readouterr().out))


def test_who_was_there_is_who_is_told_at_that_instant(tuesday: Board) -> None:
    (ten,) = [
        row
        for row in at(tuesday, "2026-11-24 14:32").get(f"{API}/bezetting").get_json()
        if row["van"] == "2026-11-24T10:00:00+01:00"
    ]
    kpi = "/api/v1/kpis/medewerkers_beschikbaar"
    (told,) = at(tuesday, "2026-11-24 14:32").get(
        f"{kpi}?van=2026-11-24&nu=2026-11-24T10:15:00%2B01:00"
    ).get_json()  # fmt: skip
    assert ten["aanwezig"] == told["value"]


def test_what_is_needed_is_what_the_wall_says(tuesday: Board) -> None:
    wall = Wall(staffing=Staffing(antwoordtijd=20, nawerk=60))
    tuesday.forget()
    client = create_app(tuesday, fixed(HALF_PAST_TWO), walls=[wall]).server.test_client()
    rows = client.get(f"{API}/bezetting").get_json()
    with tuesday.look() as look:
        coming = look.staffing(HALF_PAST_TWO, 20, 60)
    needed = {row["van"]: row["nodig"] for row in rows}
    for need in coming.needs:
        local = need.at.astimezone(HALF_PAST_TWO.tzinfo) + timedelta(hours=1)
        assert needed[f"{local:%Y-%m-%dT%H:%M:%S}+01:00"] == need.needed


def test_an_unknown_table_is_not_found(tuesday: Board) -> None:
    answer = at(tuesday, "2026-11-24 14:32").get(f"{API}/alles")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


# ── in a browser ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_it_is_accessible(page: Page, serve: Serve, tuesday: Board, mode: str) -> None:
    open_page(page, f"{serve(tuesday, clock=fixed(HALF_PAST_TWO)).url}/vandaag?thema={mode}")
    for closed in page.get_by_text("Toon als tabel").all():
        closed.click()
    expect(page.locator("figure")).to_have_count(2)
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 640])  # 640: what is left of 1280 at 200 %
def test_it_fits_a_narrow_screen(page: Page, serve: Serve, tuesday: Board, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{serve(tuesday, clock=fixed(HALF_PAST_TWO)).url}/vandaag")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=15_000)
    expect(page.locator("html")).to_have_js_property("scrollWidth", width)


def test_every_table_opens_by_keyboard_and_stands_open_on_paper(
    page: Page, serve: Serve, tuesday: Board
) -> None:
    open_page(page, f"{serve(tuesday, clock=fixed(HALF_PAST_TWO)).url}/vandaag")
    summary, table = page.locator("#oproepen-titel"), page.locator("figure table").first
    expect(summary).to_be_visible()
    expect(table).to_be_hidden()
    page.get_by_text("Toon als tabel").first.press("Enter")
    expect(table).to_be_visible()
    expect(table.locator("tbody tr").first).to_contain_text("8:30")
    last = page.locator("figure table").last
    expect(last).to_be_hidden()
    page.emulate_media(media="print")
    expect(last).to_be_visible()


def test_the_start_page_leads_to_it(page: Page, serve: Serve, tuesday: Board) -> None:
    page.goto(serve(tuesday, clock=fixed(HALF_PAST_TWO)).url)
    page.get_by_role("link", name="Vandaag", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


def test_nobody_known_is_there_is_said(nothing: Board) -> None:
    found = nothing.today(HALF_PAST_TWO)
    assert staffing_title(found).startswith("Hoeveel mensen er nodig zijn is niet te zeggen")
    assert found.now.date() == TUESDAY
