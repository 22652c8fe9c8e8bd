"""Values as a sentence says them: procent, minuten, procentpunt, one and more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from dashboard.dutch import clock_time
from data.dutch_days import date_text, listed
from metrics.periods import local_day
from metrics.units import NO_VALUE, Unit, clock_text, decimal_text

TIMES = (("uur", "uur"), ("minuut", "minuten"), ("seconde", "seconden"))
ONE = {
    "en initiatieven": "of initiatief",
    "afhaakten": "afhaakte",
    "contacten": "contact",
    "dagen": "dag",
    "doelen": "doel",
    "gesprekken": "gesprek",
    "initiatieven": "initiatief",
    "maanden": "maand",
    "moesten": "moest",
    "normen": "norm",
    "oproepen": "oproep",
    "regels": "regel",
    "termijnen": "termijn",
    "terugbelverzoeken": "terugbelverzoek",
    "vragen": "vraag",
    "werkdagen": "werkdag",
}
"""What reports count, and the words that go with it: of more, and of one."""
MORE = re.compile(rf"\b({'|'.join(ONE)})\b")


def spoken(text: str, unit: Unit) -> str:
    """Say a value that is written as a table has it: 79,6% is 79,6 procent."""
    if unit is Unit.PERCENTAGE:
        return text.replace("%", " procent")
    return _duration(text) if unit is Unit.SECONDEN and text != NO_VALUE else text


def _duration(clock: str) -> str:
    parts = clock.split(":")
    named = zip(parts, TIMES[-len(parts) :], strict=True)
    told = [_of(part.lstrip("0") or "0", *names) for part, names in named if part.strip("0,")]
    return listed(told) if told else "0 seconden"


def _of(number: str, one: str, more: str) -> str:
    whole = f"0{number}" if number.startswith(",") else number
    return f"{whole} {one if whole == '1' else more}"


def counted(number: float, plural: str) -> str:
    """Say how many there are of something: 1 vraag, 1.234 vragen."""
    return f"{decimal_text(number, 0)} {singular(plural) if number == 1 else plural}"


def singular(plural: str) -> str:
    """Return the words for one of something."""
    return MORE.sub(lambda found: ONE[found[0]], plural)


def difference(now: float, then: float, unit: Unit) -> str:
    """Say how far two values lie apart, and to which side; nothing when rounding leaves nothing."""
    apart, up = float(abs(Decimal(repr(now)) - Decimal(repr(then)))), now > then
    if unit is Unit.SECONDEN:
        text = clock_text(apart)
        return "" if text == "0:00" else f"{_duration(text)} {'langer' if up else 'korter'}"
    digits, factor = {Unit.PERCENTAGE: (1, 100), Unit.WERKDAGEN: (1, 1)}.get(unit, (0, 1))
    number = decimal_text(apart, digits, factor).removesuffix(",0")
    if number == "0":
        return ""
    if unit is Unit.WERKDAGEN:
        return f"{_of(number, 'werkdag', 'werkdagen')} {'langer' if up else 'korter'}"
    points = " procentpunt" if unit is Unit.PERCENTAGE else ""
    return f"{number}{points} {'hoger' if up else 'lager'}"


def moment(instant: datetime) -> str:
    """Say when something was: 6 november 2026, 8:00 uur."""
    return f"{date_text(local_day(instant))}, {clock_time(instant)} uur"


def days_text(days: Sequence[date]) -> str:
    """Name days in order, those that follow each other together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day == runs[-1][-1] + timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([_run(run[0], run[-1]) for run in runs])


def _run(first: date, last: date) -> str:
    if first == last:
        return date_text(first)
    begin = str(first.day) if first.month == last.month else date_text(first)
    return f"{begin} tot en met {date_text(last)}"
