"""Open311 GeoReport v2: windows that are never cut off, and reports that are looked at again."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import pytest

from data import schema
from data.store import Store
from ingest.source import SourceChanged
from tests.desk_services import OPTIONS, Open311
from tests.ingest_cast import NOON, facts, ingest, read_all, reasons, rows
from tests.replay import Asked
from tests.service_cast import live_twice, serving

GIVEN = OPTIONS["open311"]
LATER = NOON + 2 * 3600


def by_key(store: Store) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows(store, schema.ticket)}


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def report(number: int, made: str, **more: Any) -> dict[str, Any]:
    return {
        "service_request_id": str(number),
        "status": "open",
        "service_name": "Afval",
        "requested_datetime": made,
        "updated_datetime": None,
        **more,
    }


def crowd(number: int, begin: str, apart_s: int) -> list[dict[str, Any]]:
    """So many reports, so many seconds apart."""
    first = datetime.fromisoformat(begin)
    return [
        report(n, (first + timedelta(seconds=n * apart_s)).isoformat())
        for n in range(1, number + 1)
    ]


def test_a_report_is_read_as_it_is_told(store: Store) -> None:
    with serving("open311", Open311(), **GIVEN) as (source, _):
        ingest(store, source)
    found = by_key(store)
    told = found["638002"]
    assert (told["kanaal"], told["soort"]) == ("formulier", "melding")
    assert (told["told_onderwerp"], told["told_afdeling"]) == ("Afval", "Spaarnelanden")
    assert told["received_at"] == epoch("2026-09-03T18:00:00Z")
    assert told["told_due_at"] == epoch("2026-09-06T18:00:00Z")
    assert told["closed_at"] == epoch("2026-09-04T20:00:00Z")
    assert found["638001"]["closed_at"] is None
    assert found["638004"]["told_due_at"] is None


def test_a_number_may_be_written_as_a_number(store: Store) -> None:
    with serving("open311", Open311(), **GIVEN) as (source, _):
        ingest(store, source)
    assert "638015" in by_key(store)


def test_what_is_closed_without_a_date_is_set_aside(store: Store) -> None:
    with serving("open311", Open311(), **GIVEN) as (source, _):
        ingest(store, source)
    assert reasons(store) == ["updated_datetime: ontbreekt"]


def test_what_the_configuration_calls_void_does_not_count(store: Store) -> None:
    with serving("open311", Open311(), **GIVEN) as (source, _):
        ingest(store, source)
    assert "638013" not in by_key(store)


@pytest.mark.parametrize("most", [25, 50, 100, 128, 1000])
def test_an_answer_that_stops_silently_loses_nothing(store: Store, most: int) -> None:
    desk = Open311(crowd(777, "2026-10-24T12:00:00+02:00", 300), most=most)
    with serving("open311", desk, **GIVEN) as (source, _):
        assert ingest(store, source).error == ""
    assert len(by_key(store)) == 777


def test_more_reports_in_a_minute_than_an_answer_holds_is_told(store: Store) -> None:
    desk = Open311(crowd(60, "2026-10-24T12:00:00+02:00", 0), most=50)
    with serving("open311", desk, **GIVEN) as (source, _):
        assert "in een minuut" in ingest(store, source).error


def test_a_service_that_ignores_the_window_is_found_out() -> None:
    with (
        serving("open311", Open311(windows=False), **GIVEN) as (source, _),
        pytest.raises(SourceChanged, match="genegeerd"),
    ):
        read_all(source)


def test_a_window_never_leaves_a_gap() -> None:
    with serving("open311", Open311(), **GIVEN) as (source, service):
        read_all(source)
    windows = [(epoch(a.params["start_date"]), epoch(a.params["end_date"])) for a in service.asked]
    reached = NOON - GIVEN["dagen"] * 86_400
    for begin, end in windows:
        assert begin < reached
        reached = max(reached, end) if end > reached else reached
    assert windows[-1][1] == NOON


@pytest.mark.parametrize("at_once", [1, 7, 50])
def test_a_report_that_was_open_is_looked_at_again_by_its_number(
    store: Store, at_once: int
) -> None:
    desk = Open311(several=at_once > 1)
    with serving("open311", desk, per_keer=at_once, **GIVEN) as (source, service):
        ingest(store, source)
        still = {row["key"] for row in by_key(store).values() if row["closed_at"] is None}
        assert len(still) > 15
        desk.rows[0].update(status="closed", updated_datetime="2026-11-18T12:30:00+01:00")
        ingest(store, source, NOON + 60)
        assert by_key(store)["638001"]["closed_at"] is None
        service.asked.clear()
        ingest(store, source, LATER)
        assert by_key(store)["638001"]["closed_at"] == epoch("2026-11-18T12:30:00+01:00")
        asked = [one for one in service.asked if again(one)]
        assert len(asked) == -(-len(still) // at_once)
        service.asked.clear()
        ingest(store, source, LATER + 60)
        assert [one for one in service.asked if again(one)] == []


def again(asked: Asked) -> bool:
    return "service_request_id" in asked.params or "/requests/" in asked.path


def test_looking_again_goes_on_over_several_runs(store: Store) -> None:
    desk = Open311()
    with serving("open311", desk, per_keer=2, **GIVEN) as (source, _):
        ingest(store, source)
    for row in desk.rows:
        row.update(status="closed", updated_datetime="2026-11-18T12:30:00+01:00")
    with serving("open311", desk, per_keer=2, verzoeken=3, **GIVEN) as (source, _):
        for _ in range(20):
            assert ingest(store, source, LATER).error == ""
    assert not [row for row in by_key(store).values() if row["closed_at"] is None]


def test_a_number_that_is_gone_does_no_harm(store: Store) -> None:
    desk = Open311()
    with serving("open311", desk, per_keer=1, **GIVEN) as (source, _):
        ingest(store, source)
        desk.rows = desk.rows[5:]
        before = facts(store)
        assert ingest(store, source, LATER).error == ""
    assert facts(store) == before


def test_a_service_that_ignores_numbers_is_found_out(store: Store) -> None:
    desk = Open311(several=False)
    with serving("open311", desk, **GIVEN) as (source, _):
        ingest(store, source)
        assert "per_keer = 1" in ingest(store, source, LATER).error


def test_what_is_registered_late_within_a_day_still_comes(store: Store) -> None:
    desk = Open311()
    with serving("open311", desk, **GIVEN) as (source, _):
        ingest(store, source)
        desk.rows.append(report(700_000, "2026-11-17T20:00:00+01:00"))
        ingest(store, source, NOON + 300)
    assert "700000" in by_key(store)


def test_the_clock_change_moves_nothing(store: Store) -> None:
    twice = [
        report(1, "2026-10-25T02:30:00+02:00"),
        report(2, "2026-10-25T02:30:00+01:00"),
        report(3, "2026-10-25T02:30:00"),
    ]
    with serving("open311", Open311(twice), **GIVEN) as (source, _):
        ingest(store, source)
    found = by_key(store)
    assert found["2"]["received_at"] - found["1"]["received_at"] == 3600


def test_the_key_and_the_jurisdiction_go_along() -> None:
    with serving("open311", Open311(), jurisdictie="haarlem.nl", **GIVEN) as (source, service):
        read_all(source)
    assert {asked.params["jurisdiction_id"] for asked in service.asked} == {"haarlem.nl"}


# ── live ───────────────────────────────────────────────────────────────────────────────────

LIVE = os.environ.get("REGIEBORD_LIVE_OPEN311", "")


@pytest.mark.skipif(not LIVE, reason="REGIEBORD_LIVE_OPEN311 is not given")
def test_a_live_open311_gives_everything_once(store: Store) -> None:
    live_twice(store, "open311", LIVE)
