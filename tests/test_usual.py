"""What is usual now is how many waited, minute by minute, on the last twelve days like this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import strategies as st

from data.history import Event, History
from data.store import Store
from metrics import Cut
from metrics.board import Board
from metrics.engine import Engine
from metrics.usual import Usual
from tests.explained import about, sent_to, ways
from tests.oracle import AMSTERDAM, LEVELS, OPENING, Phone, local, quantile, talking, waiting
from tests.test_figures import CATALOGUE
from tests.worlds import (
    CALENDAR,
    QUEUES,
    SEEDS,
    World,
    explored,
    instant,
    know_source,
    moment,
    write,
)

TUESDAY = instant("2026-11-24 10:07:30")
NOWS = (
    TUESDAY,
    instant("2026-11-24 12:29:59"),
    instant("2027-01-01 12:00"),  # a friday after one that was closed
    instant("2026-04-12 02:20"),  # two weeks after a night without this quarter
    instant("2026-11-01 02:20"),  # a week after a night that had it twice
    instant("2026-10-25 02:20+01:00"),  # the second time
    instant("2026-06-28 00:00"),
)
AFVAL = {Cut.WACHTRIJ: frozenset({"afval"})}
LEVEL = {"wachtenden": waiting, "gesprekken_nu": talking}


def board_of(store: Store) -> Board:
    return Board(store, Engine(store, CATALOGUE), CALENDAR, "Haarlem")


def usual(board: Board, now: int = TUESDAY, key: str = "wachtenden", **how: object) -> Usual:
    with board.look() as look:
        return look.usual(key, moment(now), **how)


# ── the oracle ─────────────────────────────────────────────────────────────────────────────


def days_like(now: int) -> list[date]:
    """The last twelve days of this weekday on which it opened, the latest first."""
    earlier = [local(now) - timedelta(weeks=week) for week in range(1, 21)]
    return [day for day in earlier if OPENING.opens(day)][:12]


def this_quarter(day: date, now: int) -> int | None:
    """When the clock on the wall came by this quarter on a day, the first time; or never."""
    clock = datetime.fromtimestamp(now, AMSTERDAM)
    begin = instant(f"{day} {clock.hour:02}:{clock.minute // 15 * 15:02}")
    return begin if datetime.fromtimestamp(begin, AMSTERDAM).hour == clock.hour else None


def expected(calls: Sequence[Phone], now: int, key: str, queue: str, begun: int) -> Usual:
    asked = [call for call in calls if queue in ("", call.wachtrij)]
    seen, days = [], 0
    for day in days_like(now):
        begin = this_quarter(day, now)
        told = any(local(call.arrived) == day for call in calls)
        if begin is None or not told or begun >= begin + 900:
            continue
        days += 1
        seen += [len(LEVEL[key](asked, begin + 60 * minute)) for minute in range(15)]
    if days < 8:
        return Usual(None, None, days)
    return Usual(quantile(seen, Fraction(1, 10)), quantile(seen, Fraction(9, 10)), days)


def a_history(random: Random, now: int) -> World:
    """Calls in and around this quarter of the weeks before, some weeks without any."""
    calls = {}
    for week in range(1, 16):
        begin = this_quarter(local(now) - timedelta(weeks=week), now) or now - week * 604_800
        for number in range(random.choice([0, 1, 2, 9, 9, 9, 9])):
            arrived = begin + random.choice(
                [random.randint(-600, 900), *(begin_ + s for begin_ in EDGES for s in (-1, 0, 1))]
            )
            left = random.choice([None, arrived, arrived + random.randint(1, 1200), begin + 60])
            calls[f"{week}-{number}"] = Phone(
                arrived=arrived,
                wachtrij=random.choice(QUEUES),
                outcome=random.choice([None, "opgenomen", "afgehaakt"]),
                left=None if left is None else max(arrived, left),
                ended=random.choice([None, begin + 300, begin + 840]),
            )
    return World(calls)


EDGES = (-4 * 3600, -3600, 0, 420, 840, 900)


@explored(st.tuples(SEEDS, st.sampled_from(NOWS), st.sampled_from([*LEVEL])), examples=60)
def test_the_usual_level_is_that_of_each_minute_counted_one_by_one(
    store: Store, drawn: tuple[int, int, str]
) -> None:
    seed, now, key = drawn
    random = Random(seed)
    world, queue = a_history(random, now), random.choice(["", "", "afval"])
    weeks_ago = now - random.choice([9, 10, 20]) * 604_800
    begun = random.choice([0, *(weeks_ago // 900 * 900 + s for s in (0, 899, 900, 901))])
    know_source(store, earliest=begun)
    write(store, world)
    only = {Cut.WACHTRIJ: frozenset({queue})} if queue else {}
    found = usual(board_of(store), now, key, only=only)
    wanted = expected(world.rows("calls"), now, key, queue, begun)
    assert (found.low, found.high, found.days) == (
        pytest.approx(wanted.low),
        pytest.approx(wanted.high),
        wanted.days,
    )


# ── told by hand ───────────────────────────────────────────────────────────────────────────


def waits(weeks: int, callers: int = 3, queue: str = "afval") -> World:
    """So many callers wait from five to a quarter past ten, each tuesday of so many weeks."""
    calls = {}
    for week in range(1, weeks + 1):
        at = this_quarter(local(TUESDAY) - timedelta(weeks=week), TUESDAY)
        assert at is not None
        caller = Phone(arrived=at + 300, left=at + 900, wachtrij=queue, outcome="afgehaakt")
        calls |= {f"{queue}{week}-{number}": caller for number in range(callers)}
    return World(calls)


def test_the_usual_level_is_between_quiet_and_busy_minutes(store: Store) -> None:
    know_source(store)
    write(store, waits(12))
    assert usual(board_of(store)) == Usual(0.0, 3.0, 12)


def test_seven_days_are_too_few(store: Store) -> None:
    know_source(store)
    write(store, waits(7))
    assert usual(board_of(store)) == Usual(None, None, 7)


def test_without_calls_or_without_a_source_nothing_is_usual(store: Store) -> None:
    assert usual(board_of(store)) == Usual(None, None, 0)
    know_source(store)
    assert usual(board_of(store)) == Usual(None, None, 0)


def test_minutes_of_a_day_on_which_something_happened_are_not_usual(store: Store) -> None:
    know_source(store)
    write(store, waits(12))
    day = date(2026, 11, 17)
    history = History(events=(Event(day, day, "Storing", "beheer", ("bereikbaarheid",)),))
    board = replace(board_of(store), history=history)
    assert usual(board) == Usual(0.0, 3.0, 11)


def test_days_before_the_first_source_begins_do_not_count(store: Store) -> None:
    know_source(store, earliest=instant("2026-09-24 00:00"))
    write(store, waits(12))
    assert usual(board_of(store)) == Usual(0.0, 3.0, 8)


def test_a_queue_in_which_nobody_waited_has_a_usual_level_of_zero(store: Store) -> None:
    know_source(store)
    write(store, waits(12, queue="burgerzaken"))
    assert usual(board_of(store), only=AFVAL) == Usual(0.0, 0.0, 12)


@pytest.mark.parametrize("key", [key for key in [*LEVELS, "bereikbaarheid"] if key not in LEVEL])
def test_only_a_number_of_calls_has_a_usual_level(store: Store, key: str) -> None:
    with pytest.raises(TypeError, match=key):
        usual(board_of(store), key=key)


# ── once per quarter-hour ──────────────────────────────────────────────────────────────────


def test_it_is_looked_up_once_per_quarter_hour_and_cut(store: Store) -> None:
    know_source(store)
    write(store, waits(12))
    board = board_of(store)
    first, of_one_queue = usual(board), usual(board, only=AFVAL)
    with sent_to(store) as sent:
        assert usual(board, TUESDAY + 300) == first
        assert usual(board, TUESDAY + 400, only=dict(AFVAL)) == of_one_queue
        assert about(sent, "call") == []
        assert usual(board, instant("2026-11-24 10:15")) == Usual(0.0, 0.0, 12)
        assert len(about(sent, "call")) == 1


def test_it_is_looked_up_again_when_it_was_forgotten(store: Store) -> None:
    know_source(store)
    write(store, waits(12))
    board = board_of(store)
    usual(board)
    write(store, waits(12, callers=5), version=2)
    assert usual(board).high == 3
    board.forget()
    assert usual(board).high == 5


def test_what_could_not_be_told_is_looked_up_again(store: Store) -> None:
    know_source(store)
    write(store, waits(7))
    board = board_of(store)
    with sent_to(store) as sent:
        assert usual(board) == Usual(None, None, 7)
        assert about(sent, "call") == []  # which costs no call to be read
    write(store, waits(12))
    assert usual(board).days == 12


def test_all_days_are_read_in_one_go_by_the_index_on_arrival(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, waits(12))
    with sent_to(on_sqlite) as sent:
        usual(board_of(on_sqlite))
    assert len(about(sent, "call")) == 1
    found = ways(on_sqlite, sent, "call")
    assert len(found) == 12
    assert all("(organisation=? AND arrived_at>? AND arrived_at<?)" in way for way in found)
