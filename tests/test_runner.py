"""What the runner promises: one transaction per batch, days that are touched, and honest news."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from data import schema
from data.calendar import Calendar, Week, always_open
from data.codes import Complexity
from data.migrate import migrate
from data.store import Store, open_engine
from data.store_errors import StoreTrouble, store_trouble
from data.topics import Topic, Topics
from ingest.account import forget_runs
from ingest.places import Places
from ingest.records import Call, Rejected, Staffing, Ticket
from ingest.restamp import restamp
from ingest.runner import HEARTBEAT_S, Run, Runner
from ingest.schedule import Job, serve
from ingest.source import Batch, SourceChanged, SourceDown
from tests.conftest import fresh
from tests.ingest_cast import NOON, calls, facts, rows, source_row, versions
from tests.rules import stamps

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = 86_400
TODAY = datetime.fromtimestamp(NOON, ZONE).toordinal()
CALL = Call("1", 1, NOON, "burgerzaken")
TICKET = Ticket("Z1", 0, NOON, NOON + 3 * DAY)


@dataclass
class Script:
    """A source that says what it is told to say: batches, or an error in between."""

    says: Sequence[Batch | Exception | BaseException]
    naam: str = "proef"
    soort: str = "script"
    feeds: tuple[str, ...] = ("gesprek",)
    interval: float = 1.0
    asked: list[Any] = field(default_factory=list)

    def batches(self, cursor: Any, now: int) -> Iterator[Batch]:
        self.asked.append((cursor, now))
        for said in self.says:
            if not isinstance(said, Batch):
                raise said
            yield said


def batch(number: int, **content: Any) -> Batch:
    """A batch whose cursor is its number."""
    return Batch(cursor={"nummer": number}, **{"read": 1} | content)


END = Batch(cursor={"nummer": 9}, complete=True)


def run(store: Store, *says: Batch | BaseException, now: int = NOON, **options: Any) -> Run:
    runner = Runner(store, stamps(store), lambda: now)
    return runner.run(Script(says), **options)


def day(after: int) -> int:
    return TODAY + after


# ── one transaction per batch ──────────────────────────────────────────────────────────────


def test_a_batch_is_committed_whole_with_its_cursor_its_rows_and_its_account(
    store: Store,
) -> None:
    rejected = Rejected("r:1", "regel 1", "stuk")
    staffing = Staffing("s", 1, 7, "afval", 1, NOON)
    said = batch(
        1,
        calls=[CALL],
        tickets=[TICKET],
        staffing=[staffing],
        rejected=[rejected],
        read=5,
        oldest=NOON - 9,
        newest=NOON,
    )
    found = run(store, said)
    assert found == Run("proef", read=5, written=3, rejected=1)
    place = source_row(store)
    assert (place["cursor"], place["version"]) == ('{"nummer":1}', 1)
    assert (place["earliest"], place["newest"], place["checked_at"]) == (NOON - 9, NOON, None)
    (account,) = rows(store, schema.run)
    names = "at", "rows", "written", "rejected", "version"
    assert [account[name] for name in names] == [NOON, 5, 3, 1, 1]
    assert [len(table) for table in facts(store).values()] == [1, 1, 1, 1]
    assert versions(store) == {
        ("gesprek", TODAY): 1,
        ("vraag", TODAY): 1,
        ("termijn", day(3)): 1,
    }


@pytest.mark.parametrize("table", ["call", "ticket", "rejected", "run", "day_version", "revision"])
def test_when_any_statement_of_a_batch_fails_nothing_of_it_is_kept(
    store: Store, table: str
) -> None:
    def fail(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT") and f" {table} " in statement.replace('"', " "):
            raise RuntimeError("de stekker eruit")

    content = {"calls": [CALL], "tickets": [TICKET], "rejected": [Rejected("r", "r", "r")]}
    run(store, batch(1))
    before = [rows(store, table) for table in schema.metadata.sorted_tables]
    event.listen(store.engine, "before_cursor_execute", fail)
    try:
        if table in ("call", "ticket") and not store.is_sqlite:
            content["calls"] = [replace_too_long(CALL)]  # COPY goes around the listener
        with pytest.raises(Exception, match=r"stekker|too long"):
            run(store, batch(2, **content))
    finally:
        event.remove(store.engine, "before_cursor_execute", fail)
    assert [rows(store, table) for table in schema.metadata.sorted_tables] == before


def replace_too_long(call: Call) -> Call:
    return call._replace(wachtrij="x" * 101)


@pytest.mark.parametrize("error", [SourceDown("weg"), SourceChanged("anders"), ValueError("stuk")])
def test_the_cursor_stays_where_the_last_whole_batch_left_it(
    store: Store, error: Exception
) -> None:
    says = batch(1, calls=[CALL]), error, batch(2)
    if isinstance(error, ValueError):
        with pytest.raises(ValueError, match="stuk"):
            run(store, *says)
    else:
        assert run(store, *says).error == str(error)
    assert source_row(store)["cursor"] == '{"nummer":1}'
    assert len(calls(store)) == 1
    script = Script([END])
    Runner(store, stamps(store), lambda: NOON).run(script)
    assert script.asked == [({"nummer": 1}, NOON)]


def test_a_run_that_is_told_to_stop_stops_after_a_whole_batch(store: Store) -> None:
    runner = Runner(store, stamps(store), lambda: NOON, stopping=lambda: True)
    found = runner.run(Script([batch(1, calls=[CALL]), batch(2)]))
    assert found.read == 1
    assert source_row(store)["cursor"] == '{"nummer":1}'


def test_progress_is_told_after_each_batch_with_rows(store: Store) -> None:
    told: list[int] = []
    runner = Runner(store, stamps(store), lambda: NOON, lambda run: told.append(run.read))
    runner.run(Script([batch(1), batch(2, read=4), END]))
    assert told == [1, 5]


# ── repeated deliveries and the days they touch ────────────────────────────────────────────


def test_a_repeated_delivery_writes_nothing_and_raises_no_day_version(store: Store) -> None:
    says = batch(1, calls=[CALL], tickets=[TICKET]), batch(2, calls=[CALL._replace(version=2)])
    assert run(store, *says).written == 3
    before = facts(store), versions(store), store.revision()
    assert run(store, *says).written == 0
    assert (facts(store), versions(store), store.revision()) == before


def test_an_older_version_never_replaces_a_newer_one(store: Store) -> None:
    run(store, batch(1, calls=[CALL._replace(version=2, wait_s=5)]))
    assert run(store, batch(2, calls=[CALL])).written == 0
    assert calls(store)[0]["wait_s"] == 5


def test_only_the_days_of_changed_rows_are_touched(store: Store) -> None:
    on = [CALL._replace(key=str(n), arrived_at=NOON + n * DAY) for n in range(5)]
    run(store, batch(1, calls=on))
    before = versions(store)
    run(store, batch(2, calls=[*on[:3], on[3]._replace(version=2, outcome=1), on[4]]))
    after = versions(store)
    assert {place for place in after if after[place] != before[place]} == {("gesprek", day(3))}


def test_a_row_that_moves_touches_the_day_it_leaves_and_the_day_it_reaches(store: Store) -> None:
    run(store, batch(1, tickets=[TICKET]))
    run(store, batch(2, tickets=[TICKET._replace(received_at=NOON - DAY, due_at=NOON + 9 * DAY)]))
    assert versions(store) == {
        ("vraag", TODAY): 2,
        ("vraag", day(-1)): 1,
        ("termijn", day(3)): 2,
        ("termijn", day(9)): 1,
    }
    run(store, batch(3, tickets=[TICKET._replace(received_at=NOON - DAY, due_at=None)]))
    assert versions(store)["termijn", day(9)] == 2


def test_days_follow_the_local_clock_of_the_night_of_a_clock_change(store: Store) -> None:
    for written, ordinal in (
        ("2026-10-25T00:00:00+02:00", date(2026, 10, 25)),
        ("2026-10-25T23:59:59+01:00", date(2026, 10, 25)),
        ("2026-10-26T00:00:00+01:00", date(2026, 10, 26)),
        ("2026-03-29T23:59:59+02:00", date(2026, 3, 29)),
    ):
        other = fresh(store)
        at = int(datetime.fromisoformat(written).timestamp())
        run(other, batch(1, calls=[CALL._replace(arrived_at=at)]))
        assert versions(other) == {("gesprek", ordinal.toordinal()): 1}


@pytest.mark.parametrize("cut", range(1, 6))
def test_two_halves_equal_one(store: Store, cut: int) -> None:
    said = [CALL._replace(key=str(n % 4), version=n, wait_s=n) for n in range(6)]
    run(store, batch(1, calls=said))
    halves = fresh(store)
    run(halves, batch(1, calls=said[:cut]), batch(2, calls=said[cut:]))
    assert facts(halves) == facts(store)


def test_organisations_do_not_see_each_other(store: Store) -> None:
    other = fresh(store)
    run(store, batch(1, calls=[CALL]))
    assert calls(other) == []
    assert versions(other) == {}
    assert other.revision() == 0
    run(other, batch(1, calls=[CALL._replace(wait_s=3)]))
    assert calls(store)[0]["wait_s"] is None


# ── news ───────────────────────────────────────────────────────────────────────────────────


def test_a_source_that_says_nothing_new_is_noted_once_in_a_heartbeat(store: Store) -> None:
    run(store, END)
    for after in range(HEARTBEAT_S):
        run(store, END, now=NOON + after)
        assert source_row(store)["checked_at"] == NOON
        assert source_row(store)["version"] == 1
    run(store, END, now=NOON + HEARTBEAT_S)
    assert source_row(store)["checked_at"] == NOON + HEARTBEAT_S
    assert rows(store, schema.run) == []
    assert store.revision() == 0  # no screen has anything new to show


def test_a_clock_that_was_put_back_does_not_stop_the_heartbeat(store: Store) -> None:
    run(store, END, now=NOON + 7200)
    run(store, END, now=NOON)
    assert source_row(store)["checked_at"] == NOON


def test_what_is_wrong_is_noted_with_since_when_and_cleared_when_all_is_read(
    store: Store,
) -> None:
    def news() -> tuple[str, int | None]:
        return source_row(store)["error"], source_row(store)["error_since"]

    run(store, END)
    run(store, SourceDown("weg"), now=NOON + 10)
    assert news() == ("weg", NOON + 10)
    revision = store.revision()
    run(store, SourceDown("weg"), now=NOON + 20)
    assert news() == ("weg", NOON + 10)
    assert store.revision() == revision
    # something else is wrong now, but it has been wrong since then
    run(store, SourceDown("nog weg"), now=NOON + 30)
    assert news() == ("nog weg", NOON + 10)
    # part of it can be read
    run(store, batch(1), SourceDown("nog weg"), now=NOON + 40)
    assert news() == ("nog weg", NOON + 10)
    run(store, END, now=NOON + 41)
    assert news() == ("", None)
    assert source_row(store)["checked_at"] == NOON + 41
    run(store, SourceDown("weer weg"), now=NOON + 50)
    assert news() == ("weer weg", NOON + 50)


def test_the_first_and_last_event_ever_seen_are_kept(store: Store) -> None:
    run(store, batch(1, oldest=NOON, newest=NOON + 5), batch(2, oldest=NOON - 5, newest=NOON))
    run(store, batch(3))
    assert (source_row(store)["earliest"], source_row(store)["newest"]) == (NOON - 5, NOON + 5)


def test_a_rejected_row_is_kept_once_with_its_latest_reason(store: Store) -> None:
    first, again = Rejected("f:1", "f regel 1", "stuk"), Rejected("f:1", "f regel 1", "kapot")
    other = Rejected("g:1", "g regel 1", "weg")
    run(store, batch(1, rejected=[first, first, other]), batch(2, rejected=[again]))
    found = [(row["key"], row["place"], row["reason"]) for row in rows(store, schema.rejected)]
    assert found == [tuple(again), tuple(other)]
    run(store, batch(3, replaces="f:"))
    assert [row["key"] for row in rows(store, schema.rejected)] == ["g:1"]


def test_what_is_replaced_is_a_prefix_and_no_pattern(store: Store) -> None:
    keys = ["a_b:1", "axb:1", "a%b:1", "a_bc:1"]
    run(store, batch(1, rejected=[Rejected(key, key, "x") for key in keys]))
    run(store, batch(2, replaces="a_b:"))
    run(store, batch(3, replaces="a%b:"))
    assert {row["key"] for row in rows(store, schema.rejected)} == {"axb:1", "a_bc:1"}


def test_a_place_with_a_very_long_name_fits(store: Store) -> None:
    long = [Rejected(f"{'x' * 400}{n}:1", f"{'y' * 400} regel {n}", "stuk") for n in range(3)]
    run(store, batch(1, rejected=long))
    assert len(rows(store, schema.rejected)) == 3
    assert all(" regel " in row["place"] for row in rows(store, schema.rejected))


def test_accounts_of_long_ago_are_dropped(store: Store) -> None:
    for after in range(4):
        run(store, batch(after), now=NOON + after * DAY)
    other = fresh(store)
    run(other, batch(1))
    forget_runs(store, NOON + 2 * DAY)
    assert [row["at"] for row in rows(store, schema.run)] == [NOON + 2 * DAY, NOON + 3 * DAY]
    assert len(rows(other, schema.run)) == 1


# ── several processes ──────────────────────────────────────────────────────────────────────


def test_a_run_that_is_overtaken_by_another_stops_and_writes_nothing(store: Store) -> None:
    def overtaking(_run: Run) -> None:
        run(store, batch(5))

    runner = Runner(store, stamps(store), lambda: NOON, progress=overtaking)
    found = runner.run(Script([batch(1, calls=[CALL]), batch(2, calls=[CALL._replace(key="2")])]))
    assert found.overtaken
    assert found.error == ""
    assert [call["key"] for call in calls(store)] == ["1"]
    assert source_row(store)["cursor"] == '{"nummer":5}'


def test_sources_get_numbers_of_their_own(store: Store) -> None:
    places = Places(store)
    numbers = {name: places.find(Script([], naam=name)).id for name in ("a", "b", "a", "c")}
    assert sorted(numbers.values()) == [1, 2, 3]
    assert places.find(Script([], naam="b")).id == numbers["b"]
    assert places.find(Script([], naam="x")).cursor == {}


# ── trouble that nobody foresaw ────────────────────────────────────────────────────────────


def test_an_unforeseen_error_becomes_a_sentence_without_what_was_in_the_row(store: Store) -> None:
    runner = Runner(store, stamps(store), lambda: NOON)
    found = runner.attempt(Script([batch(1), ValueError("0612345678")]))
    assert found.error.startswith("onverwachte fout: ValueError in test_runner.py regel ")
    assert source_row(store)["error"] == found.error


def test_a_job_logs_trouble_once_and_says_when_it_is_over(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    script = Script([SourceDown("weg")])
    job = Job(Runner(store, stamps(store), lambda: NOON), script)
    job()
    job()
    script.says = [END]
    job()
    job()
    assert [record.getMessage() for record in caplog.records] == ["proef: weg", "proef: leest weer"]


def test_a_source_with_a_long_interval_is_read_soon_after_the_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.schedule.FIRST_S", 0)
    slow, stop = Script([END], interval=3600.0), threading.Event()
    runner = Runner(store, stamps(store), lambda: int(time.time()))
    serving = threading.Thread(target=serve, args=(runner, [slow], stop))
    serving.start()
    deadline = time.monotonic() + 20
    while not slow.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    serving.join()
    assert slow.asked


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_bytes(b"geen database" * 100), "geen SQLite-database"),
        (lambda path: (path.unlink(), path.mkdir()), "kan niet worden gemaakt of geopend"),
    ],
)
def test_a_job_survives_trouble_with_the_store_and_says_so_in_dutch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Any, said: str
) -> None:
    path = tmp_path / "x.sqlite"
    store = Store(open_engine(f"sqlite:///{path}"), 1)
    migrate(store)
    store.engine.dispose()
    for rest in tmp_path.glob("x.sqlite-*"):
        rest.unlink()
    damage(path)
    Job(Runner(store, stamps(store), lambda: NOON), Script([batch(1)]))()
    store.engine.dispose()
    (record,) = caplog.records
    assert record.getMessage().startswith("proef: opslag: ")
    assert said in record.getMessage()


def test_a_full_disk_is_said_and_the_next_tick_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}"), 1)
    migrate(store)

    def limit(pages: int) -> None:
        with store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    many = [CALL._replace(key=str(n)) for n in range(5_000)]
    job = Job(Runner(store, stamps(store), lambda: NOON), Script([batch(1, calls=many), END]))
    limit(1)
    job()
    assert [record.getMessage() for record in caplog.records] == [
        "proef: opslag: de schijf is vol; maak ruimte en start opnieuw"
    ]
    assert calls(store) == []
    limit(1_000_000)
    job()
    assert len(calls(store)) == 5_000
    store.engine.dispose()


def test_an_error_of_the_store_does_not_tell_the_rows(store: Store) -> None:
    secret = CALL._replace(wachtrij="geheim" * 30, talk_s=2**80)
    with pytest.raises((*StoreTrouble, OverflowError)) as caught:
        run(store, batch(1, calls=[secret]))
    assert "geheim" not in store_trouble(caught.value)


# ── backfill ───────────────────────────────────────────────────────────────────────────────


def test_a_backfill_reads_anew_and_replaces_only_what_came_since(store: Store) -> None:
    def said(norm: int) -> Batch:
        both = [CALL._replace(key=str(n), arrived_at=NOON + n * DAY) for n in range(2)]
        return batch(1, calls=[call._replace(answer_norm_s=norm) for call in both], versioned=True)

    run(store, said(30), END)
    before = versions(store)
    script = Script([said(60), END])
    found = Runner(store, stamps(store), lambda: NOON).run(script, NOON + 1)
    assert script.asked == [({}, NOON)]
    assert found.written == 1
    assert [call["answer_norm_s"] for call in calls(store)] == [30, 60]
    assert versions(store) == before | {("gesprek", day(1)): 2}
    assert source_row(store)["cursor"] == '{"nummer":9}'


# ── new opening hours and topics ───────────────────────────────────────────────────────────


def office_hours(ends: int = 17) -> Calendar:
    weekday = ((8 * 60 + 30, ends * 60),)
    return Calendar((Week(1, (*[weekday] * 5, (), ())),))


def stored_hours(store: Store) -> list[int]:
    return [call["open"] for call in calls(store)]


def test_new_opening_hours_touch_exactly_the_rows_and_days_they_change(store: Store) -> None:
    noon = NOON - 400  # 12:00 on a Wednesday
    hours = [-20, 0, 4, 5.5, 6, 24 + 5.5, 3 * 24]
    said = [
        CALL._replace(key=str(n), arrived_at=int(noon + hour * 3600))
        for n, hour in enumerate(hours)
    ]
    run(store, batch(1, calls=said))
    assert restamp(store, stamps(store)) == 0
    assert stored_hours(store) == [1] * 7
    before, revision = versions(store), store.revision()

    assert restamp(store, stamps(store, calendar=office_hours())) == 4
    # 16:00 yesterday and 12:00 and 16:00 today are open; 17:30, 18:00 and Saturday are not
    assert stored_hours(store) == [1, 1, 1, 0, 0, 0, 0]
    touched = {place for place, version in versions(store).items() if version != before[place]}
    assert touched == {("gesprek", day(0)), ("gesprek", day(1)), ("gesprek", day(3))}
    assert store.revision() == revision + 1

    before = versions(store)
    assert restamp(store, stamps(store, calendar=office_hours())) == 0
    assert versions(store) == before

    assert restamp(store, stamps(store, calendar=office_hours(ends=18))) == 2  # 17:30, on two days
    assert stored_hours(store) == [1, 1, 1, 1, 0, 1, 0]
    touched = {place for place, version in versions(store).items() if version != before[place]}
    assert touched == {("gesprek", day(0)), ("gesprek", day(1))}


@pytest.mark.parametrize("moment", ["2026-03-29T00:30", "2026-10-25T00:30", "2026-11-02T00:30"])
def test_stored_calls_get_the_stamp_that_new_ones_would_get(store: Store, moment: str) -> None:
    first = int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp())
    said = [CALL._replace(key=f"{n:03}", arrived_at=first + n * 450) for n in range(30)]
    blocks = ((60, 150), (170, 185))
    calendar = Calendar((Week(1, (blocks,) * 7),))
    run(store, batch(1, calls=said))
    restamp(store, stamps(store, calendar=calendar))
    expected = fresh(store)
    Runner(expected, stamps(expected, calendar=calendar), lambda: NOON).run(
        Script([batch(1, calls=said)])
    )
    assert facts(store) == facts(expected)
    assert len(set(stored_hours(store))) == 2


def test_a_new_catalogue_touches_exactly_the_tickets_of_changed_topics(store: Store) -> None:
    names = ["Paspoort", "ID-kaart", "Parkeren", "onbekend"]
    said = [
        TICKET._replace(
            key=str(n), onderwerp=name, received_at=NOON + n * DAY, due_at=NOON + (10 + n) * DAY
        )
        for n, name in enumerate(names)
    ]
    run(store, batch(1, tickets=said))
    restamp(store, stamps(store))
    before = versions(store)
    known = {"id-kaart": [Topic("Paspoort", Complexity.EENVOUDIG)]}
    assert restamp(store, stamps(store, topics=Topics(known))) == 1
    found = [(row["onderwerp"], row["complexity"]) for row in rows(store, schema.ticket)]
    assert found == [("Paspoort", 0), ("Paspoort", 1), ("Parkeren", 0), ("onbekend", 0)]
    touched = {place for place, version in versions(store).items() if version != before[place]}
    assert touched == {("vraag", day(1)), ("termijn", day(11))}
    assert restamp(store, stamps(store, topics=Topics(known))) == 0


def test_another_organisation_keeps_its_stamps(store: Store) -> None:
    other = fresh(store)
    for each in (store, other):
        run(each, batch(1, calls=[CALL._replace(arrived_at=NOON + 10 * 3600)]))
    restamp(store, stamps(store, calendar=office_hours()))
    assert (stored_hours(store), stored_hours(other)) == ([0], [1])


def test_the_fingerprint_of_the_stamps_follows_hours_and_topics(store: Store) -> None:
    made = [
        stamps(store),
        stamps(store, calendar=office_hours()),
        stamps(store, topics=Topics({"a": [Topic("a", Complexity.COMPLEX)]})),
    ]
    assert len({each.fingerprint for each in made}) == 3
    assert stamps(store, calendar=always_open()).fingerprint == made[0].fingerprint
