"""Open data: each CSV has a description that fits it, and long answers come in parts."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from tests.fake_board import MONDAY_1432, FakeBoard, fixed

KEY = "/api/v1/kpis/bereikbaarheid"
READ: dict[str, Any] = {
    "string": str,
    "number": float,
    "integer": int,
    "dateTime": datetime.fromisoformat,
}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(FakeBoard(), fixed(MONDAY_1432)).server.test_client()


@pytest.mark.parametrize("query", ["", "?op=wachtrij", "?per=kwartier&van=2026-11-23"])
def test_the_description_fits_the_csv(client: FlaskClient, query: str) -> None:
    mark = "&" if query else "?"
    answer = client.get(f"{KEY}{query}{mark}vorm=csv")
    (address,) = re.findall(r'<([^>]+)>; rel="describedby"', answer.headers["Link"])
    told = client.get(address).get_json()
    columns = told["tableSchema"]["columns"]
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert [column["name"] for column in columns] == list(table[0])
    for row in table:
        for column in columns:
            cell = row[column["name"]]
            assert cell or "required" not in column, column
            if cell:
                READ[column["datatype"]](cell)


def test_a_description_names_its_file_its_licence_and_its_language(client: FlaskClient) -> None:
    told = client.get(f"{KEY}/csv-metadata.json?van=2026-11-01&op=wachtrij").get_json()
    assert told["@context"][1] == {"@language": "nl"}
    assert told["dc:license"] == {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"}
    assert client.get(told["url"]).content_type == "text/csv; charset=utf-8"
    assert told["url"] == f"{KEY}?van=2026-11-01&op=wachtrij&vorm=csv"
    assert told["tableSchema"]["primaryKey"] == ["maatstaf", "van", "wachtrij"]


@pytest.mark.parametrize(("path", "status"), [("zzz", 404), ("bereikbaarheid?van=gisteren", 400)])
def test_what_does_not_exist_is_not_described(client: FlaskClient, path: str, status: int) -> None:
    key, _, query = path.partition("?")
    answer = client.get(f"/api/v1/kpis/{key}/csv-metadata.json?{query}")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_the_parts_of_an_answer_are_the_answer(client: FlaskClient) -> None:
    whole = client.get(f"{KEY}?per=kwartier").get_json()
    address, parts = f"{KEY}?per=kwartier&aantal=5", []
    while address:
        answer = client.get(address)
        assert answer.headers["X-Totaal"] == str(len(whole))
        assert len(answer.get_json()) <= 5
        parts += answer.get_json()
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        address = following[1] if following else ""
    assert parts == whole
    assert len(whole) > 10


@pytest.mark.parametrize("wrong", ["aantal=0", "aantal=x", "na=-1", "na=1e3", "aantal=99999999"])
@pytest.mark.parametrize("path", [KEY, "/api/v1/overgangen"])
def test_a_part_that_cannot_be_is_explained(client: FlaskClient, path: str, wrong: str) -> None:
    answer = client.get(f"{path}?{wrong}")
    assert answer.status_code == 400
    assert answer.get_json()["veld"] == wrong.partition("=")[0]


def test_a_part_keeps_what_else_was_asked(client: FlaskClient) -> None:
    asked = f"{KEY}?per=kwartier&alleen={quote('wachtrij:afval & co')}&aantal=2"
    assert "alleen=wachtrij%3Aafval+%26+co" in client.get(asked).headers["Link"]
