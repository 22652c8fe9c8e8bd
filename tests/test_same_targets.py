"""One store, one answer: the page of targets, the API, its files and the command line agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from data.migrate import migrate
from data.settings import load
from metrics import Cut
from metrics.__main__ import OK, main
from metrics.board import Board, open_board
from metrics.concealment import too_few
from metrics.months import last_months
from metrics.periods import ZONE
from metrics.units import Unit
from tests.fake_board import fixed
from tests.oracle import Phone, Question
from tests.test_target_page import told
from tests.worlds import World, know_source, write

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=ZONE)
MONTH = date(2026, 10, 1)
HIDDEN = too_few(10)
NU = NOW.isoformat().replace("+", "%2B")


def two_years() -> World:
    """Thirty months of calls and questions of three departments, one of them very small."""
    random, world = Random(1), World()
    for number, first in enumerate([*last_months(MONTH), *last_months(date(2024, 10, 1))[:6]]):
        monday = first + timedelta(days=(7 - first.weekday()) % 7)
        ten = int(datetime(monday.year, monday.month, monday.day, 10, tzinfo=ZONE).timestamp())
        for place in range(48):
            key, at = f"{number}-{place}", ten + 60 * place
            where = "Griffie" if place < 4 else "Belastingen" if place % 3 else "Burgerzaken"
            taken = random.random() < 0.85
            world.calls[key] = Phone(
                arrived=at, wachtrij="afval", afdeling=where, wait=random.randrange(60),
                outcome="opgenomen" if taken else "afgehaakt", talk=120 if taken else None,
                ended=at + 200,
            )  # fmt: skip
            world.questions[key] = Question(
                received=at, closed=at + 3600, afdeling=where,
                door="kcc" if random.random() < 0.8 else "afdeling",
            )  # fmt: skip
    return world


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doelen")


@pytest.fixture(scope="module")
def board(folder: Path) -> Iterator[Board]:
    found = open_board(load({"REGIEBORD_OPSLAG": str(folder)}))
    migrate(found.store)
    know_source(found.store)
    write(found.store, two_years())
    yield found
    found.store.engine.dispose()


@pytest.fixture(scope="module")
def client(board: Board) -> FlaskClient:
    return create_app(board, fixed(NOW)).server.test_client()


@pytest.fixture
def commanded(
    board: Board, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, Any]]:
    """What `python -m metrics doelen --json` says."""
    assert board.targets(MONTH, NOW)
    monkeypatch.setenv("REGIEBORD_OPSLAG", str(folder))
    monkeypatch.delenv("REGIEBORD_DATABASE_URL", raising=False)
    capsys.readouterr()
    assert main(["doelen", "--json", "--maand", "2026-10", "--nu", NOW.isoformat()]) == OK
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def known(targets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [target for target in targets if target["value"] is not None]
    assert {"bereikbaarheid", "wachttijd", "digitaal_of_kcc"} <= {one["kpi"] for one in found}
    return found


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def number(text: str) -> float | None:
    return float(text) if text else None


def test_the_api_says_what_the_command_line_says(
    client: FlaskClient, commanded: list[dict[str, Any]]
) -> None:
    assert client.get(f"/api/v1/doelen?maand=2026-10&nu={NU}").get_json() == commanded
    assert client.get("/api/v1/doelen").get_json() == commanded
    (one,) = client.get("/api/v1/doelen?doel=wachttijd").get_json()
    assert one in commanded


def test_the_page_says_what_the_command_line_says(
    client: FlaskClient, commanded: list[dict[str, Any]]
) -> None:
    page = told(client)
    for target in known(commanded):
        row = page[page.rindex(f" {target['naam']} ") :]
        unit = Unit(target["unit"])
        beside = "gehaald" if target["gehaald"] else "niet gehaald"
        assert f"{target['tekst']} {unit.text(target['norm'])}" in row[:400]
        for fact in (beside, target["variatie"], target["zekerheid"], target["wat_te_doen"]):
            assert fact in row[:900]
        made = target["prognose"]
        assert f"dec. {unit.text(made['waarde'])}" in row[:1000]


def test_the_page_of_one_target_has_the_months_of_the_command_line(
    client: FlaskClient, commanded: list[dict[str, Any]]
) -> None:
    for target in known(commanded):
        page, unit = told(client, f"?doel={target['kpi']}"), Unit(target["unit"])
        part = target["grenzen"][-1]
        limits = f"{unit.text(part['ondergrens'], 1)} tot {unit.text(part['bovengrens'], 1)}"
        for month in target["reeks"][:-1]:
            assert unit.text(month["waarde"]) in page
        assert f"oktober 2026 {target['tekst']}" in page
        assert limits in page


def test_the_file_that_the_page_links_to_has_the_same_months(
    client: FlaskClient, commanded: list[dict[str, Any]]
) -> None:
    for target in known(commanded):
        html = unescape(client.get(f"/doelen?doel={target['kpi']}").text)
        start = html.index(f"/api/v1/kpis/{target['kpi']}?")
        file = rows(client.get(html[start : html.index('"', start)]).text)
        assert [number(row["waarde"]) for row in file] == [
            month["waarde"] for month in target["reeks"]
        ]


def test_the_file_of_all_targets_has_the_same_months(
    client: FlaskClient, commanded: list[dict[str, Any]]
) -> None:
    file = rows(client.get("/api/v1/doelen?vorm=csv").text)
    for target in known(commanded):
        own = [row for row in file if row["maatstaf"] == target["kpi"]]
        assert [number(row["waarde"]) for row in own] == [
            month["waarde"] for month in target["reeks"]
        ]


# ── parts ──────────────────────────────────────────────────────────────────────────────────


def test_a_part_is_the_same_on_the_page_and_in_the_api(client: FlaskClient, board: Board) -> None:
    (target,) = board.targets(MONTH, NOW, "bereikbaarheid", (Cut.AFDELING, "Belastingen"))
    assert target.reading.value is not None
    query = "doel=bereikbaarheid&alleen=afdeling:Belastingen"
    (told_by_api,) = client.get(f"/api/v1/doelen?{query}").get_json()
    assert told_by_api["value"] == target.reading.value
    assert f"Oktober 2026 {target.reading.text}" in told(client, f"?{query}")
    file = rows(client.get(f"/api/v1/doelen?{query}&vorm=csv").text)
    assert [number(row["waarde"]) for row in file] == [one.value for one in target.readings]


def test_a_part_is_the_same_in_the_list_of_parts(client: FlaskClient, board: Board) -> None:
    found = board.parts("digitaal_of_kcc", Cut.AFDELING, MONTH, NOW)
    page = told(client, "?doel=digitaal_of_kcc&op=afdeling")
    for part in found:
        shown = f"{part.name} {part.reading.text} {part.reading.cases}" if part.reading else ""
        assert shown in page


@pytest.mark.parametrize("vorm", ["json", "csv"])
def test_a_part_that_is_too_small_leaks_nowhere(client: FlaskClient, vorm: str) -> None:
    query = "doel=bereikbaarheid&alleen=afdeling:Griffie"
    answer = client.get(f"/api/v1/doelen?{query}&vorm={vorm}")
    assert HIDDEN in answer.text
    if vorm == "json":
        (target,) = answer.get_json()
        assert {month["waarde"] for month in target["reeks"]} == {None}
        assert {month["noemer"] for month in target["reeks"]} == {None}
        assert target["jaar"]["tot_nu"] is None
    else:
        assert {row["waarde"] + row["noemer"] for row in rows(answer.text)} == {""}
    assert HIDDEN in told(client, f"?{query}")


def test_the_part_that_guards_a_small_one_is_hidden_as_well(
    client: FlaskClient, board: Board
) -> None:
    found = board.parts("bereikbaarheid", Cut.AFDELING, MONTH, NOW)
    guards = [part.name for part in found if part.reading is None]
    assert "Griffie" in guards
    assert len(guards) == 2
    (other,) = set(guards) - {"Griffie"}
    (target,) = client.get(f"/api/v1/doelen?doel=bereikbaarheid&alleen=afdeling:{other}").get_json()
    assert target["value"] is None
