"""The questions of a simulated day, as its ticket system will export them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter, itemgetter
from random import Random

from ingest.simulation.answers import Answer, Answers
from ingest.simulation.askers import Asked, Askers
from ingest.simulation.channels import CHANNELS, Channel, topic_by_phone
from ingest.simulation.daytime import (
    clock_text,
    day_start,
    day_text,
    doubled_hour,
    instant,
    is_working_day,
)
from ingest.simulation.exchange import Contact
from ingest.simulation.record import Question, Step, closing
from ingest.simulation.topics import CALLBACK, UNCATALOGUED
from ingest.simulation.town import Town

MISTYPED = 0.03
PHONE = "telefoon"
received_at, step_at = attrgetter("asked.at"), itemgetter(0)


def questions(town: Town, day: int, contacts: Iterable[Contact]) -> list[Question]:
    """Return the questions received on a day, in the order of their numbers."""
    random = town.random(day, "vragen")
    answers = Answers(town, day, random)
    askers = Askers(town, day, random)
    found = list(_telephone(day, contacts, answers))
    for channel in CHANNELS:
        found += _elsewhere(channel, askers, answers)
    found.sort(key=received_at)
    stamp = day_text(day).replace("-", "")
    return [
        _written(f"V{stamp}-{place:04}", answer, random) for place, answer in enumerate(found, 1)
    ]


def _written(number: str, answer: Answer, random: Random) -> Question:
    asked, handler, due, closed, steps, announced, longer = answer
    at, kanaal, topic, gemeente, telefoon, klant, gesprek = asked
    promised, onderwerp = day_text(due) if due else "", _typed(topic.naam, random)
    head = (number, clock_text(at), promised, "", kanaal, onderwerp, topic.afdeling, gemeente, "")
    counts_from, committee = day_text(announced) if announced else "", "ja" if longer else ""
    cells = (*head, topic.soort, telefoon, klant, gesprek, counts_from, committee)
    return Question(at, number, cells, _in_order(steps, closed, handler))


def _in_order(steps: list[Step], closed: int, handler: str) -> list[Step]:
    if len(steps) > 1:
        steps.sort(key=step_at)
    if closed:
        steps += closing(closed, handler)
    return steps


def _typed(onderwerp: str, random: Random) -> str:
    chance = random.random()
    if chance >= MISTYPED:
        return onderwerp
    return UNCATALOGUED[int(chance / MISTYPED * len(UNCATALOGUED))]


def _telephone(day: int, contacts: Iterable[Contact], answers: Answers) -> Iterator[Answer]:
    last, doubled = day_start(day + 1) - 1, doubled_hour(day)
    for contact in contacts:
        at, _, queue, caller, _, callback = contact
        if at in doubled:
            continue
        if callback:
            topic = CALLBACK._replace(afdeling=queue.afdeling)
        else:
            topic = topic_by_phone(queue.afdeling, caller.matter)
        who = (caller.number, "", caller.callid)
        asked = Asked(min(at, last), PHONE, topic, queue.gemeente, *who)
        yield answers.called_back(asked) if callback else answers.by_phone(asked, contact)


def _elsewhere(channel: Channel, askers: Askers, answers: Answers) -> Iterator[Answer]:
    """Yield the questions that came by a channel which does not ring."""
    random, day, town = askers.random, askers.day, askers.town
    expected = channel.per_day * town.scale * (1.0 if is_working_day(day) else channel.at_rest)
    count = int(expected * random.lognormvariate(0, 0.1) + random.random())
    begins, ends = instant(day, channel.opens), instant(day, channel.closes)
    for serial in range(count):
        at = begins + int(random.random() * (ends - begins))
        yield answers.elsewhere(askers.ask(at, channel, serial))
