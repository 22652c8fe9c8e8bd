"""Open Klant: every contact and task once, with right times and status, whatever the list does."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
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
from ingest.runner import Run
from ingest.source import Surroundings
from ingest.sources import open_klant
from ingest.sources.open_klant import OpenKlant
from ingest.trial import trial
from tests.conftest import fresh
from tests.fake_klantinteracties import ROOT, TOKEN, Register, contact, recorded, task, truth
from tests.ingest_cast import KEY, ingest, read_all, reasons, rows, source_row, versions
from tests.replay import Replay, Said, replay
from tests.rules import listed
from tests.spoil import JUNK
from tests.test_contract import ADDRESS, NUMBER

NOW = int(datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp())
HOUR, DAY = 3600, 86_400
IMPATIENT = Retry(total=1, backoff_factor=0.0, status_forcelist=(429, 500, 502, 503, 504))
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LIVE = "REGIEBORD_LIVE_OPEN_KLANT"


def built(address: str, token: str = TOKEN, **given: Any) -> OpenKlant:
    asked = {"adres": address, "sleutel_omgeving": "SLEUTEL", **given}
    topics = {row["onderwerp"] for row in truth()["klantcontacten"]}
    around = Surroundings(KEY, {"SLEUTEL": token}, topics=listed("Paspoort", *topics))
    options = Options("contacten", asked, Path(), Path())
    source = open_klant.build("contacten", options, around)
    options.finish()
    assert options.mistakes == []
    return replace(source, service=replace(source.service, retry=IMPATIENT))


@pytest.fixture
def register() -> Register:
    return Register(**recorded())


@pytest.fixture
def served(register: Register) -> Iterator[Replay]:
    with replay(register.answers) as running:
        yield running


@pytest.fixture
def source(served: Replay) -> OpenKlant:
    return built(served.base + ROOT[1:], paginagrootte=50)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def up(text: str | None) -> int | None:
    """The second in which something was handled, or the next when it was a part of one later."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return int(moment.timestamp()) + (moment.microsecond > 0)


def tickets(store: Store) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows(store, schema.ticket)}


def content(store: Store) -> list[dict[str, Any]]:
    return [row | {"organisation": 0} for row in rows(store, schema.ticket)]


def till_the_end(store: Store, source: OpenKlant, now: int = NOW, most: int = 400) -> int:
    """Run until a run ends with everything read; return how many it took."""
    for number in range(1, most):
        run = ingest(store, source, now)
        assert run.error == ""
        state = json.loads(source_row(store)["cursor"])
        if "alles" not in state and "volledig" in state and state["stap"] == "eenheden":
            return number
    raise AssertionError("er komt geen einde aan")


# ── what is read, against what was put in ──────────────────────────────────────────────────


def test_every_contact_arrives_once_with_its_time_over_the_clock_change(
    source: OpenKlant, store: Store
) -> None:
    ingest(store, source, NOW)
    found = tickets(store)
    for told in truth()["klantcontacten"]:
        row = found[f"contact:{told['uuid']}"]
        assert row["received_at"] == row["closed_at"] == at(told["plaatsgevondenOp"])
        assert row["kanaal"] == told["kanaal"].lower()
        assert row["told_onderwerp"] == told["onderwerp"]
    assert sum(key.startswith("contact:") for key in found) == len(recorded()["klantcontacten"])
    assert reasons(store) == []


def test_every_task_arrives_once_with_its_times_and_status(source: OpenKlant, store: Store) -> None:
    ingest(store, source, NOW)
    found = tickets(store)
    contacts = {row["uuid"]: row for row in truth()["klantcontacten"]}
    for told in truth()["internetaken"]:
        row = found[f"taak:{told['uuid']}"]
        assert row["received_at"] == at(told["toegewezenOp"])
        assert row["closed_at"] == up(told["afgehandeldOp"])
        assert (row["closed_at"] is None) == (told["status"] == "te_verwerken")
        assert row["soort"] == "terugbelverzoek"
        assert row["told_onderwerp"] == contacts[told["klantcontact"]]["onderwerp"]
        assert row["told_afdeling"] in ("Burgerzaken", "Belastingen")
    assert sum(key.startswith("taak:") for key in found) == 52


def test_a_contact_that_led_to_a_task_was_passed_on_and_a_failed_one_was_settled_by_nobody(
    source: OpenKlant, store: Store
) -> None:
    ingest(store, source, NOW)
    found = tickets(store)
    led = {row["klantcontact"] for row in truth()["internetaken"]}
    for told in truth()["klantcontacten"]:
        failed = told["indicatieContactGelukt"] is False
        expected = Handler.ONBEKEND if failed else Handler.KCC
        expected = Handler.DOORGEZET if told["uuid"] in led else expected
        assert found[f"contact:{told['uuid']}"]["handler"] == expected


def test_nothing_of_an_employee_or_of_what_was_typed_gets_in(
    source: OpenKlant, store: Store, register: Register
) -> None:
    register.klantcontacten[0]["onderwerp"] = "Paspoort (mevrouw De Vries belt over 0612345678"
    register.klantcontacten[0]["hadBetrokkenActoren"] = [register.actoren[0]["uuid"]]
    employee = register.actoren[0]["uuid"]
    register.internetaken[0]["toegewezenAanActoren"].insert(0, employee)
    ingest(store, source, NOW)
    kept = json.dumps([rows(store, table) for table in (schema.ticket, schema.source)])
    for secret in ("medewerker", employee, "Vries", "0612345678", "terugbellen", TOKEN):
        assert secret not in kept
    assert tickets(store)[f"contact:{register.klantcontacten[0]['uuid']}"]["told_onderwerp"] == (
        "Paspoort"
    )


def test_a_subject_that_no_list_knows_is_not_kept_but_shown_in_a_trial(
    source: OpenKlant, store: Store, register: Register
) -> None:
    register.klantcontacten[0]["onderwerp"] = "Mevrouw De Vries belt over 0612345678"
    register.klantcontacten[1]["onderwerp"] = "WOZ bezwaar (van meneer De Vries)"
    ingest(store, source, NOW)
    first, second = (f"contact:{row['uuid']}" for row in register.klantcontacten[:2])
    kept = tickets(store)
    assert (kept[first]["told_onderwerp"], kept[first]["onderwerp"]) == ("", "onbekend")
    assert kept[second]["told_onderwerp"] == "WOZ bezwaar"
    with trial(lambda: NOW):
        shown = [topic for batch in read_all(source, now=NOW) for topic in batch.unlisted]
    assert "Mevrouw De Vries belt over ***" in shown
    assert not any("WOZ" in topic for topic in shown)
    assert not any(batch.unlisted for batch in read_all(source, now=NOW))


def test_who_asked_is_a_pseudonym_on_the_contact_only(
    source: OpenKlant, store: Store, register: Register
) -> None:
    who = {"rol": "klant", "wasPartij": {"uuid": "partij-1"}, "volledigeNaam": "J. de Vries"}
    first, second = register.klantcontacten[:2]
    first["hadBetrokkenen"] = second["hadBetrokkenen"] = [{"wasPartij": None}, who]
    register.internetaken.append(task(UUIDS[0], first["uuid"], "2026-11-23T08:00:00Z"))
    ingest(store, source, NOW)
    found = tickets(store)
    one, other = (found[f"contact:{row['uuid']}"]["told_person"] for row in (first, second))
    assert one == other is not None
    assert found[f"taak:{UUIDS[0]}"]["told_person"] is None


def test_only_tasks_are_read_when_another_source_has_the_contacts(
    served: Replay, store: Store
) -> None:
    ingest(store, built(served.base + ROOT[1:], klantcontacten=False), NOW)
    assert {key.partition(":")[0] for key in tickets(store)} == {"taak"}
    assert len(tickets(store)) == 52


def test_the_words_of_the_municipality_are_used(served: Replay, store: Store) -> None:
    waarden = {
        "kanaal": {"e-mail": "mail"},
        "afdeling": {"Belastingen": "Belastingen en WOZ"},
        "onderwerp": {"WOZ bezwaar": "WOZ"},
    }
    ingest(store, built(served.base + ROOT[1:], waarden=waarden), NOW)
    told = {
        name: {row[name] for row in tickets(store).values()}
        for name in ("kanaal", "told_afdeling", "told_onderwerp")
    }
    assert "mail" in told["kanaal"]
    assert "e-mail" not in told["kanaal"]
    assert "Belastingen en WOZ" in told["told_afdeling"]
    assert "Belastingen" not in told["told_afdeling"]
    assert "WOZ" in told["told_onderwerp"]


# ── what happens after the first time ──────────────────────────────────────────────────────

UUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(200)]


def test_twice_is_once(source: OpenKlant, store: Store) -> None:
    ingest(store, source, NOW)
    once, days = content(store), versions(store)
    assert ingest(store, source, NOW + HOUR).written == 0
    assert ingest(store, source, NOW, since=0).written == 0
    assert (content(store), versions(store)) == (once, days)


def test_two_halves_are_one(source: OpenKlant, store: Store, register: Register) -> None:
    contacts, tasks = register.klantcontacten, register.internetaken
    register.klantcontacten, register.internetaken = contacts[150:], tasks[30:]
    ingest(store, source, NOW)
    register.klantcontacten, register.internetaken = contacts, tasks
    for hours in (1, 24):
        ingest(store, source, NOW + hours * HOUR)
    whole = fresh(store)
    ingest(whole, source, NOW + DAY)
    assert content(store) == content(whole)


def test_nothing_in_a_record_or_cursor_looks_like_a_number_or_an_address(
    source: OpenKlant,
) -> None:
    assert NUMBER.search(json.dumps(recorded()))
    assert ADDRESS.search(json.dumps(recorded()))
    for batch in read_all(source, now=NOW):
        told = UUID.sub("", json.dumps([batch.cursor, *batch.tickets, *batch.rejected]))
        assert not NUMBER.search(told)
        assert not ADDRESS.search(told)


def test_a_new_contact_comes_with_the_next_run_and_not_the_whole_list(
    source: OpenKlant, store: Store, register: Register, served: Replay
) -> None:
    ingest(store, source, NOW)
    served.asked.clear()
    register.klantcontacten.append(contact(UUIDS[0], "2026-11-24T11:01:00Z"))
    run = ingest(store, source, NOW + HOUR)
    assert f"contact:{UUIDS[0]}" in tickets(store)
    assert run.read == 50
    assert len(served.asked) == 3  # departments, a page of contacts, the open tasks


def test_a_task_that_is_closed_reassigned_reopened_or_made_late_is_seen_the_next_run(
    source: OpenKlant, store: Store, register: Register
) -> None:
    ingest(store, source, NOW)
    waiting = [row for row in register.internetaken if row["status"] == "te_verwerken"]
    done = next(row for row in register.internetaken if row["status"] == "verwerkt")
    old = register.klantcontacten[-1]["uuid"]
    waiting[0].update(status="verwerkt", afgehandeldOp="2026-11-24T11:30:00.5Z")
    waiting[1]["toegewezenAanActoren"] = ["943af68d-afdb-4460-9c30-d8017aa41ca6"]
    waiting[2]["toegewezenAanActoren"] = ["ee47ae3e-0d54-4160-a87e-0528f5356675"]
    done.update(status="te_verwerken", afgehandeldOp=None)
    register.internetaken.insert(0, task(UUIDS[0], old, "2026-11-24T11:40:00Z"))
    ingest(store, source, NOW + HOUR)
    found = tickets(store)
    assert found[f"taak:{waiting[0]['uuid']}"]["closed_at"] == at("2026-11-24T11:30:01Z")
    assert found[f"taak:{waiting[1]['uuid']}"]["told_afdeling"] == "Belastingen"
    assert found[f"taak:{waiting[2]['uuid']}"]["told_afdeling"] == "Burgerzaken"
    assert found[f"taak:{done['uuid']}"]["closed_at"] is None
    assert found[f"taak:{UUIDS[0]}"]["closed_at"] is None
    assert found[f"contact:{old}"]["handler"] == Handler.DOORGEZET


def test_what_was_entered_late_deep_in_the_list_or_removed_is_found_at_night(
    source: OpenKlant, store: Store, register: Register
) -> None:
    ingest(store, source, NOW)
    gone = register.klantcontacten.pop(120)
    gone_task = next(row for row in register.internetaken if row["status"] == "verwerkt")
    register.internetaken.remove(gone_task)
    register.klantcontacten.append(contact(UUIDS[0], "2026-02-01T08:00:00Z"))
    ingest(store, source, NOW + HOUR)
    assert f"contact:{gone['uuid']}" in tickets(store)
    assert f"contact:{UUIDS[0]}" not in tickets(store)
    ingest(store, source, at("2026-11-25T02:55:00+01:00"))
    assert f"contact:{UUIDS[0]}" not in tickets(store)
    ingest(store, source, at("2026-11-25T03:05:00+01:00"))
    found = tickets(store)
    assert f"contact:{UUIDS[0]}" in found
    assert f"contact:{gone['uuid']}" not in found
    assert f"taak:{gone_task['uuid']}" not in found


def test_an_open_task_that_was_removed_is_gone_at_once_and_asked_about_no_more(
    source: OpenKlant, store: Store, register: Register, served: Replay
) -> None:
    ingest(store, source, NOW)
    removed = next(row for row in register.internetaken if row["status"] == "te_verwerken")
    register.internetaken.remove(removed)
    register.klantcontacten[:] = [
        row
        for row in register.klantcontacten
        if row["uuid"] != removed["aanleidinggevendKlantcontact"]
    ]
    ingest(store, source, NOW + HOUR)
    assert f"taak:{removed['uuid']}" not in tickets(store)
    assert f"contact:{removed['aanleidinggevendKlantcontact']}" not in tickets(store)
    served.asked.clear()
    ingest(store, source, NOW + 2 * HOUR)
    assert len(served.asked) == 3


def test_a_contact_in_the_future_does_not_move_the_watermark(
    source: OpenKlant, store: Store, register: Register
) -> None:
    register.klantcontacten.append(contact(UUIDS[0], "2062-01-01T08:00:00Z"))
    ingest(store, source, NOW)
    register.klantcontacten.append(contact(UUIDS[1], "2026-11-24T11:01:00Z"))
    ingest(store, source, NOW + HOUR)
    assert f"contact:{UUIDS[1]}" in tickets(store)


def test_a_register_that_was_empty_at_first_is_read_later(store: Store) -> None:
    register = Register()
    with replay(register.answers) as running:
        source = built(running.base + ROOT[1:])
        assert ingest(store, source, NOW).error == ""
        register.klantcontacten.append(contact(UUIDS[0], "2026-01-01T08:00:00Z"))
        ingest(store, source, NOW + HOUR)
    assert list(tickets(store)) == [f"contact:{UUIDS[0]}"]


# ── a list that moves while it is read ─────────────────────────────────────────────────────


def moving(register: Register, change: Callable[[int], object]) -> None:
    """Change the register after the answers from the second on."""
    register.meanwhile = [lambda: None, *(lambda n=n: change(n) for n in range(4))]


def test_contacts_that_come_while_the_list_is_read_lose_none(
    source: OpenKlant, store: Store, register: Register
) -> None:
    def come(number: int) -> None:
        when = f"2026-11-24T10:0{number}:00Z"
        new = (contact(UUIDS[10 * number + n], when) for n in range(7))
        register.klantcontacten.extend(new)

    moving(register, come)
    before = {f"contact:{row['uuid']}" for row in register.klantcontacten}
    ingest(store, source, NOW)
    assert before <= tickets(store).keys()
    ingest(store, source, NOW + HOUR)
    assert {f"contact:{row['uuid']}" for row in register.klantcontacten} <= tickets(store).keys()


def test_contacts_that_go_while_the_list_is_read_cost_no_other(
    source: OpenKlant, store: Store, register: Register
) -> None:
    def go(number: int) -> None:
        newest = sorted(register.klantcontacten, key=lambda row: row["plaatsgevondenOp"])
        for row in newest[-3 - number :]:
            register.klantcontacten.remove(row)

    moving(register, go)
    ingest(store, source, NOW)
    left = {f"contact:{row['uuid']}" for row in register.klantcontacten}
    assert left <= tickets(store).keys()


def test_a_list_that_loses_its_last_pages_still_ends(
    source: OpenKlant, store: Store, register: Register
) -> None:
    def go(_number: int) -> None:
        del register.klantcontacten[60:]

    moving(register, go)
    run = ingest(store, source, NOW)
    assert run.error == ""
    assert {f"contact:{row['uuid']}" for row in register.klantcontacten} <= tickets(store).keys()


def test_what_comes_while_everything_is_read_in_several_runs_is_not_taken_for_gone(
    served: Replay, store: Store, register: Register
) -> None:
    source = built(served.base + ROOT[1:], paginagrootte=50, verzoeken=4)
    for number in range(16):
        ingest(store, source, NOW + 300 * number)
        when = datetime.fromtimestamp(NOW + 300 * number).astimezone().isoformat()
        register.klantcontacten.append(contact(UUIDS[number], when))
    ingest(store, source, NOW + DAY)
    found = tickets(store)
    assert {f"contact:{row['uuid']}" for row in register.klantcontacten} <= found.keys()


@pytest.mark.parametrize("budget", [1, 2, 5])
def test_a_small_budget_gets_everything_in_the_end(
    source: OpenKlant, served: Replay, store: Store, budget: int
) -> None:
    ingest(store, source, NOW)
    other = fresh(store)
    small = built(served.base + ROOT[1:], paginagrootte=50, verzoeken=budget)
    assert till_the_end(other, small) > 1
    assert content(other) == content(store)


def test_a_small_budget_sees_changes_too(
    served: Replay, on_sqlite: Store, register: Register
) -> None:
    store = on_sqlite
    source = built(served.base + ROOT[1:], paginagrootte=10, verzoeken=1)
    del register.klantcontacten[100:]
    till_the_end(store, source)
    kept = {row["uuid"] for row in register.klantcontacten}
    waiting = [
        row
        for row in register.internetaken
        if row["status"] == "te_verwerken" and row["aanleidinggevendKlantcontact"] in kept
    ]
    for row in waiting:
        row.update(status="verwerkt", afgehandeldOp="2026-11-24T11:30:00Z")
    for _ in range(25):
        assert ingest(store, source, NOW + HOUR).error == ""
    found = tickets(store)
    handled = {found[f"taak:{row['uuid']}"]["closed_at"] for row in waiting}
    assert handled == {at("2026-11-24T11:30:00Z")}


def test_any_cursor_on_the_way_goes_on_to_the_same_end(source: OpenKlant) -> None:
    batches = read_all(source, now=NOW)
    for batch in batches:
        assert json.loads(json.dumps(batch.cursor)) == batch.cursor
        again = read_all(source, batch.cursor, NOW)
        assert again[-1].complete
        assert again[-1].cursor | {"volledig": 0} == batches[-1].cursor | {"volledig": 0}


# ── what can be wrong at the other side ────────────────────────────────────────────────────

WRONG = {
    "no access": (Said({}, 401), "geen toegang (401); controleer sleutel en rechten"),
    "no right": (Said({}, 403), "geen toegang (403)"),
    "not there": (Said({}, 404), "weigert de vraag (404)"),
    "too often": (Said({}, 429), "storing (429)"),
    "broken": (Said({}, 500), "storing (500)"),
    "cut": (Said({"count": 1}, cut=True), "de verbinding brak af"),
    "a page of HTML": (Said(b"<html>", headers={"Content-Type": "text/html"}), "niet met JSON"),
    "no page": (Said([]), "geen pagina met `count` en `results`"),
    "no list": (Said({"count": 1, "results": {}}), "geen pagina met `count` en `results`"),
    "nothing": (Said(b""), "geen pagina met `count` en `results`"),
}


@pytest.mark.parametrize("trouble", WRONG)
@pytest.mark.parametrize("after", [0, 1, 3])
def test_trouble_is_said_and_costs_nothing_that_was_read(
    source: OpenKlant, store: Store, register: Register, trouble: str, after: int
) -> None:
    said, expected = WRONG[trouble]
    fine = [lambda: None] * (after - 1)
    begin = partial(register.first.extend, [said] * 5)
    register.meanwhile = [*fine, begin] if after else []
    if not after:
        begin()
    run = ingest(store, source, NOW)
    if trouble == "not there" and after == 3:
        assert run.error == "" or "404" in run.error
    else:
        assert expected in run.error
    assert TOKEN not in run.error
    assert TOKEN not in repr(source)
    register.first.clear()
    register.meanwhile.clear()
    ingest(store, source, NOW + HOUR)
    whole = fresh(store)
    ingest(whole, source, NOW + HOUR)
    assert content(store) == content(whole)


def test_a_wrong_token_is_said_without_it(served: Replay, store: Store) -> None:
    run = ingest(store, built(served.base + ROOT[1:], token="verkeerd-geheim"), NOW)
    assert "geen toegang (401)" in run.error
    assert "verkeerd" not in run.error


def test_a_register_that_suddenly_shows_a_part_loses_nothing(
    source: OpenKlant, store: Store, register: Register
) -> None:
    ingest(store, source, NOW)
    before = content(store)
    del register.klantcontacten[100:]
    run: Run = ingest(store, source, NOW + DAY)
    assert "er is niets verwijderd" in run.error
    assert len(content(store)) == len(before)


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no id": ({"uuid": None}, "uuid: ontbreekt"),
    "no moment": ({"plaatsgevondenOp": None}, "plaatsgevondenOp: ontbreekt"),
    "a number": ({"plaatsgevondenOp": 5}, "plaatsgevondenOp: geen tijd maar int"),
    "a list": ({"kanaal": []}, "kanaal: geen tekst maar list"),
    "no flag": ({"indicatieContactGelukt": "ja"}, "geen true of false"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_one_broken_contact_is_set_aside_with_its_reason(
    source: OpenKlant, store: Store, register: Register, what: str
) -> None:
    changes, reason = BROKEN[what]
    register.klantcontacten.append({**contact(UUIDS[0], "2026-11-24T10:00:00Z"), **changes})
    ingest(store, source, NOW)
    assert len(tickets(store)) == 269 + 52
    assert any(reason in found for found in reasons(store))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "wacht"}, "status: geen te_verwerken of verwerkt"),
        ({"status": "verwerkt"}, "afgehandeldOp: ontbreekt, terwijl de taak verwerkt is"),
        ({"toegewezenOp": ""}, "toegewezenOp: ontbreekt"),
    ],
)
def test_one_broken_task_is_set_aside_and_not_its_contact(
    source: OpenKlant, store: Store, register: Register, changes: dict[str, Any], reason: str
) -> None:
    register.klantcontacten.append(contact(UUIDS[0], "2026-11-24T10:00:00Z"))
    made = {**task(UUIDS[1], UUIDS[0], "2026-11-24T10:01:00Z"), **changes}
    register.internetaken.insert(0, made)
    ingest(store, source, NOW)
    assert f"contact:{UUIDS[0]}" in tickets(store)
    assert reasons(store) == [reason]
    register.internetaken[0].update(
        task(UUIDS[1], UUIDS[0], "2026-11-24T10:01:00Z", status="te_verwerken")
    )
    ingest(store, source, NOW + HOUR)
    assert f"taak:{UUIDS[1]}" in tickets(store)


def test_an_id_that_is_no_id_never_gets_into_an_address(
    source: OpenKlant, store: Store, register: Register, served: Replay
) -> None:
    evil = "//elders.example/"
    register.klantcontacten.append(contact(evil, "2026-11-24T10:00:00Z"))
    register.internetaken.insert(0, task(UUIDS[1], evil, "2026-11-24T10:01:00Z"))
    assert ingest(store, source, NOW).error == ""
    assert ingest(store, source, NOW + HOUR).error == ""
    assert all("elders" not in asked.path for asked in served.asked)


FIELDS = st.sampled_from(
    [
        *("uuid", "kanaal", "onderwerp", "plaatsgevondenOp", "indicatieContactGelukt", "metadata"),
        *("leiddeTotInterneTaken", "hadBetrokkenen", "_expand", "hadBetrokkenActoren"),
        *("status", "toegewezenOp", "afgehandeldOp", "toegewezenAanActoren", "naam", "soortActor"),
        *("aanleidinggevendKlantcontact", "count", "next", "results"),
    ]
)


def spoilt(body: Any, field: str, value: Any) -> Any:
    """The same answer with this value in the place of each such field."""
    if isinstance(body, dict):
        return {
            name: value if name == field else spoilt(inner, field, value)
            for name, inner in body.items()
        }
    return [spoilt(inner, field, value) for inner in body] if isinstance(body, list) else body


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(field=FIELDS, value=JUNK, missing=st.booleans())
def test_no_answer_however_odd_makes_it_crash(
    shared_store: Store, field: str, value: Any, missing: bool
) -> None:
    register = Register(**{name: found[:8] for name, found in recorded().items()})
    store = fresh(shared_store)

    def odd(body: Any) -> Any:
        return without(body, field) if missing else spoilt(body, field, value)

    with replay(register.answers) as running:
        source = built(running.base + ROOT[1:], verzoeken=30)
        register.changed = odd
        first = ingest(store, source, NOW)
        register.changed = lambda body: body
        assert ingest(store, source, NOW + DAY).error == ""
        assert isinstance(first.error, str)
        whole = {f"contact:{row['uuid']}" for row in register.klantcontacten}
        assert whole <= tickets(store).keys()


def without(body: Any, field: str) -> Any:
    """The same answer without that field."""
    if isinstance(body, dict):
        return {name: without(inner, field) for name, inner in body.items() if name != field}
    return [without(inner, field) for inner in body] if isinstance(body, list) else body


# ── configuration, and the real thing ──────────────────────────────────────────────────────


def test_mistakes_in_the_configuration_are_all_told_with_what_to_do() -> None:
    given = {
        "adres": "http://openklant.gemeente.nl",
        "sleutel": TOKEN,
        "paginagrootte": 501,
        "volledig_uur": 24,
        "waarden": {"kanal": {}},
    }
    options = Options("contacten", given, Path(), Path())
    open_klant.build("contacten", options, Surroundings(KEY))
    options.finish()
    told = "\n".join(str(mistake) for mistake in options.mistakes)
    for part in ("https", "sleutel_omgeving", "1 tot 500", "0 tot 23", "kanaal"):
        assert part in told
    assert TOKEN not in told


@pytest.mark.skipif(LIVE not in os.environ, reason=f"{LIVE} is niet gegeven")
def test_a_live_register_is_read_twice_to_the_same_end(store: Store) -> None:
    address = os.environ[LIVE].rstrip("/")
    if "klantinteracties" not in address:
        address += "/klantinteracties/api/v1"
    source = built(address, os.environ[f"{LIVE}_TOKEN"], paginagrootte=20)
    now = int(datetime.now().astimezone().timestamp())
    till_the_end(store, source, now)
    found = tickets(store)
    assert found
    assert reasons(store) == []
    for told in truth()["klantcontacten"]:
        if row := found.get(f"contact:{told['uuid']}"):
            assert row["received_at"] == at(told["plaatsgevondenOp"])
    assert ingest(store, source, now + 60).written == 0
    other = fresh(store)
    till_the_end(other, built(address, os.environ[f"{LIVE}_TOKEN"], verzoeken=2), now)
    assert content(other) == content(store)
