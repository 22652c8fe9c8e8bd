"""Reads openingstijden.toml: opening hours with validity dates, and closing days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from data.calendar import DAY_MINUTES, Block, Calendar, Closing, Week
from data.mistakes import Mistake, blocks_of, nearest

FILE = "openingstijden.toml"
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
CLOSING_KEYS = ("datum", "vanaf", "tot", "reden")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_BLOCK = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")


def read_calendar(content: Mapping[str, Any], mistakes: list[Mistake]) -> Calendar:
    """Build the calendar; what is wrong is added to `mistakes` and left out."""
    for key in content.keys() - {"openingstijden", "sluiting"}:
        hint = nearest(key, ("openingstijden", "sluiting"))
        mistakes.append(Mistake(FILE, key, None, f"onbekend onderdeel; {hint}"))
    given = content.get("openingstijden", [])
    tables = [given] if isinstance(given, Mapping) else given
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        hint = "maak hiervan een blok [openingstijden]"
        mistakes.append(Mistake(FILE, "openingstijden", given, hint))
        tables = []
    elif not tables:
        mistakes.append(Mistake(FILE, "openingstijden", None, "ontbreekt; geef tijden per weekdag"))
    weeks = tuple(_week(table, mistakes) for table in tables)
    if len({week.since for week in weeks}) < len(weeks):
        hint = "twee blokken gelden vanaf dezelfde dag; geef elk een eigen `vanaf`"
        mistakes.append(Mistake(FILE, "openingstijden.vanaf", None, hint))
    closings = [
        closing
        for table in blocks_of(content, "sluiting", FILE, mistakes)
        for closing in _closings(table, mistakes)
    ]
    return Calendar(weeks, tuple(closings))


def _week(table: Mapping[str, Any], mistakes: list[Mistake]) -> Week:
    for key in table.keys() - {*WEEKDAYS, "vanaf"}:
        hint = nearest(key, (*WEEKDAYS, "vanaf"))
        mistakes.append(Mistake(FILE, f"openingstijden.{key}", table[key], f"onbekend; {hint}"))
    since = table.get("vanaf", date.min)
    if not isinstance(since, date):
        hint = "schrijf een datum zonder aanhalingstekens, zoals 2026-01-01"
        mistakes.append(Mistake(FILE, "openingstijden.vanaf", since, hint))
        since = date.min
    return Week(since.toordinal(), tuple(_blocks(table, day, mistakes) for day in WEEKDAYS))


def _blocks(table: Mapping[str, Any], day: str, mistakes: list[Mistake]) -> tuple[Block, ...]:
    written = table.get(day, [])
    texts = written if isinstance(written, list) else [written]
    blocks = [_block(text, f"openingstijden.{day}", mistakes) for text in texts]
    good = sorted(block for block in blocks if block)
    if any(first[1] > second[0] for first, second in pairwise(good)):
        hint = "de blokken overlappen; maak er een blok van"
        mistakes.append(Mistake(FILE, f"openingstijden.{day}", written, hint))
    return tuple(good)


def _block(text: object, key: str, mistakes: list[Mistake]) -> Block | None:
    match = _BLOCK.fullmatch(str(text))
    start, end = (minute_of(match[1]), minute_of(match[2])) if match else (None, None)
    if start is None or end is None or start >= end:
        hint = 'schrijf "08:30-17:00"; de begintijd ligt voor de eindtijd, hoogstens 24:00'
        mistakes.append(Mistake(FILE, key, text, hint))
        return None
    return (start, end)


def _closings(table: Mapping[str, Any], mistakes: list[Mistake]) -> list[Closing]:
    for key in table.keys() - CLOSING_KEYS:
        hint = f"onbekend; {nearest(key, CLOSING_KEYS)}"
        mistakes.append(Mistake(FILE, f"sluiting.{key}", table[key], hint))
    written = table.get("datum")
    days = written if isinstance(written, list) else [written]
    block = (
        _minute(table, "vanaf", 0, mistakes),
        _minute(table, "tot", DAY_MINUTES, mistakes),
    )
    if block[0] >= block[1]:
        hint = "`vanaf` ligt niet voor `tot`"
        mistakes.append(Mistake(FILE, "sluiting.vanaf", table.get("vanaf"), hint))
    reason = str(table.get("reden", ""))
    if not reason:
        mistakes.append(Mistake(FILE, "sluiting.reden", written, "ontbreekt; zeg waarom"))
    good = [day for day in days if isinstance(day, date)]
    if len(good) < len(days):
        hint = "schrijf een datum zonder aanhalingstekens, zoals 2026-12-24, of een lijst ervan"
        mistakes.append(Mistake(FILE, "sluiting.datum", written, hint))
    return [Closing(day.toordinal(), block, reason) for day in good]


def _minute(table: Mapping[str, Any], key: str, default: int, mistakes: list[Mistake]) -> int:
    if key not in table:
        return default
    minute = minute_of(str(table[key]))
    if minute is None:
        hint = 'schrijf een tijd als "16:00"'
        mistakes.append(Mistake(FILE, f"sluiting.{key}", table[key], hint))
        return default
    return minute


def minute_of(text: str) -> int | None:
    """Return the minute of the day that a clock time names, or None when it names none."""
    if not _CLOCK.fullmatch(text):
        return None
    return int(text[:2]) * 60 + int(text[3:])
