"""A month of departments of every size, for tests and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tests.oracle import Phone, Question
from tests.worlds import World, instant, moment

NOVEMBER = date(2026, 11, 1)
DECEMBER = moment(instant("2026-12-02 11:10"))
DAYS = (3, 5, 9, 10, 12, 16, 17, 19, 23, 24)
"""Mondays, Tuesdays and Thursdays."""


def a_month(counts: Mapping[str, tuple[int, int]]) -> World:
    """Calls of each department: answered, and given up."""
    calls = {}
    for naam, (good, bad) in counts.items():
        for number in range(good + bad):
            outcome = "opgenomen" if number < good else "afgehaakt"
            calls[f"{naam} {number}"] = Phone(
                arrived=_at(number),
                wachtrij="afval",
                afdeling=naam,
                outcome=outcome,
                wait=12,
                talk=180,
            )
    return World(calls)


def _at(number: int) -> int:
    day, second = DAYS[number % len(DAYS)], number // len(DAYS) * 7 % 9000
    return instant(f"2026-11-{day:02d} 09:30") + second


def answered_and_missed() -> World:
    """Calls and callback requests of three departments, some of them late."""
    questions = {}
    for naam, number in (("Burgerzaken", 40), ("Belastingen", 33), ("Wmo en jeugd", 14)):
        for count in range(number):
            received = _at(count)
            late = timedelta(days=9 if count % 5 == 0 else 1).total_seconds()
            questions[f"{naam} {count}"] = Question(
                received=received,
                closed=received + int(late),
                afdeling=naam,
                soort="terugbelverzoek",
                door="kcc" if count % 3 else "afdeling",
            )
    calls = a_month({"Burgerzaken": (60, 6), "Belastingen": (30, 8), "KCC": (40, 2)}).calls
    return World(calls, questions)


def a_whole_town() -> World:
    """Departments of every size, as in a town of 160.000."""
    return a_month(
        {
            "Archief": (4, 2),
            "Bedrijfsvoering": (96, 14),
            "Belastingen": (610, 105),
            "Burgerzaken": (1490, 92),
            "Economie": (41, 6),
            "Griffie": (3, 1),
            "Handhaving": (176, 17),
            "Klantcontactcentrum": (2890, 214),
            "Omgevingsrecht": (19, 4),
            "Parkeren": (352, 28),
            "Vergunningen": (205, 31),
            "Wmo en jeugd": (420, 96),
        }
    )
