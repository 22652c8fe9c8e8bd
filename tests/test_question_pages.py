"""The pages of questions, definitions and provenance, over a real store and in a real browser."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from data.schema import ticket
from metrics.board import Board
from metrics.kpis.servicelevel import VARIANTS
from metrics.units import decimal_text
from tests.fixtures_browser import Serve
from tests.town import AWAY
from tests.wall_cast import violations

PAGES = ("vragen", "werk", "definities", "herkomst")


@pytest.fixture(scope="module")
def board(town_board: Board) -> Board:
    return town_board


@pytest.fixture(scope="module")
def client(town_client: FlaskClient) -> FlaskClient:
    return town_client


def rows(html: str, caption: str) -> list[list[str]]:
    """The texts of the cells of the table under a caption."""
    (table,) = [part for part in html.split("<table")[1:] if caption in part.split("</table>")[0]]
    body = table.split("</table>")[0].split("<tbody")[1]
    return [[words(cell) for cell in re.split(r"<t[hd][ >]", row)[1:]]
            for row in body.split("<tr")[1:]]  # fmt: skip


def words(cell: str) -> str:
    text = re.sub(r"<[^>]*>", " ", cell.split(">", 1)[1] if ">" in cell else cell)
    return " ".join(unescape(text).split())


def october(*keys: str, **more: str) -> list[str]:
    options = [part for name, value in more.items() for part in (f"--{name}", value)]
    return ["ask", *keys, "--van", "2026-10-01", "--tot", "2026-11-01", *options]


# ── the same numbers everywhere ────────────────────────────────────────────────────────────


def test_the_losses_are_those_of_the_command_line(client: FlaskClient, ask: Any) -> None:
    html = client.get("/vragen?maand=2026-10").text
    (whole,) = ask(*october("digitaal_of_kcc"))
    per_topic = ask(*october("digitaal_of_kcc", op="onderwerp"))
    told = {row[0]: row for row in rows(html, "Per onderwerp, oktober 2026. Het grootste verlies")}
    for one in per_topic:
        if one["status_cel"]:
            assert one["value"] is None
            assert one["cut"]["onderwerp"] not in told
        elif (row := told.get(one["cut"]["onderwerp"])) is not None:
            lost = (0.8 * one["noemer"] - one["teller"]) / whole["noemer"]
            assert row[1:4] == [
                decimal_text(lost, 2, 100),
                decimal_text(one["noemer"], 0),
                f"{decimal_text(one['value'], 1, 100)}%",
            ]
    together = told["Samen"]
    assert together[1] == decimal_text(0.8 - whole["value"], 2, 100)
    assert together[2] == decimal_text(whole["noemer"], 0)
    assert f"{decimal_text(whole['value'], 1, 100)}% van de eenvoudige vragen" in html
    assert "hondenbelasting" not in told


def test_open_work_and_what_falls_due_are_those_of_the_command_line(
    client: FlaskClient, ask: Any
) -> None:
    html = client.get("/vragen").text
    today = ("--van", "2026-11-23", "--tot", "2026-11-24")
    number, late = (one["value"] for one in ask("ask", "openstaand", "open_te_laat", *today))
    whole = rows(html, "Wanneer vervalt de termijn")[-1]
    assert whole[:3] == ["Totaal", str(number), str(late)]
    per_department = {
        one["cut"]["afdeling"]: one["value"]
        for one in ask(*["ask", "openstaand", "--op", "afdeling", "--alles"], *today)
    }
    shown = {row[0]: int(row[1]) for row in rows(html, "Wanneer vervalt de termijn")[:-1]}
    assert shown == {name: value for name, value in per_department.items() if value}
    expected = {q["vraag"] for part in ask("vervalt", "--binnen", "5") for q in part["vragen"]}
    assert {row[0] for row in rows(html, "de eerste boven")} == expected
    assert expected


def test_repeat_traffic_is_that_of_the_command_line(client: FlaskClient, ask: Any) -> None:
    html = client.get("/vragen?maand=2026-10").text
    told = {row[0]: row for row in rows(html, "Het vaakst opnieuw gevraagd")}
    for one in ask(*october("in_een_keer_goed", op="onderwerp")):
        if (row := told.get(one["cut"]["onderwerp"])) is not None:
            assert row[1:3] == [str(one["noemer"] - one["teller"]), str(one["noemer"])]
    assert len(told) > 5


def test_five_ways_of_counting_come_from_the_same_rows(client: FlaskClient, ask: Any) -> None:
    told = rows(client.get("/definities?maand=2026-10").text, "Servicelevel op vijf manieren")
    expected = ask(*october(*VARIANTS))
    assert [row[1] for row in told] == [
        f"{decimal_text(one['value'], 1, 100)}%" for one in expected
    ]
    day = rows(client.get("/definities?maand=2026-10&dag=2026-10-14").text, "wo 14 oktober")
    on_day = ask("ask", *VARIANTS, "--van", "2026-10-14", "--tot", "2026-10-15")
    assert [row[3] for row in day] == [str(one["noemer"]) for one in on_day]


def test_the_sums_are_met_with_the_numbers_of_the_command_line(
    client: FlaskClient, ask: Any
) -> None:
    told = rows(client.get("/herkomst?maand=2026-10").text, "Elke rij telt")
    calls, terms = ask(*october("ontvangen", "termijnen_verstreken"))
    assert [row[1] for row in told] == ["met", "met", "met"]
    assert [row[2] for row in told[:2]] == [decimal_text(one["value"], 0) for one in (calls, terms)]
    assert [row[2] for row in told] == [row[3] for row in told]


# ── what a reader sees ─────────────────────────────────────────────────────────────────────


def test_a_newcomer_finds_where_the_norm_is_lost(page: Page, serve: Serve, board: Board) -> None:
    page.goto(serve(board).url)
    page.get_by_role("link", name="Waar verliezen we de 80%?").click()
    expect(page.locator("#eerste")).to_have_count(0)
    expect(page.get_by_text("Het meeste verliezen we bij parkeervergunning")).to_be_visible()
    page.get_by_role("table").first.get_by_role("link", name="parkeervergunning").click()
    expect(page.get_by_text("Per afdeling, oktober 2026.")).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("Vergunningen")
    assert "onderwerp=parkeervergunning" in page.url
    page.get_by_role("link", name="Alle onderwerpen").click()
    expect(page.get_by_text("Per onderwerp, oktober 2026. Het grootste")).to_be_visible()


@pytest.mark.parametrize("mode", ["licht", "donker"])
@pytest.mark.parametrize("key", PAGES)
def test_a_page_is_accessible_and_fits_a_narrow_screen(
    page: Page, serve: Serve, board: Board, key: str, mode: str
) -> None:
    page.goto(f"{serve(board).url}/{key}?thema={mode}")
    expect(page.locator("#eerste")).to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_print_leaves_out_what_paper_cannot_do(page: Page, serve: Serve, board: Board) -> None:
    page.goto(f"{serve(board).url}/vragen")
    expect(page.locator("#eerste")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.get_by_role("table").first).to_be_visible()


def test_the_search_field_lives_in_the_address(page: Page, serve: Serve, board: Board) -> None:
    page.goto(f"{serve(board).url}/definities")
    expect(page.locator("#eerste")).to_have_count(0)
    page.keyboard.press("Tab")
    page.get_by_label("Zoek in de definities").fill("terugbel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 cijfers van de 55 met 'terugbel'.")
    assert "zoek=terugbel" in page.url
    expect(page.locator("#terugbellen")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Zoek in de definities")).to_have_value("terugbel")


def test_every_figure_has_its_definition_at_its_anchor(client: FlaskClient, board: Board) -> None:
    html = client.get("/definities").text
    for key, kpi in board.catalogue.items():
        assert f'id="{key}"' in html
        assert kpi.caveat in unescape(html)
        assert all(norm.grondslag in unescape(html) for norm in kpi.norms)


@pytest.mark.parametrize("hostile", ['"><script>x</script>', '" onfocus="x'])
def test_what_is_searched_for_stays_text(client: FlaskClient, hostile: str) -> None:
    html = client.get("/definities", query_string={"zoek": hostile}).text
    assert hostile not in html
    assert "<script>x" not in html


def test_each_row_of_a_csv_has_a_key_of_its_own(client: FlaskClient) -> None:
    asked = "van=2026-08-01&tot=2026-11-01&per=maand&op=onderwerp"
    path = "/api/v1/kpis/digitaal_of_kcc"
    told = client.get(f"{path}/csv-metadata.json?{asked}").get_json()
    table = list(csv.DictReader(io.StringIO(client.get(told["url"]).text)))
    keys = {tuple(row[name] for name in told["tableSchema"]["primaryKey"]) for row in table}
    assert len(keys) == len(table) == 3 * 9


def test_the_calendar_says_which_days_lack_something(client: FlaskClient) -> None:
    html = unescape(client.get("/herkomst").text)
    assert "Gesprekken: 1 dag niet compleet" in html
    assert f"wo {AWAY.day} augustus 2026: leeg" in html
    assert "Vragen: geen dag ontbreekt" in html
    assert "22 rijen tellen nergens mee" in html
    assert "export.csv" not in html


def test_a_long_list_is_leafed_through_in_the_address(client: FlaskClient) -> None:
    html = client.get("/vragen?binnen=20&na=5").text
    assert "Vraag 6 tot en met" in html
    assert "Vorige" in html
    assert "klopt niet" in client.get("/vragen?na=min").text


def test_a_part_that_is_too_small_stays_hidden_when_it_is_chosen(client: FlaskClient) -> None:
    html = client.get("/vragen?onderwerp=hondenbelasting").text
    assert "te weinig vragen om te tonen" in html
    assert "Doorgezet</th>" not in html


@pytest.mark.parametrize("key", PAGES)
def test_nobody_s_pseudonym_is_on_a_page(client: FlaskClient, board: Board, key: str) -> None:
    with board.store.reading() as connection:
        query = select(ticket.c.person).where(
            ticket.c.organisation == board.store.organisation, ticket.c.person.is_not(None)
        )
        persons = {str(who) for who in connection.execute(query).scalars() if who > 1 << 20}
    numbers = set(re.findall(r"\d{7,}", client.get(f"/{key}").text))
    assert persons
    assert numbers & persons == set()
