"""The ways to ask besides the telephone, and which topics come by which way."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from ingest.simulation import matters
from ingest.simulation.topics import ONDERWERPEN, Topic
from ingest.simulation.town import DAY, QUEUES, Queue, Town


class Channel(NamedTuple):
    """A way of asking: how many a day, when, and its column of topics."""

    naam: str
    per_day: int
    at_rest: float
    opens: int
    closes: int
    topics: str


ONLINE, WRITTEN, DESK = "online", "in_writing", "at_the_desk"
CHANNELS = (
    Channel("webformulier", 185, 0.5, 390, 1410, ONLINE),
    Channel("e-mail", 64, 0.35, 400, 1380, WRITTEN),
    Channel("balie", 84, 0.0, 510, 1015, DESK),
    Channel("chat", 34, 0.0, 515, 1010, ONLINE),
    Channel("post", 16, 0.0, 555, 600, WRITTEN),
)
"""Name, number on a working day, part of that on other days, minutes, column of topics."""


def topic_by_phone(afdeling: str, matter: int) -> Topic:
    """Return what a matter is about for who has a department on the line."""
    return _one_of(*_topics_by_phone(afdeling), matter)


def topic_elsewhere(town: Town, day: int, channel: Channel, matter: int) -> Topic:
    """Return what a matter is about that comes up on a day by a channel."""
    return _one_of(ONDERWERPEN, _weights(town, day, channel.topics), matter)


def queue_by_day(town: Town, day: int, matter: int) -> Queue:
    """Return the queue that a matter leads to by day."""
    weights = _queue_weights(town, day)
    chosen = matters.fraction(matter, matters.QUEUE) * weights[-1]
    return QUEUES[bisect(weights, chosen, 0, len(QUEUES) - 1)]


def _one_of(topics: Sequence[Topic], cumulative: Sequence[float], matter: int) -> Topic:
    chosen = matters.fraction(matter, matters.TOPIC) * cumulative[-1]
    return topics[bisect(cumulative, chosen, 0, len(topics) - 1)]


@lru_cache(maxsize=16)
def _topics_by_phone(afdeling: str) -> tuple[Sequence[Topic], Sequence[float]]:
    topics = [t for t in ONDERWERPEN if t.afdeling == afdeling and t.by_phone]
    return topics, list(accumulate(topic.by_phone for topic in topics))


@lru_cache(maxsize=64)
def _queue_weights(town: Town, day: int) -> Sequence[float]:
    return list(accumulate(town.shares(day, DAY)))


@lru_cache(maxsize=256)
def _weights(town: Town, day: int, column: str) -> Sequence[float]:
    """Return the topics' weights: damage reported after a storm, tax bills early in the year."""
    storm = {"melding openbare ruimte": 2.5} if town.is_stormy(day) else {}
    early = date.fromordinal(day).month in (2, 3)
    taxes = {"aanslag WOZ": 2.5, "bezwaar": 2.0} if early else {}
    factors = storm | taxes
    weight = attrgetter(column)
    return list(accumulate(weight(topic) * factors.get(topic.naam, 1.0) for topic in ONDERWERPEN))
