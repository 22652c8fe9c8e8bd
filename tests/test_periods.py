"""Buckets tile a period and follow the local calendar, also when the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.periods import (
    ZONE,
    Grain,
    Period,
    bucket_start,
    buckets,
    local_day,
    local_text,
    midnight,
    next_month,
    this_month,
    today,
)

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LONGEST = {Grain.KWARTIER: 1, Grain.UUR: 3, Grain.DAG: 40, Grain.WEEK: 200, Grain.MAAND: 800}


def name_of(instant: datetime, grain: Grain) -> tuple[object, ...]:
    """What someone with a calendar and a clock calls the bucket of an instant."""
    local = instant.astimezone(ZONE)
    clock = (local.date(), local.hour, local.utcoffset())
    return {
        Grain.KWARTIER: (*clock, local.minute // 15),
        Grain.UUR: clock,
        Grain.DAG: (local.date(),),
        Grain.WEEK: tuple(local.isocalendar()[:2]),
        Grain.MAAND: (local.year, local.month),
    }[grain]


@given(st.sampled_from(Grain), INSTANTS, st.data())
def test_buckets_tile_the_period(grain: Grain, start: datetime, data: st.DataObject) -> None:
    seconds = data.draw(st.integers(1, LONGEST[grain] * 86400))
    period = Period(start, start + timedelta(seconds=seconds))
    found = list(buckets(period, grain))
    assert (found[0].start, found[-1].end) == (period.start, period.end)
    assert all(one.end == after.start for one, after in pairwise(found))
    # one name per bucket, and the next bucket has another
    names = [name_of(bucket.start, grain) for bucket in found]
    ends = [name_of(bucket.end - timedelta(microseconds=1), grain) for bucket in found]
    assert names == ends
    assert all(one != after for one, after in pairwise(names))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)],
)
def test_a_day_has_the_hours_that_the_clock_gives_it(day: date, hours: int) -> None:
    period = today(midnight(day) + timedelta(hours=12))
    assert period == Period.days(day, day + timedelta(days=1))
    assert period.end - period.start == timedelta(hours=hours)
    assert len(list(buckets(period, Grain.UUR))) == hours
    assert len(list(buckets(period, Grain.KWARTIER))) == 4 * hours
    assert len(list(buckets(period, Grain.DAG))) == 1


def test_the_doubled_hour_is_two_hours() -> None:
    period = Period.days(date(2026, 10, 25), date(2026, 10, 26))
    starts = [local_text(bucket.start) for bucket in buckets(period, Grain.UUR)]
    assert starts[2:4] == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]


@given(DAYS)
def test_a_week_is_the_iso_week(day: date) -> None:
    first = bucket_start(day, Grain.WEEK)
    assert first == date.fromisocalendar(*day.isocalendar()[:2], 1)


@given(DAYS)
def test_a_month_begins_on_its_first_day(day: date) -> None:
    first = bucket_start(day, Grain.MAAND)
    after = next_month(day)
    assert (first.day, after.day) == (1, 1)
    assert first <= day < after
    assert after - first <= timedelta(days=31)


@given(INSTANTS)
def test_the_local_day_holds_the_instant(instant: datetime) -> None:
    day = local_day(instant)
    assert midnight(day) <= instant < midnight(day + timedelta(days=1))
    month = this_month(instant)
    assert month.start <= instant < month.end


def test_instants_compare_in_utc_in_the_doubled_hour() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
    second = first.replace(fold=1)
    period = Period(first, second)
    assert period.end - period.start == timedelta(hours=1)
    assert len(list(buckets(period, Grain.KWARTIER))) == 4


@given(INSTANTS, st.integers(0, 86400), INSTANTS)
def test_the_part_that_has_passed_never_ends_before_it_begins(
    start: datetime, seconds: int, now: datetime
) -> None:
    period = Period(start, start + timedelta(seconds=seconds))
    passed = period.until(now)
    assert passed.start == period.start
    assert passed.start <= passed.end <= period.end
    assert passed.end <= max(now, period.start)
