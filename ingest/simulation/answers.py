"""How the simulated municipality answers a question: who, when, and before which day it should."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from ingest.simulation.askers import Asked
from ingest.simulation.course import LATEST_DAYS, Course, after
from ingest.simulation.daytime import last_working_day, next_working_day, working_days_after
from ingest.simulation.exchange import Contact
from ingest.simulation.record import Step, told
from ingest.simulation.topics import AFDELINGEN, CALLBACK, VERGUNNINGEN, WMO
from ingest.simulation.town import Town

DIGITAL, KCC, DEPARTMENT, FORWARDED, UNKNOWN = "digitaal", "kcc", "afdeling", "doorgezet", ""

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
LATE_ELSEWHERE, LATE_CALLBACK = 0.07, 0.09
NEVER, NEVER_CALLED_BACK = 0.001, 0.015
CONFIRMED: Mapping[str, float] = {"webformulier": 0.95, "e-mail": 0.86, "post": 0.8}
"""Channel -> which part of the receipts is confirmed in time; a form does so by itself."""
UNCONFIRMED = 0.4
"""Which part of the others waits for its answer."""


class Answer(NamedTuple):
    """A question and its answer; `due` and `announced` are days, 0 is unknown; `closed` 0 never."""

    asked: Asked
    handler: str
    due: int
    closed: int
    steps: list[Step]
    announced: int = 0
    longer: bool = False


class Answers:
    """The answers of one day; `late` and `drift` move slowly over the months."""

    def __init__(self, town: Town, day: int, random: Random) -> None:
        self.day = day
        self.random = random
        self.drift = 1.12 + 0.3 * town.wave(day, "digitaal")
        self.late_callback = LATE_CALLBACK * (1 + 0.5 * town.wave(day, CALLBACK.naam))
        self.late = {
            afdeling: LATE.get(afdeling, LATE_ELSEWHERE) * (1 + 0.6 * town.wave(day, afdeling))
            for afdeling in AFDELINGEN
        }

    def by_phone(self, asked: Asked, contact: Contact) -> Answer:
        """Answer what was asked in a conversation; at once unless it is complex or forwarded."""
        if not asked.topic.simple:
            return self._complex(asked)
        handler = FORWARDED if contact.forwarded else self._first("telefoon")
        if handler == FORWARDED:
            return self._later(asked, handler, contact.ends if contact.forwarded else 0)
        return Answer(asked, handler, 0, max(contact.ends, asked.at + 1), [])

    def called_back(self, asked: Asked) -> Answer:
        """Answer who asked to be called back instead of waiting any longer."""
        return self._later(asked, KCC if self.random.random() < 0.8 else FORWARDED)

    def elsewhere(self, asked: Asked) -> Answer:
        """Answer a question that came by another channel than the telephone."""
        kanaal = asked.kanaal
        if not asked.topic.simple:
            return self._confirmed(self._complex(asked))
        handler = self._first(kanaal)
        if handler == DIGITAL or (handler in (KCC, UNKNOWN) and kanaal in ON_THE_SPOT):
            least = 20 if handler == DIGITAL else 700
            return Answer(asked, handler, 0, asked.at + 5 + int(self.random.random() * least), [])
        return self._confirmed(self._later(asked, handler))

    def _first(self, kanaal: str) -> str:
        """Return who closes a simple question; some months more of them reach departments."""
        chance = self.random.random() ** self.drift
        return next((who for limit, who in FIRST[kanaal] if chance < limit), UNKNOWN)

    def _complex(self, asked: Asked) -> Answer:
        course = Course(asked, self.day, self.random)
        closed = course.run(DEPARTMENT, self.late[asked.topic.afdeling])
        due, steps, announced = course.promised, course.steps, course.announced
        return Answer(asked, DEPARTMENT, due, closed, steps, announced, course.longer)

    def _later(self, asked: Asked, handler: str, forwarded: int = 0) -> Answer:
        """Answer a simple question within its term, after it or, seldom, never."""
        due = working_days_after(self.day, asked.topic.werkdagen)
        closed = self._closed(asked, due)
        if handler != FORWARDED:
            return Answer(asked, handler, due, closed, [])
        at = forwarded or after(asked.at, next_working_day(self.day), self.random)
        passed_on = told("doorgezet", min(at, closed - 1) if closed else at)
        return Answer(asked, handler, due, closed, [passed_on])

    def _closed(self, asked: Asked, due: int) -> int:
        day, chance = self.day, self.random.random()
        is_callback = asked.topic.naam == CALLBACK.naam
        never = NEVER_CALLED_BACK if is_callback else NEVER
        if chance < never:
            return 0
        if chance < never + (
            self.late_callback if is_callback else self.late[asked.topic.afdeling]
        ):
            over = 1 + int(LATEST_DAYS * self.random.random() ** 2.5)
            return after(asked.at, next_working_day(due + over), self.random)
        inside = last_working_day(day + int((due - day + 1) * self.random.random() ** 0.8))
        return after(asked.at, inside if inside >= day else next_working_day(day), self.random)

    def _confirmed(self, answer: Answer) -> Answer:
        """Confirm the receipt of what was asked in writing, unless the answer comes first."""
        asked, chance = answer.asked, self.random.random()
        in_time = CONFIRMED.get(asked.kanaal, 0.0)
        if asked.kanaal not in CONFIRMED or chance > 1 - UNCONFIRMED * (1 - in_time):
            return answer
        if chance >= in_time:
            at = self._office_day(asked, 3, 4)
        elif asked.kanaal == "webformulier":
            at = asked.at + 2 + int(self.random.random() * 50)
        else:
            at = self._office_day(asked, 1, 2)
        if not answer.closed or at < answer.closed:
            answer.steps.append(told("bevestigd", at))
        return answer

    def _office_day(self, asked: Asked, least: int, spread: int) -> int:
        day = working_days_after(self.day, least + int(self.random.random() * spread))
        return after(asked.at, day, self.random)
