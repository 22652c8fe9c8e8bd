"""The values of a database: as texts that our parsers read, and as a place to go on from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ingest.source import SourceChanged

IDS_BACK, SECONDS_BACK = 1000, 3 * 3600
"""How far is read again: rows are committed late, and a clock is put back."""
NUMBER, MOMENT, TEXT = "getal", "moment", "tekst"
Mark = list[Any]
"""How far was read: the kind of value, and the value as JSON has it."""


def as_text(value: object) -> str:
    """Return what a cell would say in an export; nothing is the empty text."""
    if value is None:
        return ""
    written = WRITTEN.get(type(value)) or _of_kind(value)
    return written(value).replace("\0", "")


def _of_kind(value: object) -> Callable[[Any], str]:
    return next((how for kind, how in WRITTEN.items() if isinstance(value, kind)), str)


def _seconds(value: timedelta) -> str:
    return format(Decimal(value // timedelta(microseconds=1)) / 1_000_000, "f")


def _plain(value: Decimal | float) -> str:
    return str(int(value)) if value == value // 1 else format(Decimal(str(value)), "f")


def _decoded(value: bytes | memoryview) -> str:
    return bytes(value).decode("utf-8", "replace")


WRITTEN: Mapping[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: str(int(value)),
    datetime: lambda value: value.isoformat(" "),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _seconds,
    Decimal: _plain,
    float: _plain,
    bytes: _decoded,
    memoryview: _decoded,
}
"""How a value of a kind is written; the first kind that fits."""


def farthest(mark: Mark | None, value: object, now: datetime) -> Mark | None:
    """Return the mark after a row; a moment in the future does not count, nor an absent one.

    Raises SourceChanged when the column holds neither numbers nor moments.
    """
    found = _mark(value, now)
    if found is None or (mark is not None and mark[0] == found[0] and mark[1] >= found[1]):
        return mark
    return found


def _mark(value: object, now: datetime) -> Mark | None:
    if isinstance(value, datetime):
        limit = now if value.tzinfo else now.replace(tzinfo=None)
        return [MOMENT, value.isoformat()] if value <= limit else None
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, str):
        moment = _moment(value)
        limit = now if moment.tzinfo else now.replace(tzinfo=None)
        return [TEXT, value] if moment <= limit else None
    if value is None:
        return None
    raise _no_order(value)


def _number(value: float | Decimal) -> Mark | None:
    try:
        return [NUMBER, int(value)]
    except (ValueError, OverflowError):
        return None


def begin(mark: Mark | None, overlap: int | None) -> Any:
    """Return the value from which to read again; None is the beginning."""
    if mark is None:
        return None
    kind, reached = mark
    if kind == NUMBER:
        return reached - (IDS_BACK if overlap is None else overlap)
    back = timedelta(seconds=SECONDS_BACK if overlap is None else overlap)
    moment = _moment(reached) - back
    return moment if kind == MOMENT else _written_as(reached, moment)


def local(now: int, zone: ZoneInfo) -> datetime:
    """Return an instant as a clock in the zone shows it."""
    return datetime.fromtimestamp(now, zone)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _no_order(text) from None


def _written_as(example: str, moment: datetime) -> str:
    """Write a moment as the column does, so that texts compare as moments do."""
    separator = example[10:11] or " "
    return moment.isoformat(separator)[: len(example)]


def _no_order(value: object) -> SourceChanged:
    kind = type(value).__name__
    return SourceChanged(f"`oplopend`: geen kolom met getallen of tijden maar met {kind}")
