"""The routes for programs: answers, mistakes, health, headers, and a description that holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from metrics.transitions import Transition
from tests.fake_board import CATALOGUE, MONDAY_1432, FakeBoard, fixed
from tests.target_cast import targets_board

KEY, TARGETS = "/api/v1/kpis/bereikbaarheid", "/api/v1/doelen"
TYPES: dict[str, Any] = {
    "string": str,
    "number": float | int,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "null": type(None),
}


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
def client(board: FakeBoard) -> FlaskClient:
    return create_app(board, fixed(MONDAY_1432)).server.test_client()


def test_the_catalogue_describes_every_figure(client: FlaskClient) -> None:
    described = client.get("/api/v1/kpis").get_json()
    assert [one["key"] for one in described] == list(CATALOGUE)
    norm = next(one for one in described if one["key"] == "bereikbaarheid")["normen"][0]
    assert norm["waarde"] == 0.9
    assert norm["grondslag"]


def test_a_figure_is_about_today_unless_asked_otherwise(client: FlaskClient) -> None:
    (reading,) = client.get(KEY).get_json()
    assert reading["value"] == 0.92
    assert reading["van"] == "2026-11-23T00:00:00+01:00"
    assert reading["tot"] == "2026-11-24T00:00:00+01:00"


def test_parameters_are_those_of_the_command_line(client: FlaskClient, board: FakeBoard) -> None:
    answer = client.get(
        f"{KEY}?van=2026-11-01&tot=2026-11-08&per=dag&op=wachtrij,afdeling"
        "&alleen=wachtrij:afval&alleen=wachtrij=parkeren&nu=2026-11-09T09:00:00%2B01:00"
    )
    assert answer.status_code == 200
    query = board.asked[-1]
    assert query.period.end - query.period.start == timedelta(days=7)
    assert [cut.value for cut in query.by] == ["wachtrij", "afdeling"]
    assert {cut.value: set(names) for cut, names in query.only.items()} == {
        "wachtrij": {"afval", "parkeren"}
    }
    assert query.now.isoformat() == "2026-11-09T09:00:00+01:00"


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/v1/kpis/bereikbaarhied", 404, "bereikbaarheid"),
        ("/api/v1/kpis/zzz", 404, "/api/v1/kpis"),
        (f"{KEY}?van=gisteren", 400, "2026-11-24"),
        (f"{KEY}?van=2026-11-08&tot=2026-11-01", 400, "tot is exclusief"),
        (f"{KEY}?per=eeuw", 400, "kwartier"),
        (f"{KEY}?op=wachtrjj", 400, "wachtrij"),
        (f"{KEY}?nu=2026-11-24T09:00:00", 400, "offset"),
        (f"{KEY}?vanaf=2026-11-24", 400, "van"),
        (f"{KEY}?van=1970-01-01&tot=2200-01-01&per=kwartier", 400, "kortere periode"),
        (f"{KEY}?van=1970-01-01&tot=2200-01-01&per=dag&op=wachtrij", 400, "kortere periode"),
        ("/api/v2", 404, "adres"),
    ],
)
def test_a_mistake_is_explained_in_dutch(
    client: FlaskClient, path: str, status: int, told: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    assert problem["status"] == status
    assert problem["detail"]
    assert told in problem["hint"]


def test_the_tag_changes_with_the_data_and_only_then(client: FlaskClient, board: FakeBoard) -> None:
    tag = client.get(KEY).headers["ETag"]
    same = client.get(KEY, headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    board.change(bereikbaarheid=0.5)
    assert client.get(KEY, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{KEY}?per=dag").headers["ETag"] != tag


def test_health_tells_the_age_of_each_source(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json()["bronnen"][0]["leeftijd_s"] == 2.0


def test_without_a_store_health_says_so_and_pages_still_open(
    client: FlaskClient, board: FakeBoard
) -> None:
    board.broken = True
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.get_json()["opslag"] == "niet bereikbaar"
    assert "store away" not in health.text
    assert client.get(KEY).status_code == 500
    for path in ("/_dash-layout", "/wand/kcc/_dash-layout"):
        assert client.get(path).status_code == 200
    assert "niet bereikbaar" in client.get("/_dash-layout").text


def test_the_description_has_exactly_the_routes_that_exist(client: FlaskClient) -> None:
    described = set(client.get("/api/v1/openapi.json").get_json()["paths"])
    rules = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz"))
    }
    assert described == rules


def test_the_description_fits_the_answers(client: FlaskClient) -> None:
    schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    assert fields(schemas["Reading"]) == set(client.get(KEY).get_json()[0])
    assert fields(schemas["Kpi"]) == set(client.get("/api/v1/kpis").get_json()[0])


def test_the_states_of_the_walls_can_be_followed(client: FlaskClient, board: FakeBoard) -> None:
    change = Transition(
        MONDAY_1432, "kcc", "langst_wachtende", "normaal", "actie", 340.0, "aan bij 300"
    )
    board.recorded = [change]
    (told,) = client.get("/api/v1/overgangen?wand=kcc&van=2026-11-23").get_json()
    assert (told["maatstaf"], told["na"], told["waarde"]) == ("langst_wachtende", "actie", 340.0)
    schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    assert fields(schemas["Transition"]) == set(told)
    assert client.get("/api/v1/overgangen?wand=kcc&van=2026-11-24").get_json() == []
    refused = client.get("/api/v1/overgangen?van=gisteren")
    assert (refused.status_code, refused.get_json()["veld"]) == (400, "van")


def test_targets_are_told_as_described() -> None:
    client = create_app(targets_board(), fixed(MONDAY_1432)).server.test_client()
    schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    for target in client.get(TARGETS).get_json():
        assert fits(target, schemas["Target"])


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Tell whether a value is what its schema says, all the way down."""
    if schema["type"] == "object" and "properties" in schema:
        inner = schema["properties"]
        return value.keys() == inner.keys() and all(fits(value[key], inner[key]) for key in inner)
    if schema["type"] == "array":
        return all(fits(one, schema["items"]) for one in value)
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return any(isinstance(value, TYPES[name]) for name in allowed)


def test_targets_can_be_asked_of_one_month_and_one_figure() -> None:
    client = create_app(targets_board(), fixed(MONDAY_1432)).server.test_client()
    (told,) = client.get(f"{TARGETS}?maand=2026-03&doel=terugbellen").get_json()
    assert (told["maand"], told["kpi"]) == ("2026-03-01", "terugbellen")
    answer = client.get(TARGETS)
    tagged = client.get(TARGETS, headers={"If-None-Match": answer.headers["ETag"]})
    assert tagged.status_code == 304


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("maand=2026-11", "maand"),
        ("doel=bereikbarheid", "doel"),
        ("alleen=afdeling:x", "alleen"),
        ("doel=terugbellen&alleen=wachtrij:x", "alleen"),
        ("vorm=xls", "vorm"),
        ("mand=2026-10", "mand"),
    ],
)
def test_a_mistake_in_a_question_about_targets_is_explained(query: str, field: str) -> None:
    client = create_app(targets_board(), fixed(MONDAY_1432)).server.test_client()
    answer = client.get(f"{TARGETS}?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["veld"] == field
    assert answer.get_json()["hint"]


def fields(schema: dict[str, Any]) -> set[str]:
    return set(schema["properties"])


@pytest.mark.parametrize("path", ["/", "/wand", "/wand/", "/api/v1/kpis", "/niets", "/healthz"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_dutch_and_keep_the_server_s_versions_to_themselves(client: FlaskClient) -> None:
    text = client.get("/wand/kcc").text
    assert '<html lang="nl"' in text
    assert "Laden …" in text
    assert "python_version" not in text


@pytest.mark.parametrize("path", ["/wan", "/wand/kcc/x", "/stroom/x", "/doel", "/_mcp", "/x/../y"])
def test_an_unknown_path_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet." in answer.text


@pytest.mark.parametrize("path", ["/wand/hal", "/wand/hal/"])
def test_the_screen_of_a_wall_that_was_removed_tells_which_there_are_and_looks_again(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "De wand hal bestaat niet." in answer.text
    assert "Dit zijn de wanden: kcc." in answer.text
    assert answer.headers["Refresh"] == "60"


@pytest.mark.parametrize("path", ["/wand", "/wand/"])
def test_the_wall_without_a_name_is_the_first(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?kiosk=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/wand/kcc?kiosk=1"


def test_the_404_page_carries_the_demonstration_label(
    client: FlaskClient, board: FakeBoard
) -> None:
    board.sources_ = [replace(source, demo=True) for source in board.sources()]
    assert "Demonstratiegegevens" in client.get("/niets").text
