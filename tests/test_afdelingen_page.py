"""The page about departments: words, marks, what stays hidden, and the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from dashboard.app import create_app
from data.store_errors import StoreTrouble
from metrics.__main__ import OK, main
from metrics.board import Board
from tests.afdelingen_cast import DECEMBER, a_whole_town
from tests.fake_board import fixed
from tests.fixtures_browser import Serve
from tests.site_cast import board_of_command_line, board_with, open_page
from tests.wall_cast import violations

API = "/api/v1/afdelingen"
HIDDEN = {"Archief", "Griffie"}
NOVEMBER = ("--van", "2026-11-01", "--tot", "2026-12-01", "--nu", DECEMBER.isoformat())


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    board = board_with(tmp_path_factory.mktemp("afdelingen"), a_whole_town())
    yield board
    board.store.engine.dispose()


@pytest.fixture
def client(town: Board) -> FlaskClient:
    return create_app(town, fixed(DECEMBER)).server.test_client()


# ── what it says ───────────────────────────────────────────────────────────────────────────


def test_the_first_sentence_says_who_met_the_norm(client: FlaskClient) -> None:
    told = client.get("/afdelingen").text
    assert "In november 2026 haalden 2 van de 12 afdelingen de norm van 90%." in told
    assert "Belastingen en Wmo en jeugd haalden de norm niet." in told
    assert "Bij 5 is het verschil met de norm niet zeker." in told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("maand=2026-10", "In oktober 2026 is er geen cijfer per afdeling"),
        ("cijfer=terugbellen", "In november 2026 is er geen cijfer per afdeling"),
        ("cijfer=wachttijd", "kies uit bereikbaarheid, terugbellen"),
        ("maand=2026-12", "kies uit 2026-11, 2026-10"),
        ("volgorde=score", "kies uit naam, aantal"),
    ],
)
def test_what_there_is_not_is_explained(client: FlaskClient, asked: str, told: str) -> None:
    assert told in client.get(f"/afdelingen?{asked}").text


def test_a_figure_without_a_norm_gets_no_verdict(town: Board) -> None:
    found = create_app(town, fixed(DECEMBER)).server.test_client()
    told = found.get("/afdelingen?cijfer=digitaal_of_kcc").text
    assert "norm gehaald</span>" not in told


# ── what stays hidden ──────────────────────────────────────────────────────────────────────


def rows_of(client: FlaskClient, **more: str) -> list[dict[str, str]]:
    text = client.get(API, query_string={"vorm": "csv", **more}).text
    return list(csv.DictReader(io.StringIO(text)))


def test_small_departments_are_marked_and_empty(client: FlaskClient) -> None:
    rows = rows_of(client)
    marked = {row["afdeling"]: row for row in rows if row["status_cel"] == "x"}
    assert marked.keys() == HIDDEN
    numbers = ("waarde", "teller", "noemer", "ondergrens_95", "bovengrens_95", "oordeel")
    assert {row[name] for row in marked.values() for name in numbers} == {""}


def test_what_is_left_of_the_total_is_more_than_one_department(client: FlaskClient) -> None:
    """Griffie had 4 calls and Archief 6; of the two together 10 are left, one missed more."""
    whole, *rows = rows_of(client)
    assert whole["rij"] == "totaal"
    for name, both in (("noemer", 10), ("teller", 7)):
        shown = sum(int(row[name]) for row in rows if not row["status_cel"])
        assert int(whole[name]) - shown == both


@pytest.mark.parametrize(
    ("address", "times"), [("/afdelingen", 2), ("/afdelingen/_dash-layout", 2), (API, 1)]
)
def test_of_a_hidden_department_only_the_name_goes_to_the_browser(
    client: FlaskClient, address: str, times: int
) -> None:
    """On the page it is a link, so a name and an address; it is not in the funnel."""
    told = client.get(address).text
    assert {naam: told.count(naam) for naam in HIDDEN} == dict.fromkeys(HIDDEN, times)


def test_the_row_of_a_hidden_department_is_empty(client: FlaskClient) -> None:
    told = client.get("/afdelingen").text
    row = told[told.index("Archief</a>") : told.index("Bedrijfsvoering</a>")]
    cells = re.findall(r'role="cell">(.*?)</td>', row)
    text = "minder dan 10, of daartoe te herleiden: niet getoond"
    assert cells == [f'<span class="verborgen">{text}</span>', "–", "", "–", ""]


def test_hidden_departments_come_last_whatever_their_number(
    page: Page, serve: Serve, town: Board
) -> None:
    live = serve(town, clock=fixed(DECEMBER))
    open_page(page, f"{live.url}/afdelingen?volgorde=aantal")
    names = page.locator(".vergelijking tbody th").all_inner_texts()
    assert names[:3] == ["Alle afdelingen samen", "Klantcontactcentrum", "Burgerzaken"]
    assert names[-2:] == ["Archief", "Griffie"]


# ── the same everywhere ────────────────────────────────────────────────────────────────────


def test_page_api_csv_and_command_line_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {"REGIEBORD_OPSLAG": str(tmp_path)}
    monkeypatch.setenv("REGIEBORD_OPSLAG", str(tmp_path))
    monkeypatch.delenv("REGIEBORD_DATABASE_URL", raising=False)
    board = board_of_command_line(environment, a_whole_town())
    assert main(["ask", "bereikbaarheid", "--op", "afdeling", "--json", *NOVEMBER]) == OK
    asked = {row["cut"]["afdeling"]: row for row in json.loads(capsys.readouterr().out)}
    client = create_app(board, fixed(DECEMBER)).server.test_client()
    whole, *rows = client.get(API).get_json()
    table = rows_of(client)[1:]
    html = client.get("/afdelingen").text
    for row, line in zip(rows, table, strict=True):
        if row["status_cel"]:
            continue
        reading = asked[row["afdeling"]]
        assert (row["waarde"], row["teller"], row["noemer"], row["norm"]) == (
            reading["value"], reading["teller"], reading["noemer"], reading["norm"],
        )  # fmt: skip
        assert float(line["waarde"]) == row["waarde"]
        assert f'<td data-kolom="Aandeel" role="cell">{reading["value"]:.0%}</td>' in html
    assert {row["afdeling"] for row in rows if row["status_cel"]} == HIDDEN
    assert {name for name, reading in asked.items() if reading["status_cel"]} == HIDDEN
    assert main(["ask", "bereikbaarheid", "--op", "afdeling", "--alles", "--json", *NOVEMBER]) == OK
    assert whole["noemer"] == sum(one["noemer"] for one in json.loads(capsys.readouterr().out))
    board.store.engine.dispose()


def test_the_same_answer_has_the_same_tag(client: FlaskClient) -> None:
    tag = client.get(API).headers["ETag"]
    assert client.get(API, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{API}?vorm=csv").headers["ETag"] != tag


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("cijfer=wachttijd", "kies uit bereikbaarheid"),
        ("maand=2026-12", "nog niet voorbij"),
        ("maand=november", "2026-10"),
        ("vorm=ods", "json, csv"),
        ("maan=x", "Bedoelt u 'maand'?"),
    ],
)
def test_a_mistake_in_the_address_is_explained(client: FlaskClient, asked: str, hint: str) -> None:
    answer = client.get(f"{API}?{asked}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert hint in answer.get_json()["hint"]


# ── in a browser ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["licht", "donker"])
def test_it_is_accessible(page: Page, serve: Serve, town: Board, mode: str) -> None:
    open_page(page, f"{serve(town, clock=fixed(DECEMBER)).url}/afdelingen?thema={mode}")
    page.get_by_text("Toon als tabel").click()
    assert violations(page) == []


def test_by_keyboard_one_can_choose_another_figure(page: Page, serve: Serve, town: Board) -> None:
    open_page(page, f"{serve(town, clock=fixed(DECEMBER)).url}/afdelingen")
    page.get_by_label("Cijfer").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".kernzin")).to_contain_text(
        "is er geen cijfer per afdeling", timeout=20_000
    )
    assert page.url.split("?")[1].startswith("cijfer=terugbellen")


@pytest.mark.parametrize("width", [320, 640])  # 640: what is left of 1280 at 200 %
def test_it_fits_a_narrow_screen(page: Page, serve: Serve, town: Board, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{serve(town, clock=fixed(DECEMBER)).url}/afdelingen")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=15_000)
    expect(page.locator("html")).to_have_js_property("scrollWidth", width)


def test_on_paper_the_tables_are_open_and_the_buttons_gone(
    page: Page, serve: Serve, town: Board
) -> None:
    open_page(page, f"{serve(town, clock=fixed(DECEMBER)).url}/afdelingen")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("figure details table")).to_be_visible()
    expect(page.locator(".vergelijking")).to_be_visible()


def test_each_department_leads_to_its_questions(page: Page, serve: Serve, town: Board) -> None:
    open_page(page, f"{serve(town, clock=fixed(DECEMBER)).url}/afdelingen")
    link = page.get_by_role("link", name="Wmo en jeugd")
    assert link.get_attribute("href") == "/vragen?afdeling=Wmo+en+jeugd"
    deeper = page.get_by_role("link", name="Dit doel per wachtrij").get_attribute("href")
    assert deeper == "/doelen?doel=bereikbaarheid&op=wachtrij&maand=2026-11"


def test_a_store_that_is_away_is_said(town: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(town, fixed(DECEMBER)).server.test_client()

    def away(*_asked: object) -> None:
        raise StoreTrouble("weg")

    monkeypatch.setattr(town, "per_department", away)
    assert "De cijfers zijn nu niet op te vragen." in client.get("/afdelingen").text
