"""What an export tells of the life of a question, and what of its askers never gets in."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from data import schema
from data.codes import Happening
from data.migrate import migrate
from data.store import Store, open_engine
from ingest.privacy import People
from ingest.records import Event, Ticket
from tests.ingest_cast import KEY, ingest, read_all, reasons, rows, tickets
from tests.question_cast import day, happened
from tests.worlds import instant

EVENTS = (
    *("bevestigd", "doorgezet", "contactpersoon", "besproken", "richting", "beantwoord"),
    *("opgeschort", "hervat", "verdaagd", "verdaagd_tot", "eerder_gesloten", "heropend"),
)
OTHERS = ("soort", "telefoon", "klant", "gesprek", "telt_vanaf", "langer")
ALL = {name: name for name in ("id", "ontvangen", "gesloten", "uiterlijk", *OTHERS, *EVENTS)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zaken.csv"


def write(path: Path, *told: dict[str, str]) -> None:
    """Write an export with every column; what is not told is empty."""
    lines = [";".join(ALL)]
    for number, values in enumerate(told, 1):
        row = {"id": f"Z{number}", "ontvangen": "2026-06-01 10:00"} | values
        lines.append(";".join(row.get(name, "") for name in ALL))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def one(path: Path, **told: str) -> Ticket:
    """Read an export of one row, which is good."""
    write(path, told)
    (batch,) = (b for b in read_all(tickets(path, ALL)) if b.tickets or b.rejected)
    assert batch.rejected == []
    return batch.tickets[0]


def refused(path: Path, **told: str) -> str:
    """Read an export of one row, which is not good; return the reason."""
    write(path, told)
    (batch,) = (b for b in read_all(tickets(path, ALL)) if b.tickets or b.rejected)
    assert list(batch.tickets) == []
    return batch.rejected[0].reason


# ── events ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "column", ["bevestigd", "doorgezet", "contactpersoon", "besproken", "richting", "beantwoord"]
)
def test_a_moment_in_a_column_is_an_event(path: Path, column: str) -> None:
    found = one(path, **{column: "2026-06-02 09:00"})
    assert found.events == (happened(column.upper(), "2026-06-02 09:00"),)


def test_a_cell_may_hold_several_moments_in_any_order(path: Path) -> None:
    found = one(path, beantwoord="2026-06-04 09:00 | 2026-06-02 09:00|")
    assert found.events == (
        happened("BEANTWOORD", "2026-06-02 09:00"),
        happened("BEANTWOORD", "2026-06-04 09:00"),
    )


def test_an_answer_on_a_bare_date_came_at_the_end_of_it_or_before(path: Path) -> None:
    (event,) = one(path, beantwoord="2026-06-02").events
    assert instant("2026-06-02") <= event.at <= instant("2026-06-02 23:59:59")


@pytest.mark.parametrize(
    ("begun", "ended", "stretches"),
    [
        ("2026-06-02", "", [("2026-06-02", None)]),
        ("2026-06-02", "2026-06-05", [("2026-06-02", "2026-06-05")]),
        ("2026-06-02", "2026-06-02", [("2026-06-02", "2026-06-02")]),
        (
            "2026-06-02|2026-06-10",
            "2026-06-05|2026-06-12",
            [("2026-06-02", "2026-06-05"), ("2026-06-10", "2026-06-12")],
        ),
        (
            "2026-06-02|2026-06-10",
            "2026-06-05",
            [("2026-06-02", "2026-06-05"), ("2026-06-10", None)],
        ),
        (  # the first was never resumed on its own: both end at the one resumption
            "2026-06-02|2026-06-04",
            "2026-06-05",
            [("2026-06-02", "2026-06-05"), ("2026-06-04", "2026-06-05")],
        ),
    ],
)
def test_a_suspension_ends_at_the_first_resumption_after_it(
    path: Path, begun: str, ended: str, stretches: list[tuple[str, str | None]]
) -> None:
    found = one(path, opgeschort=begun, hervat=ended).events
    assert found == tuple(happened("OPGESCHORT", *stretch) for stretch in stretches)


def test_an_extension_may_name_its_date(path: Path) -> None:
    found = one(path, verdaagd="2026-06-20|2026-06-25", verdaagd_tot="2026-08-01").events
    assert found == (
        happened("VERDAAGD", "2026-06-20", "2026-08-01"),
        happened("VERDAAGD", "2026-06-25"),
    )


@pytest.mark.parametrize(
    ("closed", "reopened", "stretches"),
    [
        ("2026-06-02", "2026-06-05", [("2026-06-02", "2026-06-05")]),
        ("", "2026-06-05", [("2026-06-05", "2026-06-05")]),
        ("2026-06-07", "2026-06-05", [("2026-06-05", "2026-06-05")]),
        (
            "2026-06-02|2026-06-08",
            "2026-06-05|2026-06-09",
            [("2026-06-02", "2026-06-05"), ("2026-06-08", "2026-06-09")],
        ),
        (  # when it was closed the second time is not known: it was not shut all along
            "2026-06-02",
            "2026-06-05|2026-06-09",
            [("2026-06-02", "2026-06-05"), ("2026-06-09", "2026-06-09")],
        ),
    ],
)
def test_a_question_was_shut_from_its_last_closing_to_its_reopening(
    path: Path, closed: str, reopened: str, stretches: list[tuple[str, str]]
) -> None:
    found = one(path, eerder_gesloten=closed, heropend=reopened).events
    assert found == tuple(happened("HEROPEND", *stretch) for stretch in stretches)


def test_events_are_kept_in_the_order_of_time_and_replaced_as_a_whole(
    store: Store, path: Path
) -> None:
    write(path, {"beantwoord": "2026-06-03 09:00", "bevestigd": "2026-06-01 11:00"}, {})
    ingest(store, tickets(path, ALL))
    found = rows(store, schema.clock_event)
    assert [(row["key"], row["n"], Happening(row["kind"]).name) for row in found] == [
        ("Z1", 0, "BEVESTIGD"),
        ("Z1", 1, "BEANTWOORD"),
    ]
    write(path, {"bevestigd": "2026-06-01 12:00"}, {"doorgezet": "2026-06-02 09:00"})
    ingest(store, tickets(path, ALL))
    found = rows(store, schema.clock_event)
    assert [(row["key"], row["n"], row["at"]) for row in found] == [
        ("Z1", 0, instant("2026-06-01 12:00")),
        ("Z2", 0, instant("2026-06-02 09:00")),
    ]


def test_an_event_that_moves_writes_its_question_and_no_other(store: Store, path: Path) -> None:
    write(path, {"bevestigd": "2026-06-01 11:00"}, {"bevestigd": "2026-06-01 11:00"})
    ingest(store, tickets(path, ALL))
    write(path, {"bevestigd": "2026-06-01 11:00"}, {"bevestigd": "2026-06-01 11:01"})
    assert ingest(store, tickets(path, ALL)).written == 1


@pytest.mark.parametrize("column", EVENTS)
def test_a_bad_moment_is_told_with_its_column(path: Path, column: str) -> None:
    assert refused(path, **{column: "2026-06-02|morgen"}).startswith(f"{column}: ")


@pytest.mark.parametrize(
    ("told", "column"),
    [
        ({"hervat": "2026-06-05"}, "hervat"),
        ({"opgeschort": "2026-06-05", "hervat": "2026-06-02"}, "hervat"),
        ({"verdaagd_tot": "2026-08-01"}, "verdaagd"),
        ({"telt_vanaf": "gisteren"}, "telt_vanaf"),
        ({"langer": "misschien"}, "langer"),
        ({"gesprek": "x" * 101}, "gesprek"),
        ({"gesprek": "06-12345678"}, "gesprek"),
        ({"soort": "x" * 101}, "soort"),
    ],
)
def test_what_cannot_be_is_set_aside(path: Path, told: dict[str, str], column: str) -> None:
    assert refused(path, **told).startswith(f"{column}: ")


# ── kind, flags, persons and calls ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "longer"),
    [("ja", 1), ("J", 1), ("1", 1), ("True", 1), ("x", 1), ("nee", 0), ("0", 0), ("", 0)],
)
def test_a_flag_is_yes_or_no(path: Path, written: str, longer: int) -> None:
    assert one(path, langer=written).longer == longer


@pytest.mark.parametrize("written", ["2026-02-18", "2026-02-18 23:59"])
def test_the_day_from_which_a_term_counts_is_a_day(path: Path, written: str) -> None:
    assert one(path, telt_vanaf=written).counts_from == day("2026-02-18")


def test_a_kind_and_a_call_are_taken_as_written(path: Path) -> None:
    found = one(path, soort=" TBV ", gesprek="1780300800.42")
    assert (found.soort, found.call_id) == ("TBV", "1780300800.42")


def test_a_number_makes_one_person_of_all_its_spellings(path: Path) -> None:
    spelt = ["023 511 51 15", "+31 23 5115115", "0031235115115", "023-5115115"]
    found = {one(path, telefoon=number, klant="K9").person for number in spelt}
    assert found == {People(KEY).of("0235115115")}
    by_key = one(path, klant="K9").person
    assert by_key is not None
    assert by_key not in found
    assert one(path).person is None


def test_an_export_without_these_columns_tells_no_events(path: Path) -> None:
    path.write_text("id,ontvangen\nZ1,2026-06-01 10:00\n", "utf-8")
    source = tickets(path, {"id": "id", "ontvangen": "ontvangen"})
    (found,) = (ticket for batch in read_all(source) for ticket in batch.tickets)
    assert found == Ticket("Z1", 0, instant("2026-06-01 10:00"), events=())
    assert not any(isinstance(part, Event) for part in found)


# ── privacy ────────────────────────────────────────────────────────────────────────────────

SECRETS = ("0612345678", "31612345678", "KLANT-4711", "jansen@example.nl", "Pietersen")


def test_no_number_name_or_key_of_an_asker_gets_into_store_reasons_or_logs(
    tmp_path: Path, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "regiebord.sqlite"
    store = Store(open_engine(f"sqlite:///{file}"), 1)
    migrate(store)
    caplog.set_level(logging.DEBUG)
    person = {"telefoon": "06-12345678", "klant": "KLANT-4711"}
    write(
        path,
        person | {"bevestigd": "2026-06-01 11:00"},
        person | {"telefoon": "+31 6 12345678", "soort": "mail van jansen@example.nl"},
        person | {"telefoon": "", "soort": "bel 06-12345678"},
        person | {"telefoon": "Pietersen", "gesprek": "0612345678"},
        person | {"bevestigd": "Pietersen 0612345678"},
        person | {"langer": "Pietersen"},
        person | {"hervat": "2026-06-02", "klant": "KLANT-4711"},
        person | {"ontvangen": "KLANT-4711"},
    )
    ingest(store, tickets(path, ALL))
    assert len(rows(store, schema.ticket)) == 3
    told = reasons(store)
    assert len(told) == 5
    store.tidy()
    store.engine.dispose()
    stored = b"".join(each.read_bytes() for each in tmp_path.glob("regiebord.sqlite*"))
    for text in (stored.decode("latin-1"), caplog.text, *told):
        digits = text.replace("-", "").replace(" ", "")
        assert [secret for secret in SECRETS if secret in text or secret in digits] == []
