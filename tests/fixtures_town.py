"""The small municipality, in one store for all tests that only read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import metrics.__main__
from dashboard.app import create_app
from metrics.board import Board
from tests.fixtures_browser import MOMENT
from tests.oracle import AMSTERDAM
from tests.town import environment, town

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town") / "opslag"


@pytest.fixture(scope="session")
def town_board(town_folder: Path) -> Iterator[Board]:
    opened = town(town_folder)
    yield opened
    opened.store.engine.dispose()


@pytest.fixture(scope="session")
def town_client(town_board: Board) -> FlaskClient:
    return create_app(town_board, MOMENT).server.test_client()


@pytest.fixture
def ask(town_board: Board, town_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Ask:
    """What the command line says of the same store at the same moment."""
    assert town_board.store.revision()
    for name, value in environment(town_folder).items():
        monkeypatch.setenv(name, value)
    now = MOMENT().astimezone(AMSTERDAM).isoformat()

    def told(*arguments: str) -> Any:
        assert metrics.__main__.main([*arguments, "--nu", now, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return told
