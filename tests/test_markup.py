"""The first picture: the wall as HTML before any JavaScript, with whatever name a queue has."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html

from dashboard.app import create_app
from dashboard.markup import html_of
from dashboard.svg import Svg
from tests.fake_board import MONDAY_1432, FakeBoard, fixed

HOSTILE = ('<script>alert("x")</script>', '"onmouseover="x', "</p><img src=x>", "a & b", "' or '")


class Seen(HTMLParser):
    """What a browser would make of it: its elements, its attributes, its words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def wall_of(board: FakeBoard, query: str = "") -> str:
    client = create_app(board, fixed(MONDAY_1432)).server.test_client()
    return client.get(f"/wand/kcc{query}").text


def test_an_element_is_drawn_with_its_attributes_and_children() -> None:
    drawn = html_of(
        html.P(
            ["een ", html.B(2), None],
            className="a b",
            style={"width": "41.7%", "left": 0},
            hidden=True,
            title=None,
            **{"data-sinds": 5},
        )
    )
    assert drawn == (
        '<p class="a b" data-sinds="5" hidden style="width:41.7%;left:0">een <b>2</b></p>'
    )


def test_elements_without_content_are_not_closed() -> None:
    assert html_of([html.Br(), html.Td("x", colSpan=3)]) == '<br><td colspan="3">x</td>'


def test_a_drawing_is_left_as_it_is() -> None:
    assert html_of(Svg("<svg></svg>", "icoon")) == '<span class="svg icoon"><svg></svg></span>'


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_becomes_markup(hostile: str) -> None:
    seen = Seen(html_of(html.P(hostile, title=hostile, className=hostile)))
    assert seen.tags == ["p"]
    assert seen.attributes == [("class", hostile), ("title", hostile)]
    assert seen.words == hostile


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_for_a_script_ends_no_script(hostile: str) -> None:
    drawn = html_of(dcc.Store(id="stand", data={"naam": hostile}))
    assert Seen(drawn).tags == ["script"]
    held = drawn.removeprefix('<script type="application/json" id="stand">')
    assert json.loads(held.removesuffix("</script>")) == {"naam": hostile}


def test_what_needs_react_is_refused_and_not_left_out() -> None:
    with pytest.raises(TypeError, match=r"dash_bootstrap_components\.Alert"):
        html_of(html.Div(dbc.Alert("x")))


def test_the_wall_shows_its_figures_and_their_time_without_javascript() -> None:
    seen = Seen(wall_of(FakeBoard())).words
    for told in ("Wachtenden nu", "1:12", "0:18", "92%", "Laatste update 14:31:55", "norm 90%"):
        assert told in seen
    assert "JavaScript staat uit. Stuur niet op deze cijfers." in seen


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_queue_with_a_hostile_name_stays_a_name(hostile: str) -> None:
    board = FakeBoard()
    board.queues = {hostile: (1.0, 0.9)}
    seen, calm = Seen(wall_of(board)), Seen(wall_of(FakeBoard()))
    assert hostile[1:] in unescape(seen.words)
    assert set(seen.tags) == set(calm.tags)
    assert not {name for name, _ in seen.attributes} - {name for name, _ in calm.attributes}


def test_a_wall_without_store_opens_without_figures() -> None:
    assert 'id="eerste"' in wall_of(FakeBoard(broken=True))


def test_other_pages_wait_for_their_script() -> None:
    client = create_app(FakeBoard(), fixed(MONDAY_1432)).server.test_client()
    assert "Laden …" in client.get("/").text
    assert 'id="eerste"' not in client.get("/").text
