"""Days and lengths of time as a Dutch reader expects them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def date_text(day: date) -> str:
    """Write a day: 3 april 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_text(day: int) -> str:
    """Return a day (ordinal) with its weekday: vr 3 april 2026."""
    moment = date.fromordinal(day)
    return f"{WEEKDAYS[moment.weekday()]} {date_text(moment)}"


def amount(number: int, one: str, more: str) -> str:
    """Return a number with its word: 1 week, 8 weken."""
    return f"{number} {one if number == 1 else more}"


def listed(words: Sequence[str]) -> str:
    """Return words as in a sentence: a, b en c."""
    *first, last = words
    return f"{', '.join(first)} en {last}" if first else last
