"""The questions of a simulated day as its ticket system will export them, now and when closed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter, itemgetter
from random import Random
from typing import NamedTuple

from ingest.simulation.answers import Answer, Answers
from ingest.simulation.daytime import (
    clock_text,
    day_start,
    day_text,
    doubled_hour,
    instant,
    is_working_day,
)
from ingest.simulation.exchange import Contact
from ingest.simulation.topics import ONDERWERPEN, UNCATALOGUED, Topic
from ingest.simulation.town import Town

COLUMNS = (
    "vraagnummer",
    "ontvangen",
    "uiterlijk",
    "gesloten",
    "kanaal",
    "onderwerp",
    "afdeling",
    "gemeente",
    "afgehandeld_door",
)
NOTED, MISTYPED, ZANDVOORT = 0.42, 0.03, 0.11


class Channel(NamedTuple):
    """A way of asking besides the telephone: how many a day, when, and its column of topics."""

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


class Question(NamedTuple):
    """One line of the export: what it says while open and, once that is so, when closed."""

    received: int
    closed: int
    number: str
    while_open: str
    when_closed: str


def questions(town: Town, day: int, contacts: Iterable[Contact]) -> list[Question]:
    """Return the questions received on a day, in the order of their numbers."""
    random = town.random(day, "vragen")
    answers = Answers(town, day, random)
    found = list(_telephone(day, contacts, answers))
    for channel in CHANNELS:
        found += _elsewhere(town, day, channel, answers)
    found.sort(key=itemgetter(0))
    stamp = day_text(day).replace("-", "")
    return [
        _written(f"V{stamp}-{place:04}", _mistyped(answer, random))
        for place, answer in enumerate(found, 1)
    ]


def _written(number: str, answer: Answer) -> Question:
    received, due, closed, handler, kanaal, onderwerp, afdeling, gemeente = answer
    head = f"{number},{clock_text(received)},{day_text(due) if due else ''},"
    tail = f",{kanaal},{onderwerp},{afdeling},{gemeente},"
    when_closed = f"{head}{clock_text(closed)}{tail}{handler}\n" if closed else ""
    return Question(received, closed, number, f"{head}{tail}\n", when_closed)


def _telephone(day: int, contacts: Iterable[Contact], answers: Answers) -> Iterator[Answer]:
    random, last, doubled = answers.random, day_start(day + 1) - 1, doubled_hour(day)
    for contact in contacts:
        if contact.at in doubled:
            continue
        if contact.callback:
            yield answers.called_back(contact)
        elif random.random() < NOTED:
            topic = _one_of(*_topics_by_phone(contact.queue.afdeling), random)
            yield answers.by_phone(contact._replace(at=min(contact.at, last)), topic)


def _elsewhere(town: Town, day: int, channel: Channel, answers: Answers) -> Iterator[Answer]:
    """Yield the questions that came by a channel which does not ring."""
    random = answers.random
    expected = channel.per_day * town.scale * (1.0 if is_working_day(day) else channel.at_rest)
    count = int(expected * random.lognormvariate(0, 0.1) + random.random())
    begins, ends = instant(day, channel.opens), instant(day, channel.closes)
    weights = _weights(channel.topics, date.fromordinal(day).month, town.is_stormy(day))
    for _ in range(count):
        topic = _one_of(ONDERWERPEN, weights, random)
        at = begins + int(random.random() * (ends - begins))
        gemeente = "Zandvoort" if random.random() < ZANDVOORT else "Haarlem"
        yield answers.elsewhere(at, channel.naam, topic, gemeente)


def _one_of(topics: Sequence[Topic], cumulative: Sequence[float], random: Random) -> Topic:
    return topics[bisect(cumulative, random.random() * cumulative[-1], 0, len(topics) - 1)]


def _mistyped(answer: Answer, random: Random) -> Answer:
    chance = random.random()
    if chance >= MISTYPED:
        return answer
    return answer._replace(onderwerp=UNCATALOGUED[int(chance / MISTYPED * len(UNCATALOGUED))])


@lru_cache(maxsize=16)
def _topics_by_phone(afdeling: str) -> tuple[Sequence[Topic], Sequence[float]]:
    topics = [t for t in ONDERWERPEN if t.afdeling == afdeling and t.by_phone]
    return topics, list(accumulate(topic.by_phone for topic in topics))


@lru_cache(maxsize=128)
def _weights(column: str, month: int, stormy: bool) -> Sequence[float]:
    """Return the topics' weights: damage reported after a storm, tax bills early in the year."""
    storm = {"melding openbare ruimte": 2.5} if stormy else {}
    taxes = {"aanslag WOZ": 2.5, "bezwaar": 2.0} if month in (2, 3) else {}
    factors = storm | taxes
    weight = attrgetter(column)
    return list(accumulate(weight(topic) * factors.get(topic.naam, 1.0) for topic in ONDERWERPEN))
