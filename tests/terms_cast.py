"""What the tests of terms share: the reference law, changed files, dates in words."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from data.calendar import Calendar, Closing, Week, always_open
from data.mistakes import Mistake
from data.settings import REFERENCE, load
from data.termijn import Course, Deadline, Terms
from data.terms_file import read_terms

LAW = load({}).terms
TERMS_FILE = (REFERENCE / "termijnen.toml").read_text("utf-8")
HOLIDAYS_FILE = (REFERENCE / "feestdagen.toml").read_text("utf-8")
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
OFFICE = (((8 * 60 + 30, 17 * 60),),) * 5 + ((), ())
"""Monday to Friday 08:30-17:00."""


def d(text: str) -> date:
    """Read a date that is written with its weekday, and check that."""
    weekday, _, day = text.partition(" ")
    found = date.fromisoformat(day)
    assert WEEKDAYS[found.weekday()] == weekday, text
    return found


def shown(day: date | None) -> str | None:
    """Write a date with its weekday."""
    return None if day is None else f"{WEEKDAYS[day.weekday()]} {day}"


def law(
    terms: str = TERMS_FILE, holidays: str = HOLIDAYS_FILE, calendar: Calendar | None = None
) -> Terms:
    """Read files that are good."""
    mistakes: list[Mistake] = []
    found = read_terms(
        tomllib.loads(terms), tomllib.loads(holidays), calendar or always_open(), mistakes
    )
    assert mistakes == []
    return found


def with_switch(name: str, value: str) -> Terms:
    """The law with another reading of a contested point."""
    before, _, rest = TERMS_FILE.partition(f"\n{name} = ")
    _, _, after = rest.partition("\n")
    return law(f"{before}\n{name} = {value}\n{after}")


def office(*closings: Closing) -> Calendar:
    """A municipality that opens on weekdays from 08:30 to 17:00."""
    return Calendar((Week(1, OFFICE),), closings)


def due(rule: str, received: str, terms: Terms = LAW, **course: Any) -> Deadline:
    """Compute a deadline; dates are written with their weekday."""
    return terms.compute(rule, Course(d(received), **{k: _value(v) for k, v in course.items()}))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return d(value)
    if isinstance(value, list):
        return tuple((d(begin), d(end) if end else None) for begin, end in value)
    return value


def reasons(found: Deadline) -> list[tuple[str, str]]:
    """The steps as text with article."""
    return [(step.regel, step.artikel) for step in found.stappen]
