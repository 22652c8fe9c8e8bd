"""KISS: contacts day by day, under a token that is made anew; the employee stays outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from httpx_retries import Retry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import schema
from data.codes import Handler
from data.store import Store
from ingest.options import Options
from ingest.source import Surroundings
from ingest.sources import kiss
from ingest.sources.kiss import Kiss
from ingest.trial import trial
from tests.conftest import fresh
from tests.fake_kiss import NOW, SECRET, FakeKiss, Row, details
from tests.ingest_cast import KEY, ingest, read_all, reasons, rows, source_row
from tests.replay import Replay, Said, replay
from tests.spoil import JUNK

HOUR, DAY = 3600, 86_400
IMPATIENT = Retry(total=1, backoff_factor=0.0, status_forcelist=(429, 500, 502, 503, 504))


def built(address: str, **given: Any) -> Kiss:
    asked = {"adres": address, "sleutel_omgeving": "SLEUTEL", "dagen_terug": 30, **given}
    options = Options("kiss", asked, Path(), Path())
    source = kiss.build("kiss", options, Surroundings(KEY, {"SLEUTEL": SECRET}))
    options.finish()
    assert options.mistakes == []
    return replace(source, service=replace(source.service, retry=IMPATIENT))


@pytest.fixture
def there() -> FakeKiss:
    return FakeKiss([details(number) for number in range(400)])


@pytest.fixture
def served(there: FakeKiss) -> Iterator[Replay]:
    with replay(there.answers) as running:
        yield running


@pytest.fixture
def source(served: Replay) -> Kiss:
    return built(served.base)


def tickets(store: Store) -> dict[str, Row]:
    return {row["key"]: row for row in rows(store, schema.ticket)}


def content(store: Store) -> list[Row]:
    return [row | {"organisation": 0} for row in rows(store, schema.ticket)]


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


# ── what is read ───────────────────────────────────────────────────────────────────────────


def test_every_contact_arrives_once_with_its_times_and_result(
    source: Kiss, store: Store, there: FakeKiss
) -> None:
    ingest(store, source, NOW)
    found = tickets(store)
    assert len(found) == 400
    expected = {
        "Zelfstandig afgehandeld": Handler.KCC,
        "Doorverbonden": Handler.DOORGEZET,
        "Anders": Handler.ONBEKEND,
    }
    for told in there.contacts:
        row = found[told["id"]]
        assert row["received_at"] == at(told["startdatum"])
        assert row["closed_at"] == at(told["einddatum"])
        assert row["handler"] == expected[told["gespreksresultaat"]]
        assert row["kanaal"] == "telefoon"
        assert row["told_afdeling"] == "Burgerzaken"
        assert row["told_onderwerp"] == "Paspoort aanvragen - Kosten"


def test_the_doubled_hour_of_october_has_its_own_contacts(store: Store) -> None:
    written = Path(__file__).parent / "samples" / "kiss" / "contactmomentendetails.json"
    told = {row["id"]: row for row in json.loads(written.read_text())["results"]}
    with replay(FakeKiss(list(told.values())).answers) as running:
        ingest(store, built(running.base, dagen_terug=60), NOW)
    found = tickets(store)
    assert {key: row["received_at"] for key, row in found.items()} == {
        key: at(row["startdatum"]) for key, row in told.items()
    }
    days = [date.fromordinal(row["day"]).isoformat() for row in found.values()]
    assert days == ["2026-10-26", *["2026-10-25"] * 4, "2026-10-24"]
    handlers = [Handler(row["handler"]).name for row in found.values()]
    assert handlers == ["KCC", "DOORGEZET", "KCC", "DOORGEZET", "ONBEKEND", "KCC"]
    assert "Jansen" not in json.dumps(list(found.values()))


def test_nothing_of_an_employee_or_of_what_was_typed_gets_in(source: Kiss, store: Store) -> None:
    ingest(store, source, NOW)
    kept = json.dumps([rows(store, table) for table in (schema.ticket, schema.source)])
    for secret in ("edewerker", "Vries", "Smoelenboek", SECRET):
        assert secret not in kept
    assert SECRET not in repr(source)


def test_the_words_of_the_municipality_are_used(served: Replay, store: Store) -> None:
    waarden = {
        "afgehandeld_door": {"Anders": "afdeling", "Doorverbonden": "kcc"},
        "onderwerp": {"Paspoort aanvragen - Kosten": "paspoort"},
        "afdeling": {"Burgerzaken": "Publiekszaken"},
    }
    ingest(store, built(served.base, kanaal="balie", waarden=waarden), NOW)
    found = list(tickets(store).values())
    assert {row["handler"] for row in found} == {Handler.KCC, Handler.AFDELING}
    assert {row["told_onderwerp"] for row in found} == {"paspoort"}
    assert {row["told_afdeling"] for row in found} == {"Publiekszaken"}
    assert {row["kanaal"] for row in found} == {"balie"}


def test_each_request_has_a_fresh_token_that_soon_expires(
    source: Kiss, store: Store, there: FakeKiss
) -> None:
    ingest(store, source, NOW)
    assert len(there.tokens) == 30  # a month, day by day
    assert all(NOW <= token["iat"] <= NOW + 60 for token in there.tokens)
    assert {token["exp"] - token["iat"] for token in there.tokens} == {300}


def test_a_first_time_begins_as_far_back_as_is_asked(served: Replay, store: Store) -> None:
    ingest(store, built(served.base, dagen_terug=2), NOW)
    assert served.asked[0].params["from"] == "2026-11-22T11:00:00Z"
    assert len(tickets(store)) == 2 * 48


# ── what happens after the first time ──────────────────────────────────────────────────────


def test_a_trial_finds_contacts_where_the_oldest_days_are_empty(there: FakeKiss) -> None:
    there.contacts = there.contacts[-20:]
    with replay(there.answers) as running, trial(lambda: NOW):
        batches = list(islice(built(running.base, dagen_terug=400).batches({}, NOW), 3))
    assert sum(len(batch.tickets) for batch in batches) == 20


def test_twice_is_once_in_one_request(source: Kiss, store: Store, served: Replay) -> None:
    ingest(store, source, NOW)
    once = content(store)
    served.asked.clear()
    assert ingest(store, source, NOW).written == 0
    assert len(served.asked) == 1
    assert ingest(store, source, NOW, since=0).written == 0
    assert content(store) == once


def test_what_was_completed_late_or_changed_within_the_overlap_is_seen(
    source: Kiss, store: Store, there: FakeKiss
) -> None:
    ingest(store, source, NOW)
    there.contacts.insert(0, details(380, id="laat"))
    there.contacts[-1]["gespreksresultaat"] = "Doorverbonden"
    there.clock = lambda: NOW + HOUR
    ingest(store, source, NOW + HOUR)
    found = tickets(store)
    assert "laat" in found
    assert found[there.contacts[-1]["id"]]["handler"] == Handler.DOORGEZET


def test_two_halves_are_one(source: Kiss, store: Store, there: FakeKiss) -> None:
    whole, there.contacts = there.contacts, there.contacts[:200]
    there.clock = lambda: NOW - 200 * 1800
    ingest(store, source, NOW - 200 * 1800)
    assert len(tickets(store)) == 200
    there.contacts, there.clock = whole, lambda: NOW
    ingest(store, source, NOW)
    other = fresh(store)
    ingest(other, source, NOW)
    assert content(other) == content(store)


def test_an_empty_period_is_no_mistake(store: Store) -> None:
    with replay(FakeKiss([]).answers) as running:
        run = ingest(store, built(running.base), NOW)
    assert run.error == ""
    assert source_row(store)["checked_at"] == NOW


@pytest.mark.parametrize("budget", [1, 3])
def test_a_small_budget_gets_everything_in_the_end(
    source: Kiss, served: Replay, on_sqlite: Store, budget: int
) -> None:
    ingest(on_sqlite, source, NOW)
    other = fresh(on_sqlite)
    small = built(served.base, verzoeken=budget, paginagrootte=20)
    for _ in range(120):
        assert ingest(other, small, NOW).error == ""
        if source_row(other)["checked_at"] == NOW:
            break
    assert content(other) == content(on_sqlite)
    assert source_row(other)["checked_at"] == NOW


def test_any_cursor_on_the_way_goes_on_to_the_same_end(served: Replay) -> None:
    source = built(served.base, paginagrootte=20)
    batches = read_all(source, now=NOW)
    for batch in batches:
        assert json.loads(json.dumps(batch.cursor)) == batch.cursor
        again = read_all(source, batch.cursor, NOW)
        assert again[-1].complete
        assert again[-1].cursor == batches[-1].cursor


def test_a_day_that_moves_while_it_is_paged_loses_none(store: Store, there: FakeKiss) -> None:
    def come() -> None:
        there.contacts.insert(0, details(399, id=f"nieuw{len(there.contacts)}"))

    def go() -> None:
        there.contacts.pop()

    there.meanwhile = [come, come, go, go, go, come, go] * 3
    with replay(there.answers) as running:
        ingest(store, built(running.base, paginagrootte=7, dagen_terug=9), NOW)
    there.meanwhile.clear()
    assert {row["id"] for row in there.contacts} <= tickets(store).keys()


# ── what can be wrong at the other side ────────────────────────────────────────────────────

WRONG = {
    "no access": (Said(b"", 401), "geen toegang (401); controleer sleutel en rechten"),
    "no right": (Said(b"", 403), "geen toegang (403)"),
    "not there": (Said(b"", 404), "weigert de vraag (404)"),
    "too often": (Said({}, 429), "storing (429)"),
    "broken": (Said({}, 500), "storing (500)"),
    "cut": (Said({"count": 1}, cut=True), "de verbinding brak af"),
    "the front page": (Said(b"<html>", headers={"Content-Type": "text/html"}), "niet met JSON"),
    "no page": (Said({"count": None, "results": []}), "geen pagina met `count` en `results`"),
}


@pytest.mark.parametrize("trouble", WRONG)
def test_trouble_is_said_and_the_next_run_goes_on(
    source: Kiss, store: Store, there: FakeKiss, trouble: str
) -> None:
    said, expected = WRONG[trouble]
    there.meanwhile = [lambda: None, lambda: there.first.extend([said] * 2)]
    run = ingest(store, source, NOW)
    assert expected in run.error
    assert SECRET not in run.error
    there.first.clear()
    assert ingest(store, source, NOW).error == ""
    assert len(tickets(store)) == 400


def test_a_wrong_key_is_said_without_it(there: FakeKiss, served: Replay, store: Store) -> None:
    run = ingest(store, replace(built(served.base), key="verkeerd" * 8), NOW)
    assert "geen toegang (401)" in run.error
    assert "verkeerd" not in run.error
    assert there.tokens == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "id: ontbreekt"),
        ({"einddatum": None}, "einddatum: ontbreekt"),
        ({"einddatum": "gisteren"}, "einddatum: geen tijd"),
        ({"vraag": ["?"]}, "vraag: geen tekst maar list"),
        ({"gespreksresultaat": 5.5}, "gespreksresultaat: geen tekst maar float"),
    ],
)
def test_one_broken_contact_is_set_aside_with_its_reason(
    source: Kiss, store: Store, there: FakeKiss, changes: Row, reason: str
) -> None:
    there.contacts[7].update(changes)
    ingest(store, source, NOW)
    assert len(tickets(store)) == 399
    assert any(reason in found for found in reasons(store))


FIELDS = st.sampled_from(["count", "next", "results", *details(0)])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=FIELDS, value=JUNK, missing=st.booleans())
def test_no_answer_however_odd_makes_it_crash(
    shared_store: Store, name: str, value: Any, missing: bool
) -> None:
    there, store = FakeKiss([details(number) for number in range(380, 400)]), fresh(shared_store)

    def odd(body: Any) -> Any:
        if name in body:
            return _with(body, name, value, missing)
        return body | {"results": [_with(row, name, value, missing) for row in body["results"]]}

    with replay(there.answers) as running:
        source = built(running.base, dagen_terug=1, verzoeken=30)
        there.changed = odd
        ingest(store, source, NOW)
        there.changed = lambda body: body
        assert ingest(store, source, NOW).error == ""
    assert {row["id"] for row in there.contacts} <= tickets(store).keys()


def _with(found: Row, name: str, value: Any, missing: bool) -> Row:
    return {
        key: value if key == name else kept
        for key, kept in found.items()
        if key != name or not missing
    }


def test_mistakes_in_the_configuration_are_all_told_with_what_to_do() -> None:
    given = {
        "adres": "ftp://kiss",
        "sleutel_omgeving": "KORT",
        "paginagrootte": 5001,
        "overlap": 0,
        "waarden": {"afgehandeld_door": {"Anders": "iemand"}},
    }
    options = Options("kiss", given, Path(), Path())
    kiss.build("kiss", options, Surroundings(KEY, {"KORT": "kort-geheim"}))
    options.finish()
    told = "\n".join(str(mistake) for mistake in options.mistakes)
    for part in ("https://", "korter dan 32 tekens", "1 tot 5000", "boven 0", "doorgezet"):
        assert part in told
    assert "kort-geheim" not in told
