"""The pages of reports: what there is, each version for good, late data beside it, corrections."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, fromstring
from msgspec.structs import replace
from sqlalchemy import text

from dashboard.app import create_app
from dashboard.report.api import ReportsApi, add_reports
from dashboard.report.build import report
from dashboard.report.desk import Desk
from dashboard.report.document import Heading
from dashboard.report.files import files_of
from dashboard.report.routes import Pages, add_pages
from dashboard.site import Site
from dashboard.still import Frame
from dashboard.theme import DEFAULT
from data.migrate import migrate
from data.store import Store, open_engine
from metrics.published.canonical import digest
from metrics.published.edition import State
from metrics.published.reports import Reports
from tests.conftest import NUMBERS
from tests.fake_board import FakeBoard, fixed
from tests.report_cast import CORRECTED, FINAL
from tests.report_shelf import reports_of
from tests.report_town import CODE, HEADER, NOW, board_of, calls, later
from tests.test_dashboard_api import fits
from tests.test_reports import ANNA, BERT, LATE, OCTOBER, WHY
from tests.worlds import write

HERE = {"Sec-Fetch-Site": "same-origin"}
LATER = "Nu, en toen het werd vastgelegd"
V1, V2 = "/rapportages/2026-10/v1", "/rapportages/2026-10/v2"
NAME = "klantcontact-haarlem-2026-10"


@pytest.fixture(scope="module")
def client(sqlite_url: str) -> Iterator[FlaskClient]:
    """The whole application: October, established and corrected; September, a concept."""
    store = Store(open_engine(sqlite_url), next(NUMBERS))
    migrate(store)
    app = create_app(FakeBoard(), fixed(NOW), reports=reports_of(store))
    yield app.server.test_client()
    store.engine.dispose()


@pytest.fixture
def town(on_sqlite: Store) -> Reports:
    """A real month of calls, of which no report was made yet."""
    board = board_of(on_sqlite)
    write(on_sqlite, calls())
    return Reports(board, CODE, HEADER, files_of)


def client_of(reports: Reports) -> FlaskClient:
    """The pages of these reports, and nothing else of the application."""
    desk, site = Desk(reports, fixed(NOW)), Site("KCC Haarlem", FakeBoard(), fixed(NOW))
    server = Flask("rapportages", static_folder=None)
    add_pages(server, Pages(desk, Frame(site, "1", DEFAULT)))
    add_reports(server, ReportsApi(desk))
    return server.test_client()


def established(town: Reports) -> FlaskClient:
    """The pages of the town with a report of October that two people signed."""
    town.make(OCTOBER, NOW)
    town.step("2026-10", State.GECONTROLEERD, ANNA, later(1))
    town.step("2026-10", State.VASTGESTELD, BERT, later(2))
    return client_of(town)


def page_of(client: FlaskClient, address: str) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return fromstring(answer.text)


def rows_of(page: HtmlElement, caption: str) -> list[list[str]]:
    rows = page.xpath(f"//table[caption='{caption}']/tbody/tr")
    return [[cell.text_content() for cell in row] for row in rows]


def text_of(page: HtmlElement) -> str:
    return " ".join(page.text_content().split())


# ── all reports ────────────────────────────────────────────────────────────────────────────


def test_all_versions_are_listed_the_newest_first(client: FlaskClient) -> None:
    page = page_of(client, "/rapportages")
    rows = rows_of(page, "Alle rapportages en hun versies")
    assert [row[:3] for row in rows] == [
        ["oktober 2026", "2", "vastgesteld"],
        ["oktober 2026", "1", "vastgesteld, vervangen door versie 2"],
        ["september 2026", "1", "concept"],
    ]
    assert page.xpath("//tbody//a/@href") == [V2, V1, "/rapportages/2026-09/v1"]
    assert "De nieuwste rapportage gaat over oktober 2026: versie 2, vastgesteld." in text_of(page)


def test_where_there_is_none_the_page_says_what_a_report_is(town: Reports) -> None:
    told = text_of(page_of(client_of(town), "/rapportages"))
    assert "Er is nog geen rapportage. Een rapportage legt de cijfers van een maand vast." in told


def test_reports_have_a_place_in_the_menu_and_on_the_first_page(client: FlaskClient) -> None:
    menu = page_of(client, "/rapportages").xpath("//header//a[@aria-current='page']")
    assert [one.text for one in menu] == ["Rapportages"]
    assert 'href="/rapportages"' in client.get("/doelen").text


def test_without_a_keeper_of_reports_there_are_none() -> None:
    bare = create_app(FakeBoard(), fixed(NOW)).server.test_client()
    assert bare.get("/rapportages").status_code == 404
    assert "Rapportages" not in bare.get("/doelen").text


# ── the concept button ─────────────────────────────────────────────────────────────────────


def test_the_button_makes_a_concept_of_a_month_that_has_none(town: Reports) -> None:
    client = client_of(town)
    offered = page_of(client, "/rapportages").xpath("//select[@name='periode']/option/@value")
    assert (offered[0], len(offered)) == ("2026-10", 12)
    answer = client.post("/rapportages", data={"periode": "2026-10"}, headers=HERE)
    assert (answer.status_code, answer.location) == (303, V1)
    assert [(one.key, one.state) for one in town.entries()] == [("2026-10", State.CONCEPT)]
    page = page_of(client, "/rapportages")
    assert "2026-10" not in page.xpath("//select[@name='periode']/option/@value")


def test_pressing_twice_makes_one(town: Reports) -> None:
    client = client_of(town)
    for _ in range(2):
        answer = client.post("/rapportages", data={"periode": "2026-10"}, headers=HERE)
        assert answer.location == V1
    assert len(town.entries()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=lambda headers: ", ".join(headers.values()) or "nothing",
)
def test_a_page_of_somebody_else_cannot_press_it(town: Reports, headers: dict[str, str]) -> None:
    answer = client_of(town).post("/rapportages", data={"periode": "2026-10"}, headers=headers)
    assert answer.status_code == 403
    assert "kwam niet van een pagina van dit regiebord" in answer.text
    assert town.entries() == ()


def test_without_tls_a_browser_says_only_its_origin(town: Reports) -> None:
    headers = {"Origin": "http://localhost"}
    answer = client_of(town).post("/rapportages", data={"periode": "2026-10"}, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2026-11", "deze periode is pas voorbij op 2026-12-01"),
        ("<b>", "&#x27;&lt;b&gt;&#x27;: schrijf een maand als 2026-10"),
    ],
)
def test_a_period_that_cannot_be_frozen_is_explained(town: Reports, period: str, told: str) -> None:
    answer = client_of(town).post("/rapportages", data={"periode": period}, headers=HERE)
    assert answer.status_code == 400
    assert told in answer.text
    assert town.entries() == ()


# ── a version ──────────────────────────────────────────────────────────────────────────────


def test_the_address_of_a_month_shows_the_version_that_holds(client: FlaskClient) -> None:
    assert "versie 2" in text_of(page_of(client, "/rapportages/2026-10"))
    assert "versie 1" in text_of(page_of(client, V1))


def test_a_correction_that_is_not_established_does_not_hold(town: Reports) -> None:
    client = established(town)
    town.correct("2026-10", WHY, later(3))
    assert client.get("/rapportages/2026-10").text.count("CONCEPT") == 0
    assert "Versie 2, concept" in text_of(page_of(client, "/rapportages/2026-10"))


def test_the_page_says_what_the_document_says_in_its_order(client: FlaskClient) -> None:
    page = page_of(client, V1)
    said = [block.text for block in report(FINAL).blocks if isinstance(block, Heading)]
    assert [one.text_content() for one in page.xpath("//article/*[self::h2 or self::h3]")] == said
    targets = [href[1:] for href in page.xpath("//nav[@aria-label='Inhoud']//a/@href")]
    assert [page.xpath(f"//*[@id='{one}']") != [] for one in targets] == [True] * len(targets)


def test_a_concept_says_so_in_words(client: FlaskClient) -> None:
    page = page_of(client, "/rapportages/2026-09")
    assert page.xpath("string(//p[@class='stempel'])") == "CONCEPT"
    assert "Dit rapport is nog niet vastgesteld." in text_of(page)
    assert page_of(client, V2).xpath("//p[@class='stempel']") == []


def test_a_version_that_was_replaced_says_so_and_leads_to_the_other(client: FlaskClient) -> None:
    page = page_of(client, V1)
    assert page.xpath("string(//p[@class='stempel'])") == "VERVANGEN"
    assert page.xpath("//a[text()='Lees versie 2']/@href") == [V2]


def test_a_correction_shows_what_was_wrong(client: FlaskClient) -> None:
    (box,) = page_of(client, V2).xpath("//section[@class='erratum']")
    for told in ("De vragen van het webformulier telden niet mee.", "81%", "79,6%", "griffie"):
        assert told in text_of(box)
    assert page_of(client, V1).xpath("//section[@class='erratum']") == []


def test_what_people_wrote_stands_apart(client: FlaskClient) -> None:
    boxes = page_of(client, V1).xpath("//div[@class='toelichting']")
    assert [box.xpath("string(p/strong)") for box in boxes] == [
        "Toelichting: teammanager KCC, 9 november 2026"
    ] * 2
    assert "Twee vacatures zijn nog niet vervuld." in text_of(boxes[0])


def test_each_step_says_who_in_which_role_when_and_what_was_signed(client: FlaskClient) -> None:
    rows = rows_of(page_of(client, V1), "Van concept tot publicatie")
    assert rows[1][:3] == ["gecontroleerd", "A. de Vries", "data-eigenaar"]
    assert rows[1][3] == "9 november 2026, 10:30 uur"
    assert rows[2][:3] == ["vastgesteld", "B. Jansen", "directeur Dienstverlening"]
    assert rows[1][4] == FINAL.content[:16]
    assert rows[3] == ["aangeboden aan college", "nog niet gezet", "–", "–", "–"]


@pytest.mark.parametrize(
    ("address", "step"),
    [("/rapportages/2026-09", "2026-09 --stap gecontroleerd"), (V2, "2026-10 --stap aangeboden")],
)
def test_the_next_step_is_a_command_for_who_acts_is_not_known_here(
    client: FlaskClient, address: str, step: str
) -> None:
    (command,) = page_of(client, address).xpath("//pre/code/text()")
    assert command == f'python -m dashboard maand {step} --door "naam" --rol "rol"'
    assert page_of(client, address).xpath("//form") == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/rapportages/2026-08", "Van '2026-08' is er geen rapportage."),
        ("/rapportages/2026-10/v9", "De rapportage van '2026-10' heeft geen versie 9."),
        ("/rapportages/<b>", "Van '<b>' is er geen rapportage."),
        (f"{V1}/anders.csv", "Versie 1 van '2026-10' heeft geen bestand 'anders.csv'."),
        ("/rapportages/2026-10/anders.csv", "Van '2026-10' is er geen bestand 'anders.csv'."),
    ],
)
def test_what_does_not_exist_is_said(client: FlaskClient, address: str, told: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert told in text_of(fromstring(answer.text))
    assert "<b>" not in answer.text


# ── late data ──────────────────────────────────────────────────────────────────────────────


def test_late_data_stands_beside_what_was_established(town: Reports) -> None:
    page = page_of(established(town), V1)
    assert "Elk cijfer van dit rapport is nu nog hetzelfde." in text_of(page)
    write(town.board.store, LATE)
    page = page_of(client_of(town), V1)
    told = {row[0]: row[2] for row in rows_of(page, LATER) if row[1] == "waarde"}
    assert told["Telefonische bereikbaarheid"] == "nu 79,8%, vastgesteld 79,6%"
    assert "79,8%" not in text_of(page.xpath("//article")[0])


def test_of_a_concept_the_word_is_not_established(town: Reports) -> None:
    town.make(OCTOBER, NOW)
    write(town.board.store, LATE)
    told = text_of(page_of(client_of(town), V1))
    assert "nu 79,8%, vastgelegd 79,6%" in told


def test_a_store_that_cannot_be_asked_does_not_hide_the_report(
    town: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.make(OCTOBER, NOW)
    client = client_of(town)

    def broken(*_: object) -> None:
        raise RuntimeError("de telling is weg")

    monkeypatch.setattr(Reports, "now", broken)
    told = text_of(page_of(client, V1))
    assert "Of de cijfers nu anders zijn, is op dit moment niet te zeggen." in told
    assert "1 Kernboodschap" in told


def test_a_report_that_was_tampered_with_is_not_shown(town: Reports) -> None:
    client = established(town)
    with town.board.store.writing() as connection:
        row = {
            "old": '"teller":796.0',
            "new": '"teller":806.0',
            "of": town.board.store.organisation,
        }
        connection.execute(
            text(
                "UPDATE report SET snapshot = CAST(REPLACE(CAST(snapshot AS TEXT), :old, :new)"
                " AS BLOB) WHERE organisation = :of"
            ),
            row,
        )
    for address in (V1, f"/api/v1{V1}"):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "--controleer zegt wat er anders is" in answer.text


# ── files ──────────────────────────────────────────────────────────────────────────────────


def test_each_file_is_offered_under_its_own_name_with_its_hash(client: FlaskClient) -> None:
    links = page_of(client, V2).xpath("//ul[@class='bestanden']//a/@href")
    told = client.get(f"/api/v1{V2}").get_json()["bestanden"]
    assert [one["adres"] for one in told] == links
    for one in told:
        answer = client.get(one["adres"])
        assert digest(answer.data) == one["sha256"]
        assert answer.mimetype == one["soort"]
        again = client.get(one["adres"], headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_name_without_a_version_leads_to_the_version_that_holds(client: FlaskClient) -> None:
    answer = client.get(f"/rapportages/2026-10/{NAME}.csv")
    assert (answer.status_code, answer.location) == (307, f"{V2}/{NAME}-v2.csv")
    described = client.get(f"/rapportages/2026-10/{NAME}.csv-metadata.json")
    assert described.location == f"{V2}/{NAME}-v2.csv-metadata.json"


def test_the_table_names_what_describes_it_and_is_named_by_it(client: FlaskClient) -> None:
    link = client.get(f"{V2}/{NAME}-v2.csv").headers["Link"]
    (name,) = re.findall(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"', link)
    assert client.get(f"{V2}/{name}").get_json(force=True)["url"] == f"{NAME}-v2.csv"


def test_what_was_established_is_handed_out_as_it_was_kept(town: Reports) -> None:
    client = established(town)
    kept = {one.name: one.content for one in town.shelf.contents("2026-10", 1).files}
    write(town.board.store, LATE)
    assert {name: client.get(f"{V1}/{name}").data for name in kept} == kept
    assert town.check(town.entry("2026-10"), later(3)) == ()


# ── corrections ────────────────────────────────────────────────────────────────────────────


def test_the_register_has_every_correction(client: FlaskClient) -> None:
    page = page_of(client, "/rapportages/correcties")
    assert "Er is 1 correctie op een vastgestelde rapportage." in text_of(page)
    (row,) = rows_of(page, "Correcties op vastgestelde rapportages")
    assert row[0] == "oktober 2026, versie 2"
    assert row[2] == "De vragen van het webformulier telden niet mee."
    assert "was 81%, is 79,6%" in row[4]


def test_the_register_is_open_data_too(client: FlaskClient) -> None:
    answer = client.get("/rapportages/correcties.csv")
    (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
    (told,) = client.get("/api/v1/rapportages/correcties").get_json()
    assert (row["oud"], row["nieuw"], row["wezenlijk"]) == ("0.812", "0.796", "true")
    assert (told["oud"], told["nieuw"], told["wezenlijk"]) == (0.812, 0.796, True)
    assert {name: row[name] for name in ("wat", "oorzaak", "geinformeerd", "gevolg")} == {
        name: told[name] for name in ("wat", "oorzaak", "geinformeerd", "gevolg")
    }
    assert list(row) == list(told)


def test_without_corrections_the_register_says_what_one_is(town: Reports) -> None:
    client = client_of(town)
    assert "Er is nog geen correctie." in text_of(page_of(client, "/rapportages/correcties"))
    assert client.get("/api/v1/rapportages/correcties").get_json() == []
    assert client.get("/rapportages/correcties.csv").text.startswith("periode,versie,vervangt")


def test_a_correction_in_preparation_is_not_in_the_register(on_sqlite: Store) -> None:
    client = client_of(reports_of(on_sqlite, [FINAL, replace(CORRECTED, steps=())]))
    assert client.get("/api/v1/rapportages/correcties").get_json() == []


# ── for other programs ─────────────────────────────────────────────────────────────────────


def test_the_api_tells_of_every_version(client: FlaskClient) -> None:
    told = client.get("/api/v1/rapportages").get_json()
    assert [(one["periode"], one["versie"], one["toestand"]) for one in told] == [
        ("2026-09", 1, "concept"),
        ("2026-10", 1, "vastgesteld"),
        ("2026-10", 2, "vastgesteld"),
    ]
    assert [one["vervangen_door"] for one in told] == [None, 2, None]


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/2026-10", "Report"),
        ("/2026-10/v1", "Report"),
        ("", "Version"),
        ("/correcties", "Correction"),
    ],
)
def test_the_answers_are_as_described(client: FlaskClient, address: str, schema: str) -> None:
    described = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"][schema]
    told = client.get(f"/api/v1/rapportages{address}").get_json()
    for one in told if isinstance(told, list) else [told]:
        assert fits(one, described)


def test_who_signed_is_told_to_programs_by_role_only(client: FlaskClient) -> None:
    for address in ("", "/2026-10", "/2026-10/v1"):
        text = client.get(f"/api/v1/rapportages{address}").text
        assert "data-eigenaar" in text
        assert "de Vries" not in text


def test_a_version_has_the_numbers_of_the_csv(client: FlaskClient) -> None:
    told = client.get("/api/v1/rapportages/2026-10").get_json()
    rows = csv.DictReader(io.StringIO(client.get(f"{V2}/{NAME}-v2.csv").text, newline=""))
    figures = [{name: _as_csv(one) for name, one in row.items()} for row in told["cijfers"]]
    assert figures == list(rows)


def _as_csv(value: object) -> str:
    return "" if value is None else str(value)


def test_the_snapshot_is_sent_to_the_byte_so_anyone_can_hash_it(client: FlaskClient) -> None:
    told = client.get(f"/api/v1{V1}").get_json()
    assert digest(client.get(f"/api/v1{V1}/momentopname").data) == told["sha256"]


@pytest.mark.parametrize(
    "address", ["", "/correcties", "/2026-10", "/2026-10/v1", "/2026-10/v1/momentopname"]
)
def test_the_same_answer_has_the_same_tag(client: FlaskClient, address: str) -> None:
    tag = client.get(f"/api/v1/rapportages{address}").headers["ETag"]
    again = client.get(f"/api/v1/rapportages{address}", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/2026-08", "/2026-10/v9", "/x/v1/momentopname"])
def test_what_is_not_there_is_a_problem_with_a_hint(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/v1/rapportages{address}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "/api/v1/rapportages" in answer.get_json()["hint"]
