"""Times of exports equal what the standard library makes of them, minute by minute if need be."""
# ruff: noqa: DTZ001, DTZ007 (a local time has no zone yet; that is what is tested)

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.local_time import end_of_day, parse_instant, same_local_day
from ingest.source import RowRejected

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NAMES = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/Caracas",  # half-hour changes of the offset
    "America/St_Johns",  # clock changes at 00:01
    "America/Sao_Paulo",  # clock changes at midnight
    "Asia/Kathmandu",  # an offset of 5:45
    "Asia/Gaza",
    "Australia/Lord_Howe",  # a clock change of half an hour
    "Pacific/Apia",  # a day that never was
    "Antarctica/Troll",  # a clock change of two hours
    "UTC",
]
ZONES = st.sampled_from(NAMES).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2037, 12, 30))
FORMS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M"]


def instants(moment: datetime, zone: ZoneInfo) -> list[int]:
    """All instants at which a clock there shows this moment: none, one or two; plainly."""
    candidates = {(moment - offset).replace(tzinfo=UTC) for offset in _offsets_around(moment, zone)}
    shown = sorted(at for at in candidates if at.astimezone(zone).replace(tzinfo=None) == moment)
    return [int(at.timestamp()) for at in shown]


def _offsets_around(moment: datetime, zone: ZoneInfo) -> set[timedelta]:
    """Every offset that holds there within a day and a half of this moment."""
    middle = moment.replace(tzinfo=UTC)
    found = (
        (middle + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-36, 37)
    )
    return {offset for offset in found if offset is not None}


def check(moment: datetime, zone: ZoneInfo, form: str) -> None:
    text = moment.strftime(form)
    shown = datetime.strptime(text, form)
    possible = instants(shown.replace(microsecond=0), zone)
    for given_form in (None, form):
        if possible:
            assert parse_instant(text, zone, given_form) == (possible[0], False)
        else:
            with pytest.raises(RowRejected, match="bestaat niet"):
                parse_instant(text, zone, given_form)


@given(moment=MOMENTS, zone=ZONES, form=st.sampled_from(FORMS))
@example(datetime(2026, 3, 29, 2, 30), AMSTERDAM, FORMS[0])
@example(datetime(2026, 10, 25, 2, 30), AMSTERDAM, FORMS[0])
@example(datetime(2011, 12, 30, 12, 0), ZoneInfo("Pacific/Apia"), FORMS[2])
def test_a_local_time_is_the_first_instant_at_which_a_clock_shows_it(
    moment: datetime, zone: ZoneInfo, form: str
) -> None:
    check(moment, zone, form)


CHANGES = [
    (date(2026, 3, 29), "Europe/Amsterdam"),
    (date(2026, 10, 25), "Europe/Amsterdam"),
    (date(2026, 3, 8), "America/New_York"),
    (date(2026, 11, 1), "America/New_York"),
    (date(2026, 4, 5), "Australia/Lord_Howe"),
    (date(2026, 10, 4), "Australia/Lord_Howe"),
    (date(2016, 5, 1), "America/Caracas"),
    (date(2007, 12, 9), "America/Caracas"),
    (date(2011, 3, 13), "America/St_Johns"),
    (date(2010, 11, 7), "America/St_Johns"),
    (date(2018, 2, 18), "America/Sao_Paulo"),
    (date(2018, 11, 4), "America/Sao_Paulo"),
    (date(2026, 3, 29), "Antarctica/Troll"),
    (date(2026, 10, 25), "Antarctica/Troll"),
    (date(2011, 12, 30), "Pacific/Apia"),
]


@pytest.mark.parametrize(("day", "name"), CHANGES, ids=str)
def test_every_minute_around_a_clock_change(day: date, name: str) -> None:
    first = datetime.combine(day, datetime.min.time()) - timedelta(hours=3)
    for minute in range(0, 30 * 60):
        check(first + timedelta(minutes=minute), ZoneInfo(name), FORMS[0])


@given(moment=MOMENTS, zone=ZONES, shift=st.integers(-14 * 60, 14 * 60))
def test_a_time_with_an_offset_is_that_instant_in_any_zone(
    moment: datetime, zone: ZoneInfo, shift: int
) -> None:
    offset = timedelta(minutes=shift)
    sign, (hours, minutes) = "-" if shift < 0 else "+", divmod(abs(shift), 60)
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{minutes:02}"
    expected = (moment.replace(microsecond=0) - offset).replace(tzinfo=UTC)
    assert parse_instant(text, zone) == (int(expected.timestamp()), False)


@given(day=st.dates(date(1970, 1, 2), date(2037, 12, 30)), zone=ZONES)
@example(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo"))
@example(date(2026, 3, 29), AMSTERDAM)
@example(date(2026, 10, 25), AMSTERDAM)
def test_a_date_is_its_day_from_the_first_to_the_last_second(day: date, zone: ZoneInfo) -> None:
    if (day, zone.key) == (date(2011, 12, 30), "Pacific/Apia"):
        return
    for text in (day.isoformat(), f"{day:%d-%m-%Y}", f"{day.day}-{day.month}-{day.year}"):
        begins, date_only = parse_instant(text, zone)
        assert date_only
        ends = end_of_day(begins, zone)
        for instant in (begins, ends):
            assert datetime.fromtimestamp(instant, zone).date() == day
        for instant in (begins - 1, ends + 1):
            assert datetime.fromtimestamp(instant, zone).date() != day
        assert end_of_day(ends, zone) == ends
        assert same_local_day(begins, ends, zone)
        assert not same_local_day(begins, ends + 1, zone)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-02", 24)]
)
def test_a_day_lasts_as_long_as_the_clock_makes_it(day: str, hours: int) -> None:
    begins, _ = parse_instant(day, AMSTERDAM)
    assert end_of_day(begins, AMSTERDAM) + 1 - begins == hours * 3600


@given(moment=MOMENTS)
def test_a_part_of_a_second_is_cut_off_or_counts_as_a_whole_one(moment: datetime) -> None:
    text = f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond:06}Z"
    exact = moment.replace(tzinfo=UTC)
    below = int(exact.replace(microsecond=0).timestamp())
    assert parse_instant(text, AMSTERDAM) == (below, False)
    assert parse_instant(text, AMSTERDAM, up=True) == (below + (moment.microsecond > 0), False)


@given(text=st.text(max_size=30), zone=ZONES)
@example("2026-11-02T09:05:00+99:99", AMSTERDAM)
@example("9999-12-31T23:59:59-12:00", AMSTERDAM)
@example("0001-01-01T00:00:00+12:00", AMSTERDAM)
@example("", AMSTERDAM)
def test_any_other_text_is_rejected_and_never_a_crash(text: str, zone: ZoneInfo) -> None:
    with suppress(RowRejected):
        instant, _ = parse_instant(text, zone)
        assert 1899 <= datetime.fromtimestamp(instant, UTC).year <= 2200
