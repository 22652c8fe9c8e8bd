"""A Tuesday and the twelve before it: calls, and who was there to answer them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.oracle import Phone, Shift
from tests.worlds import World, instant, moment

TUESDAY = date(2026, 11, 24)
HALF_PAST_TWO = moment(instant("2026-11-24 14:32"))
PER_HALF_HOUR = (22, 30, 34, 36, 34, 30, 26, 22, 24, 26, 24, 22, 20, 20, 18, 18, 14, 12)
"""From half past eight on."""
PEOPLE = 8
AT_LUNCH = 5


def a_tuesday(until: str = "14:32", missed: float = 0.1, seed: int = 7) -> World:
    """Today up to a time, twelve earlier Tuesdays whole, and shifts of today."""
    random, calls = Random(seed), {}
    for week in range(13):
        day = TUESDAY - timedelta(weeks=week)
        ends = instant(f"{TUESDAY} {until}") if week == 0 else instant(f"{day} 18:00")
        for number, at in enumerate(_arrivals(random, day, busier=1.08 if week == 0 else 1.0)):
            if at < ends - 60:
                calls[f"{day} {number}"] = _one(random, at, missed)
    return World(calls, shifts=_shifts())


def _arrivals(random: Random, day: date, busier: float) -> list[int]:
    level = busier * random.uniform(0.88, 1.12)
    begin = instant(f"{day} 08:30")
    return sorted(
        begin + 1800 * half + random.randrange(1800)
        for half, calls in enumerate(PER_HALF_HOUR)
        for _ in range(round(calls * level * random.uniform(0.85, 1.15)))
    )


def _one(random: Random, at: int, missed: float) -> Phone:
    wait = min(int(random.lognormvariate(2.6, 0.9)), 400)
    good = random.random() >= missed
    talk = random.randrange(120, 420) if good else None
    return Phone(
        arrived=at,
        wachtrij="burgerzaken",
        outcome="opgenomen" if good else "afgehaakt",
        wait=wait,
        talk=talk,
        left=at + wait,
        ended=at + wait + (talk or 0),
    )


def _shifts() -> dict[str, Shift]:
    """All are there from opening on; three go to lunch."""
    opens, lunch = instant(f"{TUESDAY} 08:15"), instant(f"{TUESDAY} 12:00")
    back = instant(f"{TUESDAY} 13:00")
    shifts = {}
    for who in range(PEOPLE):
        ends = None if who < AT_LUNCH else lunch
        shifts[f"ochtend {who}"] = Shift(
            who=who + 1, wachtrij="burgerzaken", begins=opens, ends=ends
        )
        if who >= AT_LUNCH:
            shifts[f"middag {who}"] = Shift(who=who + 1, wachtrij="burgerzaken", begins=back)
    return shifts
