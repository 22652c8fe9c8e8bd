"""Today is what counting call by call says, beside twelve days that were counted the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import strategies as st

from data.store import Store
from metrics import Query
from metrics.board import Board
from metrics.engine import Engine
from metrics.periods import Period
from metrics.remaining import Chance, remaining
from metrics.today import FEW_DAYS, NO_NORM, Today
from metrics.today_tables import crews_json, goals_json, quarters_json
from tests.oracle import AMSTERDAM, OPENING, Phone, ended, local, offered
from tests.site_cast import NORMS
from tests.test_figures import CATALOGUE
from tests.test_usual import days_like
from tests.vandaag_cast import AT_LUNCH, HALF_PAST_TWO, PEOPLE, TUESDAY, a_tuesday
from tests.worlds import CALENDAR, SEEDS, World, explored, instant, know_source, moment, write

NOWS = (
    instant("2026-11-24 10:07:30"),
    instant("2026-11-24 08:00"),  # before it opens
    instant("2026-11-24 12:45"),  # at lunch
    instant("2026-11-24 18:00"),  # after it closed
    instant("2026-11-25 11:59"),  # closes at ten past twelve
    instant("2026-10-25 04:00"),  # the night with an hour twice, and open
    instant("2026-11-28 12:00"),  # closed all day
)


def board_of(store: Store) -> Board:
    return Board(store, Engine(store, NORMS), CALENDAR, "Haarlem")


# ── the oracle ─────────────────────────────────────────────────────────────────────────────


def quarters_open(now: int) -> list[int]:
    """Each quarter-hour of today in which it is open for a minute or more."""
    day = local(now)
    begin = int(datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).timestamp())
    minutes = [at for at in range(begin, begin + 26 * 3600, 60) if local(at) == day]
    return sorted({at - at % 900 for at in minutes if OPENING.is_open(at)})


def slot(at: int) -> tuple[int, int]:
    """The quarter-hour that the clock on the wall is in."""
    wall = datetime.fromtimestamp(at, AMSTERDAM)
    return wall.hour, wall.minute // 15


def earlier(calls: Sequence[Phone], now: int) -> dict[date, list[Phone]]:
    """The offered calls of the comparable days on which anyone called."""
    days = {day: [c for c in calls if local(c.arrived) == day and offered(c, OPENING)]
            for day in days_like(now)}  # fmt: skip
    return {day: called for day, called in days.items() if called}


def of_day(called: Sequence[Phone], at: int) -> int:
    return len([call for call in called if slot(call.arrived) == slot(at)])


def left_of(at: int, now: int) -> Fraction:
    """Which part of a quarter-hour is still to come."""
    return min(Fraction(1), max(Fraction(0), Fraction(at + 900 - now, 900)))


def a_history(random: Random, now: int) -> World:
    calls = {}
    for week in range(14):
        for number in range(random.choice([0, 25, 25, 50])):
            day = local(now) - timedelta(weeks=week)
            clock = f"{random.randint(0, 19):02d}:{random.randint(0, 59):02d}"
            arrived = instant(f"{day} {clock}") + random.choice([0, 3600])
            if week or arrived < now:
                calls[f"{week}-{number}"] = Phone(
                    arrived=arrived,
                    wachtrij="afval",
                    outcome=random.choice(["opgenomen", "opgenomen", "afgehaakt", "overgelopen"]),
                    wait=random.choice([5, 29, 31, 100]),
                    left=arrived + 1,
                    ended=arrived + 2,
                )
    return World(calls)


@explored(st.tuples(SEEDS, st.sampled_from(NOWS)), examples=40)
def test_today_is_what_counting_call_by_call_says(store: Store, drawn: tuple[int, int]) -> None:
    seed, now = drawn
    world = a_history(Random(seed), now)
    calls = world.rows("calls")
    know_source(store)
    write(store, world)
    found = board_of(store).today(moment(now))
    quarters, days = quarters_open(now), list(earlier(calls, now).values())
    assert [one.at for one in found.quarters] == [moment(at) for at in quarters]
    assert found.days == len(days)
    for one, at in zip(found.quarters, quarters, strict=True):
        came = [c for c in calls if at <= c.arrived < at + 900 and offered(c, OPENING)]
        good = [call for call in came if ended(call, OPENING) == "opgenomen"]
        begun = at < now
        assert one.offered == (len(came) if begun else None)
        assert one.missed == (len(came) - len(good) if begun else None)
        counts = [of_day(called, at) for called in days]
        if len(days) < 8:
            assert one.usually is None
        else:
            assert one.usually is not None
            asked = (one.usually.low, one.usually.mean, one.usually.high)
            low, high = np.percentile(counts, (10, 90))
            assert asked == pytest.approx((low, sum(counts) / len(days), high))
    if len(days) >= 8:
        left = [sum(of_day(called, at) * left_of(at, now) for at in set_of(quarters))
                for called in days]  # fmt: skip
        assert found.to_come is not None
        assert found.to_come.mean == pytest.approx(float(sum(left)) / len(days))


def set_of(quarters: Sequence[int]) -> list[int]:
    """One instant per quarter on the clock: the doubled hour is counted once, its second time."""
    return list({slot(at): at for at in quarters}.values())


# ── told by hand ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tuesday(on_sqlite: Store) -> Today:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday())
    return board_of(on_sqlite).today(HALF_PAST_TWO)


def test_what_came_and_what_is_to_come_are_together_a_whole_day(tuesday: Today) -> None:
    assert tuesday.so_far is not None
    assert tuesday.to_come is not None
    usual = [one.usually.mean for one in tuesday.quarters if one.usually]
    assert tuesday.so_far.mean + tuesday.to_come.mean == pytest.approx(sum(usual))
    assert tuesday.offered == sum(one.offered or 0 for one in tuesday.quarters)
    assert tuesday.missed == sum(one.missed or 0 for one in tuesday.quarters)


def test_the_figures_of_today_are_those_of_a_question(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday())
    board = board_of(on_sqlite)
    found = board.today(HALF_PAST_TWO)
    period = Period.days(TUESDAY, TUESDAY + timedelta(days=1))
    kpis = tuple(NORMS[key] for key in ("bereikbaarheid", "servicelevel"))
    asked = board.ask(Query(kpis=kpis, period=period, now=HALF_PAST_TWO))
    assert [goal.reading for goal in found.goals] == asked


def test_a_goal_asks_of_the_calls_to_come_what_the_norm_needs(tuesday: Today) -> None:
    for goal in tuesday.goals:
        part, whole = int(goal.reading.teller or 0), int(goal.reading.noemer or 0)
        norm = goal.reading.norm.value if goal.reading.norm else 0.0
        assert goal.expected is not None
        assert goal.expected == remaining(part, whole, goal.expected.calls, norm)
        assert tuesday.to_come is not None
        assert abs(goal.expected.calls - tuesday.to_come.mean) <= 0.5
        calls = [rest.calls for _, rest in goal.rests if rest]
        assert calls == sorted(calls)


def test_who_waits_still_counts_among_those_to_come(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday())
    before = board_of(on_sqlite).today(HALF_PAST_TWO).goals[0].expected
    at = int(HALF_PAST_TWO.timestamp())
    waiting = {f"wacht {n}": Phone(arrived=at - 30, wachtrij="afval") for n in range(3)}
    write(on_sqlite, World(waiting))
    after = board_of(on_sqlite).today(HALF_PAST_TWO)
    assert after.waiting == 3
    assert before is not None
    assert after.goals[0].expected is not None
    assert after.goals[0].expected.calls == before.calls + 3


def test_at_lunch_there_are_fewer_than_in_the_morning(tuesday: Today) -> None:
    there = {f"{crew.at.astimezone(AMSTERDAM):%H:%M}": crew.present for crew in tuesday.crews}
    assert (there["08:30"], there["12:00"], there["14:30"]) == (PEOPLE, AT_LUNCH, PEOPLE)
    assert there["15:00"] is None  # is still to come
    crew = tuesday.crew
    assert crew is not None
    assert f"{crew.at.astimezone(AMSTERDAM):%H:%M}" == "14:30"
    assert [one.short for one in tuesday.short] == [
        one.needed - one.present
        for one in tuesday.crews
        if one.needed and one.present is not None and one.needed > one.present
    ]


def test_the_plan_of_the_day_ends_as_the_plan_of_the_hours_to_come(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday())
    board = board_of(on_sqlite)
    with board.look() as look:
        coming = look.staffing(HALF_PAST_TWO, 30, 45)
        whole = look.day_plan(HALF_PAST_TWO, 30, 45)
    assert whole.needs[-len(coming.needs) :] == coming.needs
    assert len(whole.needs) > len(coming.needs)


def test_fewer_than_five_are_never_told(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    world = a_tuesday()
    few = dict(list(world.shifts.items())[:4])
    write(on_sqlite, World(world.calls, shifts=few))
    found = board_of(on_sqlite).today(HALF_PAST_TWO)
    assert {crew.present for crew in found.crews} == {None}
    assert {crew.short for crew in found.crews} == {None}
    assert "minder dan 5" in found.crews[0].reason
    assert {row["aanwezig"] for row in crews_json(found)} == {None}


def test_without_days_to_compare_the_day_is_told_and_nothing_is_expected(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    calls = {key: call for key, call in a_tuesday().calls.items() if local(call.arrived) == TUESDAY}
    write(on_sqlite, World(calls))
    found = board_of(on_sqlite).today(HALF_PAST_TWO)
    assert found.offered == len([call for call in calls.values() if offered(call, OPENING)])
    assert (found.so_far, found.to_come, found.crews) == (None, None, ())
    assert [goal.reason for goal in found.goals] == [FEW_DAYS, FEW_DAYS]


def test_without_a_norm_there_is_nothing_to_reach(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday())
    board = Board(on_sqlite, Engine(on_sqlite, CATALOGUE), CALENDAR, "Haarlem")
    reasons = {goal.reading.kpi.key: goal.reason for goal in board.today(HALF_PAST_TWO).goals}
    without = [key for key in reasons if not CATALOGUE[key].norms]
    assert without
    assert [reasons[key] for key in without] == [NO_NORM] * len(without)


def test_after_closing_nothing_is_to_come(on_sqlite: Store) -> None:
    know_source(on_sqlite)
    write(on_sqlite, a_tuesday(until="18:00"))
    found = board_of(on_sqlite).today(moment(instant("2026-11-24 17:30")))
    assert found.over
    assert found.goals[0].expected is not None
    assert found.goals[0].expected.calls == 0
    assert found.goals[0].expected.chance in (Chance.ZEKER, Chance.NIET)


def test_a_store_without_a_source_gives_reasons(on_sqlite: Store) -> None:
    found = board_of(on_sqlite).today(HALF_PAST_TWO)
    assert found.offered is None
    assert all(goal.reason for goal in found.goals)
    assert {row["reden"] for row in goals_json(found)} == {found.goals[0].reason}
    assert {row["aangeboden"] for row in quarters_json(found)} == {None}
