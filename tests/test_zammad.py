"""Zammad: what changed by condition, all of it when that proves vain, and its own sums as check."""

from __future__ import annotations

import os
from typing import Any

import pytest

from data import schema
from data.codes import Happening
from data.store import Store
from ingest.privacy import People
from ingest.records import Ticket
from tests.desk_services import OPTIONS, Zammad, instant
from tests.ingest_cast import KEY, NOON, ingest, read_all, reasons, rows
from tests.replay import Asked
from tests.service_cast import live_twice, options_of, sample, serving, till_complete

GIVEN = OPTIONS["zammad"]
LATER = NOON + 600


def tickets(desk: Zammad | None = None, **given: Any) -> dict[str, Ticket]:
    """The tickets of the sample by key."""
    with serving("zammad", desk or Zammad(), **GIVEN | given) as (source, _):
        return {ticket.key: ticket for batch in read_all(source) for ticket in batch.tickets}


def stored(store: Store) -> set[str]:
    return {row["key"] for row in rows(store, schema.ticket)}


def told(row: dict[str, Any], name: str) -> int:
    return int(instant(row[name]))


def many(number: int, changed: str = "2026-11-10T08:00:00.000Z") -> list[dict[str, Any]]:
    """So many tickets alike."""
    (first, *_) = sample("zammad", "tickets.json")
    return [first | {"id": n, "updated_at": changed} for n in range(1, number + 1)]


def spread(number: int) -> list[dict[str, Any]]:
    """So many tickets, each a minute later than the one before."""
    rows = many(number)
    for n, row in enumerate(rows):
        made = f"2026-11-{1 + n // 60:02}T08:{n % 60:02}:00.000Z"
        row.update(created_at=made, updated_at=made)
    return rows


def test_a_ticket_is_read_as_it_is_told() -> None:
    row = sample("zammad", "tickets.json")[2]
    ticket = tickets()["1003"]
    assert ticket.received_at == told(row, "created_at")
    assert ticket.due_at == told(row, "close_escalation_at")
    assert ticket.closed_at == told(row, "close_at") + 1  # 250 ms later
    assert (ticket.kanaal, ticket.onderwerp, ticket.afdeling) == ("chat", "Paspoort", "Burgerzaken")
    assert [event.kind for event in ticket.events] == [Happening.BEVESTIGD]
    assert ticket.person == People(KEY).of("", "zammad:303")


def test_who_is_nobody_gets_no_pseudonym() -> None:
    assert tickets()["1007"].person is None


def test_channels_have_our_names_and_the_configuration_has_the_last_word() -> None:
    assert tickets()["1001"].kanaal == "e-mail"
    assert tickets(waarden={"kanaal": {"email": "post"}})["1001"].kanaal == "post"


def test_the_deadline_may_be_that_of_the_first_response() -> None:
    row = sample("zammad", "tickets.json")[0]
    ticket = tickets(uiterlijk="first_response_escalation_at")["1001"]
    assert ticket.due_at == told(row, "first_response_escalation_at")


def test_a_reopened_ticket_is_open_though_its_first_close_stays() -> None:
    ticket = tickets()["1010"]
    assert ticket.closed_at is None
    assert Happening.HEROPEND in [event.kind for event in ticket.events]


def test_a_second_close_counts_and_shows_that_it_was_open_in_between() -> None:
    row = sample("zammad", "tickets.json")[11]
    ticket = tickets()["1012"]
    assert ticket.closed_at == told(row, "last_close_at")
    assert ticket.events[-1] == (Happening.HEROPEND, told(row, "close_at"), None)


def test_a_merged_ticket_does_not_count() -> None:
    assert "1013" not in tickets()


def test_its_own_sum_agrees_with_ours_on_who_is_late() -> None:
    """`close_diff_in_min` is negative when it was late; it is about the first close."""
    found, compared, late = tickets(), 0, 0
    for row in sample("zammad", "tickets.json"):
        ticket = found.get(str(row["id"]))
        twice = row["id"] == 1012
        if ticket is None or ticket.closed_at is None or ticket.due_at is None or twice:
            continue
        compared += 1
        late += ticket.closed_at > ticket.due_at
        assert (row["close_diff_in_min"] < 0) == (ticket.closed_at > ticket.due_at)
    assert compared > 5
    assert late > 2


@pytest.mark.parametrize(
    ("minutes", "late"), [(-1, 1), (0, 0), (30.5, 0), (None, None), (True, None), ("-5", None)]
)
def test_its_own_verdict_is_kept_as_it_is_told(minutes: Any, late: int | None) -> None:
    (row, *_) = many(1)
    assert tickets(Zammad([row | {"close_diff_in_min": minutes}]))["1"].told_late == late


def test_the_verdict_is_about_the_deadline_that_counts() -> None:
    (row, *_) = many(1)
    desk = Zammad([row | {"close_diff_in_min": -1, "first_response_diff_in_min": 1}])
    assert tickets(desk)["1"].told_late == 1
    assert tickets(desk, uiterlijk="first_response_escalation_at")["1"].told_late == 0


def test_only_what_changed_is_asked_once_all_is_known(store: Store) -> None:
    desk = Zammad()
    with serving("zammad", desk, **GIVEN) as (source, service):
        ingest(store, source)
        service.asked.clear()
        desk.rows[0].update(state="closed", updated_at="2026-11-18T11:10:00.000Z")
        desk.rows[0].update(close_at="2026-11-18T11:10:00.000Z")
        assert ingest(store, source, LATER).written == 1
    assert {asked.path for asked in service.asked} == {"/api/v1/tickets/search"}


def test_a_run_without_news_is_two_requests(store: Store) -> None:
    with serving("zammad", Zammad(), **GIVEN) as (source, service):
        ingest(store, source)
        service.asked.clear()
        assert ingest(store, source, LATER).written == 0
    assert [asked.path for asked in service.asked] == ["/api/v1/tickets/search"] * 2


@pytest.mark.parametrize("conditions", ["ignored", "silent"])
def test_a_version_that_knows_no_conditions_is_read_whole(store: Store, conditions: str) -> None:
    desk = Zammad(conditions=conditions)
    with serving("zammad", desk, **GIVEN) as (source, service):
        ingest(store, source)
        service.asked.clear()
        desk.rows[0].update(group="Wijkbeheer", updated_at="2026-11-18T11:10:00.000Z")
        run = ingest(store, source, LATER)
    assert (run.error, run.written) == ("", 1)
    assert [asked.path for asked in service.asked][-1] == "/api/v1/tickets"


def test_once_a_day_what_was_deleted_or_merged_goes(store: Store) -> None:
    desk = Zammad()
    with serving("zammad", desk, **GIVEN) as (source, _):
        ingest(store, source)
        desk.rows[1].update(state="merged", updated_at="2026-11-18T11:10:00.000Z")
        del desk.rows[0]
        ingest(store, source, LATER)
        assert {"1001", "1002"} <= stored(store)
        ingest(store, source, NOON + 86_400)
    assert stored(store).isdisjoint({"1001", "1002"})
    assert "1003" in stored(store)


@pytest.mark.parametrize("turn", [2, 3, 4, 5])
def test_a_deletion_during_the_walk_loses_nobody(store: Store, turn: int) -> None:
    desk = Zammad(spread(350))

    def delete_once(_asked: Asked) -> None:
        if len(service.asked) == turn:
            del desk.rows[10]

    desk.before = delete_once
    with serving("zammad", desk, **GIVEN) as (source, service):
        assert ingest(store, source).error == ""
    assert len(desk.rows) == 349
    assert stored(store) - {"11"} == {str(row["id"]) for row in desk.rows}


def test_the_walk_goes_on_over_several_runs(store: Store) -> None:
    with serving("zammad", Zammad(spread(350)), verzoeken=1, **GIVEN) as (source, _):
        till_complete(store, source)
    assert len(stored(store)) == 350


def test_changes_during_the_walk_lose_nobody(store: Store) -> None:
    """Each page that is asked changes a ticket that comes later, and makes a new one."""
    desk = Zammad(spread(250))
    with serving("zammad", desk, **GIVEN) as (source, _):
        ingest(store, source)
        for n, row in enumerate(desk.rows):
            row["updated_at"] = f"2026-11-18T11:{n // 10 % 60:02}:{n % 10:02}.000Z"
            row["group"] = "Wijkbeheer"

        def change(_asked: Asked) -> None:
            new = len(desk.rows) + 1
            if new < 260:
                desk.rows[0]["updated_at"] = f"2026-11-18T11:40:{new - 250:02}.000Z"
                desk.rows += [desk.rows[1] | {"id": new, "updated_at": "2026-11-18T11:50:00.000Z"}]
                del desk.rows[1]

        desk.before = change
        ingest(store, source, LATER)
        ingest(store, source, LATER + 300)
    found = {row["key"]: row["told_afdeling"] for row in rows(store, schema.ticket)}
    assert {found[str(row["id"])] for row in desk.rows} == {"Wijkbeheer"}


@pytest.mark.parametrize("number", [1, 2, 5, 98])
def test_some_changes_in_one_second_come_to_an_end(store: Store, number: int) -> None:
    with serving("zammad", Zammad(many(number)), **GIVEN) as (source, service):
        assert ingest(store, source).error == ""
    assert len(stored(store)) == number
    assert len(service.asked) == 2


def test_more_changes_in_a_second_than_fit_a_page_are_read_from_the_list(store: Store) -> None:
    desk = Zammad(spread(250))
    with serving("zammad", desk, **GIVEN) as (source, _):
        ingest(store, source)
        for row in desk.rows:
            row.update(group="Wijkbeheer", updated_at="2026-11-18T11:10:00.000Z")
        run = ingest(store, source, LATER)
    assert run.error == ""
    assert {row["told_afdeling"] for row in rows(store, schema.ticket)} == {"Wijkbeheer"}


def test_the_clock_change_moves_nothing() -> None:
    ticket = tickets()["1022"]
    assert ticket.closed_at is not None
    assert ticket.closed_at - ticket.received_at == 1


def test_a_broken_ticket_is_set_aside(store: Store) -> None:
    with serving("zammad", Zammad(), **GIVEN) as (source, _):
        ingest(store, source)
    (reason,) = reasons(store)
    assert reason.startswith("close_escalation_at: geen tijd")
    assert "morgen" not in reason


def test_without_expand_nothing_is_guessed(store: Store) -> None:
    desk = Zammad()
    desk.before = lambda asked: asked.params.update(expand="false")  # type: ignore[attr-defined]
    with serving("zammad", desk, **GIVEN) as (source, _):
        ingest(store, source)
    assert set(reasons(store)) == {"state: ontbreekt; is `expand` hier niet bekend?"}


@pytest.mark.parametrize("theirs", ["title", "customer", "note", "owner"])
def test_free_text_and_names_cannot_be_configured_as_a_topic(theirs: str) -> None:
    given = {
        "adres": "https://zammad.example/",
        "sleutel_omgeving": "GEHEIM",
        "velden": {"onderwerp": theirs, "kleur": "kleur"},
        "uiterlijk": "close_at",
        "waarden": {"stand": {"klaar": "dicht"}},
    }
    keys = [mistake.key for mistake in options_of("zammad", given).mistakes]
    for key in ("velden.onderwerp", "velden.kleur", "uiterlijk", "waarden.stand.klaar"):
        assert f"bron[proef].{key}" in keys


# ── live ───────────────────────────────────────────────────────────────────────────────────

LIVE = os.environ.get("REGIEBORD_LIVE_ZAMMAD", "")


@pytest.mark.skipif(not LIVE, reason="REGIEBORD_LIVE_ZAMMAD is not given")
def test_a_live_zammad_gives_everything_once(store: Store) -> None:
    live_twice(store, "zammad", LIVE)
