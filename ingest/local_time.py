"""Reads the times that exports write: ISO or dd-mm-yyyy, with an offset or local to a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ingest.privacy import shape
from ingest.source import RowRejected

_DUTCH = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?:[ T]+(\d{1,2})(:.*))?", re.DOTALL)
_DATE_LENGTH = len("2026-01-31")
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199


def parse_instant(
    text: str, zone: ZoneInfo, form: str | None = None, up: bool = False
) -> tuple[int, bool]:
    """Return the instant (epoch seconds) and whether only a date was given (then: its start).

    Of a local time in the doubled hour the first is taken. Parts of a second are cut off, or with
    `up` counted as a whole one, so that 20 ms after a deadline is after it. Raises RowRejected
    when the text is no time, or a local time that a clock change skips.
    """
    moment, date_only = _parsed(text, form)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RowRejected(f"het jaar {moment.year} kan niet")
    started = int(up and moment.microsecond > 0)
    if moment.microsecond:
        moment = moment.replace(microsecond=0)
    if moment.tzinfo is not None:
        return int(moment.timestamp()) + started, date_only
    return (_start if date_only else _resolved)(moment, zone) + started, date_only


def as_utc(instant: int) -> str:
    """Write an instant as services want to be asked: 2026-01-31T08:05:00Z."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def end_of_day(instant: int, zone: ZoneInfo) -> int:
    """Return the last second of the local day that this instant is in."""
    day = datetime.fromtimestamp(instant, zone).replace(tzinfo=None)
    return _start((day + ONE_DAY).replace(hour=0, minute=0, second=0), zone) - 1


def same_local_day(one: int, other: int, zone: ZoneInfo) -> bool:
    """Tell whether two instants fall on one local day."""
    return datetime.fromtimestamp(one, zone).date() == datetime.fromtimestamp(other, zone).date()


def _parsed(text: str, form: str | None) -> tuple[datetime, bool]:
    written = text = text.strip()
    try:
        if form:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 (resolved by the caller)
            return moment, not re.search("%[HIcX]", form)
        if match := _DUTCH.fullmatch(text):
            day, month, year, hour, rest = match.groups()
            text = f"{year}-{month:0>2}-{day:0>2}" + (f" {hour:0>2}{rest}" if hour else "")
        return datetime.fromisoformat(text), len(text) <= _DATE_LENGTH
    except ValueError:
        expected = form or "2026-01-31 09:05:00 of 31-01-2026 09:05"
        raise RowRejected(f"geen tijd: {shape(written)!r}; verwacht {expected}") from None


def _start(day: datetime, zone: ZoneInfo) -> int:
    """Return the instant at which a local day begins, also where a clock change skips midnight."""
    begin = day.replace(tzinfo=zone)
    return int(begin.timestamp())


def _resolved(moment: datetime, zone: ZoneInfo) -> int:
    offset = _offset(moment.replace(minute=0, second=0, microsecond=0), zone)
    if offset is None:
        local = moment.replace(tzinfo=zone)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
            raise RowRejected(f"deze tijd bestaat niet in {zone.key}: {moment}")
        return int(local.timestamp())
    return int(moment.replace(tzinfo=UTC).timestamp()) - offset


@lru_cache(maxsize=65536)
def _offset(hour: datetime, zone: ZoneInfo) -> int | None:
    """Return the offset of a local hour in seconds; None when a clock change touches the hour."""
    minutes = (hour + timedelta(minutes=minute) for minute in range(0, 60, 5))
    found = {
        minute.replace(tzinfo=zone, fold=fold).utcoffset() for minute in minutes for fold in (0, 1)
    }
    offset = found.pop()
    if found or offset is None:
        return None
    return int(offset.total_seconds())
