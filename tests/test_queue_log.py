"""Each event of a queue_log gives the right call, and no damage costs more than its own line."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import schema
from data.codes import Exit, Outcome, Presence
from data.migrate import migrate
from data.store import Store, open_engine
from ingest.privacy import Pseudonyms
from ingest.queue_layout import IGNORED, LEFT_WITHOUT_PERSON
from metrics import Period, Query
from metrics.catalogue import catalogue
from metrics.engine import Engine
from tests.ingest_cast import (
    KEY,
    NOON,
    calls,
    facts,
    ingest,
    queue_log,
    read_all,
    reasons,
    rows,
    source_row,
    versions,
    write_lines,
)

CALL, QUEUE, MEMBER, NUMBER = "1794999999.7", "burgerzaken", "Fatima", "0235114000"
T = NOON - 3600


def line(after: int, event: str, *values: object, **who: str) -> str:
    """One line of the log, so many seconds after T."""
    place = who.get("call", CALL), who.get("queue", QUEUE), who.get("member", "NONE")
    return "|".join(map(str, (T + after, *place, event, *values)))


def entered(after: int = 0, **who: str) -> str:
    return line(after, "ENTERQUEUE", "", who.get("number", NUMBER), 1, **who)


def connected(after: int, wait: int, **who: str) -> str:
    return line(after, "CONNECT", wait, "1794999999.8", 2, member=MEMBER, **who)


def read(store: Store, folder: Path, *lines: str, **options: Any) -> list[dict[str, Any]]:
    """Ingest these lines; return the calls."""
    write_lines(folder / "queue_log", lines, "w")
    ingest(store, queue_log(folder / "queue_log", **options))
    return calls(store)


def shown(call: dict[str, Any]) -> tuple[Any, ...]:
    """What matters of a call: outcome, detail, wait, talk, left, ended (after T), transferred."""
    moments = [None if call[name] is None else call[name] - T for name in ("left_at", "ended_at")]
    known = call["outcome"], call["exit"], call["wait_s"], call["talk_s"]
    return (*known, *moments, call["transferred"])


# ── each event ─────────────────────────────────────────────────────────────────────────────

ANSWERED = [
    ("COMPLETECALLER", (10, 60, 1), 0),
    ("COMPLETEAGENT", (10, 60, 1), 0),
    ("COMPLETEAGENT", (10, 60), 0),
    ("BLINDTRANSFER", ("201", "backoffice", 10, 60, 1), 1),
    ("TRANSFER", ("201", "backoffice", 10, 60), 1),
    ("TRANSFER", ("201", "backoffice", 10, 60, 1), 1),
    ("ATTENDEDTRANSFER", ("BRIDGE", "7a6e-44", 10, 60, 1), 1),
    ("ATTENDEDTRANSFER", ("APP", "VoiceMail", 10, 60, 1), 1),
    ("ATTENDEDTRANSFER", ("LINK", "PJSIP/201-1", "PJSIP/202-2", 10, 60, 1), 1),
]


@pytest.mark.parametrize(("event", "values", "transferred"), ANSWERED)
def test_an_answered_call_has_its_wait_its_talk_and_whether_it_was_passed_on(
    store: Store, tmp_path: Path, event: str, values: tuple[object, ...], transferred: int
) -> None:
    end = line(70, event, *values, member=MEMBER)
    (call,) = read(store, tmp_path, entered(), connected(10, 10), end)
    assert shown(call) == (Outcome.OPGENOMEN, None, 10, 60, 10, 70, transferred)
    assert reasons(store) == []


LEFT = [
    ("ABANDON", (1, 1, 25), Outcome.AFGEHAAKT, None),
    ("EXITWITHTIMEOUT", (1, 1, 25), Outcome.OVERGELOPEN, Exit.TIMEOUT),
    ("EXITEMPTY", (1, 1, 25), Outcome.OVERGELOPEN, Exit.LEEG),
    ("EXITWITHKEY", ("1", 1, 1, 25), Outcome.OVERGELOPEN, Exit.TOETS),
    ("WITHDRAW", (1, 1, 25, "callback"), Outcome.OVERGELOPEN, Exit.INGETROKKEN),
    ("AGENTDUMP", (), Outcome.OVERGELOPEN, Exit.MEDEWERKER_HING_OP),
    ("AGENTDUMP", ("",), Outcome.OVERGELOPEN, Exit.MEDEWERKER_HING_OP),
    ("SYSCOMPAT", ("",), Outcome.GEWEIGERD, None),
]


@pytest.mark.parametrize(("event", "values", "outcome", "detail"), LEFT)
def test_a_call_that_leaves_without_a_person_has_its_outcome_and_wait(
    store: Store,
    tmp_path: Path,
    event: str,
    values: tuple[object, ...],
    outcome: Outcome,
    detail: Exit | None,
) -> None:
    (call,) = read(store, tmp_path, entered(), line(25, event, *values))
    assert shown(call) == (outcome, detail, 25, None, 25, 25, 0)


def test_an_abandoned_call_may_name_the_member_who_just_picked_up(
    store: Store, tmp_path: Path
) -> None:
    (call,) = read(store, tmp_path, entered(), line(5, "ABANDON", 1, 1, 5, member=MEMBER))
    assert call["outcome"] == Outcome.AFGEHAAKT


def test_every_way_out_is_tested() -> None:
    assert {event for event, *_ in LEFT} == set(LEFT_WITHOUT_PERSON)


@pytest.mark.parametrize("event", sorted(IGNORED))
def test_an_event_that_says_nothing_of_calls_changes_nothing(
    store: Store, tmp_path: Path, event: str
) -> None:
    said = line(3, event, 4000, "x", member=MEMBER)
    (call,) = read(store, tmp_path, line(0, "CONFIGRELOAD", ""), entered(), said)
    assert call["version"] == 1
    assert reasons(store) == []


# ── in progress, and completed later ───────────────────────────────────────────────────────


def test_a_call_exists_from_the_moment_it_enters_and_is_completed_later(
    store: Store, tmp_path: Path
) -> None:
    (call,) = read(store, tmp_path, entered())
    assert shown(call) == (None, None, None, None, None, None, 0)
    assert (call["arrived_at"], call["wachtrij"]) == (T, QUEUE)

    write_lines(tmp_path / "queue_log", [connected(12, 12)])
    ingest(store, queue_log(tmp_path / "queue_log"))
    (call,) = calls(store)
    assert shown(call) == (Outcome.OPGENOMEN, None, 12, None, 12, None, 0)

    write_lines(tmp_path / "queue_log", [line(80, "COMPLETECALLER", 12, 68, 1, member=MEMBER)])
    ingest(store, queue_log(tmp_path / "queue_log"))
    (call,) = calls(store)
    assert shown(call) == (Outcome.OPGENOMEN, None, 12, 68, 12, 80, 0)


def test_what_is_agreed_for_a_queue_stands_in_its_calls(store: Store, tmp_path: Path) -> None:
    agreed = {QUEUE: {"afdeling": "Burgerzaken", "antwoordtijd": 20, "kort": 3}}
    lines = entered(), entered(queue="zandvoort", call="1.2")
    here, there = read(
        store, tmp_path, *lines, wachtrijen=agreed | {"zandvoort": {"gemeente": "Zandvoort"}}
    )[::-1]
    names = "afdeling", "gemeente", "answer_norm_s", "short_s"
    assert [here[name] for name in names] == ["Burgerzaken", "Haarlem", 20, 3]
    assert [there[name] for name in names] == ["onbekend", "Zandvoort", 30, 5]


def test_the_caller_is_a_pseudonym_and_one_number_is_one_caller(
    store: Store, tmp_path: Path
) -> None:
    numbers = ["0235114000", "+31 (0)23 511 40 00", "0031235114000", "+31-235114000", "", "020123"]
    lines = [entered(at, call=f"{at}.0", number=number) for at, number in enumerate(numbers)]
    callers = [call["caller"] for call in read(store, tmp_path, *lines)]
    assert len(set(callers[:4])) == 1
    assert callers[4] is None
    assert callers[5] not in (None, callers[0])
    assert callers[0] == Pseudonyms(KEY)("0235114000") != Pseudonyms(b"x" * 32)("0235114000")


# ── the key of a call ──────────────────────────────────────────────────────────────────────


def test_one_call_in_two_queues_is_a_call_in_each(store: Store, tmp_path: Path) -> None:
    second = {"queue": "belastingen"}
    lines = [
        entered(),
        line(30, "EXITWITHTIMEOUT", 1, 1, 30),
        entered(30, **second),
        connected(40, 10, **second),
        line(90, "COMPLETEAGENT", 10, 50, 1, member=MEMBER, **second),
    ]
    found = {call["wachtrij"]: shown(call)[:4] for call in read(store, tmp_path, *lines)}
    assert found == {
        QUEUE: (Outcome.OVERGELOPEN, Exit.TIMEOUT, 30, None),
        "belastingen": (Outcome.OPGENOMEN, None, 10, 50),
    }


def test_a_call_in_two_queues_at_once_keeps_them_apart(store: Store, tmp_path: Path) -> None:
    lines = [entered(), entered(1, queue="afval"), line(9, "ABANDON", 1, 1, 9)]
    outcomes = {call["wachtrij"]: call["outcome"] for call in read(store, tmp_path, *lines)}
    assert outcomes == {QUEUE: Outcome.AFGEHAAKT, "afval": None}


def test_a_caller_who_enters_a_queue_again_is_a_second_call(store: Store, tmp_path: Path) -> None:
    lines = [
        entered(),
        line(10, "EXITWITHKEY", "1", 1, 1, 10),
        entered(20),
        line(25, "ABANDON", 1, 1, 5),
    ]
    first, second = read(store, tmp_path, *lines)
    assert shown(first)[:3] == (Outcome.OVERGELOPEN, Exit.TOETS, 10)
    assert shown(second)[:3] == (Outcome.AFGEHAAKT, None, 5)


def test_of_a_call_that_enters_again_without_an_end_the_first_end_is_unknown(
    store: Store, tmp_path: Path
) -> None:
    first, second = read(store, tmp_path, entered(), entered(20), line(25, "ABANDON", 1, 1, 5))
    assert shown(first) == (Outcome.ONBEKEND, None, None, None, 20, 20, 0)
    assert second["outcome"] == Outcome.AFGEHAAKT


# ── ends that are missed ───────────────────────────────────────────────────────────────────


def test_a_restart_of_the_exchange_leaves_the_outcome_of_open_calls_unknown(
    store: Store, tmp_path: Path
) -> None:
    lines = [
        entered(call="1.1"),
        entered(1, call="1.2"),
        connected(5, 4, call="1.2"),
        line(60, "QUEUESTART", "", call="NONE", queue="NONE"),
        line(90, "ABANDON", 1, 1, 90, call="1.1"),
    ]
    waiting, talking = read(store, tmp_path, *lines)
    assert shown(waiting) == (Outcome.ONBEKEND, None, None, None, 60, 60, 0)
    # who had been answered was answered; only the length of the conversation is unknown
    assert shown(talking) == (Outcome.OPGENOMEN, None, 4, None, 5, 60, 0)
    assert reasons(store) == [
        "ABANDON: er is geen open gesprek bij deze regel (geen ENTERQUEUE gezien)"
    ]


def test_a_call_that_is_open_for_a_day_has_an_unknown_end_and_leaves_the_cursor(
    store: Store, tmp_path: Path
) -> None:
    lost, _ = read(store, tmp_path, entered(call="1.1"), entered(86_401, call="1.2"))
    assert shown(lost) == (Outcome.ONBEKEND, None, None, None, 86_400, 86_400, 0)
    assert [row[0] for row in _state(store)["open"]] == [f"1.2|{QUEUE}|{T + 86_401}"]


@pytest.mark.parametrize(
    "orphan",
    [
        connected(5, 5),
        line(5, "COMPLETEAGENT", 1, 2, 1, member=MEMBER),
        line(5, "BLINDTRANSFER", "201", "x", 1, 2, 1, member=MEMBER),
        line(5, "ABANDON", 1, 1, 5),
    ],
)
def test_an_event_without_enterqueue_is_set_aside(
    store: Store, tmp_path: Path, orphan: str
) -> None:
    (call,) = read(store, tmp_path, orphan, entered(9))
    assert call["arrived_at"] == T + 9
    assert "geen ENTERQUEUE gezien" in reasons(store)[0]


def test_an_end_without_connect_still_gives_the_call(store: Store, tmp_path: Path) -> None:
    end = line(70, "COMPLETECALLER", 10, 60, 1, member=MEMBER)
    (call,) = read(store, tmp_path, entered(), end)
    assert shown(call) == (Outcome.OPGENOMEN, None, 10, 60, 10, 70, 0)


def test_times_out_of_order_never_end_a_call_before_it_began(store: Store, tmp_path: Path) -> None:
    lines = [entered(10), line(7, "ABANDON", 1, 1, 0), entered(8, call="1.2"), line(9, "PAUSE", "")]
    for call in read(store, tmp_path, *lines):
        assert call["ended_at"] is None or call["ended_at"] >= call["arrived_at"]
        assert call["left_at"] is None or call["left_at"] >= call["arrived_at"]


def test_the_order_of_lines_of_different_calls_does_not_matter(
    store: Store, tmp_path: Path
) -> None:
    one = [entered(call="1.1"), line(9, "ABANDON", 1, 1, 9, call="1.1")]
    other = [entered(2, call="1.2"), line(5, "EXITEMPTY", 1, 1, 3, call="1.2")]
    assert [shown(call)[:3] for call in read(store, tmp_path, *other, *one)] == [
        (Outcome.AFGEHAAKT, None, 9),
        (Outcome.OVERGELOPEN, Exit.LEEG, 3),
    ]


def test_lost_calls_are_a_figure_and_a_gap_and_no_value_elsewhere(
    store: Store, tmp_path: Path
) -> None:
    restart = line(60, "QUEUESTART", "", call="NONE", queue="NONE")
    read(store, tmp_path, entered(call="1.1"), entered(1, call="1.2"), restart)
    figures = catalogue([])
    now = datetime.fromtimestamp(NOON, UTC)
    period = Period(now - timedelta(hours=2), now)
    asked = tuple(figures[key] for key in ("afloop_onbekend", "bereikbaarheid"))
    query = Query(kpis=asked, period=period, now=now)
    lost, reachable = Engine(store, figures).ask(query)
    assert (lost.value, reachable.value) == (2, None)
    assert reachable.reason
    assert any("2" in gap for gap in reachable.gaps)


def test_a_log_that_was_replaced_is_read_anew_and_ends_as_if_read_once(
    store: Store, tmp_path: Path
) -> None:
    begin = [
        entered(call="1.1"),
        entered(1, call="1.2"),
        connected(9, 8, call="1.2"),
        entered(2, call="1.3"),
        line(5, "EXITWITHKEY", "1", 1, 1, 3, call="1.3"),
        entered(6, call="1.3"),
        line(3, "ADDMEMBER", "", member=MEMBER),
    ]
    end = [
        line(30, "ABANDON", 1, 1, 30, call="1.1"),
        line(40, "COMPLETEAGENT", 8, 31, 1, call="1.2", member=MEMBER),
        line(41, "ABANDON", 1, 1, 35, call="1.3"),
        line(42, "REMOVEMEMBER", "", member=MEMBER),
    ]
    read(store, tmp_path, *begin)
    read(store, tmp_path, line(-5, "CONFIGRELOAD", ""), *begin)
    assert [call["outcome"] for call in calls(store) if call["key"].startswith("1.1")] == [0]
    assert "verdwenen" in reasons(store)[0]
    write_lines(tmp_path / "queue_log", end)
    ingest(store, queue_log(tmp_path / "queue_log"))
    found = facts(store) | {"rejected": []}
    fresh = Store(store.engine, store.organisation + 1_000_000)
    ingest(fresh, queue_log(tmp_path / "queue_log"))
    assert facts(fresh) == found


# ── damage ─────────────────────────────────────────────────────────────────────────────────

DAMAGED = {
    line(5, "ABANDON", 1, 1): "te weinig velden (7)",
    line(5, "COMPLETEAGENT", 1): "te weinig velden (6)",
    line(5, "ATTENDEDTRANSFER", "LINK", "a", "b", 1): "te weinig velden (9)",
    f"{T}|{CALL}|{QUEUE}": "?: te weinig velden (3)",
    line(5, "ABANDON", 1, 1, 5, 1_795_000_001, CALL): "te veel velden (10)",
    line(5, "COMPLETEAGENT", 1, 2, f"1{T}", "1.2", QUEUE): "te veel velden (10)",
    line(5, "ABANDON", 1, 1, "vijf"): "veld 8 is geen heel aantal seconden",
    line(5, "ABANDON", 1, 1, "-5"): "veld 8 is geen heel aantal seconden",
    line(5, "ABANDON", 1, 1, "99999999999999999999"): "veld 8 is geen heel aantal seconden",
    line(5, "CONNECT", "", "x", 1): "veld 6 is geen heel aantal seconden",
    line(5, "CONNECT", "1e3", "x", 1): "veld 6 is geen heel aantal seconden",
    line(5, "ONTPLOFT", 1, 1, 5): "onbekende gebeurtenis",
    line(5, "abandon", 1, 1, 5): "onbekende gebeurtenis",
    f"gisteren|{CALL}|{QUEUE}|NONE|ABANDON|1|1|5": "het eerste veld is geen tijdstip",
    f"-5|{CALL}|{QUEUE}|NONE|ABANDON|1|1|5": "het tijdstip kan niet",
    f"99999999999999999999|{CALL}|{QUEUE}|NONE|ABANDON|1|1|5": "het tijdstip kan niet",
    line(5, "ENTERQUEUE", "", NUMBER, 1, queue="q" * 101): "ontbreekt of is te lang",
    line(5, "ENTERQUEUE", "", NUMBER, 1, call="1" * 200): "ontbreekt of is te lang",
    line(5, "ENTERQUEUE", "", NUMBER, 1, queue=""): "ontbreekt of is te lang",
    line(5, "ADDMEMBER", "", member=MEMBER, queue="q" * 101): "ontbreekt of is te lang",
    line(5, "ADDMEMBER", ""): "de naam van het lid ontbreekt",
    line(5, "ENTERQUEUE", "", NUMBER, 1, queue="af\0val"): "NUL-tekens",
    line(5, "ABAN\0DON", 1, 1, 5): "NUL-tekens",
    f"{T}\0|{CALL}|{QUEUE}|NONE|ABANDON|1|1|5": "het eerste veld is geen tijdstip",
    "een regel uit een ander bestand": "het eerste veld is geen tijdstip",
    "|||||||||": "het eerste veld is geen tijdstip",
}


@pytest.mark.parametrize(("damaged", "reason"), DAMAGED.items(), ids=range(len(DAMAGED)))
def test_a_damaged_line_is_set_aside_with_its_place_and_reason_and_costs_no_other(
    store: Store, tmp_path: Path, damaged: str, reason: str
) -> None:
    lines = [entered(), damaged, line(6, "ABANDON", 1, 1, 6)]
    (call,) = read(store, tmp_path, *lines)
    assert shown(call)[:3] == (Outcome.AFGEHAAKT, None, 6)
    (rejected,) = rows(store, schema.rejected)
    assert reason in rejected["reason"]
    assert rejected["place"].startswith("queue_log-")
    assert rejected["place"].endswith(" regel 2")


def test_invalid_utf_8_costs_at_most_its_own_letter(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    lines = [entered(queue="reïntegratie"), line(6, "ABANDON", 1, 1, 6, queue="reïntegratie")]
    path.write_bytes("".join(f"{text}\n" for text in lines).encode("latin-1"))
    ingest(store, queue_log(path))
    (call,) = calls(store)
    assert (call["wachtrij"], call["outcome"]) == ("re\ufffdntegratie", Outcome.AFGEHAAKT)


def test_empty_lines_and_lines_of_nul_bytes_say_nothing(store: Store, tmp_path: Path) -> None:
    (call,) = read(store, tmp_path, "", entered(), "\0" * 50, "   ", line(6, "ABANDON", 1, 1, 6))
    assert call["outcome"] == Outcome.AFGEHAAKT
    assert reasons(store) == []


def test_windows_line_ends_are_no_part_of_a_field(store: Store, tmp_path: Path) -> None:
    (call,) = read(store, tmp_path, entered() + "\r", line(6, "ABANDON", 1, 1, 6) + "\r")
    assert (call["outcome"], call["wait_s"]) == (Outcome.AFGEHAAKT, 6)


def test_a_last_line_that_is_still_being_written_waits_for_its_end(
    store: Store, tmp_path: Path
) -> None:
    path, end = tmp_path / "queue_log", line(60, "ABANDON", 1, 1, 60)
    for length in range(1, len(end)):
        path.write_text(f"{entered()}\n{end[:length]}")
        ingest(store, queue_log(path))
        (call,) = calls(store)
        assert call["outcome"] is None
    path.write_text(f"{entered()}\n{end}\n")
    ingest(store, queue_log(path))
    (call,) = calls(store)
    assert (call["outcome"], call["wait_s"]) == (Outcome.AFGEHAAKT, 60)
    assert reasons(store) == []


def test_an_empty_file_is_a_source_that_has_nothing_to_say(store: Store, tmp_path: Path) -> None:
    assert read(store, tmp_path) == []
    assert source_row(store)["checked_at"] == NOON
    assert source_row(store)["error"] == ""


# ── staffing ───────────────────────────────────────────────────────────────────────────────


def presence(store: Store) -> list[tuple[str, int, int, int | None]]:
    """Queue, presence, and when it began and ended after T; in the order of their begins."""
    found = [
        (
            row["wachtrij"],
            row["presence"],
            row["begins_at"] - T,
            row["ends_at"] and row["ends_at"] - T,
        )
        for row in rows(store, schema.staffing)
    ]
    return sorted(found, key=lambda row: (row[2], row[0]))


def test_presence_is_cut_at_each_pause_of_a_member(store: Store, tmp_path: Path) -> None:
    fatima = {"member": MEMBER, "call": "MANAGER"}
    read(
        store,
        tmp_path,
        line(0, "ADDMEMBER", "", **fatima),
        line(10, "PAUSE", "koffie", **fatima),
        line(20, "UNPAUSE", "", **fatima),
        line(30, "REMOVEMEMBER", "", **fatima),
    )
    here, away = Presence.BESCHIKBAAR, Presence.PAUZE
    assert presence(store) == [
        (QUEUE, here, 0, 10),
        (QUEUE, away, 10, 20),
        (QUEUE, here, 20, 30),
    ]


def test_a_pause_of_all_queues_holds_in_each_queue_of_that_member_only(
    store: Store, tmp_path: Path
) -> None:
    read(
        store,
        tmp_path,
        line(0, "ADDMEMBER", "", member=MEMBER),
        line(1, "ADDMEMBER", "PAUSED", member=MEMBER, queue="afval"),
        line(2, "ADDMEMBER", "", member="Daan"),
        line(9, "PAUSEALL", "lunch", member=MEMBER, queue="NONE"),
        line(15, "UNPAUSEALL", "", member=MEMBER, queue="NONE"),
        line(20, "AGENTLOGOFF", "SIP/1", 20, member=MEMBER, queue="NONE"),
    )
    here, away = Presence.BESCHIKBAAR, Presence.PAUZE
    assert presence(store) == [
        (QUEUE, here, 0, 9),
        ("afval", away, 1, 9),
        (QUEUE, here, 2, None),
        ("afval", away, 9, 15),
        (QUEUE, away, 9, 15),
        ("afval", here, 15, 20),
        (QUEUE, here, 15, 20),
    ]


@pytest.mark.parametrize("event", ["AGENTLOGIN", "AGENTCALLBACKLOGIN"])
def test_a_login_is_presence_in_that_queue(store: Store, tmp_path: Path, event: str) -> None:
    read(store, tmp_path, line(0, event, "SIP/1", member=MEMBER))
    assert presence(store) == [(QUEUE, Presence.BESCHIKBAAR, 0, None)]


def test_presence_over_midnight_goes_on_under_another_token(store: Store, tmp_path: Path) -> None:
    day = 86_400
    events = ["ADDMEMBER", "PAUSE", "UNPAUSE", "REMOVEMEMBER"]
    lines = [line(at * day, event, "", member=MEMBER) for at, event in enumerate(events)]
    read(store, tmp_path, *lines)
    assert [row[2:] for row in presence(store)] == [(0, day), (day, 2 * day), (2 * day, 3 * day)]
    assert len({row["token"] for row in rows(store, schema.staffing)}) == 3
    assert _state(store)["leden"] == []


def test_a_member_of_whom_nothing_is_heard_leaves_the_cursor(store: Store, tmp_path: Path) -> None:
    lines = [
        line(0, "ADDMEMBER", "", member=MEMBER),
        line(3 * 86_400, "ADDMEMBER", "", member="Daan"),
    ]
    read(store, tmp_path, *lines)
    assert len(_state(store)["leden"]) == 1


def _state(store: Store) -> dict[str, Any]:
    return json.loads(source_row(store)["cursor"])["stand"]


# ── privacy ────────────────────────────────────────────────────────────────────────────────

NAMES = ["Fatima de Vries", "PJSIP/f.devries", "f.devries@haarlem.nl", "Xanthippe"]
NUMBERS = ["0235114000", "+31612345678", "0031203334455", "0612345679"]


def test_no_name_and_no_number_is_found_in_any_byte_of_the_store_or_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "log" / "queue_log"
    path.parent.mkdir()
    write_lines(path, _lines_with_names_and_numbers())
    store = Store(open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}"), 392)
    migrate(store)
    run = ingest(store, queue_log(path))
    path.rename(path.with_name("queue_log.0"))
    write_lines(path, ["rommel", *_lines_with_names_and_numbers()])
    ingest(store, queue_log(path))
    assert len(calls(store)) == len(NUMBERS)
    assert len(rows(store, schema.staffing)) == len(NAMES)
    assert len(reasons(store)) > 10
    told = [run.error, caplog.text, *(str(row) for row in rows(store, schema.rejected))]
    store.engine.dispose()
    content = b"".join(file.read_bytes() for file in tmp_path.glob("x.sqlite*"))
    assert b"burgerzaken" in content
    for secret in (*NAMES, *NUMBERS, *(number[-9:] for number in NUMBERS)):
        assert secret.encode() not in content
        assert not any(secret in text for text in told)


def _lines_with_names_and_numbers() -> list[str]:
    lines = []
    for at, (name, number) in enumerate(zip(NAMES, NUMBERS, strict=True)):
        who = {"call": f"1794999999.{at}", "member": name}
        damaged = [
            f"{name}|{number}",  # fields that moved
            f"{T}|{number}|{name}",
            f"{T}|1.1|{QUEUE}|NONE|{name}|{number}",
            f"{T}|1.1|{QUEUE}|NONE|{number}|ENTERQUEUE||1",
            line(at, "COMPLETEAGENT", name, number, 1, **who),
            line(at, "ABANDON", 1, 1, number, **who),
        ]
        called = line(at, "ENTERQUEUE", "", number, 1, name, call=who["call"])
        member = line(at, "ADDMEMBER", "", **who)
        end = line(at + 9, "COMPLETEAGENT", 1, 2, 1, **who)
        lines += [called, member, *damaged, connected(at + 5, 5, call=who["call"]), end]
    return lines


def test_a_cursor_says_nothing_that_the_store_may_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    write_lines(path, [entered(), line(1, "ADDMEMBER", "", member=MEMBER)])
    cursor = json.dumps(read_all(queue_log(path))[-1].cursor)
    assert MEMBER not in cursor
    assert NUMBER not in cursor
    # not even as a plain digest of the first line, which could be found again by trying numbers
    other = read_all(queue_log(path))[-1].cursor["plaats"]["digest"]
    assert other in cursor
    begin = path.read_bytes()
    plain = [hashlib.sha256(begin), hashlib.blake2b(begin, digest_size=16)]
    assert not any(digest.hexdigest()[:32] in cursor for digest in plain)


# ── repeated and divided deliveries ────────────────────────────────────────────────────────


def test_a_second_delivery_of_the_same_lines_writes_nothing(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, *_a_day_of_lines())
    before, days = facts(store), versions(store)
    run = ingest(store, queue_log(tmp_path / "queue_log"), since=0)
    assert run.written == 0
    assert run.read == len(_a_day_of_lines())
    assert (facts(store), versions(store)) == (before, days)


@pytest.mark.parametrize("pieces", [2, 3, 7, 1000])
def test_lines_that_come_in_pieces_give_the_same_as_all_at_once(
    store: Store, tmp_path: Path, pieces: int
) -> None:
    lines = _a_day_of_lines()
    size = max(1, len(lines) // pieces)
    path = tmp_path / "queue_log"
    for begin in range(0, len(lines), size):
        write_lines(path, lines[begin : begin + size])
        ingest(store, queue_log(path))
    in_pieces = facts(store)
    whole = Store(store.engine, store.organisation + 1_000_000)
    ingest(whole, queue_log(path))
    assert facts(whole) == in_pieces


def _a_day_of_lines() -> list[str]:
    sample = Path(__file__).parent / "samples" / "asterisk_queue_log" / "queue_log"
    restart = line(1_000_000, "QUEUESTART", "", call="NONE", queue="NONE")
    return [*sample.read_text().splitlines()[:150], "rommel", restart, entered(1_000_001)]
