"""Reads the durations that exports write: a number in some unit, hh:mm:ss or ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.privacy import shape
from ingest.source import RowRejected

UNITS: Mapping[str, float] = {"seconden": 1.0, "milliseconden": 0.001, "minuten": 60.0}
LONGEST_S = 7 * 86_400
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,12})?")
_CLOCK = re.compile(r"(?:(?:(\d{1,3})[.] ?)?(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_ISO = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:[.,]\d+)?S)?)?"
)


def parse_duration(text: str, unit: float) -> int:
    """Return whole seconds, parts cut off; `unit` is how many seconds a bare number counts for.

    Raises RowRejected when the text is no duration, or one of more than a week.
    """
    seconds = _seconds(text.strip(), unit)
    if seconds is None:
        raise RowRejected(f"geen duur: {shape(text)!r}; verwacht een getal of 00:01:30")
    if seconds > LONGEST_S:
        raise RowRejected("een duur van meer dan een week kan niet; klopt `duur`?")
    return seconds


def _seconds(text: str, unit: float) -> int | None:
    if _NUMBER.fullmatch(text):
        return int(float(text.replace(",", ".")) * unit + 1e-6)
    found = _CLOCK.fullmatch(text) or (_ISO.fullmatch(text) if text not in ("P", "PT") else None)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
