"""Cases from a case system: once each, in the right state, closed and due at the right moment."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar import ZONE, Calendar, Week
from data.codes import Happening
from data.store import Store
from data.workdays import Workdays
from ingest.json_item import Item
from ingest.records import Event, Ticket
from ingest.source import Batch, SourceChanged, SourceDown
from ingest.zgw_course import EXTENDED, MOVED, RESUMED, SUSPENDED, due
from tests.fake_zaken import CLIENT, RECORDED_AT, CaseSystem, recorded
from tests.ingest_cast import facts, ingest, read_all, reasons, rows, source_row
from tests.replay import Said
from tests.rules import shipped
from tests.service_cast import SECRET, built, options_of, serving, till_complete, wrong
from tests.spoil import JUNK, assert_sound, spoil

DAY = 86_400
LATE = RECORDED_AT + 2 * 3600
REOPENED = "399a07d0-bf91-4465-855a-b4adec2221e1"
"""The one case of the recording that was suspended, resumed, extended, closed and reopened."""
OPEN_ONE = "9e1609bc-f079-4df5-9a2a-91d8dce068c1"


@pytest.fixture
def system() -> CaseSystem:
    return CaseSystem.recorded()


@pytest.fixture
def source(system: CaseSystem) -> Iterator[Any]:
    with serving("zgw_zaken", system.answers, client=CLIENT) as (found, _):
        yield found


def tickets(batches: list[Batch]) -> dict[str, Ticket]:
    return {ticket.key: ticket for batch in batches for ticket in batch.tickets}


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def local(instant: int | None) -> datetime:
    assert instant is not None
    return datetime.fromtimestamp(instant, ZONE).replace(tzinfo=None)


def of_kind(ticket: Ticket, kind: Happening) -> list[Event]:
    return [event for event in ticket.events if event.kind == kind]


def agreeing(found: dict[str, Ticket]) -> int:
    """How many cases of the recording are here; each must be as it was put in."""
    here = [case for case in recorded()["truth"] if case["uuid"] in found]
    for case in here:
        ticket = found[case["uuid"]]
        assert local(ticket.received_at).isoformat() == f"{case['startdatum']}T00:00:00"
        assert ticket.soort == "zaak"
        assert ticket.onderwerp == "Melding openbare ruimte"
        assert bool(of_kind(ticket, Happening.OPGESCHORT)) == case["opgeschort"]
        assert bool(of_kind(ticket, Happening.VERDAAGD)) == case["verlengd"]
        assert (ticket.closed_at is not None) == (case["eind"] is not None)
    return len(here)


# ── against what was put in ────────────────────────────────────────────────────────────────


def test_every_case_arrives_once_with_its_state_and_its_moments(source: Any) -> None:
    batches = read_all(source, now=RECORDED_AT)
    arrived = [ticket.key for batch in batches for ticket in batch.tickets]
    truth = recorded()["truth"]
    assert sorted(arrived) == sorted([*(case["uuid"] for case in truth), REOPENED])
    found = tickets(batches)
    assert agreeing(found) == len(truth) == 40
    assert sum(bool(of_kind(t, Happening.OPGESCHORT)) for t in found.values()) == 12 + 1
    assert sum(bool(of_kind(t, Happening.VERDAAGD)) for t in found.values()) == 7 + 1
    assert batches[-1].complete


def test_a_case_closed_near_midnight_closes_on_the_local_day_also_over_the_clock_change(
    source: Any,
) -> None:
    found = tickets(read_all(source, now=RECORDED_AT))
    ends = {case["uuid"]: case["eind"] for case in recorded()["truth"] if case["eind"]}
    summer = winter = 0
    for uuid, eind in ends.items():
        closed = local(found[uuid].closed_at)
        if eind < "2026-10-25":  # half past ten in UTC is half past twelve, the day after
            assert closed == datetime.fromisoformat(f"{eind}T00:30") + timedelta(days=1)
            summer += 1
        else:
            assert closed == datetime.fromisoformat(f"{eind}T23:30")
            winter += 1
    assert summer > 5
    assert winter > 5


def test_the_deadline_is_the_date_of_the_case_when_somebody_keeps_it(source: Any) -> None:
    found = tickets(read_all(source, now=RECORDED_AT))
    for case in recorded()["zaken"]:
        ticket = found[case["uuid"]]
        suspended = case["opschorting"]["indicatie"] and case["einddatum"] is None
        if case["uuid"] == REOPENED or suspended:
            continue
        told = datetime.fromisoformat(f"{case['uiterlijkeEinddatumAfdoening']}T23:59:59")
        assert local(ticket.due_at) == told
        for event in of_kind(ticket, Happening.VERDAAGD):
            assert local(event.until) == told


def test_no_deadline_runs_while_a_case_is_suspended(source: Any) -> None:
    found = tickets(read_all(source, now=RECORDED_AT))
    waiting = [t for t in found.values() if t.due_at is None]
    assert len(waiting) == 4
    for ticket in waiting:
        assert ticket.closed_at is None
        (event,) = of_kind(ticket, Happening.OPGESCHORT)
        assert event.until is None
        assert local(event.at).date() == date(2026, 11, 23)


def test_what_the_standard_leaves_to_others_is_added_in_working_days(source: Any) -> None:
    ticket = tickets(read_all(source, now=RECORDED_AT))[REOPENED]
    (stood,) = of_kind(ticket, Happening.OPGESCHORT)
    assert (local(stood.at), local(stood.until)) == (
        datetime(2026, 10, 21, 0, 30),  # noqa: DTZ001 (local)
        datetime(2026, 10, 28, 0, 30),  # noqa: DTZ001 (and winter began in between)
    )
    (longer,) = of_kind(ticket, Happening.VERDAAGD)
    # 14 working days after Thursday 26 November is Wednesday 16 December
    assert local(longer.until).isoformat() == "2026-12-16T23:59:59"
    # and the seven days that it stood still
    assert local(ticket.due_at).isoformat() == "2026-12-23T23:59:59"


def test_a_status_after_the_last_one_reopens(source: Any) -> None:
    ticket = tickets(read_all(source, now=RECORDED_AT))[REOPENED]
    assert ticket.closed_at is None
    (event,) = of_kind(ticket, Happening.HEROPEND)
    assert event == (Happening.HEROPEND, at("2026-11-20T09:00:00Z"), at("2026-11-21T09:00:00Z"))


def test_the_trail_is_asked_only_of_cases_that_need_it(system: CaseSystem) -> None:
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, service):
        read_all(source, now=RECORDED_AT)
    asked = [each.path.split("/")[5] for each in service.asked if "audittrail" in each.path]
    assert len(asked) == len(set(asked)) == 12 + 7 - 2 + 1
    assert sum("/catalogi/" in each.path for each in service.asked) == 3


# ── the deadline ───────────────────────────────────────────────────────────────────────────

MONDAY_TO_FRIDAY = Calendar([Week(0, (*[((9 * 60, 17 * 60),)] * 5, (), ()))])
WORKDAYS = Workdays(MONDAY_TO_FRIDAY, shipped().terms.holidays)


def deadline(done: list[tuple[str, str]], closed: str = "", **given: Any) -> str:
    """The local day of the deadline of a case due on Friday 18 December 2026."""
    row = {"uiterlijkeEinddatumAfdoening": "2026-12-18", **given}
    trail = [[at(moment), what] for moment, what in done]
    found = due(Item(row), trail, at(closed) if closed else None, WORKDAYS).at
    return "" if found is None else local(found).date().isoformat()


EXTENSION = {"verlenging": {"duur": "P5D"}}
NOTICE = ("2026-12-01T10:00+01:00", EXTENDED)


@pytest.mark.parametrize(
    ("done", "given", "day"),
    [
        ([], {}, "2026-12-18"),
        ([], {"uiterlijkeEinddatumAfdoening": None}, ""),
        # Christmas is on Friday and Saturday
        ([NOTICE], EXTENSION, "2026-12-28"),
        ([NOTICE], {"verlenging": {"duur": "P1W"}}, "2026-12-28"),
        ([NOTICE, ("2026-12-01T10:00+01:00", MOVED)], EXTENSION, "2026-12-18"),
        ([("2026-12-01T09:55+01:00", MOVED), NOTICE], EXTENSION, "2026-12-18"),
        ([("2026-11-01T09:55+01:00", MOVED), NOTICE], EXTENSION, "2026-12-28"),
        ([NOTICE], {}, "2026-12-18"),
        ([], EXTENSION, "2026-12-18"),
    ],
)
def test_an_extension_moves_the_deadline_unless_somebody_did(
    done: list[tuple[str, str]], given: dict[str, Any], day: str
) -> None:
    assert deadline(done, **given) == day


PAUSE = [("2026-10-24T10:00+02:00", SUSPENDED), ("2026-10-26T00:10+01:00", RESUMED)]


def test_a_suspension_moves_the_deadline_by_local_days() -> None:
    assert deadline(PAUSE) == "2026-12-20"
    assert deadline([*PAUSE, ("2026-10-26T12:00+01:00", MOVED)]) == "2026-12-18"
    assert deadline(PAUSE[:1]) == ""
    assert deadline(PAUSE[:1], closed="2026-10-27T12:00+01:00") == "2026-12-21"
    assert deadline(PAUSE[:1], closed="2026-10-20T12:00+01:00") == "2026-12-18"
    assert deadline(PAUSE[1:]) == "2026-12-18"


def test_a_duration_in_months_sets_the_case_aside(system: CaseSystem, store: Store) -> None:
    system.patch(OPEN_ONE, RECORDED_AT - DAY, verlenging={"duur": "P1M", "reden": "druk"})
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, _):
        ingest(store, source, RECORDED_AT)
    assert reasons(store) == ["verlenging.duur: geen dagen of weken, zoals P14D"]


# ── what changes later ─────────────────────────────────────────────────────────────────────


def state(store: Store, uuid: str) -> Any:
    return next((row for row in rows(store, _ticket()) if row["key"] == uuid), None)


def _ticket() -> Any:
    from data.schema import ticket  # noqa: PLC0415

    return ticket


def test_a_second_run_asks_only_lists(system: CaseSystem, store: Store) -> None:
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, service):
        ingest(store, source, RECORDED_AT)
        once, count = facts(store), len(service.asked)
        system.now += 300
        run = ingest(store, source, RECORDED_AT + 300)
        assert (run.error, run.read) == ("", 0)
        assert facts(store) == once
        assert [each.path for each in service.asked[count:]] == ["/zaken/api/v1/zaken"] * 3
        again = ingest(store, source, RECORDED_AT + 300, since=0)
        assert (again.error, again.written) == ("", 0)


def test_new_closed_and_reopened_cases_are_seen_in_the_next_run(
    system: CaseSystem, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    system.now = LATE
    uuid = "00000000-0000-4000-8000-000000000001"
    system.open(uuid, "2026-11-24")
    system.put(OPEN_ONE, "2026-11-23T23:40:00Z", is_end=True, now=LATE)
    ingest(store, source, LATE + 60)
    assert state(store, uuid)["closed_at"] is None
    assert local(state(store, OPEN_ONE)["closed_at"]).isoformat() == "2026-11-24T00:40:00"
    system.put(OPEN_ONE, "2026-11-24T10:00:00Z", is_end=False, now=LATE + 120)
    system.now = LATE + 180
    ingest(store, source, LATE + 180)
    row = state(store, OPEN_ONE)
    assert (row["closed_at"], row["reopened"]) == (None, 1)


def test_a_suspension_and_its_end_are_seen(system: CaseSystem, store: Store, source: Any) -> None:
    ingest(store, source, RECORDED_AT)
    told = state(store, OPEN_ONE)["due_at"]
    for moment, halted in ((LATE, True), (LATE + 3 * DAY, False)):
        system.now = moment
        wanted = {"indicatie": halted, "eerdereOpschorting": True, "reden": "bel 06-12345678"}
        system.patch(OPEN_ONE, moment, opschorting=wanted)
        ingest(store, source, moment + 60)
        found = state(store, OPEN_ONE)["due_at"]
        assert found == (None if halted else told + 3 * DAY)


def test_a_late_registration_deep_in_the_list_is_found(
    system: CaseSystem, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    system.now = LATE
    old, shut = "00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000003"
    system.open(old, "2026-01-05")
    system.open(shut, "2026-01-05", einddatum="2026-02-01")
    ingest(store, source, LATE)
    assert state(store, old) is not None
    assert state(store, shut) is None  # registered and closed long ago: the daily walk finds it
    system.now = RECORDED_AT + DAY
    ingest(store, source, RECORDED_AT + DAY)
    assert local(state(store, shut)["closed_at"]).isoformat() == "2026-02-01T23:59:59"


def test_a_deleted_case_is_gone_after_the_daily_walk(
    system: CaseSystem, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    system.delete(OPEN_ONE)
    ingest(store, source, LATE)
    assert state(store, OPEN_ONE) is not None
    system.now = RECORDED_AT + DAY
    ingest(store, source, RECORDED_AT + DAY)
    assert state(store, OPEN_ONE) is None
    assert len(rows(store, _ticket())) == 40


def test_pages_that_shift_lose_nothing(system: CaseSystem, store: Store) -> None:
    gone = [case["uuid"] for case in sorted(system.zaken, key=lambda c: c["registratiedatum"])[:3]]
    new = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]
    for old, uuid in zip(gone, new, strict=True):
        system.meanwhile.append(lambda old=old: system.delete(old))
        system.meanwhile.append(lambda uuid=uuid: system.open(uuid, "2026-01-05"))
    with serving("zgw_zaken", system.answers, client=CLIENT, paginagrootte=7) as (source, _):
        ingest(store, source, RECORDED_AT)
        system.now = RECORDED_AT + DAY
        ingest(store, source, RECORDED_AT + DAY)
    assert {row["key"] for row in rows(store, _ticket())} == {c["uuid"] for c in system.zaken}


def test_what_was_closed_before_the_beginning_is_left_out(system: CaseSystem) -> None:
    with serving("zgw_zaken", system.answers, client=CLIENT, vanaf="2026-10-01") as (source, _):
        found = tickets(read_all(source, now=RECORDED_AT))
    wanted = [c for c in system.zaken if not c["einddatum"] or c["registratiedatum"] >= "2026-10"]
    assert found.keys() == {case["uuid"] for case in wanted}
    assert len(wanted) < 41


def test_a_department_is_a_unit_and_never_a_person(system: CaseSystem) -> None:
    case = system.case(OPEN_ONE)
    case["rollen"] = ["http://127.0.0.1:58020/zaken/api/v1/rollen/1"]
    role = {"zaak": case["url"], "omschrijvingGeneriek": "behandelaar"}
    person = {"naam": "J. Jansen", "inpBsn": "123456782"}
    unit = {"identificatie": "BZ", "naam": "Burgerzaken"}
    system.rollen = [
        {**role, "betrokkeneType": "medewerker", "betrokkeneIdentificatie": person},
        {**role, "betrokkeneType": "organisatorische_eenheid", "betrokkeneIdentificatie": unit},
    ]
    given = {"waarden": {"afdeling": {"Burgerzaken": "Publiekszaken"}}}
    with serving("zgw_zaken", system.answers, client=CLIENT, **given) as (source, service):
        found = tickets(read_all(source, now=RECORDED_AT))
    assert found[OPEN_ONE].afdeling == "Publiekszaken"
    (asked,) = [each for each in service.asked if "rollen" in each.path]
    assert asked.params["betrokkeneType"] == "organisatorische_eenheid"


# ── little by little, and when things go wrong ─────────────────────────────────────────────


def test_two_halves_equal_one(system: CaseSystem, store: Store, source: Any) -> None:
    whole = Store(store.engine, store.organisation + 2_000_000)
    ingest(whole, source, RECORDED_AT)
    known, now = system.zaken, at("2026-11-23T17:15:50Z")
    system.zaken = [case for case in known if at(case["laatstGemuteerd"]) < now]
    system.now = now
    ingest(store, source, now)
    assert 10 < len(rows(store, _ticket())) < 31
    system.zaken, system.now = known, now + DAY
    ingest(store, source, now + DAY)
    assert facts(store) == facts(whole)


@pytest.mark.parametrize("budget", [1, 2, 7])
def test_a_small_budget_gets_everything_eventually(store: Store, budget: int) -> None:
    whole = Store(store.engine, store.organisation + 2_000_000)
    system = CaseSystem.recorded()
    system.zaken, system.statussen = system.zaken[:12], system.statussen
    given = {"client": CLIENT, "paginagrootte": 5}
    with serving("zgw_zaken", system.answers, **given, verzoeken=budget) as (source, service):
        assert till_complete(store, source, RECORDED_AT) > 1
        ingest(whole, built("zgw_zaken", service.base, **given), RECORDED_AT)
    assert facts(store) == facts(whole)


def test_any_cursor_on_the_way_goes_on_to_the_same_end(system: CaseSystem) -> None:
    given = {"client": CLIENT, "paginagrootte": 15}
    with serving("zgw_zaken", system.answers, **given) as (source, _):
        batches = read_all(source, now=RECORDED_AT)
        whole = tickets(batches)
        for number, batch in enumerate(batches):
            cursor = json.loads(json.dumps(batch.cursor))
            assert cursor == batch.cursor
            again = read_all(source, cursor, RECORDED_AT)
            assert again[-1].cursor == batches[-1].cursor
            assert tickets(batches[: number + 1]) | tickets(again) == whole


def test_a_service_that_fails_half_way_keeps_what_came_before(
    system: CaseSystem, store: Store
) -> None:
    spoilt = wrong(Said(status=500), after=9)(system.answers)
    with serving("zgw_zaken", spoilt, client=CLIENT) as (source, _):
        run = ingest(store, source, RECORDED_AT)
        assert "storing (500)" in run.error
        assert 0 < len(rows(store, _ticket())) < 41
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, _):
        assert ingest(store, source, RECORDED_AT).error == ""
    assert len(rows(store, _ticket())) == 41


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(status=401), "geen toegang (401)"),
        (Said(status=403), "geen toegang (403)"),
        (Said(status=404), "weigert de vraag (404)"),
        (Said(status=429, headers={"Retry-After": "0"}), "storing (429)"),
        (Said(status=503), "storing (503)"),
        (Said(b"<html>", headers={"Content-Type": "text/html"}), "antwoordt niet met JSON"),
        (Said([]), "geen pagina"),
        (Said({"results": {}, "count": 1}), "geen pagina"),
        (Said({"results": []}, cut=True), "de verbinding brak af"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    store: Store, said: Said, message: str
) -> None:
    with serving("zgw_zaken", lambda _: said, client=CLIENT) as (source, _):
        run = ingest(store, source, RECORDED_AT)
    assert message in run.error
    assert SECRET not in run.error
    assert source_row(store)["cursor"] == "{}"
    assert rows(store, _ticket()) == []


def test_a_wrong_key_has_no_access(system: CaseSystem) -> None:
    system.key = "een andere"
    with (
        serving("zgw_zaken", system.answers, client=CLIENT) as (source, _),
        pytest.raises(SourceDown, match="geen toegang"),
    ):
        read_all(source, now=RECORDED_AT)


def test_the_key_signs_and_is_never_shown(system: CaseSystem, store: Store) -> None:
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, service):
        ingest(store, source, RECORDED_AT)
        assert SECRET not in repr(source)
    assert all(SECRET not in str(each) for each in service.asked)
    assert SECRET not in json.dumps([*facts(store).values(), source_row(store)], default=str)


def test_no_path_of_a_row_leads_elsewhere(system: CaseSystem, store: Store) -> None:
    system.zaken = system.zaken[:3]
    system.zaken[0]["zaaktype"] = "https://elders.nl/steal/../../x"
    system.zaken[1]["uuid"] = "../../geheim"
    system.zaken[2]["zaaktype"] = system.zaken[2]["zaaktype"].replace("127.0.0.1:58020", "elders")
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, service):
        ingest(store, source, RECORDED_AT)
    assert sorted(reasons(store)) == ["uuid: geen UUID", "zaaktype: geen UUID"]
    assert len(rows(store, _ticket())) == 1
    assert all(re.match("/(zaken|catalogi)/api/v1/", each.path) for each in service.asked)


def test_nothing_of_a_person_or_a_text_is_kept(system: CaseSystem) -> None:
    for case in system.zaken:
        case.update(omschrijving="Jansen, 06-12345678", toelichting="j.jansen@example.com")
    with serving("zgw_zaken", system.answers, client=CLIENT, verzoeken=7) as (source, _):
        batches = read_all(source, now=RECORDED_AT)
        for _ in range(20):
            batches += read_all(source, batches[-1].cursor, RECORDED_AT)
    text = repr(batches)
    for said in ("Jansen", "12345678", "example.com", "ZAAK-2026", "druk", "wacht op"):
        assert said not in text


def test_mistakes_are_told_at_once() -> None:
    given = {
        "adres": "http://openzaak.nl",
        "sleutel": SECRET,
        "vanaf": "vorig jaar",
        "zaken": "https://elders.nl/",
        "paginagrootte": 1000,
        "waarden": {"kanal": {}},
        "clinet": "x",
    }
    told = "\n".join(map(str, options_of("zgw_zaken", given).mistakes))
    for said in ("adres", "sleutel", "vanaf", "zaken", "paginagrootte", "kanaal", "clinet"):
        assert said in told
    assert "client" in told
    assert SECRET not in told


# ── fuzz ───────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 5000), junk=JUNK, on=st.integers(0, 8))
def test_a_spoilt_answer_costs_a_row_or_the_run_and_never_more(
    place: int, junk: Any, on: int
) -> None:
    system = CaseSystem.recorded()
    system.zaken = [system.case(REOPENED), system.case(OPEN_ONE)]
    count = iter(range(10_000))
    system.changed = lambda body: spoil(body, place, junk) if next(count) == on else body
    with serving("zgw_zaken", system.answers, client=CLIENT) as (source, _):
        try:
            batches = read_all(source, now=RECORDED_AT)
        except (SourceDown, SourceChanged):
            return
    assert_sound(batches)


# ── live ───────────────────────────────────────────────────────────────────────────────────

LIVE = os.environ.get("REGIEBORD_LIVE_OPEN_ZAAK", "")


@pytest.mark.skipif(not LIVE, reason="REGIEBORD_LIVE_OPEN_ZAAK is not given")
def test_a_live_open_zaak_gives_every_case_once(store: Store) -> None:
    secret = os.environ.get("REGIEBORD_LIVE_OPEN_ZAAK_SECRET", "")
    client = os.environ.get("REGIEBORD_LIVE_OPEN_ZAAK_CLIENT_ID", "")
    source = built("zgw_zaken", LIVE, client=client, paginagrootte=20)
    source = replace(source, key=secret)
    now = int(datetime.now(UTC).timestamp())
    assert ingest(store, source, now).error == ""
    assert reasons(store) == []
    once = facts(store)
    assert once["ticket"]
    run = ingest(store, source, now)
    assert (run.error, run.written) == ("", 0)
    assert facts(store) == once
    agreeing(tickets(read_all(source, now=now)))
