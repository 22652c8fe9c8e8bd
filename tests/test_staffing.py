"""What the coming half-hours need follows from the calls, the talks and the patience of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import strategies as st

from data.calendar import Calendar, always_open
from data.settings import NormSettings
from data.store import Store
from metrics import erlang
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.engine import Engine
from metrics.staffing import CLOSED, FEW_DAYS, Need, StaffingPlan
from tests.explained import about, sent_to
from tests.oracle import AMSTERDAM, OPENING, Phone, ended, local, offered
from tests.test_usual import days_like
from tests.worlds import CALENDAR, SEEDS, World, explored, instant, know_source, moment, write

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
TEN = instant("2026-11-24 10:05")
NOWS = (
    TEN,
    instant("2026-11-24 12:29:59"),
    instant("2026-11-26 19:45"),
    instant("2026-11-25 09:00"),  # closes at ten past twelve
    instant("2026-04-05 01:50"),  # a week after a night without the hour from two to three
    instant("2026-11-01 01:50"),  # a week after a night that had it twice
    instant("2026-10-25 01:50"),  # that night itself
    instant("2026-11-28 12:00"),  # closed
)
BY_COUNCIL = [
    NormSettings("servicelevel", 0.8, date(2016, 1, 1), "raad", 0.0),
    NormSettings("servicelevel", 0.9, date(2026, 11, 25), "raad", 0.0),
]
ANSWERED = Phone(
    arrived=0, wachtrij="afval", outcome="opgenomen", wait=20, talk=300, left=20, ended=320
)
GIVEN_UP = Phone(arrived=0, wachtrij="afval", outcome="afgehaakt", wait=60)


def board_of(
    store: Store, norms: Sequence[NormSettings] = BY_COUNCIL, calendar: Calendar = CALENDAR
) -> Board:
    return Board(store, Engine(store, catalogue(norms)), calendar, "Haarlem")


def plan(board: Board, now: int = TEN, **how: float) -> StaffingPlan:
    with board.look() as look:
        return look.staffing(moment(now), **how)


# ── the oracle ─────────────────────────────────────────────────────────────────────────────


def half_hours_of(now: int) -> list[tuple[int, int]]:
    """Each half-hour on the clock up to closing, eight at most, with the seconds it is open in."""
    first = now - now % 1800
    found = []
    for begin in range(first, first + 8 * 1800, 1800):
        minutes = [at for at in range(begin, begin + 1800, 60) if OPENING.is_open(at)]
        if begin > now and not OPENING.is_open(begin):
            break
        found.append((begin, 60 * len(minutes)))
    return found


def expected_calls(calls: Sequence[Phone], now: int, begin: int) -> Fraction | None:
    """The mean of the calls offered when the clock was in the same half-hour."""
    days = []
    for day in days_like(now):
        called = [call for call in calls if local(call.arrived) == day and offered(call, OPENING)]
        if called:
            days.append(len([call for call in called if clock(call.arrived) == clock(begin)]))
    return Fraction(sum(days), len(days)) if len(days) >= 8 else None


def clock(at: int) -> tuple[int, int]:
    """The half-hour that the clock on the wall is in."""
    wall = datetime.fromtimestamp(at, AMSTERDAM)
    return wall.hour, wall.minute // 30


def lately(calls: Sequence[Phone], now: int) -> list[Phone]:
    """The calls offered on the 28 days before today."""
    days = [local(now) - timedelta(days=back) for back in range(1, 29)]
    return [call for call in calls if local(call.arrived) in days and offered(call, OPENING)]


def mean_talk(calls: Sequence[Phone], now: int) -> Fraction | None:
    talks = [call.talk for call in lately(calls, now) if ended(call, OPENING) == "opgenomen"]
    known = [talk for talk in talks if talk is not None]
    return Fraction(sum(known), len(known)) if known else None


def patience(calls: Sequence[Phone], now: int) -> Fraction | None:
    """Of the calls of which the wait is known."""
    waited = [call for call in lately(calls, now) if call.wait is not None]
    gave_up = [call for call in waited if ended(call, OPENING) == "afgehaakt"]
    seconds = sum(call.wait or 0 for call in waited)
    return Fraction(seconds, len(gave_up)) if len(gave_up) >= 20 and seconds else None


def a_history(random: Random, now: int) -> World:
    """Calls in the coming hours of the weeks before, and some on other days."""
    calls = {}
    for week in range(0, 15):
        for number in range(random.choice([0, 20, 20, 40])):
            days = random.choice([0, 0, 0, random.randint(1, 6)])
            day = local(now) - timedelta(weeks=week, days=days)
            wall = datetime.fromtimestamp(now + random.randint(-3600, 4 * 3600), AMSTERDAM)
            arrived = instant(f"{day} {wall:%H:%M:%S}")
            calls[f"{week}-{number}"] = Phone(
                arrived=arrived + random.choice([0, 3600]),
                wachtrij="afval",
                outcome=random.choice([None, "opgenomen", "opgenomen", "afgehaakt", "overgelopen"]),
                wait=random.choice([None, 0, 10, 45, 300]),
                talk=random.choice([None, 60, 400]),
            )
    return World(calls)


@explored(st.tuples(SEEDS, st.sampled_from(NOWS)), examples=40)
def test_a_plan_is_what_counting_one_by_one_says(store: Store, drawn: tuple[int, int]) -> None:
    seed, now = drawn
    world = a_history(Random(seed), now)
    calls, asked = world.rows("calls"), half_hours_of(now)
    know_source(store)
    write(store, world)
    found = plan(board_of(store), now, after_call_s=30)
    if not OPENING.is_open(now):
        assert found == StaffingPlan(reason=CLOSED)
        return
    wanted = [expected_calls(calls, now, begin) for begin, _ in asked]
    if None in wanted:
        assert found == StaffingPlan(reason=FEW_DAYS)
        return
    assert [need.at for need in found.needs] == [moment(begin) for begin, _ in asked]
    assert [need.calls for need in found.needs] == pytest.approx([float(one) for one in wanted])
    talk = mean_talk(calls, now)
    assert found.handling_s == (None if talk is None else pytest.approx(float(talk) + 30))
    waits = patience(calls, now)
    assert found.patience_s == (None if waits is None else pytest.approx(float(waits)))
    for need, (_, open_s) in zip(found.needs, asked, strict=True):
        per_hour = need.calls * 3600 / open_s
        needed = erlang.needed(per_hour, found.handling_s, found.norm, 30, found.patience_s)
        assert need.needed == needed.employees


# ── told by hand ───────────────────────────────────────────────────────────────────────────


def weekly(
    weeks: int, day: date = TUESDAY, clock: str = "10:00", answered: int = 60, given_up: int = 0
) -> World:
    """So many calls within a few minutes, on this weekday of so many weeks before."""
    calls = {}
    for week in range(1, weeks + 1):
        begin = instant(f"{day - timedelta(weeks=week)} {clock}")
        for number in range(answered + given_up):
            one = ANSWERED if number < answered else GIVEN_UP
            calls[f"{week}-{number}"] = replace(one, arrived=begin + number)
    return World(calls)


def half_past(clock: str) -> datetime:
    return moment(instant(f"2026-11-24 {clock}"))


def test_sixty_calls_of_five_minutes_in_half_an_hour_need_fourteen(store: Store) -> None:
    """Ten are busy all the time; with fourteen Erlang C answers four of five within 30 s."""
    know_source(store)
    write(store, weekly(12))
    found = plan(board_of(store))
    assert (found.handling_s, found.patience_s, found.norm, found.reason) == (300, None, 0.8, "")
    quiet = [Need(half_past(at), 0.0, 0) for at in ("10:30", "11:00", "11:30", "12:00")]
    assert found.needs == (Need(half_past("10:00"), 60.0, 14), *quiet)  # closes at half past twelve


def test_time_after_the_call_is_added(store: Store) -> None:
    know_source(store)
    write(store, weekly(12))
    found = plan(board_of(store), after_call_s=60)
    assert found.handling_s == 360
    assert found.needs[0].needed == erlang.needed(120, 360, 0.8, 30).employees


def test_a_shorter_answer_time_needs_no_fewer(store: Store) -> None:
    know_source(store)
    write(store, weekly(12))
    board = board_of(store)
    many, fewer = (plan(board, within_s=within).needs[0].needed for within in (5, 120))
    assert many is not None
    assert fewer is not None
    assert many > fewer


def test_patience_is_all_that_was_waited_per_caller_who_gave_up(store: Store) -> None:
    know_source(store)
    write(store, weekly(12, given_up=5))  # four of these weeks are within 28 days
    found = plan(board_of(store))
    assert found.patience_s == (60 * 20 + 5 * 60) / 5


def test_of_fewer_than_twenty_who_gave_up_no_patience_is_told(store: Store) -> None:
    know_source(store)
    write(store, weekly(12, given_up=4))
    assert plan(board_of(store)).patience_s is None


def test_a_half_hour_that_is_partly_open_is_as_busy_as_its_open_part(store: Store) -> None:
    know_source(store)
    write(store, weekly(12, WEDNESDAY, "12:00", answered=20))  # closes at ten past twelve
    (need,) = plan(board_of(store), instant("2026-11-25 12:05")).needs
    assert need.calls == 20
    assert need.needed == erlang.needed(120, 300, 0.9, 30).employees  # in a third of the time


def test_always_open_is_planned_eight_half_hours_ahead(store: Store) -> None:
    know_source(store)
    write(store, weekly(12))
    found = plan(board_of(store, calendar=always_open()))
    assert [need.at for need in found.needs] == [
        half_past("10:00") + timedelta(minutes=30 * number) for number in range(8)
    ]


# ── why it cannot be told ──────────────────────────────────────────────────────────────────


def test_without_a_norm_the_calls_are_told_and_not_what_they_need(store: Store) -> None:
    know_source(store)
    write(store, weekly(12))
    found = plan(board_of(store, norms=[]))
    assert (found.norm, found.reason) == (None, erlang.NO_NORM)
    assert found.needs[0] == Need(half_past("10:00"), 60.0, None)


def test_the_norm_is_the_one_of_the_day(store: Store) -> None:
    know_source(store)
    write(store, weekly(12, WEDNESDAY))
    assert plan(board_of(store), instant("2026-11-25 10:00")).norm == 0.9


def test_without_talking_times_it_is_not_told_what_is_needed(store: Store) -> None:
    know_source(store)
    calls = {key: replace(c, talk=None, ended=None) for key, c in weekly(12).calls.items()}
    write(store, World(calls))
    found = plan(board_of(store))
    assert (found.handling_s, found.reason) == (None, erlang.NO_HANDLING_TIME)
    assert [need.needed for need in found.needs[:2]] == [None, 0]  # nobody calls, none is needed


def test_seven_days_are_too_few(store: Store) -> None:
    know_source(store)
    write(store, weekly(7))
    assert plan(board_of(store)) == StaffingPlan(reason=FEW_DAYS)


@pytest.mark.parametrize("now", ["2026-11-24 08:29:59", "2026-11-24 12:30", "2026-11-28 12:00"])
def test_when_it_is_closed_nothing_is_planned(store: Store, now: str) -> None:
    know_source(store)
    write(store, weekly(12))
    assert plan(board_of(store), instant(now)) == StaffingPlan(reason=CLOSED)


# ── once per half-hour ─────────────────────────────────────────────────────────────────────


def test_a_plan_holds_for_the_half_hour(store: Store) -> None:
    know_source(store)
    write(store, weekly(12))
    board = board_of(store)
    first = plan(board)
    with sent_to(store) as sent:
        assert plan(board, instant("2026-11-24 10:29:59")) == first
        assert [one for table in ("call", "tally") for one in about(sent, table)] == []
    assert plan(board, instant("2026-11-24 10:30")).needs == first.needs[1:]
    board.forget()
    assert plan(board) == first


def test_a_plan_ends_when_it_closes_within_the_half_hour(store: Store) -> None:
    know_source(store)
    write(store, weekly(12, WEDNESDAY))
    board = board_of(store)
    assert plan(board, instant("2026-11-25 12:09")).reason == ""
    assert plan(board, instant("2026-11-25 12:10")).reason == CLOSED
