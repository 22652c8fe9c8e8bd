"""Who asks by another channel than the telephone: some once, some again, some telephone as well."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from ingest.simulation import matters
from ingest.simulation.callers import SURE_CALLS
from ingest.simulation.channels import (
    CHANNELS,
    Channel,
    queue_by_day,
    topic_by_phone,
    topic_elsewhere,
)
from ingest.simulation.topics import Topic
from ingest.simulation.town import Town

TELEPHONES_TOO, AGAIN = 0.11, 0.08
WITHIN_DAYS = 6
SURE_PART = 0.6
"""This part of a channel's expected number comes on any working day."""
ZANDVOORT = 0.11


class Asked(NamedTuple):
    """A question as it came in: `telefoon`, `klant` and `gesprek` are empty when unknown."""

    at: int
    kanaal: str
    topic: Topic
    gemeente: str
    telefoon: str = ""
    klant: str = ""
    gesprek: str = ""


class Askers:
    """The people who ask on one day."""

    def __init__(self, town: Town, day: int, random: Random) -> None:
        self.town = town
        self.day = day
        self.random = random

    def ask(self, at: int, channel: Channel, serial: int) -> Asked:
        """Return what the person with this place in a channel's day asks."""
        chance = self.random.random()
        if chance < TELEPHONES_TOO:
            return self._telephoning(at, channel)
        day = self.day
        if chance < TELEPHONES_TOO + AGAIN:
            day -= 1 + int(self.random.random() * WITHIN_DAYS)
            serial = int(self.random.random() * channel.per_day * self.town.scale * SURE_PART)
        place = matters.elsewhere(day, CHANNELS.index(channel), serial)
        while day < self.day and not matters.is_registered(matters.at(place)):
            place += 1
        matter = matters.at(place)
        topic = topic_elsewhere(self.town, day, channel, matter)
        klant = matters.client_of(place) if matters.is_registered(matter) else ""
        return Asked(at, channel.naam, topic, self._gemeente(), "", klant)

    def _telephoning(self, at: int, channel: Channel) -> Asked:
        """Let someone ask who calls about it as well, up to six days before or after."""
        day = self.day - WITHIN_DAYS + int(self.random.random() * (2 * WITHIN_DAYS + 1))
        serial = int(self.random.random() * SURE_CALLS * self.town.scale)
        place = matters.noted_from(matters.by_phone(self.town, day, serial))
        matter = matters.at(place)
        queue = queue_by_day(self.town, day, matter)
        topic = topic_by_phone(queue.afdeling, matter)
        return Asked(at, channel.naam, topic, queue.gemeente, matters.number_of(place))

    def _gemeente(self) -> str:
        return "Zandvoort" if self.random.random() < ZANDVOORT else "Haarlem"
