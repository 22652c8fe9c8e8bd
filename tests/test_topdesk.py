"""TOPdesk: incidents in the order of their changes, to the last one, whatever moves meanwhile."""

from __future__ import annotations

import os
from typing import Any

import pytest

from data import schema
from data.codes import Handler, Happening
from data.store import Store
from ingest.records import Ticket
from tests.desk_services import OPTIONS, Topdesk, instant
from tests.ingest_cast import NOON, ingest, read_all, reasons, rows
from tests.replay import Asked
from tests.service_cast import live_twice, options_of, sample, serving

GIVEN = OPTIONS["topdesk"]
PREFIX = "3f0c{0:04}-77aa-4b6e-9d1c-5e5d0f2a{0:04}"


def incidents(**given: Any) -> dict[str, Ticket]:
    """The incidents of the sample by key."""
    with serving("topdesk", Topdesk(), **GIVEN | given) as (source, _):
        return {ticket.key: ticket for batch in read_all(source) for ticket in batch.tickets}


def incident(number: int, **given: Any) -> Ticket:
    return incidents(**given)[PREFIX.format(number)]


def row(number: int) -> dict[str, Any]:
    found: dict[str, Any] = sample("topdesk", "incidents.json")[number - 1]
    return found


def many(number: int, changed: str = "2026-11-10T08:00:00.000+0000") -> list[dict[str, Any]]:
    """So many incidents alike."""
    return [row(1) | {"id": f"i{n:05}", "modificationDate": changed} for n in range(number)]


def stored(store: Store) -> set[str]:
    return {found["key"] for found in rows(store, schema.ticket)}


def test_an_incident_is_read_as_it_is_told() -> None:
    told, found = row(3), incident(3)
    assert found.received_at == int(instant(told["callDate"]))
    assert found.due_at == int(instant(told["targetDate"]))
    assert found.closed_at == int(instant(told["completedDate"])) + 1  # half a second later
    assert found.version == int(instant(told["modificationDate"]))
    assert (found.onderwerp, found.soort, found.kanaal) == ("Hondenbelasting", "klacht", "Balie")


def test_without_a_moment_of_call_it_is_that_of_entry() -> None:
    assert incident(19).received_at == int(instant(row(19)["creationDate"]))


def test_without_a_subcategory_the_category_is_the_topic() -> None:
    assert incident(5).onderwerp == "Belastingen"


def test_only_groups_that_the_configuration_names_are_read() -> None:
    """A group may be the name of an operator."""
    assert {ticket.afdeling for ticket in incidents().values()} == {
        "",
        "Belastingen",
        "Klantcontact",
    }


@pytest.mark.parametrize(
    ("number", "handler"),
    [(3, Handler.KCC), (2, Handler.AFDELING), (1, Handler.DOORGEZET), (4, Handler.DOORGEZET)],
)
def test_the_group_says_who_settled_it_and_else_the_line(number: int, handler: Handler) -> None:
    assert incident(number).handler == handler


def test_a_closing_that_was_undone_leaves_it_open() -> None:
    assert row(9)["completedDate"]
    assert incident(9).closed_at is None


def test_what_is_closed_without_being_completed_is_closed() -> None:
    assert incident(20).closed_at == int(instant(row(20)["closedDate"]))


def test_only_a_suspension_that_lasts_is_known() -> None:
    on_hold = [event for event in incident(10).events if event.kind == Happening.OPGESCHORT]
    assert on_hold == [(Happening.OPGESCHORT, int(instant(row(10)["onHoldDate"])), None)]
    assert row(5)["onHoldDuration"] == 30
    assert not incident(5).events


def test_a_part_of_another_incident_does_not_count() -> None:
    assert PREFIX.format(13) not in incidents()


def test_the_clock_change_moves_nothing() -> None:
    found = incident(18)
    assert found.closed_at is not None
    assert found.closed_at - found.received_at == 3600


def test_a_broken_incident_is_set_aside(store: Store) -> None:
    with serving("topdesk", Topdesk(), **GIVEN) as (source, _):
        ingest(store, source)
    (reason,) = reasons(store)
    assert "callDate" in reason
    assert "gisteren" not in reason


def test_no_caller_operator_or_text_is_ever_asked_for() -> None:
    with serving("topdesk", Topdesk(), **GIVEN) as (source, service):
        read_all(source)
    asked = {name for one in service.asked for name in one.params["fields"].split(",")}
    assert asked.isdisjoint({"caller", "operator", "request", "briefDescription", "action"})


@pytest.mark.parametrize("page", [2, 3, 8, 100])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 8, 9, 99, 100, 101])
def test_no_page_boundary_loses_or_repeats_for_ever(page: int, number: int) -> None:
    """All in one second, so that only counting goes on; the public client loses one per page."""
    with serving("topdesk", Topdesk(many(number)), **GIVEN | {"paginagrootte": page}) as (
        source,
        service,
    ):
        keys = [ticket.key for batch in read_all(source) for ticket in batch.tickets]
    assert sorted(keys) == [f"i{n:05}" for n in range(number)]
    assert len(service.asked) <= max(1, number)


def test_what_moves_to_the_end_meanwhile_makes_nobody_skipped(store: Store) -> None:
    desk = Topdesk(many(60))
    turns = iter(range(1, 12))

    def touch(_asked: Asked) -> None:
        turn = next(turns, None)
        if turn is not None:
            desk.rows[turn]["modificationDate"] = f"2026-11-10T09:00:{turn:02}.000+0000"

    desk.before = touch
    with serving("topdesk", desk, **GIVEN | {"paginagrootte": 10}) as (source, _):
        assert ingest(store, source).error == ""
    assert len(stored(store)) == 60


def test_what_is_committed_late_under_an_older_moment_still_comes(store: Store) -> None:
    desk = Topdesk(many(5))
    with serving("topdesk", desk, **GIVEN) as (source, _):
        ingest(store, source)
        desk.rows += [row(1) | {"id": "laat", "modificationDate": "2026-11-10T07:55:00.000+0000"}]
        ingest(store, source, NOON + 300)
    assert "laat" in stored(store)


def test_a_version_without_fiql_is_found_out(store: Store) -> None:
    desk = Topdesk(fiql=False)
    with serving("topdesk", desk, **GIVEN | {"paginagrootte": 100}) as (source, _):
        ingest(store, source)
        run = ingest(store, source, NOON + 300)
    assert "ouder dan gevraagd" in run.error


def test_a_run_without_news_is_one_request(store: Store) -> None:
    with serving("topdesk", Topdesk(), **GIVEN) as (source, service):
        ingest(store, source)
        service.asked.clear()
        ingest(store, source, NOON + 300)
    assert len(service.asked) == 1


def test_what_is_wrong_in_the_configuration_is_told() -> None:
    given = {
        "adres": "https://topdesk.example/",
        "paginagrootte": 1,
        "waarden": {"afgehandeld_door": {"firstLine": "balie"}},
    }
    keys = {mistake.key for mistake in options_of("topdesk", given).mistakes}
    wrong = ("gebruiker", "sleutel_omgeving", "paginagrootte", "waarden.afgehandeld_door.firstLine")
    assert {f"bron[proef].{key}" for key in wrong} == keys


# ── live ───────────────────────────────────────────────────────────────────────────────────

LIVE = os.environ.get("REGIEBORD_LIVE_TOPDESK", "")


@pytest.mark.skipif(not LIVE, reason="REGIEBORD_LIVE_TOPDESK is not given")
def test_a_live_topdesk_gives_everything_once(store: Store) -> None:
    live_twice(store, "topdesk", LIVE, gebruiker=os.environ.get("REGIEBORD_LIVE_TOPDESK_USER", ""))
