"""The demonstration source: deterministic, safe to kill, and of the shape of a real exchange."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data.calendar import local_day
from ingest.options import Options
from ingest.simulation.channels import CHANNELS
from ingest.simulation.course import SETTLED_AFTER_DAYS
from ingest.simulation.day import Days
from ingest.simulation.daytime import (
    clock_text,
    day_start,
    is_working_day,
    working_days_after,
)
from ingest.simulation.exchange import TIMEOUT_S
from ingest.simulation.record import COLUMNS, Question
from ingest.simulation.shifts import NAMES
from ingest.simulation.topics import AFDELINGEN, ONDERWERPEN, UNCATALOGUED
from ingest.simulation.town import QUEUES, Town
from ingest.source import Batch, SourceChanged, SourceDown, Surroundings
from ingest.sources.demo import LOG, Demo, build
from tests.ingest_cast import queue_log, read_all
from tests.ingest_cast import tickets as read_tickets

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY_MORNING = int(datetime(2026, 3, 9, 10, 40, tzinfo=ZONE).timestamp())
SEED, SCALE = 2016, 0.3
FOREVER = 1 << 40
REFERENCE = Path(__file__).parents[1] / "data" / "reference"
WRITTEN = {"e-mail", "webformulier", "post"}
CASES = ("zaak", "bezwaar", "klacht", "Woo-verzoek", "initiatief")
HAPPENED = (
    *("ontvangen", "gesloten", "bevestigd", "doorgezet", "opgeschort", "hervat", "verdaagd"),
    *("eerder_gesloten", "heropend", "contactpersoon", "besproken", "richting", "beantwoord"),
)
"""The columns with moments, which are never of later."""

WHO = r"\d+\|\d+\.\d+\|[a-z_]+"
MEMBER, NOBODY = rf"{WHO}\|[A-Z][a-z]+", rf"{WHO}\|NONE"
LAYOUTS = {
    "QUEUESTART": r"\d+\|NONE\|NONE\|NONE\|QUEUESTART\|",
    "CONFIGRELOAD": r"\d+\|NONE\|NONE\|NONE\|CONFIGRELOAD\|",
    "DID": rf"{NOBODY}\|DID\|14023\|menu\d",
    "ENTERQUEUE": rf"{NOBODY}\|ENTERQUEUE\|\|(02355\d{{5}})?\|\d+",
    "CONNECT": rf"{MEMBER}\|CONNECT\|\d+\|\d+\.\d+\|\d+",
    "COMPLETECALLER": rf"{MEMBER}\|COMPLETECALLER\|\d+\|\d+\|\d+",
    "COMPLETEAGENT": rf"{MEMBER}\|COMPLETEAGENT\|\d+\|\d+\|\d+",
    "BLINDTRANSFER": rf"{MEMBER}\|BLINDTRANSFER\|20\d\|afdelingen\|\d+\|\d+\|\d+",
    "ATTENDEDTRANSFER": rf"{MEMBER}\|ATTENDEDTRANSFER\|BRIDGE\|[0-9a-f-]{{36}}\|\d+\|\d+\|\d+",
    "ABANDON": rf"{NOBODY}\|ABANDON\|\d+\|\d+\|\d+",
    "EXITWITHTIMEOUT": rf"{NOBODY}\|EXITWITHTIMEOUT\|\d+\|\d+\|\d+",
    "EXITWITHKEY": rf"{NOBODY}\|EXITWITHKEY\|1\|\d+\|\d+\|\d+",
    "RINGNOANSWER": rf"{MEMBER}\|RINGNOANSWER\|\d+",
    "RINGCANCELED": rf"{MEMBER}\|RINGCANCELED\|\d+",
    "ADDMEMBER": r"\d+\|MANAGER\|[a-z_]+\|[A-Z][a-z]+\|ADDMEMBER\|",
    "REMOVEMEMBER": r"\d+\|MANAGER\|[a-z_]+\|[A-Z][a-z]+\|REMOVEMEMBER\|",
    "PAUSE": r"\d+\|NONE\|[a-z_]+\|[A-Z][a-z]+\|PAUSE\|[a-z]+",
    "UNPAUSE": r"\d+\|NONE\|[a-z_]+\|[A-Z][a-z]+\|UNPAUSE\|[a-z]+",
    "PAUSEALL": r"\d+\|NONE\|NONE\|[A-Z][a-z]+\|PAUSEALL\|[a-z]+",
    "UNPAUSEALL": r"\d+\|NONE\|NONE\|[A-Z][a-z]+\|UNPAUSEALL\|[a-z]+",
}
TRANSFERS = ("BLINDTRANSFER", "ATTENDEDTRANSFER")
ANSWERED = ("COMPLETECALLER", "COMPLETEAGENT", *TRANSFERS)
ENDS = (*ANSWERED, "ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY")


def demo(folder: Path, seed: int = SEED, always_open: bool = True) -> Demo:
    return Demo("demo", folder, seed, 2, SCALE, always_open)


def run(folder: Path, now: int, cursor: Mapping[str, Any] | None = None) -> Batch:
    """Let a new process run once; return its last batch."""
    return list(demo(folder).batches(cursor or {}, now))[-1]


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    run(folder, MONDAY_MORNING)
    return folder


@pytest.fixture(scope="module")
def lines(undisturbed: Path) -> list[str]:
    return (undisturbed / LOG).read_text().splitlines()


@pytest.fixture(scope="module")
def grown_up() -> list[Question]:
    """Every question of nine months, of which all that will ever happen can be asked."""
    first = date(2025, 3, 1).toordinal()
    days = Days(Town(SEED, SCALE), first)
    return [question for day in range(first, first + 275) for question in days.questions(day)]


@pytest.fixture(scope="module")
def lives(grown_up: list[Question]) -> list[dict[str, str]]:
    return [read_line(question.line(FOREVER)) for question in grown_up]


@pytest.fixture(scope="module")
def tickets(undisturbed: Path) -> list[dict[str, str]]:
    return [row for file in undisturbed.glob("vragen-*.csv") for row in rows_of(file)]


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(file.read_text()))


def read_line(line: str) -> dict[str, str]:
    return dict(zip(COLUMNS, line.rstrip("\n").split(","), strict=True))


def share(lives: Sequence[dict[str, str]], is_so: Callable[[dict[str, str]], object]) -> float:
    return sum(bool(is_so(life)) for life in lives) / len(lives)


def in_time(life: dict[str, str], since: str, column: str, weekday: int) -> bool:
    """Tell whether something happened no later than the first such weekday (0 is Monday)."""
    day = date.fromisoformat(life[since][:10])
    until = day + timedelta(days=1 + (weekday - day.weekday() - 1) % 7)
    return "" < life[column][:10] <= until.isoformat()


def days_between(one: dict[str, str], other: dict[str, str]) -> int:
    days = [date.fromisoformat(life["ontvangen"][:10]) for life in (one, other)]
    return (days[1] - days[0]).days


def test_the_same_seed_gives_the_same_bytes(undisturbed: Path, tmp_path: Path) -> None:
    run(tmp_path, MONDAY_MORNING)
    assert content(tmp_path) == content(undisturbed)


def test_another_seed_gives_another_town(undisturbed: Path, tmp_path: Path) -> None:
    list(demo(tmp_path, seed=7).batches({}, MONDAY_MORNING))
    assert content(tmp_path)[LOG] != content(undisturbed)[LOG]


@pytest.mark.parametrize("earlier_s", [1, 3_600, 8 * 86_400, 40 * 86_400])
def test_two_runs_equal_one(undisturbed: Path, tmp_path: Path, earlier_s: int) -> None:
    begin = {"begin": date(2026, 1, 1).toordinal()}
    first = run(tmp_path, MONDAY_MORNING - earlier_s, begin)
    run(tmp_path, MONDAY_MORNING, json.loads(json.dumps(first.cursor)))
    assert content(tmp_path) == content(undisturbed)


def test_a_process_that_lives_through_midnight_equals_one_that_starts_later(
    undisturbed: Path, tmp_path: Path
) -> None:
    source = demo(tmp_path)
    cursor: Mapping[str, Any] = {}
    for now in range(MONDAY_MORNING - 2 * 86_400, MONDAY_MORNING + 1, 7_200):
        for batch in source.batches(cursor, now):
            cursor = batch.cursor
    assert content(tmp_path)[LOG] == content(undisturbed)[LOG]
    # the live process wrote its last file before the end of its 15 seconds or its quarter
    list(source.batches(cursor, MONDAY_MORNING + 3_600))
    run(undisturbed_copy := tmp_path / "later", MONDAY_MORNING + 3_600)
    assert content(undisturbed_copy)["vragen-2026-03.csv"] == (
        (tmp_path / "vragen-2026-03.csv").read_bytes()
    )


def test_killed_in_mid_line_and_resumed_equals_undisturbed(
    undisturbed: Path, tmp_path: Path
) -> None:
    source = demo(tmp_path)
    batches = source.batches({}, MONDAY_MORNING - 86_400)
    cursor = next(batches).cursor
    next(batches)  # this batch was written, but its cursor was not committed
    log = tmp_path / LOG
    log.write_bytes(log.read_bytes()[:-37])
    assert not log.read_bytes().endswith(b"\n")
    (tmp_path / "vragen-2026-02.csv").unlink()
    run(tmp_path, MONDAY_MORNING, cursor)
    assert content(tmp_path) == content(undisturbed)


def test_killed_before_the_first_cursor_was_kept(undisturbed: Path, tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes((undisturbed / LOG).read_bytes()[:12_345])
    inode = (tmp_path / LOG).stat().st_ino
    run(tmp_path, MONDAY_MORNING)
    assert content(tmp_path) == content(undisturbed)
    assert (tmp_path / LOG).stat().st_ino == inode


def test_two_processes_at_once_write_each_line_once(undisturbed: Path, tmp_path: Path) -> None:
    first = run(tmp_path, MONDAY_MORNING - 86_400)
    one, other = demo(tmp_path), demo(tmp_path)
    for now in range(MONDAY_MORNING - 86_400, MONDAY_MORNING + 1, 21_600):
        for source in (one, other):
            list(source.batches(first.cursor, now))
    assert content(tmp_path)[LOG] == content(undisturbed)[LOG]


@pytest.mark.parametrize("left", [None, 0, 5_000])
def test_a_log_that_is_gone_or_too_short_is_written_again(
    undisturbed: Path, tmp_path: Path, left: int | None
) -> None:
    source = demo(tmp_path)
    cursor = list(source.batches({}, MONDAY_MORNING - 100))[-1].cursor
    log = tmp_path / LOG
    kept = log.read_bytes()[: left or 0]
    log.unlink()
    if left is not None:
        log.write_bytes(kept)
    list(source.batches(cursor, MONDAY_MORNING))
    assert log.read_bytes() == content(undisturbed)[LOG]


def test_a_log_of_another_town_is_begun_again_only_without_a_cursor(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text("1|NONE|NONE|NONE|QUEUESTART|\n" * 100_000)
    batch = run(tmp_path, MONDAY_MORNING)
    assert b"\n1|" not in content(tmp_path)[LOG]
    with pytest.raises(SourceChanged, match="andere instellingen"):
        list(demo(tmp_path, seed=7).batches(batch.cursor, MONDAY_MORNING))


def test_a_folder_that_cannot_be_written_is_a_source_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceDown, match="niet te schrijven"):
        run(tmp_path / "file" / "demo", MONDAY_MORNING)


def test_history_comes_in_a_batch_per_month_and_only_the_last_is_complete(tmp_path: Path) -> None:
    batches = list(demo(tmp_path).batches({}, MONDAY_MORNING))
    assert [batch.complete for batch in batches] == [False, False, False, True]
    assert all(not (batch.calls or batch.tickets or batch.staffing) for batch in batches)
    newest = [batch.newest for batch in batches]
    assert newest == sorted(newest, key=lambda at: at or 0)
    log = (tmp_path / LOG).read_text().splitlines()
    assert newest[-1] == int(log[-1].split("|")[0])
    assert sum(batch.read for batch in batches) == len(log)
    assert list(demo(tmp_path).batches(batches[-1].cursor, MONDAY_MORNING))[-1].read == 0


def test_every_line_has_the_layout_of_its_event(lines: list[str]) -> None:
    for line in lines:
        assert re.fullmatch(LAYOUTS[line.split("|")[4]], line), line
    assert {line.split("|")[4] for line in lines} == set(LAYOUTS)


def test_lines_come_in_order_and_none_is_from_the_future(lines: list[str]) -> None:
    moments = [int(line.split("|", 1)[0]) for line in lines]
    assert moments == sorted(moments)
    assert moments[-1] <= MONDAY_MORNING


def test_every_call_enters_once_per_queue_and_ends_once(lines: list[str]) -> None:
    state: dict[tuple[str, str], str] = {}
    for line in lines:
        _, call, queue, _, event, *_ = line.split("|")
        if event == "ENTERQUEUE":
            assert (call, queue) not in state
            state[call, queue] = event
        elif event == "CONNECT":
            assert state[call, queue] == "ENTERQUEUE"
            state[call, queue] = event
        elif event in ENDS:
            assert state[call, queue] == ("CONNECT" if event in ANSWERED else "ENTERQUEUE")
            state[call, queue] = "ended"
    assert sum(how != "ended" for how in state.values()) < 30  # those of this moment


def test_the_seconds_in_a_line_are_those_between_its_events(lines: list[str]) -> None:
    entered: dict[tuple[str, str], int] = {}
    for line in lines:
        moment, call, queue, _, event, *rest = line.split("|")
        at, key = int(moment), (call, queue)
        if event == "ENTERQUEUE":
            entered[key] = at
        elif event == "CONNECT":
            assert int(rest[0]) == at - entered[key]
        elif event.startswith("COMPLETE"):
            assert int(rest[0]) + int(rest[1]) == at - entered[key]
        elif event in ENDS and event not in TRANSFERS:
            assert int(rest[-1]) == at - entered[key] <= TIMEOUT_S


def test_no_member_talks_to_two_callers_or_answers_in_a_break(lines: list[str]) -> None:
    talking: dict[str, str] = {}
    away: set[str] = set()
    for line in lines:
        _, call, _, member, event, *_ = line.split("|")
        if event == "CONNECT":
            assert member not in talking
            assert member not in away
            talking[member] = call
        elif event in ENDS and member != "NONE":
            assert talking.pop(member) == call
        elif event in ("PAUSE", "REMOVEMEMBER"):
            away.add(member)
        elif event in ("UNPAUSE", "ADDMEMBER"):
            away.discard(member)


def test_nobody_is_on_the_line_when_the_exchange_restarts(lines: list[str]) -> None:
    open_calls = 0
    restarts = 0
    for line in lines:
        event = line.split("|")[4]
        open_calls += event == "ENTERQUEUE"
        open_calls -= event in ENDS
        if event == "QUEUESTART":
            restarts += 1
            assert open_calls == 0
    assert restarts > 1


def test_who_waits_too_long_with_a_specialist_goes_on_to_the_kcc(lines: list[str]) -> None:
    entries: dict[str, list[str]] = {}
    for line in lines:
        _, call, queue, _, event, *_ = line.split("|")
        if event == "ENTERQUEUE":
            entries.setdefault(call, []).append(queue)
    twice = [queues for queues in entries.values() if len(queues) > 1]
    assert twice
    assert {queues[1] for queues in twice} == {"burgerzaken"}


def test_some_residents_call_again_within_a_week(lines: list[str]) -> None:
    last: dict[str, int] = {}
    calls = again = 0
    for line in lines:
        moment, _, _, _, event, *rest = line.split("|")
        if event == "ENTERQUEUE" and rest[1]:
            calls += 1
            again += int(moment) - last.get(rest[1], 0) < 7 * 86_400
            last[rest[1]] = int(moment)
    assert 0.03 < again / calls < 0.2


def test_the_wall_moves_at_any_time_of_day_and_night() -> None:
    moments = Days(Town(SEED), 0).log(date(2026, 3, 9).toordinal()).moments
    longest = max(later - sooner for sooner, later in pairwise(moments))
    assert longest < 240
    eleven = day_start(date(2026, 3, 9).toordinal()) + 23 * 3_600
    assert sum(at >= eleven for at in moments) > 60


def test_closed_means_that_nobody_enters_a_queue() -> None:
    sunday = date(2026, 3, 8).toordinal()
    days = Days(Town(SEED, always_open=False), sunday - 5)
    assert b"ENTERQUEUE" not in days.log(sunday).data
    assert days.log(sunday + 1).data.count(b"ENTERQUEUE") > 800


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 28), 24),
        (date(2026, 3, 29), 23),  # zondag: de klok gaat om 02:00 vooruit
        (date(2026, 10, 25), 25),  # zondag: de klok gaat om 03:00 terug
    ],
)
@pytest.mark.parametrize("always_open", [True, False])
def test_days_follow_the_local_clock(day: date, hours: int, always_open: bool) -> None:
    ordinal = day.toordinal()
    begins = day_start(ordinal)
    log = Days(Town(SEED, always_open=always_open), ordinal - 1).log(ordinal)
    assert all(begins <= at < begins + hours * 3_600 for at in log.moments)
    if always_open:
        assert max(log.moments) > begins + (hours - 0.2) * 3_600


def test_the_telephone_opens_at_the_same_clock_time_after_a_clock_change() -> None:
    for day in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)):
        log = Days(Town(SEED, always_open=False), day.toordinal()).log(day.toordinal())
        entered = [line for line in log.data.decode().splitlines() if "|ENTERQUEUE|" in line]
        first = datetime.fromtimestamp(int(entered[0].split("|")[0]), ZONE)
        last = datetime.fromtimestamp(int(entered[-1].split("|")[0]), ZONE)
        assert timedelta(hours=8, minutes=30) <= _clock(first) < timedelta(hours=8, minutes=40)
        assert timedelta(hours=16, minutes=45) < _clock(last) < timedelta(hours=17, minutes=5)


def test_clock_changes_leave_no_ticket_closed_before_it_was_received() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for question in Days(Town(SEED, 3.0), day.toordinal() - 1).questions(day.toordinal()):
            line = next(csv.reader([question.line(FOREVER)]))
            assert not line[3] or line[3] > line[1]
            assert line[1].startswith(day.isoformat())


def test_the_export_tells_no_more_than_is_known_now(tickets: list[dict[str, str]]) -> None:
    now = datetime.fromtimestamp(MONDAY_MORNING, ZONE).strftime("%Y-%m-%d %H:%M:%S")
    for ticket in tickets:
        assert all(at <= now for column in HAPPENED for at in ticket[column].split("|"))
    still_open = [ticket for ticket in tickets if not ticket["gesloten"]]
    assert 0.02 < len(still_open) / len(tickets) < 0.2
    assert not any(ticket["afgehandeld_door"] for ticket in still_open)


def test_a_line_changes_when_something_happens_and_only_then(grown_up: list[Question]) -> None:
    for question in grown_up[::7]:
        now: int | None = question.received - 1
        lines = []
        while (now := question.next_change(now or 0)) is not None:
            lines.append(question.line(now))
            told = read_line(lines[-1])
            assert all(at <= clock_text(now) for c in HAPPENED for at in told[c].split("|"))
        assert len(set(lines)) == len(lines)
        assert lines[-1] == question.line(FOREVER)


def test_after_a_while_a_question_no_longer_changes(grown_up: list[Question]) -> None:
    days = [
        local_day(question.steps[-1][0]) - local_day(question.received)
        for question in grown_up
        if question.steps
    ]
    assert SETTLED_AFTER_DAYS - 50 < max(days) <= SETTLED_AFTER_DAYS


def test_moments_stand_in_their_order(lives: list[dict[str, str]]) -> None:
    for life in lives:
        assert not life["gesloten"] or life["gesloten"] > life["ontvangen"]
        for column in HAPPENED[1:]:
            moments = [at for at in life[column].split("|") if at]
            assert moments == sorted(moments)
            assert all(at >= life["ontvangen"] for at in moments)
            assert all(at <= (life["gesloten"] or at) for at in moments)
        assert life["verdaagd"].count("|") == life["verdaagd_tot"].count("|")
        assert bool(life["verdaagd"]) == bool(life["verdaagd_tot"])


def test_what_was_forwarded_is_closed_as_forwarded(lives: list[dict[str, str]]) -> None:
    closed = [life for life in lives if life["gesloten"]]
    assert all(
        (life["afgehandeld_door"] == "doorgezet") == bool(life["doorgezet"]) for life in closed
    )
    assert 0.03 < share(closed, lambda life: life["doorgezet"]) < 0.12


def test_complex_questions_are_suspended_extended_and_reopened(
    lives: list[dict[str, str]],
) -> None:
    cases = [life for life in lives if life["soort"] in CASES]
    assert 0.09 < share(cases, lambda case: case["opgeschort"]) < 0.15
    assert 0.002 < share(cases, lambda case: case["opgeschort"] and not case["hervat"]) < 0.015
    assert share(cases, lambda case: "|" in case["opgeschort"]) > 0
    assert 0.07 < share(cases, lambda case: case["verdaagd"]) < 0.13
    assert 0.002 < share(cases, lambda case: case["verdaagd"][:10] > case["uiterlijk"] > "") < 0.02
    assert 0.005 < share(cases, lambda case: case["heropend"]) < 0.03
    assert all(case["beantwoord"] for case in cases if case["gesloten"])
    with_committee = [case for case in cases if case["soort"] in ("bezwaar", "klacht")]
    assert 0.08 < share(with_committee, lambda case: case["langer"]) < 0.16
    assert {case["langer"] for case in cases} == {"", "ja"}


def test_an_objection_says_when_the_decision_was_announced_but_for_a_few(
    lives: list[dict[str, str]],
) -> None:
    objections = [life for life in lives if life["soort"] == "bezwaar"]
    assert 0.9 < share(objections, lambda objection: objection["telt_vanaf"]) < 1
    for objection in objections:
        assert bool(objection["telt_vanaf"]) == bool(objection["uiterlijk"])
        if objection["telt_vanaf"]:
            announced = date.fromisoformat(objection["telt_vanaf"])
            received = date.fromisoformat(objection["ontvangen"][:10])
            assert 0 < (received - announced).days <= 42
    assert not any(life["telt_vanaf"] for life in lives if life["soort"] != "bezwaar")


def test_callbacks_are_kept_late_or_forgotten(lives: list[dict[str, str]]) -> None:
    callbacks = [life for life in lives if life["soort"] == "terugbelverzoek"]
    assert share(callbacks, lambda life: "" < life["gesloten"][:10] <= life["uiterlijk"]) > 0.85
    assert 0.05 < share(callbacks, lambda life: life["gesloten"][:10] > life["uiterlijk"]) < 0.13
    assert 0 < share(callbacks, lambda life: not life["gesloten"]) < 0.03


def test_receipts_in_writing_are_mostly_confirmed_in_time(lives: list[dict[str, str]]) -> None:
    written = [life for life in lives if life["kanaal"] in WRITTEN]
    assert {life["kanaal"] for life in lives if life["bevestigd"]} == WRITTEN

    def hears_in_time(life: dict[str, str]) -> bool:
        until = working_days_after(date.fromisoformat(life["ontvangen"][:10]).toordinal(), 2)
        heard = [at for at in (life["bevestigd"], life["gesloten"]) if at]
        return bool(heard) and min(heard)[:10] <= date.fromordinal(until).isoformat()

    assert 0.93 < share(written, hears_in_time) < 0.98


def test_complex_questions_have_a_contact_person_after_the_next_meeting(
    lives: list[dict[str, str]],
) -> None:
    cases = [life for life in lives if life["soort"] in CASES]
    assert 0.8 < share(cases, lambda case: in_time(case, "ontvangen", "contactpersoon", 3)) < 0.92
    assert not any(life["contactpersoon"] for life in lives if life["soort"] not in CASES)


def test_initiatives_are_discussed_and_get_a_direction(lives: list[dict[str, str]]) -> None:
    initiatives = [life for life in lives if life["soort"] == "initiatief"]
    assert 4 < len(initiatives) / 9 / SCALE < 15  # a few each month
    assert all(life["besproken"] for life in initiatives)
    assert share(initiatives, lambda life: in_time(life, "ontvangen", "besproken", 3)) > 0.8
    assert 0.6 < share(initiatives, lambda life: in_time(life, "besproken", "richting", 1)) < 0.9


def test_a_question_asked_in_a_call_names_the_call_and_its_number(
    lines: list[str], tickets: list[dict[str, str]]
) -> None:
    numbers = {}
    for line in lines:
        _, call, _, _, event, *rest = line.split("|")
        if event == "ENTERQUEUE":
            numbers[call] = rest[1]
    by_phone = [ticket for ticket in tickets if ticket["kanaal"] == "telefoon"]
    assert all(numbers[ticket["gesprek"]] == ticket["telefoon"] for ticket in by_phone)
    assert {ticket["kanaal"] for ticket in tickets if ticket["gesprek"]} == {"telefoon"}
    assert not any(ticket["telefoon"] and ticket["klant"] for ticket in tickets)
    assert 0.77 < share(tickets, lambda ticket: ticket["telefoon"] or ticket["klant"]) < 0.87


def test_some_ask_again_within_a_week_by_the_same_or_another_channel(
    lives: list[dict[str, str]],
) -> None:
    asked: dict[tuple[str, str], list[dict[str, str]]] = {}
    for life in lives:
        if person := life["telefoon"] or life["klant"]:
            asked.setdefault((person, life["onderwerp"]), []).append(life)
    pairs = [pair for contacts in asked.values() for pair in pairwise(contacts)]
    again = [pair for pair in pairs if days_between(*pair) <= 7]
    assert 0.12 < len(again) / sum(map(len, asked.values())) < 0.2
    channels = {(one["kanaal"], other["kanaal"]) for one, other in again}
    assert {("telefoon", "telefoon"), ("e-mail", "telefoon"), ("telefoon", "balie")} <= channels


def test_every_row_is_read_and_caller_and_asker_are_one_pseudonym(undisturbed: Path) -> None:
    blocks = tomllib.loads((REFERENCE / "bronnen.toml").read_text())["bron"]
    mapped = blocks[2]["kolommen"]
    assert set(mapped.values()) == set(COLUMNS)
    batches = read_all(read_tickets(undisturbed / "vragen-*.csv", mapped), now=MONDAY_MORNING)
    assert not any(batch.rejected for batch in batches)
    calls = read_all(queue_log(undisturbed / LOG), now=MONDAY_MORNING)
    callers = {call.key.split("|")[0]: call.caller for batch in calls for call in batch.calls}
    found = {ticket.key: ticket for batch in batches for ticket in batch.tickets}
    for file in undisturbed.glob("vragen-*.csv"):
        for row in rows_of(file):
            assert not row["gesprek"] or found[row["vraagnummer"]].person == callers[row["gesprek"]]


def test_months_that_no_longer_change_are_left_alone_and_the_others_caught_up(
    tmp_path: Path,
) -> None:
    town = {"seed": SEED, "months": 8, "scale": 0.04}
    first = list(Demo("demo", tmp_path / "twice", **town).batches({}, MONDAY_MORNING - 70 * 86_400))
    begin = {"begin": first[-1].cursor["begin"]}
    list(Demo("demo", tmp_path / "twice", **town).batches(first[-1].cursor, MONDAY_MORNING))
    list(Demo("demo", tmp_path / "once", **town).batches(begin, MONDAY_MORNING))
    assert content(tmp_path / "twice") == content(tmp_path / "once")


def test_tickets_stand_in_the_file_of_their_month_and_have_one_number(undisturbed: Path) -> None:
    numbers: set[str] = set()
    for file in undisturbed.glob("vragen-*.csv"):
        for row in rows_of(file):
            assert list(row) == list(COLUMNS)
            assert file.name == f"vragen-{row['ontvangen'][:7]}.csv"
            assert row["vraagnummer"] not in numbers
            numbers.add(row["vraagnummer"])


def test_tickets_use_the_words_of_the_catalogue(tickets: list[dict[str, str]]) -> None:
    topics = {topic.naam for topic in ONDERWERPEN}
    unknown = [t for t in tickets if t["onderwerp"] not in topics]
    assert {t["onderwerp"] for t in unknown} == set(UNCATALOGUED)
    assert 0.02 < len(unknown) / len(tickets) < 0.04
    assert {t["kanaal"] for t in tickets} == {"telefoon", *(c.naam for c in CHANNELS)}
    assert {t["afdeling"] for t in tickets} == set(AFDELINGEN)
    assert {t["gemeente"] for t in tickets} == {"Haarlem", "Zandvoort"}
    assert {t["soort"] for t in tickets} == {"vraag", "melding", "terugbelverzoek", *CASES}
    by = {t["afgehandeld_door"] for t in tickets}
    assert by == {"", "digitaal", "kcc", "afdeling", "doorgezet"}


def test_older_months_are_written_again_only_when_a_question_in_them_closes(
    tmp_path: Path,
) -> None:
    source = demo(tmp_path)
    cursor = list(source.batches({}, MONDAY_MORNING))[-1].cursor
    settled, older, current = (tmp_path / f"vragen-2026-0{month}.csv" for month in (1, 2, 3))
    before = [file.stat().st_mtime_ns for file in (settled, older, current)]
    list(source.batches(cursor, MONDAY_MORNING + 14))
    assert [file.stat().st_mtime_ns for file in (settled, older, current)] == before
    list(source.batches(cursor, MONDAY_MORNING + 899))
    assert older.stat().st_mtime_ns == before[1]
    assert current.stat().st_mtime_ns > before[2]
    list(source.batches(cursor, MONDAY_MORNING + 4 * 3_600))
    assert older.stat().st_mtime_ns > before[1]


def test_the_holidays_are_those_of_the_municipality() -> None:
    shut = [date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27)]
    shut += [date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25), date(2025, 4, 26)]
    assert not any(is_working_day(day.toordinal()) for day in shut)
    assert is_working_day(date(2026, 4, 2).toordinal())


def test_members_have_first_names_only_and_each_pool_has_enough() -> None:
    names = [name for pool in NAMES.values() for stretch in pool for name in stretch.split()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[A-Z][a-z]+", name) for name in names)
    assert all(len(NAMES[queue.pool][0].split()) >= 5 for queue in QUEUES)


def test_it_is_built_from_its_block(tmp_path: Path) -> None:
    options = Options("demo", {"zaad": 5, "altijd_open": False}, tmp_path, tmp_path / "opslag")
    source = build("demo", options, Surroundings(b"key"))
    options.finish()
    assert not options.mistakes
    assert source.folder == tmp_path / "opslag" / "demo"
    assert source.town == Town(5, 1.0, always_open=False)


def _clock(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
