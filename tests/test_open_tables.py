"""The tables of the API: as described, valid as CSV on the Web, in parts, and each as its page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW
from flask.testing import FlaskClient

from dashboard.open_table import OpenTable
from dashboard.tables_api import TABLES
from tests.test_dashboard_api import fits

EVERY = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.path)


@pytest.fixture(scope="module")
def client(town_client: FlaskClient) -> FlaskClient:
    return town_client


@EVERY
def test_the_rows_are_as_the_api_describes_them(client: FlaskClient, table: OpenTable) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    answer = paths[table.address]["get"]["responses"]["200"]["content"]["application/json"]
    rows = client.get(table.address).get_json()
    assert rows
    assert fits(rows, answer["schema"])


@EVERY
def test_the_file_is_valid_as_csv_on_the_web(
    client: FlaskClient, table: OpenTable, tmp_path: Path
) -> None:
    answer = client.get(f"{table.address}?vorm=csv")
    (address,) = re.findall(r'<([^>]+)>; rel="describedby"', answer.headers["Link"])
    told = client.get(address).get_json()
    assert client.get(told["url"]).text == answer.text
    rows = valid_rows(tmp_path, answer.text, told)
    assert len(rows) == len(client.get(table.address).get_json())


@pytest.mark.parametrize(("column", "content"), [("kpi", ""), ("teller", "veel"), ("", "")])
def test_what_is_not_valid_is_noticed(
    client: FlaskClient, tmp_path: Path, column: str, content: str
) -> None:
    address = "/api/v1/afdelingen"
    told = client.get(f"{address}/csv-metadata.json").get_json()
    names, *lines = client.get(f"{address}?vorm=csv").text.splitlines()
    spoilt = [
        content if name == column else cell
        for name, cell in zip(names.split(","), lines[1].split(","), strict=True)
    ]  # without a column it is the same row twice
    with pytest.raises(ValueError, match=r"tafel\.csv"):
        valid_rows(tmp_path, "\r\n".join([names, *lines, ",".join(spoilt)]), told)


def valid_rows(folder: Path, text: str, told: dict[str, Any]) -> list[Any]:
    """Read a file as its description says, and fail on all that does not fit."""
    (folder / "tafel.csv").write_text(text, "utf-8", newline="")
    description = folder / "tafel.csv-metadata.json"
    description.write_text(json.dumps({**told, "url": "tafel.csv"}), "utf-8")
    file = CSVW(str(description), validate=True)
    rows = list(file.tables[0].iterdicts(strict=True))
    assert file.is_valid, [str(warning.message) for warning in file.warnings]
    return rows


@EVERY
def test_the_same_rows_have_the_same_tag(client: FlaskClient, table: OpenTable) -> None:
    tag = client.get(table.address).headers["ETag"]
    again = client.get(table.address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@EVERY
def test_the_parts_of_a_table_are_the_table(client: FlaskClient, table: OpenTable) -> None:
    rows = client.get(table.address).get_json()
    size = max(1, len(rows) // 2)
    address, parts = f"{table.address}?aantal={size}", list[Any]()
    while address:
        answer = client.get(address)
        assert answer.headers["X-Totaal"] == str(len(rows))
        parts += answer.get_json()
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        address = following[1] if following else ""
    assert parts == rows


@EVERY
@pytest.mark.parametrize("asked", ["maanden=3", "vorm=xml", "aantal=0"])
def test_a_mistake_is_explained(client: FlaskClient, table: OpenTable, asked: str) -> None:
    answer = client.get(f"{table.address}?{asked}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json()["veld"] == asked.partition("=")[0]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("verlies?maand=2026-11", "maand"),
        ("afdelingen?cijfer=wachttijd", "cijfer"),
        ("verlies?onderwerp=a&afdeling=b&kanaal=c", "op"),
        ("werk/vragen?cijfer=wachttijd", "cijfer"),
        ("werk/vragen?uitkomst=slecht", "uitkomst"),
        ("werk/vervalt?binnen=0", "binnen"),
        ("herkomst/dagen?soort=dromen", "soort"),
    ],
)
def test_a_choice_that_cannot_be_is_explained(client: FlaskClient, path: str, field: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.get_json()["veld"]) == (400, field)
