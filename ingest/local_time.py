"""Reads the times that exports write: ISO or dd-mm-yyyy, with an offset or local to a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ingest.privacy import masked
from ingest.source import RowRejected

_DUTCH = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(.*)", re.DOTALL)
_DATE_LENGTH = len("2026-01-31")
ONE_DAY = timedelta(days=1)


def parse_instant(text: str, zone: ZoneInfo, form: str | None = None) -> tuple[int, bool]:
    """Return the instant (epoch seconds) and whether only a date was given (then: its start).

    Of a local time in the doubled hour the first is taken. Raises RowRejected when the text is
    no time, or a local time that a clock change skips.
    """
    moment, date_only = _parsed(text, form)
    if moment.tzinfo is None:
        return _resolved(moment, zone, text), date_only
    return int(moment.timestamp()), date_only


def end_of_day(instant: int, zone: ZoneInfo) -> int:
    """Return the last second of the local day that begins at this instant."""
    day = datetime.fromtimestamp(instant, zone).replace(tzinfo=None)
    after = (day + ONE_DAY).replace(hour=0, minute=0, second=0, tzinfo=zone)
    return int(after.timestamp()) - 1


def same_local_day(one: int, other: int, zone: ZoneInfo) -> bool:
    """Tell whether two instants fall on one local day."""
    return datetime.fromtimestamp(one, zone).date() == datetime.fromtimestamp(other, zone).date()


def _parsed(text: str, form: str | None) -> tuple[datetime, bool]:
    try:
        if form:
            shown = "%H" in form or "%I" in form
            return datetime.strptime(text, form), not shown  # noqa: DTZ007 (resolved by the caller)
        match = _DUTCH.fullmatch(text)
        if match:
            day, month, year, rest = match.groups()
            text = f"{year}-{month:0>2}-{day:0>2}{rest}"
        return datetime.fromisoformat(text.rstrip()), len(text.rstrip()) <= _DATE_LENGTH
    except ValueError:
        expected = form or "2026-01-31 09:05:00 of 31-01-2026 09:05"
        raise RowRejected(f"geen tijd: {masked(text)!r}; verwacht {expected}") from None


def _resolved(moment: datetime, zone: ZoneInfo, text: str) -> int:
    offset = _offset(moment.replace(minute=0, second=0, microsecond=0), zone)
    if offset is None:
        local = moment.replace(tzinfo=zone)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
            raise RowRejected(f"deze tijd bestaat niet in {zone.key}: {masked(text)!r}")
        return int(local.timestamp())
    return int(moment.replace(tzinfo=UTC).timestamp()) - offset


@lru_cache(maxsize=65536)
def _offset(hour: datetime, zone: ZoneInfo) -> int | None:
    """Return the offset of a local hour in seconds; None when it changes within that hour."""
    begins, ends = hour.replace(tzinfo=zone), (hour + timedelta(minutes=59)).replace(tzinfo=zone)
    first, last = begins.utcoffset(), ends.utcoffset()
    if first is None or first != last or begins.replace(fold=1).utcoffset() != first:
        return None
    return int(first.total_seconds())
