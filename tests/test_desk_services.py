"""What Zammad, TOPdesk and Open311 have in common: trouble, budgets, secrets, wrong answers."""

from __future__ import annotations

import copy
import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import schema
from data.store import Store
from ingest.source import SourceChanged, SourceDown
from tests.conftest import fresh
from tests.desk_services import DESKS, OPTIONS, Desk
from tests.ingest_cast import NOON, facts, ingest, read_all, rows, source_row
from tests.replay import Asked, Said
from tests.service_cast import SECRET, built, options_of, serving, till_complete, wrong

CHANGED = {"zammad": "updated_at", "topdesk": "modificationDate", "open311": "requested_datetime"}
NAMES = ("Jansen", "Pietersen", "voorbeeld.example", "haarlem.example", "Grote Markt", "06123456")


@pytest.fixture(params=sorted(DESKS))
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def desk(kind: str) -> Desk:
    return DESKS[kind]()


@pytest.fixture
def whole(kind: str, desk: Desk, store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that a run makes of the sample."""
    elsewhere = fresh(store)
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        assert ingest(elsewhere, source).error == ""
    found = facts(elsewhere)
    assert len(found["ticket"]) > 20
    assert found["rejected"]
    return found


def test_twice_equals_once(kind: str, desk: Desk, store: Store, whole: Any) -> None:
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        ingest(store, source)
        again = ingest(store, source)
        anew = ingest(store, source, since=0)
    assert (again.error, again.written, anew.error, anew.written) == ("", 0, "", 0)
    assert facts(store) == whole


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_two_halves_equal_one(
    kind: str, desk: Desk, store: Store, whole: Any, share: float
) -> None:
    """What is made and changed after the first run, comes with the second."""
    known = [row for row in desk.rows if isinstance(row.get(CHANGED[kind]), str)]
    ordered = sorted(known, key=lambda row: datetime.fromisoformat(row[CHANGED[kind]]))
    cut = datetime.fromisoformat(ordered[int(len(ordered) * share)][CHANGED[kind]])
    rest = [row for row in desk.rows if row not in known]
    sooner = [row for row in ordered if datetime.fromisoformat(row[CHANGED[kind]]) < cut]
    all_rows, desk.rows = desk.rows, sooner + rest
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        assert ingest(store, source, int(cut.timestamp())).error == ""
        assert facts(store) != whole
        desk.rows = all_rows
        assert ingest(store, source).error == ""
    assert facts(store) == whole


def test_a_budget_of_one_request_per_run_gets_everything_in_the_end(
    kind: str, desk: Desk, store: Store, whole: Any
) -> None:
    with serving(kind, desk, verzoeken=1, **OPTIONS[kind]) as (source, service):
        runs = till_complete(store, source)
        assert len(service.asked) <= runs
    assert facts(store) == whole


def test_any_cursor_on_the_way_goes_on_to_the_same_end(kind: str, desk: Desk) -> None:
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        batches = read_all(source)
        for batch in batches:
            cursor = json.loads(json.dumps(batch.cursor))
            assert cursor == batch.cursor
            assert read_all(source, cursor)[-1].cursor == batches[-1].cursor
    assert batches[-1].complete
    assert not any(batch.complete for batch in batches[:-1])


def test_no_name_number_text_or_secret_gets_out(
    kind: str, desk: Desk, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        batches = read_all(source)
        ingest(store, source)
        said = [
            repr(source),
            repr(batches),
            json.dumps(facts(store)),
            json.dumps(source_row(store)),
        ]
        said.append(json.dumps(rows(store, schema.run)))
    assert any(name in json.dumps(desk.rows) for name in NAMES)
    for text in said:
        assert not any(name in text for name in NAMES)
        assert SECRET not in text
    assert SECRET not in caplog.text


TROUBLE = {
    "401": (Said({}, 401), "geen toegang"),
    "403": (Said({}, 403), "geen toegang"),
    "404": (Said({}, 404), "weigert"),
    "400": (Said([{"message": "nee"}], 400), "weigert"),
    "429": (Said({}, 429, {"Retry-After": "0"}), "storing"),
    "500": (Said({}, 500), "storing"),
    "html": (Said(b"<html>aanmelden</html>", 200, {"Content-Type": "text/html"}), "niet met JSON"),
    "object": (Said({"geen": "lijst"}), "geen lijst"),
    "text": (Said("hallo"), "geen lijst"),
    "cut": (Said([{}] * 50, cut=True), "verbinding brak af"),
    "redirect": (Said({}, 302, {"Location": "https://elders.example/"}), "weigert"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize("after", [0, 1])
def test_trouble_is_told_and_the_cursor_stays(
    kind: str, desk: Desk, store: Store, whole: Any, trouble: str, after: int
) -> None:
    said, reason = TROUBLE[trouble]
    with serving(kind, wrong(said, after)(desk), **OPTIONS[kind]) as (source, _):
        run = ingest(store, source)
    assert reason in run.error
    assert SECRET not in run.error
    assert "http://" not in run.error
    assert source_row(store)["error"] == run.error
    assert source_row(store)["checked_at"] is None
    if after == 0:
        assert source_row(store)["cursor"] == "{}"
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        assert ingest(store, source).error == ""
    assert facts(store) == whole
    assert source_row(store)["error"] == ""


def test_a_hiccup_is_forgiven(kind: str, desk: Desk, store: Store, whole: Any) -> None:
    count = 0

    def hiccup(asked: Asked) -> Said:
        nonlocal count
        count += 1
        return Said({}, 503, {"Retry-After": "0"}) if count % 2 else desk(asked)

    with serving(kind, hiccup, **OPTIONS[kind]) as (source, _):
        assert ingest(store, source).error == ""
    assert facts(store) == whole


def test_a_service_that_is_away_is_down(kind: str) -> None:
    with serving(kind, lambda _: Said([]), **OPTIONS[kind]) as (source, _):
        pass
    with pytest.raises(SourceDown, match="niet te bereiken"):
        read_all(source)


def test_an_empty_service_is_read_to_its_end(kind: str, desk: Desk) -> None:
    desk.rows = []
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        (last,) = [batch for batch in read_all(source) if batch.complete]
        assert read_all(source, last.cursor)[-1].complete


def test_a_wrong_secret_is_told(kind: str, desk: Desk) -> None:
    with serving(kind, desk, **OPTIONS[kind]) as (source, service):
        stranger = replace(source, service=replace(source.service, auth=None, headers=dict))
        if kind == "open311":
            stranger = replace(source, params={})
        with pytest.raises(SourceDown, match="geen toegang"):
            read_all(stranger)
    assert service.asked


# ── what nobody promised ───────────────────────────────────────────────────────────────────

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=300),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def spoilt_rows(draw: st.DrawFn, kind: str) -> list[Any]:
    """The sample, of which some rows miss something, hold something else or are no rows."""
    found: list[Any] = copy.deepcopy(DESKS[kind]().rows)[:28]
    if kind == "open311":
        found = [row | {"requested_datetime": "2026-11-18T06:00:00+01:00"} for row in found]
    for at in draw(st.lists(st.integers(0, len(found) - 1), min_size=1, max_size=6)):
        if draw(st.integers(0, 9)) == 0 or not isinstance(found[at], dict):
            found[at] = draw(JUNK)
            continue
        name = draw(st.sampled_from(sorted(found[at])))
        if draw(st.booleans()):
            found[at].pop(name)
        else:
            found[at][name] = draw(JUNK)
    return found


@pytest.mark.parametrize("name", sorted(DESKS))
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_wrong_rows_are_set_aside_or_stop_the_source_but_never_crash(
    name: str, data: st.DataObject
) -> None:
    junk = data.draw(spoilt_rows(name))

    desk = DESKS[name](rows=junk)
    answers = desk if name == "zammad" else lambda _asked: Said(junk)
    with serving(name, answers, **OPTIONS[name] | ONE_ANSWER[name]) as (source, _):
        try:
            batches = read_all(source)
        except SourceChanged:
            return
    assert batches[-1].complete
    rejected = [row for batch in batches for row in batch.rejected]
    tickets = [ticket for batch in batches for ticket in batch.tickets]
    assert all(row.reason for row in rejected)
    assert all(ticket.key and isinstance(ticket.received_at, int) for ticket in tickets)
    assert sum(batch.read for batch in batches) == len(junk)
    assert len(junk) >= len(rejected) + len(tickets) >= len(junk) - 8


ONE_ANSWER: dict[str, dict[str, Any]] = {"zammad": {}, "topdesk": {}, "open311": {"dagen": 1}}
"""Options with which all comes in one answer."""


# ── configuration ──────────────────────────────────────────────────────────────────────────


def test_what_is_wrong_is_told_at_once_and_never_shows_the_secret(kind: str) -> None:
    mistaken = {
        "adres": "http://desk.example/",
        "sleutel": SECRET,
        "waarden": {"kanalen": {"a": "b"}},
        "sleutle_omgeving": "GEHEIM",
        "interval": 0,
    }
    told = "\n".join(map(str, options_of(kind, mistaken).mistakes))
    for key in ("adres", "sleutel", "waarden.kanalen", "sleutle_omgeving", "interval"):
        assert f"bron[proef].{key}" in told
    assert SECRET not in told


def test_the_example_of_each_kind_works(kind: str) -> None:
    about = import_module(f"ingest.sources.{kind}").ABOUT
    (block,) = tomllib.loads(about.example)["bron"]
    assert block.pop("soort") == kind
    block.pop("naam")
    block |= {"sleutel_omgeving": "GEHEIM"}
    assert options_of(kind, block).mistakes == []


def test_times_are_utc_seconds_within_the_sample(kind: str, desk: Desk) -> None:
    with serving(kind, desk, **OPTIONS[kind]) as (source, _):
        tickets = [ticket for batch in read_all(source) for ticket in batch.tickets]
    begin = datetime(2026, 9, 1, tzinfo=UTC).timestamp()
    assert all(begin < ticket.received_at < NOON for ticket in tickets)
    assert built(kind, "http://127.0.0.1:1/", **OPTIONS[kind]).soort == kind
