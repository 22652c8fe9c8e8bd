"""How files travel: compressed once, never asked for again; figures never out of a cache."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.delivery import FOREVER
from dashboard.page import ASSETS
from tests.fake_board import MONDAY_1432, FakeBoard, fixed

ZIPPED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(FakeBoard(), fixed(MONDAY_1432)).server.test_client()


def files_of(client: FlaskClient, page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css|woff2)[^"]*)"', client.get(page).text)


def ask(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path, headers=ZIPPED, buffered=True)
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("page", ["/", "/wand/kcc"])
def test_every_file_of_a_page_is_kept_by_the_browser_for_good(
    client: FlaskClient, page: str
) -> None:
    files = files_of(client, page)
    assert len(files) > 12
    for path in files:
        assert ask(client, path).headers["Cache-Control"] == FOREVER, path


def test_what_is_large_and_not_compressed_yet_travels_compressed(client: FlaskClient) -> None:
    for path in files_of(client, "/wand/kcc"):
        zipped, plain = ask(client, path), client.get(path, buffered=True)
        assert plain.headers.get("Content-Encoding") is None
        if zipped.headers.get("Content-Encoding") == "gzip":
            assert gzip.decompress(zipped.data) == plain.data
            assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
            assert len(zipped.data) == zipped.content_length < len(plain.data)
        else:
            assert len(plain.data) < 1000 or "woff2" in path


def test_a_file_is_compressed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = next(path for path in files_of(client, "/wand/kcc") if "dash_renderer" in path)
    first = ask(client, path)
    monkeypatch.setattr("dashboard.delivery.gzip.compress", never_again)
    second = ask(client, path)
    assert first.data == second.data
    assert set(dict(second.headers)) - {"Date"} == set(dict(first.headers))


def test_invented_fingerprints_do_not_fill_the_memory(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next(path for path in files_of(client, "/wand/kcc") if "dash_renderer" in path)
    others = [re.sub(r"v[\d_]+m\d+", f"v9_9_9m{number}", path) for number in range(3)]
    monkeypatch.setattr("dashboard.delivery.ROOM", 2 * len(ask(client, path).data))
    assert len({ask(client, other).data for other in others}) == 1
    monkeypatch.setattr("dashboard.delivery.gzip.compress", never_again)
    told = [client.get(other, headers=ZIPPED, buffered=True).status_code for other in others]
    assert told == [500, 200, 200]


def never_again(*_: object, **__: object) -> bytes:
    raise AssertionError("compressed again")


def test_a_file_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    had = ask(client, "/assets/bootstrap.min.css").headers["ETag"]
    again = client.get(
        "/assets/bootstrap.min.css", headers={**ZIPPED, "If-None-Match": had}, buffered=True
    )
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_without_a_fingerprint_is_asked_after(client: FlaskClient) -> None:
    assert "no-cache" in ask(client, "/assets/regiebord.svg").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/wand/kcc", "/wand/kcc/"])
def test_a_wall_is_not_kept_in_any_drawer(client: FlaskClient, path: str) -> None:
    assert ask(client, path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/wand/kcc", "/wand/kcc/_dash-layout", "/healthz", "/api/v1/kpis"]
)
def test_figures_are_neither_kept_nor_compressed(client: FlaskClient, path: str) -> None:
    headers = ask(client, path).headers
    assert "immutable" not in headers.get("Cache-Control", "")
    assert "Content-Encoding" not in headers


def test_the_font_is_asked_for_by_one_address_only(client: FlaskClient) -> None:
    style = (ASSETS / "fonts" / "figtree.css").read_text("utf-8")
    (preloaded,) = [path for path in files_of(client, "/wand/kcc") if "woff2" in path]
    assert f'url("{preloaded}")' in style
