"""Reports from Signalen: once each, in the right state, shut and reopened at the right moment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.codes import Happening
from data.schema import ticket as ticket_table
from data.store import Store
from ingest.records import Ticket
from ingest.source import Batch, SourceChanged, SourceDown
from ingest.sources.signalen import _headers
from tests.fake_signalen import RECORDED_AT, ROOT, Reporting, recorded
from tests.ingest_cast import NOON, facts, ingest, read_all, reasons, rows, source_row
from tests.replay import Asked, Replay, Said, replay
from tests.service_cast import SECRET, built, options_of, till_complete, wrong
from tests.service_cast import serving as serving_at_root
from tests.spoil import JUNK, assert_sound, spoil

DAY = 86_400
SHUT = ("o", "a")
serving = partial(serving_at_root, "signalen")


@pytest.fixture
def signalen() -> Reporting:
    return Reporting.recorded()


@pytest.fixture
def running(signalen: Reporting) -> Iterator[tuple[Any, Replay]]:
    with serving(signalen.answers) as (source, service):
        yield at_private(source, service), service


@pytest.fixture
def source(running: tuple[Any, Replay]) -> Any:
    return running[0]


def at_private(source: Any, service: Replay) -> Any:
    """The source, asking below the path of the private API."""
    base = service.base.rstrip("/") + ROOT
    return replace(source, service=replace(source.service, base=base))


def tickets(batches: list[Batch]) -> dict[str, Ticket]:
    return {ticket.key: ticket for batch in batches for ticket in batch.tickets}


def exact(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def stored(store: Store, number: int) -> Any:
    return next((r for r in rows(store, ticket_table) if r["key"] == str(number)), None)


# ── against what was put in ────────────────────────────────────────────────────────────────


def test_every_report_arrives_once_with_its_state_and_its_moments(source: Any) -> None:
    batches = read_all(source, now=RECORDED_AT)
    arrived = [ticket.key for batch in batches for ticket in batch.tickets]
    truth = recorded()["truth"]
    assert sorted(arrived, key=int) == ["1", "2", *(str(report["id"]) for report in truth)]
    found, told = tickets(batches), {row["id"]: row for row in recorded()["signals"]}
    for report in truth:
        ticket, row = found[str(report["id"])], told[report["id"]]
        states = [state for state, answer in report["seq"] if answer == 200]
        last = states[-1] if states else "m"
        assert ticket.kanaal == report["source"]
        assert ticket.onderwerp == row["category"]["sub"]
        assert ticket.received_at == int(exact(row["created_at"]))
        assert 0 <= ticket.due_at - exact(row["category"]["deadline"]) < 1  # type: ignore[operator]
        if last in SHUT:
            assert 0 <= ticket.closed_at - exact(row["status"]["created_at"]) < 1  # type: ignore[operator]
        else:
            assert ticket.closed_at is None
        reopenings = [e for e in ticket.events if e.kind == Happening.HEROPEND]
        assert len(reopenings) == len(ticket.events) == states.count("reopened")
    assert sum(bool(ticket.events) for ticket in found.values()) == 9
    assert batches[-1].complete


def test_a_report_that_was_reopened_says_from_when_to_when_it_was_shut(source: Any) -> None:
    ticket = tickets(read_all(source, now=RECORDED_AT))["52"]
    entries = {e["action"].split(": ")[1]: e["when"] for e in reversed(recorded()["history"]["52"])}
    (event,) = ticket.events
    assert event.until == int(exact(entries["Heropend"]))
    assert event.at <= event.until <= ticket.closed_at  # type: ignore[operator]


def test_the_history_is_asked_only_of_reports_that_have_one(running: tuple[Any, Replay]) -> None:
    source, service = running
    read_all(source, now=RECORDED_AT)
    asked = [each.path.split("/")[5] for each in service.asked if "history" in each.path]
    new = [row["id"] for row in recorded()["signals"] if row["status"]["state"] == "m"]
    assert len(asked) == len(set(asked)) == 62 - len(new)
    assert not set(asked) & {str(number) for number in new}


def test_moments_in_the_doubled_hour_are_not_mistaken(signalen: Reporting, source: Any) -> None:
    signalen.signals = signalen.signals[:1]
    signalen.report(90, "2026-10-25T02:30:00.5+02:00")
    signalen.put(90, "o", "2026-10-25T02:30:00.5+01:00")
    ticket = tickets(read_all(source, now=RECORDED_AT))["90"]
    assert ticket.closed_at - ticket.received_at == 3601  # type: ignore[operator]


# ── what changes later ─────────────────────────────────────────────────────────────────────


def test_a_second_run_asks_once_and_reads_nothing(
    running: tuple[Any, Replay], store: Store
) -> None:
    source, service = running
    ingest(store, source, RECORDED_AT)
    once, count = facts(store), len(service.asked)
    run = ingest(store, source, RECORDED_AT + 300)
    assert (run.error, run.read, facts(store)) == ("", 0, once)
    (asked,) = service.asked[count:]
    assert asked.params["updated_after"] == "2026-11-23T17:14:16.518230+00:00"
    assert ingest(store, source, RECORDED_AT, since=0).written == 0


def test_a_report_that_closes_reopens_and_closes_again(
    signalen: Reporting, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    for hour, state in enumerate(("b", "o", "reopen requested", "reopened", "b", "a"), start=10):
        signalen.put(8, state, f"2026-11-24T{hour}:00:00+01:00")
        ingest(store, source, RECORDED_AT + hour)
        row = stored(store, 8)
        shut_at = {"o": 11, "reopen requested": 11, "a": 15}.get(state)
        told = exact(f"2026-11-24T{shut_at}:00:00+01:00") if shut_at else None
        assert row["closed_at"] == told
        assert row["reopened"] == (hour >= 13)
    assert row["answered_at"] == told


def test_a_change_dated_just_before_the_last_one_is_not_lost(
    signalen: Reporting, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    signalen.put(8, "o", "2026-11-23T18:15:00+01:00")  # the last change was 16 seconds later
    assert ingest(store, source, RECORDED_AT + 300).read == 1
    assert stored(store, 8)["closed_at"] is not None


def test_pages_that_shift_lose_nothing(signalen: Reporting, store: Store) -> None:
    for number in range(3, 40, 6):
        later = f"2026-11-24T10:00:{number:02}+01:00"
        signalen.meanwhile.append(partial(signalen.put, number, "o", later))
        signalen.meanwhile.append(partial(signalen.report, 100 + number, later))
    with serving(signalen.answers, paginagrootte=5) as (source, service):
        ingest(store, at_private(source, service), RECORDED_AT)
    assert len(rows(store, ticket_table)) == len(signalen.signals) == 62 + 7
    for number in range(3, 40, 6):
        assert stored(store, number)["closed_at"] == int(
            exact(f"2026-11-24T10:00:{number:02}+01:00")
        )


def test_more_changes_in_one_instant_than_fit_on_a_page(signalen: Reporting, store: Store) -> None:
    for number in range(100, 123):
        signalen.report(number, "2026-11-23T19:00:00+01:00")
    signalen.report(123, "2026-11-23T19:00:01+01:00")
    with serving(signalen.answers, paginagrootte=5) as (source, service):
        ingest(store, at_private(source, service), RECORDED_AT)
        assert ingest(store, at_private(source, service), RECORDED_AT + 300).read == 0
    assert len(rows(store, ticket_table)) == 62 + 24


def test_a_report_that_is_split_counts_as_its_parts(
    signalen: Reporting, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    signalen.signal(8).update(has_children=True)
    signalen.put(8, "a", "2026-11-24T10:00:00+01:00")
    for part in (101, 102):
        signalen.report(part, "2026-11-24T10:00:00+01:00", has_parent=True)
    ingest(store, source, RECORDED_AT + 300)
    assert stored(store, 8) is None
    assert len(rows(store, ticket_table)) == 62 - 1 + 2


def test_a_deleted_report_is_gone_after_the_daily_walk(
    signalen: Reporting, store: Store, source: Any
) -> None:
    ingest(store, source, RECORDED_AT)
    signalen.signals = [row for row in signalen.signals if row["id"] not in (8, 9)]
    ingest(store, source, RECORDED_AT + 300)
    assert stored(store, 8) is not None
    run = ingest(store, source, RECORDED_AT + DAY)
    assert (run.error, run.read) == ("", 0)
    assert stored(store, 8) is None
    assert len(rows(store, ticket_table)) == 60


def test_departments_are_those_it_was_sent_to_in_our_words(signalen: Reporting) -> None:
    signalen.signals = signalen.signals[:4]
    one, two, three, four = signalen.signals
    one["category"]["departments"] = "ASC, AEG, WAT"
    two["category"]["departments"] = "ASC, AEG"
    three["routing_departments"] = [{"id": 1, "code": "GGD", "name": "GGD"}]
    four["category"]["departments"] = ""
    given = {"waarden": {"afdeling": {"WAT": "Waternet", "GGD": "Gezondheid"}}}
    with serving(signalen.answers, **given) as (source, service):
        found = tickets(read_all(at_private(source, service), now=RECORDED_AT))
    departments = [found[str(number)].afdeling for number in (1, 2, 3, 4)]
    assert departments == ["Waternet", "ASC", "Gezondheid", ""]


# ── little by little, and when things go wrong ─────────────────────────────────────────────


@pytest.mark.parametrize("missing", ["updated_after", "ordering"])
def test_a_parameter_that_is_ignored_stops_the_source(
    signalen: Reporting, store: Store, source: Any, missing: str
) -> None:
    ingest(store, source, RECORDED_AT)
    before, cursor = facts(store), source_row(store)["cursor"]
    signalen.put(8, "o", "2026-11-23T18:14:50+01:00")
    signalen.put(9, "o", "2026-11-23T18:16:50+01:00")
    signalen.deaf_to = frozenset({missing})
    run = ingest(store, source, RECORDED_AT + 300)
    assert f"negeert `{missing}`" in run.error
    assert (facts(store), source_row(store)["cursor"]) == (before, cursor)


def test_two_halves_equal_one(signalen: Reporting, store: Store, source: Any) -> None:
    whole = Store(store.engine, store.organisation + 2_000_000)
    ingest(whole, source, RECORDED_AT)
    known = signalen.signals
    signalen.signals = known[:30]
    ingest(store, source, RECORDED_AT)
    assert len(rows(store, ticket_table)) == 30
    signalen.signals = known
    ingest(store, source, RECORDED_AT + 300)
    assert facts(store) == facts(whole)


@pytest.mark.parametrize("budget", [1, 2, 7])
def test_a_small_budget_gets_everything_eventually(
    signalen: Reporting, store: Store, budget: int
) -> None:
    whole = Store(store.engine, store.organisation + 2_000_000)
    signalen.signals = signalen.signals[:20]
    with serving(signalen.answers, paginagrootte=6, verzoeken=budget) as (source, service):
        assert till_complete(store, at_private(source, service), RECORDED_AT) > 1
        ingest(whole, at_private(built("signalen", service.base), service), RECORDED_AT)
    assert facts(store) == facts(whole)


def test_any_cursor_on_the_way_goes_on_to_the_same_end(signalen: Reporting) -> None:
    with serving(signalen.answers, paginagrootte=15) as (found, service):
        source = at_private(found, service)
        batches = read_all(source, now=RECORDED_AT)
        whole = tickets(batches)
        for number, batch in enumerate(batches):
            cursor = json.loads(json.dumps(batch.cursor))
            assert cursor == batch.cursor
            again = read_all(source, cursor, RECORDED_AT)
            assert again[-1].cursor == batches[-1].cursor
            assert tickets(batches[: number + 1]) | tickets(again) == whole


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(status=401), "geen toegang (401)"),
        (Said(status=403), "geen toegang (403)"),
        (Said(status=404), "weigert de vraag (404)"),
        (Said(status=429, headers={"Retry-After": "0"}), "storing (429)"),
        (Said(status=500), "storing (500)"),
        (Said(b"<html>", headers={"Content-Type": "text/html"}), "antwoordt niet met JSON"),
        (Said([]), "geen pagina"),
        (Said({"results": []}), "geen pagina"),
        (Said({"results": [], "_links": {}}, cut=True), "de verbinding brak af"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    store: Store, said: Said, message: str
) -> None:
    with serving(lambda _: said) as (source, _):
        run = ingest(store, source, RECORDED_AT)
    assert message in run.error
    assert SECRET not in run.error
    assert source_row(store)["cursor"] == "{}"
    assert rows(store, ticket_table) == []


def test_a_service_that_fails_half_way_keeps_what_came_before(
    signalen: Reporting, store: Store, source: Any
) -> None:
    with serving(wrong(Said(status=500), after=9)(signalen.answers)) as (failing, service):
        assert "storing (500)" in ingest(store, at_private(failing, service), RECORDED_AT).error
        assert 0 < len(rows(store, ticket_table)) < 62
    assert ingest(store, source, RECORDED_AT).error == ""
    assert len(rows(store, ticket_table)) == 62


def test_a_row_that_cannot_be_read_is_set_aside(
    signalen: Reporting, store: Store, source: Any
) -> None:
    signalen.signals[0]["category"] = "afval"
    signalen.signals[1]["created_at"] = "gisteren"
    signalen.signals[2]["status"]["created_at"] = None
    signalen.history["4"][0]["action"] = "?"
    ingest(store, source, RECORDED_AT)
    assert reasons(store) == [
        "created_at: geen tijd: 'aaaaaaaa'; verwacht 2026-01-31 09:05:00 of 31-01-2026 09:05",
        "status.created_at: geen tijd",
        "history: een statuswijziging zonder status",
    ]
    assert stored(store, 1)["onderwerp"] == "onbekend"
    assert len(rows(store, ticket_table)) == 59


def test_nothing_of_a_person_or_a_text_is_kept(signalen: Reporting) -> None:
    for row in signalen.signals:
        row |= {"text": "Jansen, 06-12345678", "assigned_user_email": "j.jansen@example.com"}
        row["notes"] = [{"text": "Jansen belde", "created_by": "j.jansen@example.com"}]
    with serving(signalen.answers, verzoeken=7) as (found, service):
        source = at_private(found, service)
        batches = read_all(source, now=RECORDED_AT)
        for _ in range(9):
            batches += read_all(source, batches[-1].cursor, RECORDED_AT)
        assert SECRET not in repr(source)
    text = repr(batches)
    for said in ("ansen", "12345678", "example.com", "lantaarnpaal", SECRET):
        assert said not in text


def test_mistakes_are_told_at_once() -> None:
    given = {"adres": "http://x.nl", "sleutel": SECRET, "paginagrootte": 0, "ronde": -1, "rond": 1}
    told = "\n".join(map(str, options_of("signalen", given).mistakes))
    for said in ("adres", "sleutel", "paginagrootte", "ronde", "rond "):
        assert said in told
    assert SECRET not in told


# ── an application that gets its own token ─────────────────────────────────────────────────

TOKENS = "/realms/meldingen/token"


def as_application(signalen: Reporting, granted: list[Said]) -> Any:
    """Serve Signalen and a provider that grants these, one after another."""

    def answer(asked: Asked) -> Said:
        return granted.pop(0) if asked.path == TOKENS else signalen.answers(asked)

    return replay(answer)


def test_a_token_is_got_once_and_renewed_when_it_lapses(signalen: Reporting, store: Store) -> None:
    granted = [Said({"access_token": "een"}), Said({"access_token": "twee"})]
    with as_application(signalen, granted) as service:
        given = {"token_adres": service.base.rstrip("/") + TOKENS, "client": "regiebord"}
        source = at_private(built("signalen", service.base, **given), service)
        for token in ("een", "twee"):
            signalen.token = token
            for later in (300, 600):
                assert ingest(store, source, RECORDED_AT + later).error == ""
        text = repr(source) + json.dumps([*facts(store).values(), source_row(store)], default=str)
    assert not granted
    assert len(rows(store, ticket_table)) == 62
    assert SECRET not in text
    assert sum(each.path == TOKENS for each in service.asked) == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said({"error": "unauthorized_client"}, 401), "geeft geen toegangsbewijs (401)"),
        (Said(status=503), "storing (503)"),
        (Said({"token": SECRET}), "antwoordt zonder `access_token`"),
        (Said(b"<html>"), "antwoordt zonder `access_token`"),
        (Said({"access_token": "a\r\nb"}), "antwoordt zonder `access_token`"),
    ],
)
def test_a_provider_that_gives_no_token_is_named(
    signalen: Reporting, store: Store, said: Said, message: str
) -> None:
    with as_application(signalen, [said] * 5) as service:
        given = {"token_adres": service.base.rstrip("/") + TOKENS, "client": "regiebord"}
        run = ingest(store, at_private(built("signalen", service.base, **given), service), NOON)
    assert message in run.error
    assert TOKENS in run.error
    assert SECRET not in run.error


# ── fuzz ───────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 5000), junk=JUNK, on=st.integers(0, 6))
def test_a_spoilt_answer_costs_a_row_or_the_run_and_never_more(
    place: int, junk: Any, on: int
) -> None:
    signalen = Reporting.recorded()
    signalen.signals = signalen.signals[:5]
    count = iter(range(10_000))
    signalen.changed = lambda body: spoil(body, place, junk) if next(count) == on else body
    with serving(signalen.answers) as (found, service):
        try:
            batches = read_all(at_private(found, service), now=RECORDED_AT)
        except (SourceDown, SourceChanged):
            return
    assert_sound(batches)


# ── live ───────────────────────────────────────────────────────────────────────────────────

LIVE = os.environ.get("REGIEBORD_LIVE_SIGNALEN", "")


@pytest.mark.skipif(not LIVE, reason="REGIEBORD_LIVE_SIGNALEN is not given")
def test_a_live_signalen_gives_every_report_once(store: Store) -> None:
    source = built("signalen", LIVE, paginagrootte=20)
    token = os.environ.get("REGIEBORD_LIVE_SIGNALEN_TOKEN", "")
    base = LIVE.rstrip("/") + ("" if LIVE.rstrip("/").endswith("private") else ROOT.rstrip("/"))
    headers = partial(_headers, token)
    source = replace(source, service=replace(source.service, base=f"{base}/", headers=headers))
    now = int(datetime.now(UTC).timestamp())
    assert ingest(store, source, now).error == ""
    assert reasons(store) == []
    once = facts(store)
    assert once["ticket"]
    run = ingest(store, source, now + int(timedelta(minutes=5).total_seconds()))
    assert (run.error, run.written, facts(store)) == ("", 0, once)
