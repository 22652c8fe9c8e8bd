"""Opening hours: stamps against a naive reading of the clock, closings, validity and the door."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar import (
    Calendar,
    Closing,
    Week,
    always_open,
    day_after,
    midnight,
)
from data.hours_file import read_calendar
from data.mistakes import Mistake
from tests.oracle import AMSTERDAM, OPENING, Opening
from tests.worlds import ANCHORS, CALENDAR, calendar_of, edges_around, instant

CLOCKS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)) | st.times(
    max_value=time(23, 59)
).map(lambda clock: clock.replace(second=0, microsecond=0))


@st.composite
def blocks(draw: st.DrawFn) -> list[tuple[time, time]]:
    """No, one or two stretches of a day, not overlapping; 00:00 as an end is midnight."""
    edges = sorted(draw(st.lists(CLOCKS, min_size=0, max_size=4, unique=True)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2:
        pairs.append((edges[-1], time()))
    return pairs


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    """Hours per weekday, and closings on and around the days on which the clock changes."""
    days = st.sampled_from([a.date() + timedelta(days=n) for a in ANCHORS for n in (-1, 0, 1)])
    week = {weekday: draw(blocks()) for weekday in range(7)}
    return Opening(week, draw(st.dictionaries(days, blocks(), max_size=2)))


INSTANTS = st.sampled_from(ANCHORS).flatmap(
    lambda anchor: (
        st.sampled_from(edges_around(anchor))
        | st.integers(int(anchor.timestamp()) - 86400, int(anchor.timestamp()) + 2 * 86400)
    )
)


@given(openings(), st.lists(INSTANTS, min_size=1, max_size=20))
def test_a_stamp_is_what_the_clock_on_the_wall_says(opening: Opening, at: list[int]) -> None:
    calendar = calendar_of(opening)
    for epoch in at:
        local = datetime.fromtimestamp(epoch, AMSTERDAM)
        stamp = calendar.stamp(epoch)
        assert stamp.day == local.date().toordinal()
        assert stamp.slot == (local.hour * 60 + local.minute) // 15
        assert stamp.open == opening.is_open(epoch)


@settings(max_examples=40)
@given(openings(), INSTANTS)
def test_the_door_opens_and_closes_when_the_stamps_change(opening: Opening, at: int) -> None:
    calendar = calendar_of(opening)
    hours = calendar.hours(datetime.fromtimestamp(at, UTC))
    assert hours.is_open == opening.is_open(at)
    if hours.is_open and hours.closes_at is not None:
        closes = int(hours.closes_at.timestamp())
        assert not opening.is_open(closes)
        assert all(opening.is_open(second) for second in range(at, closes, 60))
    if hours.is_open:
        month_ago = at - 30 * 86400
        opened = month_ago if hours.opened_at is None else int(hours.opened_at.timestamp())
        assert hours.opened_at is None or not opening.is_open(opened - 1)
        assert all(opening.is_open(second) for second in range(opened, at, 60))
    if not hours.is_open and hours.opens_at is not None:
        opens = int(hours.opens_at.timestamp())
        assert opening.is_open(opens)
        assert not any(opening.is_open(second) for second in range(at, min(opens, at + 86400), 60))


@settings(max_examples=40)
@given(openings(), st.sampled_from(ANCHORS))
def test_the_open_stretches_of_a_day_are_those_of_the_stamps(
    opening: Opening, anchor: datetime
) -> None:
    day = anchor.date().toordinal()
    stretches = calendar_of(opening).block_instants(day)
    for minute in range(midnight(day), day_after(day), 60):
        within = any(start <= minute < end for start, end in stretches)
        assert within == opening.is_open(minute)


# ── the door, told by hand ─────────────────────────────────────────────────────────────────


def door(text: str, calendar: Calendar = CALENDAR) -> tuple[bool, str | None, str | None]:
    """Is it open, when does it open next and when does it close, in local time."""
    hours = calendar.hours(datetime.fromtimestamp(instant(text), UTC))
    return hours.is_open, shown(hours.opens_at), shown(hours.closes_at)


def opened(text: str, calendar: Calendar = CALENDAR) -> str | None:
    """Since when is it open, in local time."""
    return shown(calendar.hours(datetime.fromtimestamp(instant(text), UTC)).opened_at)


def shown(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(AMSTERDAM):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "is_open", "opens", "closes"),
    [
        ("2026-11-24 08:29:59", False, "Tue 2026-11-24 08:30", None),
        ("2026-11-24 08:30:00", True, "Tue 2026-11-24 13:00", "Tue 2026-11-24 12:30"),
        ("2026-11-24 12:30:00", False, "Tue 2026-11-24 13:00", None),
        ("2026-11-24 16:59:59", True, "Wed 2026-11-25 09:00", "Tue 2026-11-24 17:00"),
        ("2026-11-27 17:00:00", False, "Sun 2026-11-29 00:00", None),  # closed on saturday
        # sunday is open to midnight, and monday begins at half past eight
        ("2026-11-29 23:00:00", True, "Mon 2026-11-30 08:30", "Mon 2026-11-30 00:00"),
        # friday before the clock goes forward; monday the 30th is a closing day
        ("2026-03-27 17:30:00", False, "Sun 2026-03-29 00:00", None),
        ("2026-03-29 12:00:00", True, "Tue 2026-03-31 08:30", "Mon 2026-03-30 00:00"),
        # monday after the clock went back closes at four
        ("2026-10-26 15:00:00", True, "Tue 2026-10-27 08:30", "Mon 2026-10-26 16:00"),
        ("2026-12-25 10:00:00", False, "Sun 2026-12-27 00:00", None),  # Christmas on a friday
    ],
)
def test_the_door_tells_when_it_opens_and_closes(
    now: str, is_open: bool, opens: str, closes: str | None
) -> None:
    assert door(now) == (is_open, opens, closes)


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-11-24 08:29:59", None),
        ("2026-11-24 08:30:00", "Tue 2026-11-24 08:30"),
        ("2026-11-24 12:29:59", "Tue 2026-11-24 08:30"),
        ("2026-11-24 12:45:00", None),
        ("2026-11-24 16:00:00", "Tue 2026-11-24 13:00"),
        ("2026-11-29 23:00:00", "Sun 2026-11-29 00:00"),
        # sundays of 23 and of 25 hours, open day and night
        ("2026-03-29 12:00:00", "Sun 2026-03-29 00:00"),
        ("2026-10-25 02:30:00", "Sun 2026-10-25 00:00"),
    ],
)
def test_the_door_tells_since_when_it_is_open(now: str, since: str | None) -> None:
    assert opened(now) == since


def test_always_open_neither_opens_nor_closes() -> None:
    assert door("2026-03-29 03:00", always_open()) == (True, None, None)
    assert opened("2026-03-29 03:00", always_open()) is None


def test_a_municipality_without_hours_never_opens() -> None:
    never = Calendar((Week(1, ((),) * 7),))
    assert door("2026-11-24 10:00", never) == (False, None, None)
    assert door("2026-11-24 10:00", Calendar(())) == (False, None, None)


def test_a_stretch_over_midnight_is_one() -> None:
    late = (((20 * 60, 24 * 60),), ((0, 2 * 60), (9 * 60, 17 * 60)), *[()] * 5)
    calendar = Calendar((Week(1, late),))
    assert door("2026-11-23 23:00", calendar)[2] == "Tue 2026-11-24 02:00"
    assert opened("2026-11-24 01:00", calendar) == "Mon 2026-11-23 20:00"
    assert opened("2026-11-24 12:00", calendar) == "Tue 2026-11-24 09:00"


def test_a_stretch_of_some_days_began_on_the_first() -> None:
    whole, since = ((0, 24 * 60),), date(2026, 10, 24).toordinal()
    calendar = Calendar((Week(since, (whole,) * 7),))
    assert opened("2026-10-26 12:00", calendar) == "Sat 2026-10-24 00:00"
    assert opened("2026-11-24 00:00", calendar) is None  # a month and more ago
    assert opened("2026-11-23 23:59", calendar) == "Sat 2026-10-24 00:00"


def test_the_past_keeps_the_hours_of_its_time() -> None:
    def week(end: int) -> tuple[Any, ...]:
        return (((9 * 60, end * 60),),) * 7

    first, second = date(2026, 1, 1).toordinal(), date(2026, 7, 1).toordinal()
    calendar = Calendar((Week(second, week(20)), Week(first, week(17))))
    assert calendar.blocks(first - 1) == ()
    assert calendar.stamp(instant("2026-06-30 18:00")).open == 0
    assert calendar.stamp(instant("2026-07-01 18:00")).open == 1


def test_a_closing_takes_its_part_of_the_day() -> None:
    day = date(2026, 12, 24).toordinal()
    week = Week(1, (((8 * 60, 12 * 60), (13 * 60, 17 * 60)),) * 7)
    whole = Calendar((week,), (Closing(day, (0, 1440), "Kerstavond"),))
    part = Calendar((week,), (Closing(day, (11 * 60, 14 * 60), "Kerstavond"),))
    assert whole.blocks(day) == ()
    assert part.blocks(day) == ((480, 660), (840, 1020))
    assert part.blocks(day + 1) == ((480, 720), (780, 1020))


def test_the_fingerprint_changes_with_hours_and_closings_but_not_with_reasons() -> None:
    changed = calendar_of(Opening(OPENING.week | {5: OPENING.week[0]}, OPENING.closed))
    fewer = calendar_of(Opening(OPENING.week, {}))
    closings = [Closing(c.day, c.block, "anders verwoord") for c in CALENDAR.closings]
    assert len({CALENDAR.fingerprint, changed.fingerprint, fewer.fingerprint}) == 3
    assert Calendar(CALENDAR.weeks, closings).fingerprint == CALENDAR.fingerprint


# ── openingstijden.toml ────────────────────────────────────────────────────────────────────


def test_hours_are_read_as_they_are_written() -> None:
    mistakes: list[Mistake] = []
    calendar = read_calendar(
        {
            "openingstijden": [
                {"ma": ["13:00-17:00", "08:30-12:00"], "zo": "00:00-24:00"},
                {"ma": ["09:00-10:00"], "vanaf": date(2027, 1, 1)},
            ],
            "sluiting": [
                {"datum": date(2026, 12, 28), "vanaf": "16:00", "reden": "vroeg dicht"},
                {"datum": [date(2026, 1, 5), date(2026, 1, 12)], "reden": "studiedag"},
            ],
        },
        mistakes,
    )
    assert mistakes == []
    assert calendar.blocks(date(2026, 11, 23).toordinal()) == ((510, 720), (780, 1020))
    assert calendar.blocks(date(2026, 11, 29).toordinal()) == ((0, 1440),)
    assert calendar.blocks(date(2026, 12, 28).toordinal()) == ((510, 720), (780, 960))
    assert calendar.blocks(date(2026, 1, 12).toordinal()) == ()
    assert calendar.blocks(date(2027, 1, 4).toordinal()) == ((540, 600),)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({}, "openingstijden"),
        ({"openingstijden": {"maandag": ["09:00-17:00"]}}, "openingstijden.maandag"),
        ({"openingstijden": {"ma": ["17:00-09:00"]}}, "openingstijden.ma"),
        ({"openingstijden": {"ma": ["9:00-17:00"]}}, "openingstijden.ma"),
        ({"openingstijden": {"ma": ["09:00-25:00"]}}, "openingstijden.ma"),
        ({"openingstijden": {"ma": ["09:00-12:00", "11:00-17:00"]}}, "openingstijden.ma"),
        ({"openingstijden": {"vanaf": "morgen"}}, "openingstijden.vanaf"),
        ({"openingstijden": {"ma": []}, "sluitng": []}, "sluitng"),
        (
            {"openingstijden": {"ma": []}, "sluiting": [{"datum": date(2026, 1, 1)}]},
            "sluiting.reden",
        ),
        (
            {"openingstijden": {"ma": []}, "sluiting": [{"datum": "x", "reden": "y"}]},
            "sluiting.datum",
        ),
        (
            {
                "openingstijden": {"ma": []},
                "sluiting": [{"datum": date(2026, 1, 1), "vanaf": "4 uur", "reden": "y"}],
            },
            "sluiting.vanaf",
        ),
    ],
)
def test_each_mistake_in_the_hours_is_named(content: dict[str, Any], key: str) -> None:
    mistakes: list[Mistake] = []
    read_calendar(content, mistakes)
    assert [mistake.key for mistake in mistakes] == [key]
    assert mistakes[0].hint
