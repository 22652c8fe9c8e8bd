"""Who is at the telephone on a simulated day: shifts with their breaks, per pool of members."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from ingest.simulation.daytime import instant
from ingest.simulation.town import NIGHT, QUEUES, Queue, Town, share_of

NAMES: Mapping[str, tuple[str, str, str]] = {
    "kcc": (
        "Anna Bram Chris Dina Emre Fleur Gijs Hilde Iris Joost Lars Mila Noor Otto Petra Roos Vera",
        "Wout Xandra Yara Zeno Aicha Bas Carla Daan Elif Femke",
        "Guus Hanna Ilse Jasper Kees Lotte",
    ),
    "belastingen": (
        "Maud Nico Olga Pim Rachid Saskia Teun Urs Wendy Youssef Zita Arno Bente",
        "Cas Demi Ezra Fien",
        "",
    ),
    "wmo_jeugd": ("Gerda Hugo Inge Jelle Kaoutar Lies Mees Nadia Okke", "Paula Rens Stijn", ""),
    "vergunningen": ("Tineke Umut Victor Willem Yvonne Ziggy Abel Britt", "", ""),
}
"""Pool -> first names of its members by day, in the evening and at night; all invented."""

WRAP_UP_S = 38
BRIEF_S = 95
SPARE = {"kcc": 0.62, "belastingen": 0.75, "wmo_jeugd": 1.0, "vergunningen": 1.05}
"""Members above the load, times its square root: small pools need relatively more."""
FORESEEN = 0.7
"""Which part of a season the planner foresees."""

MORNING, AFTERNOON, EVENING_HALVES, NIGHT_HALVES = (18, 24), (26, 32), (34, 40), (0, 13)


class Turn(NamedTuple):
    """A change in a shift: a break, or going home when `pause_s` is 0."""

    at: int
    pause_s: int
    reason: str


class Shift(NamedTuple):
    """A member's presence: when it begins and its turns, the first one last."""

    naam: str
    begins: int
    turns: list[Turn]


class Plan(NamedTuple):
    """A kind of shift: its minutes after midnight, and breaks as (earliest, spread, seconds)."""

    begins: int
    ends: int
    breaks: tuple[tuple[int, int, int, str], ...]


COFFEE, LUNCH, TEA = (635, 65, 600, "koffie"), (720, 75, 1800, "lunch"), (895, 45, 600, "thee")
FULL = Plan(510, 1030, (COFFEE, LUNCH, TEA))
EARLY = Plan(510, 765, (COFFEE,))
LATE = Plan(765, 1030, (TEA,))
IN_THE_EVENING = Plan(1020, 1450, ((1100, 130, 1200, "pauze"),))
UNTIL_EIGHT = Plan(1020, 1210, ())
AT_NIGHT = Plan(0, 520, ((90, 60, 900, "pauze"),))


def shifts(town: Town, day: int, pool: str) -> list[Shift]:
    """Return the shifts of a pool, by the moment that they begin."""
    random = town.random(day, f"rooster/{pool}")
    by_day, by_evening, by_night = (names.split() for names in NAMES[pool])
    morning = _members(town, day, pool, MORNING, random)
    afternoon = _members(town, day, pool, AFTERNOON, random)
    evening = _members(town, day, pool, EVENING_HALVES, random)
    night = _members(town, day, pool, NIGHT_HALVES, random)
    full = math.ceil(0.6 * min(morning, afternoon))
    plans = [FULL] * full + [EARLY] * (morning - full) + [LATE] * (afternoon - full)
    late = IN_THE_EVENING if town.always_open else UNTIL_EIGHT
    planned = [
        *_assigned(plans, by_day, day, random),
        *_assigned([late] * evening, by_evening, day, random),
        *_assigned([AT_NIGHT] * night, by_night, day, random),
    ]
    return sorted(planned, key=lambda shift: shift.begins)


def _assigned(plans: Sequence[Plan], names: Sequence[str], day: int, random: Random) -> list[Shift]:
    """Give each plan another member; the roster rolls on a little every day."""
    rolled = day * 5 % max(1, len(names))
    ready = [*names[rolled:], *names[:rolled]]
    return [_shift(naam, plan, day, random) for naam, plan in zip(ready, plans, strict=False)]


def _shift(naam: str, plan: Plan, day: int, random: Random) -> Shift:
    early = int(random.random() * 240) if plan.begins else -int(random.random() * 25)
    turns = [
        Turn(instant(day, earliest) + int(random.random() * spread * 60), seconds, reason)
        for earliest, spread, seconds, reason in plan.breaks
    ]
    home = Turn(instant(day, plan.ends) + int(random.random() * 120), 0, "")
    return Shift(naam, instant(day, plan.begins) - early, [home, *reversed(turns)])


def _members(town: Town, day: int, pool: str, halves: tuple[int, int], random: Random) -> int:
    """Return how many members the planner has for a stretch of the day."""
    load = _load(town, day, pool, halves)
    if not load:
        return 0
    wanted = (load + SPARE[pool] * math.sqrt(load)) * town.staffing(day, pool)
    least = 1 if halves in (MORNING, AFTERNOON) else 2
    return max(least, math.floor(wanted + random.random()))


def _load(town: Town, day: int, pool: str, halves: tuple[int, int]) -> float:
    """Return the members that would be busy without a moment's rest: calls times their length."""
    month = date.fromordinal(day).month - 1
    load = 0.0
    for half in range(*halves):
        regime = town.regime(day, half)
        if regime is not None:
            calls = town.expected(day, half)
            efforts = [_effort(queue, regime, month) for queue in QUEUES if queue.pool == pool]
            load += calls * sum(efforts)
    return load / (halves[1] - halves[0])


def _effort(queue: Queue, regime: int, month: int) -> float:
    if regime == NIGHT:
        return share_of(queue, regime) * BRIEF_S
    season = 1 + FORESEEN * (queue.season[month] - 1)
    return share_of(queue, regime) * season * (queue.talk_s + WRAP_UP_S)
