"""How the simulated municipality answers a question: who, when, and before which day it should."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from ingest.simulation.daytime import (
    instant,
    last_working_day,
    next_working_day,
    working_days_after,
)
from ingest.simulation.exchange import Contact
from ingest.simulation.topics import AFDELINGEN, CALLBACK, VERGUNNINGEN, WMO, Topic
from ingest.simulation.town import Town

DIGITAL, KCC, DEPARTMENT, FORWARDED, UNKNOWN = "digitaal", "kcc", "afdeling", "doorgezet", ""
LATEST_DAYS = 19
SETTLED_AFTER_DAYS = 8 * 7 + LATEST_DAYS + 8
"""After this many days a question no longer changes: it is answered, or it never will be."""

FIRST: Mapping[str, tuple[tuple[float, str], ...]] = {
    "telefoon": ((0.0, DIGITAL), (0.91, KCC), (0.97, FORWARDED), (1.0, UNKNOWN)),
    "webformulier": ((0.83, DIGITAL), (0.85, KCC), (0.985, DEPARTMENT), (1.0, UNKNOWN)),
    "e-mail": ((0.0, DIGITAL), (0.52, KCC), (0.68, FORWARDED), (0.96, DEPARTMENT), (1.0, UNKNOWN)),
    "balie": ((0.0, DIGITAL), (0.63, KCC), (0.96, DEPARTMENT), (1.0, UNKNOWN)),
    "chat": ((0.1, DIGITAL), (0.9, KCC), (0.98, FORWARDED), (1.0, UNKNOWN)),
    "post": ((0.0, DIGITAL), (0.06, KCC), (0.97, DEPARTMENT), (1.0, UNKNOWN)),
}
"""Channel -> who closes a simple question, as cumulative chances."""
ON_THE_SPOT = frozenset({"telefoon", "balie", "chat"})
LATE: Mapping[str, float] = {VERGUNNINGEN: 0.13, WMO: 0.10}
LATE_ELSEWHERE = 0.07
OFFICE_S = 500 * 60
NEVER_SIMPLE, NEVER_COMPLEX = 0.002, 0.012


class Answer(NamedTuple):
    """A question and its answer; `due` is a day, 0 is no promise; `closed` 0 is never."""

    received: int
    due: int
    closed: int
    handler: str
    kanaal: str
    onderwerp: str
    afdeling: str
    gemeente: str


class Answers:
    """The answers of one day; `late` and `drift` move slowly over the months."""

    def __init__(self, town: Town, day: int, random: Random) -> None:
        self.day = day
        self.random = random
        self.drift = 1.12 + 0.3 * town.wave(day, "digitaal")
        self.late = {
            afdeling: LATE.get(afdeling, LATE_ELSEWHERE) * (1 + 0.6 * town.wave(day, afdeling))
            for afdeling in AFDELINGEN
        }

    def by_phone(self, contact: Contact, topic: Topic) -> Answer:
        """Answer what was asked in a conversation; at once unless it is complex or forwarded."""
        gemeente = contact.queue.gemeente
        handler = FORWARDED if contact.forwarded else self._first("telefoon")
        if not topic.simple:
            handler = DEPARTMENT
        if handler in (FORWARDED, DEPARTMENT):
            return self._later(contact.at, topic, handler, "telefoon", gemeente)
        closed = max(contact.ends, contact.at + 1)
        words = ("telefoon", topic.naam, topic.afdeling, gemeente)
        return Answer(contact.at, 0, closed, handler, *words)

    def called_back(self, contact: Contact) -> Answer:
        """Answer who asked to be called back instead of waiting any longer."""
        topic = CALLBACK._replace(afdeling=contact.queue.afdeling)
        handler = KCC if self.random.random() < 0.8 else FORWARDED
        return self._later(contact.at, topic, handler, "telefoon", contact.queue.gemeente)

    def elsewhere(self, at: int, kanaal: str, topic: Topic, gemeente: str) -> Answer:
        """Answer a question that came by another channel than the telephone."""
        handler = self._first(kanaal) if topic.simple else DEPARTMENT
        quick = handler == DIGITAL or (handler in (KCC, UNKNOWN) and kanaal in ON_THE_SPOT)
        if not quick:
            return self._later(at, topic, handler, kanaal, gemeente)
        closed = at + 5 + int(self.random.random() * (20 if handler == DIGITAL else 700))
        return Answer(at, 0, closed, handler, kanaal, topic.naam, topic.afdeling, gemeente)

    def _first(self, kanaal: str) -> str:
        """Return who closes a simple question; some months more of them reach departments."""
        chance = self.random.random() ** self.drift
        return next((who for limit, who in FIRST[kanaal] if chance < limit), UNKNOWN)

    def _later(self, at: int, topic: Topic, handler: str, kanaal: str, gemeente: str) -> Answer:
        """Answer within the term, after it or, seldom, never."""
        day, chance = self.day, self.random.random()
        due = day + 7 * topic.weken if topic.weken else working_days_after(day, topic.werkdagen)
        never = NEVER_SIMPLE if topic.simple else NEVER_COMPLEX
        if chance < never:
            closed = 0
        elif chance < never + self.late[topic.afdeling]:
            over = 1 + int(LATEST_DAYS * self.random.random() ** 2.5)
            closed = self._closed(at, next_working_day(due + over))
        else:
            inside = day + int((due - day + 1) * self.random.random() ** 0.8)
            closed = self._closed(at, last_working_day(inside))
        return Answer(at, due, closed, handler, kanaal, topic.naam, topic.afdeling, gemeente)

    def _closed(self, at: int, working_day: int) -> int:
        """Return a moment in office hours, or soon after the question when that is later."""
        if working_day < self.day:
            working_day = next_working_day(self.day)
        moment = instant(working_day, 520) + int(self.random.random() * OFFICE_S)
        return moment if moment > at else at + 600 + int(self.random.random() * 5_400)
