"""Who calls the simulated municipality on a day: when, for which queue and with what patience."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log
from random import Random
from typing import NamedTuple

from ingest.simulation import matters
from ingest.simulation.daytime import HALF_HOUR
from ingest.simulation.town import DAY, NIGHT, QUEUES, Queue, Town

LONGEST_GAP = 6.0
AGAIN, RESTRICTED, HASTY = 0.095, 0.05, 0.012
SURE_CALLS = 1_000
"""So many people call on any day."""


class Caller(NamedTuple):
    """One caller, with what is decided before the exchange answers."""

    at: int
    serial: int
    callid: str
    queue: Queue
    number: str
    patience: int
    talk: int
    matter: int


def callers(town: Town, day: int) -> list[Caller]:
    """Return the callers of a day, by the moment that they enter their queue."""
    random = town.random(day, "bellers")
    first = matters.by_phone(town, day, 0)
    weights = [list(accumulate(town.shares(day, regime))) for regime in (0, 1, 2)]
    coming: list[Caller] = []
    level, goal = 0.0, _gap(random, DAY)
    for begins, regime, rate in town.rates(day):
        ceiling = level + rate * HALF_HOUR
        while goal < ceiling:
            at = begins + int((goal - level) / rate)
            coming.append(_caller(town, first, at, len(coming), regime, weights[regime], random))
            goal += _gap(random, regime)
        level = ceiling
    return coming


def _gap(random: Random, regime: int) -> float:
    """Return the distance to the next caller, 1 on average; steadier when it is quiet."""
    if regime == DAY:
        return min(LONGEST_GAP, -log(1.0 - random.random()))
    spread = 0.5 if regime == NIGHT else 0.8
    return 1.0 + spread * (random.random() - 0.5)


def _caller(
    town: Town,
    first: int,
    at: int,
    serial: int,
    regime: int,
    weights: Sequence[float],
    random: Random,
) -> Caller:
    matter, number = _matter(town, first, serial, random)
    chosen = matters.fraction(matter, matters.QUEUE) * weights[-1]
    queue = QUEUES[bisect(weights, chosen, 0, len(QUEUES) - 1)]
    hasty = random.random() < HASTY
    patience = 1 + int(random.random() * 5) if hasty else int(exp(random.gauss(5.05, 0.95))) + 3
    talk = _brief(random) if regime == NIGHT else _talk(queue, random)
    callid = f"{at - serial % 3}.{serial * 2 + 1}"
    return Caller(at, serial, callid, queue, number, patience, talk, matter)


def _brief(random: Random) -> int:
    return 48 + int(random.random() * 24)


def _talk(queue: Queue, random: Random) -> int:
    return int(queue.talk_s * exp(random.gauss(-0.18, 0.6))) + 8


def _matter(town: Town, first: int, serial: int, random: Random) -> tuple[int, str]:
    """Return a matter and an invented number; some withhold it, some called the week before."""
    chance = random.random()
    place = first + serial
    if RESTRICTED <= chance < RESTRICTED + AGAIN:
        sooner = (1 + int(random.random() * 7)) * matters.calls_a_day(town)
        someone = int(random.random() * SURE_CALLS * town.scale)
        place = matters.noted_from(first - sooner + someone)
    return matters.at(place), "" if chance < RESTRICTED else matters.number_of(place)
