"""One store, one answer: what pages, API, files and command line say of questions is the same."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from metrics.units import decimal_text
from tests.fixtures_town import Ask
from tests.test_question_pages import october, rows

OCTOBER = "maand=2026-10"


@pytest.fixture(scope="module")
def client(town_client: FlaskClient) -> FlaskClient:
    return town_client


def file(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of the file at an address."""
    mark = "&" if "?" in address else "?"
    return list(csv.DictReader(io.StringIO(client.get(f"{address}{mark}vorm=csv").text)))


def as_in_file(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


@pytest.mark.parametrize(
    "address",
    [
        *("verlies", "verlies?onderwerp=parkeervergunning", "herhaald", "afdelingen"),
        *("werk/open", "werk/vervalt?binnen=10", "werk/vragen?cijfer=binnen_termijn"),
        *("vandaag/kwartieren", "vandaag/normen", "herkomst/sommen", "herkomst/dagen"),
    ],
)
def test_the_file_has_the_rows_of_the_api(client: FlaskClient, address: str) -> None:
    told = client.get(f"/api/v1/{address}").get_json()
    assert told
    assert file(client, f"/api/v1/{address}") == [as_in_file(row) for row in told]


@pytest.mark.parametrize("chosen", ["", "parkeervergunning"])
def test_the_losses_are_the_same_everywhere(client: FlaskClient, ask: Ask, chosen: str) -> None:
    asked = f"{OCTOBER}&onderwerp={chosen}" if chosen else OCTOBER
    by = "afdeling" if chosen else "onderwerp"
    whole, *parts = client.get(f"/api/v1/verlies?{asked}").get_json()
    caption = f"Per {by}, oktober 2026. Het grootste verlies"
    page = {row[0]: row for row in rows(client.get(f"/vragen?{asked}").text, caption)}
    only = ["--alleen", f"onderwerp={chosen}"] * bool(chosen)
    told = {one["cut"][by]: one for one in ask(*october("digitaal_of_kcc", op=by), *only)}
    (every,) = ask(*october("digitaal_of_kcc"), *only)
    assert (whole["waarde"], whole["noemer"]) == (every["value"], every["noemer"])
    assert {row["deel"] for row in parts if row["deel"]} == {
        name for name, one in told.items() if one["noemer"]
    }
    for row in parts:
        name = row["deel"] or "overige (te klein om te tonen)"
        if row["deel"]:
            assert (row["waarde"], row["teller"], row["noemer"]) == tuple(
                told[name][key] for key in ("value", "teller", "noemer")
            )
        assert page[name][1] == decimal_text(row["verlies"], 2, 100)
        assert page[name][2] == decimal_text(row["noemer"], 0)
    assert sum(row["noemer"] for row in parts) == whole["noemer"]


def test_where_questions_went_is_the_same_everywhere(client: FlaskClient, ask: Ask) -> None:
    keys = {"doorgezet": "eenvoudig_doorgezet", "bij_afdeling": "eenvoudig_bij_afdeling",
            "nog_open": "eenvoudig_open"}  # fmt: skip
    told = {
        (one["kpi"], one["cut"]["onderwerp"]): one["value"]
        for one in ask(*october(*keys.values(), op="onderwerp"))
    }
    parts = [row for row in client.get(f"/api/v1/verlies?{OCTOBER}").get_json() if row["deel"]]
    for row in parts:
        for name, key in keys.items():
            assert row[name] == told.get((key, row["deel"]), 0)
    assert None in {row["doorgezet"] for row in parts}


@pytest.mark.parametrize("key", ["binnen_termijn", "digitaal_of_kcc", "vragen", "openstaand"])
def test_the_list_has_as_many_questions_as_the_figure_counts(
    client: FlaskClient, ask: Ask, key: str
) -> None:
    address = f"/api/v1/werk/vragen?cijfer={key}&{OCTOBER}"
    answer = client.get(address)
    if key == "openstaand":  # a stock is of a moment, not of a month
        assert answer.status_code == 400
        return
    (figure,) = ask(*october(key))
    assert len(answer.get_json()) == (figure["noemer"] or figure["value"])
    if figure["unit"] == "percentage":
        well = client.get(f"{address}&uitkomst=goed").get_json()
        rest = client.get(f"{address}&uitkomst=anders").get_json()
        assert (len(well), len(well) + len(rest)) == (figure["teller"], figure["noemer"])
        assert {(row["bron"], row["vraag"]) for row in well}.isdisjoint(
            (row["bron"], row["vraag"]) for row in rest
        )


def test_the_page_has_the_questions_of_the_api(client: FlaskClient) -> None:
    asked = f"{OCTOBER}&cijfer=binnen_termijn&uitkomst=anders"
    told = client.get(f"/api/v1/werk/vragen?{asked}").get_json()
    page = rows(client.get(f"/werk?{asked}").text, "Vraag 1 tot en met 25 van")
    assert [(row[0], row[1], row[3], row[4], row[5], row[6]) for row in page] == [
        tuple(row[name] for name in ("vraag", "bron", "onderwerp", "afdeling", "kanaal", "stand"))
        for row in told[:25]
    ]
    assert {row["stand"] for row in told} <= {"te laat beantwoord", "open en te laat"}
    assert all(row["dagen_te_laat"] > 0 for row in told)
    following = rows(client.get(f"/werk?{asked}&na=25").text, "Vraag 26 tot en met")
    assert following[0][0] == told[25]["vraag"]


def test_work_is_the_same_in_the_api_and_on_the_page(client: FlaskClient, ask: Ask) -> None:
    html = client.get("/vragen?binnen=10").text
    told = client.get("/api/v1/werk/open").get_json()
    page = rows(html, "Wanneer vervalt de termijn")[:-1]
    names = ("open", "te_laat", "vandaag", "deze_week", "later", "geen_termijn")
    assert [row[1:] for row in page] == [[str(one[name]) for name in names] for one in told]
    due = client.get("/api/v1/werk/vervalt?binnen=10").get_json()
    assert [row[0] for row in rows(html, "de eerste boven")] == [one["vraag"] for one in due[:25]]
    expected = [one["vraag"] for part in ask("vervalt", "--binnen", "10") for one in part["vragen"]]
    assert sorted(one["vraag"] for one in due) == sorted(expected)


def test_repeat_traffic_is_the_same_in_the_api_and_on_the_page(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/herhaald?{OCTOBER}").get_json()
    page = rows(client.get(f"/vragen?{OCTOBER}").text, "Het vaakst opnieuw gevraagd")
    for one, row in zip(told, page, strict=True):
        assert row[1:3] == [str(one["opnieuw"]), str(one["vragen"])]
        assert row[4] == ("–" if one["ketens"] is None else str(one["ketens"]))
    assert any(one["ketens"] for one in told)


def test_the_sums_are_the_same_in_the_api_and_on_the_page(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/herkomst/sommen?{OCTOBER}").get_json()
    page = {row[0]: row for row in rows(client.get(f"/herkomst?{OCTOBER}").text, "Elke rij telt")}
    wholes = [row for row in told if row["rij"] == "geheel"]
    assert {row["controle"] for row in wholes} == page.keys()
    for whole in wholes:
        assert page[whole["controle"]][2] == decimal_text(whole["aantal"], 0)
        parts = [row for row in told if row["controle"] == whole["controle"]][1:]
        assert sum(row["aantal"] for row in parts) == whole["aantal"]


@pytest.mark.parametrize("page", ["vragen?afdeling=Vergunningen", "herkomst", "werk", "afdelingen"])
def test_each_link_to_a_file_leads_to_one(client: FlaskClient, page: str) -> None:
    html = unescape(client.get(f"/{page}").text)
    links = re.findall(r'href="(/api/v1/[^"]*vorm=csv)"', html)
    assert links
    for link in links:
        answer = client.get(link)
        assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8"), link


def test_from_a_target_the_way_leads_to_its_questions(client: FlaskClient, ask: Ask) -> None:
    """Over department, topic and month; each step is a link of the page before."""
    address, month = "/doelen?doel=digitaal_of_kcc&maand=2026-10", "&maand=2026-10"
    for step in ("op=afdeling", "alleen=afdeling%3AVergunningen", "op=onderwerp"):
        html = unescape(client.get(address).text)
        links = re.findall(r'href="(\?[^"]*)"', html)
        (found, *_) = [link for link in links if step in link and month in link]
        address = f"/doelen{found}"
    html = unescape(client.get(address).text)
    (last,) = re.findall(r'href="(/werk\?[^"]*onderwerp=parkeervergunning[^"]*)"', html)
    only = ["--alleen", "afdeling=Vergunningen", "--alleen", "onderwerp=parkeervergunning"]
    (figure,) = ask(*october("digitaal_of_kcc"), *only)
    assert figure["noemer"] > 100
    assert f"van {figure['noemer']}<" in client.get(last).text
