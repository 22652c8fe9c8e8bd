"""The course of a complex question: its term, who stops or extends it, and how it ends."""

from __future__ import annotations

from random import Random

from ingest.simulation.askers import Asked
from ingest.simulation.daytime import (
    day_text,
    instant,
    last_working_day,
    next_working_day,
    weekday_after,
    working_days_after,
)
from ingest.simulation.record import PLACES, Step, closing, reopening, told
from ingest.simulation.topics import BEZWAAR, INITIATIEF, NOT_SUSPENDED

TUESDAY, THURSDAY = 2, 4
MEETING, COLLEGE = 600, 840
"""Minutes after midnight at which the meetings begin; they last one and a half hours."""
LATEST_DAYS = 19
SETTLED_AFTER_DAYS = 150
"""After this many days a question no longer changes: it is answered, or it never will be."""

OFFICE_S, MEETING_S = 500 * 60, 90 * 60
COMMITTEE, SUSPENDED, EXTENDED, REOPENED = 0.12, 0.17, 0.14, 0.02
UNDATED, UNFINISHED, TWICE, NOTICED_LATE = 0.04, 0.05, 0.1, 0.08
NEVER = 0.006
CONTACT_LATE, NO_CONTACT = 0.11, 0.02
DISCUSSED_LATE, DIRECTION_LATE, NO_DIRECTION = 0.06, 0.18, 0.05
OBJECTED_AFTER, OBJECTED_SPREAD, OBJECTED_UNTIL = 14, 27, 42
"""Days between an announcement and an objection: at least, spread, and by law at most."""
LONG_WEEKS = 8
CLOSED_AT_ONCE = 0.6


class Course:
    """One complex question, day by day; `last_day` and `last_at` are when it last moved on."""

    def __init__(self, asked: Asked, day: int, random: Random) -> None:
        self.topic = asked.topic
        self.day = self.last_day = day
        self.at = self.last_at = asked.at
        self.random = random
        self.steps: list[Step] = []
        self.stranded = False
        self.announced = 0
        self.longer = self.topic.commissie > 0 and self._chance(COMMITTEE)
        self.due = self._first_term()
        undated = self.topic.soort == BEZWAAR and not self.announced
        self.promised = 0 if undated else self.due

    def run(self, handler: str, late: float) -> int:
        """Let it happen; return when it is closed, 0 for never."""
        if self.topic.soort == INITIATIEF:
            self._discuss()
        elif not self.longer:
            self._hold_up(handler)
        day = self._answer_day(late)
        if day:
            self._happen("beantwoord", day)
        self._meet(self.last_at if day else 0)
        if day and not self._chance(CLOSED_AT_ONCE):
            self.last_day = working_days_after(day, 1 + int(self.random.random() * 3))
            self.last_at = after(self.last_at, self.last_day, self.random)
        return self.last_at if day else 0

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _days(self, least: int, spread: int) -> int:
        return least + int(self.random.random() * spread)

    def _happen(self, column: str, day: int) -> None:
        self.last_day = day
        self.last_at = after(self.last_at, day, self.random)
        self.steps.append(told(column, self.last_at))

    def _first_term(self) -> int:
        """Count from receipt, or for an objection from the last day on which one could object."""
        topic = self.topic
        term = 7 * (topic.weken + (topic.commissie if self.longer else 0))
        if topic.soort != BEZWAAR:
            return self.day + term
        announced = self.day - self._days(OBJECTED_AFTER, OBJECTED_SPREAD)
        self.announced = 0 if self._chance(UNDATED) else announced
        return announced + OBJECTED_UNTIL + term

    def _hold_up(self, handler: str) -> None:
        chance = self.random.random()
        if chance < SUSPENDED and self.topic.naam not in NOT_SUSPENDED:
            self._suspend()
        elif SUSPENDED <= chance < SUSPENDED + EXTENDED and self.topic.verdaging:
            self._extend()
        elif chance > 1 - REOPENED:
            self._reopen(handler)

    def _suspend(self) -> None:
        """Wait for what is missing, seldom twice; of some it never comes."""
        self.stranded = self._chance(UNFINISHED)
        times = 2 if self.topic.weken == LONG_WEEKS and self._chance(TWICE) else 1
        for _ in range(times):
            begins = next_working_day(self.last_day + self._days(3, 14 // times))
            self._happen("opgeschort", begins)
            if self.stranded:
                return
            self._happen("hervat", next_working_day(begins + self._days(7, 14)))
            self.due += self.last_day - begins - 1

    def _extend(self) -> None:
        """Give notice of a later date: in time, or when the term has already ended."""
        if self._chance(NOTICED_LATE):
            noticed = next_working_day(self.due + self._days(1, 7))
        else:
            noticed = last_working_day(self.due - self._days(1, 8))
        self._happen("verdaagd", noticed)
        self.due += 7 * self.topic.verdaging
        self.steps.append((self.last_at, PLACES["verdaagd_tot"], day_text(self.due)))

    def _reopen(self, handler: str) -> None:
        """Answer, and begin again when the answer turns out not to be the last."""
        self._happen("beantwoord", next_working_day(self.day + self._days(2, self.topic.weken * 4)))
        closed = self.last_at
        self.last_day = next_working_day(self.last_day + self._days(2, 10))
        self.last_at = after(closed, self.last_day, self.random)
        self.steps += [*closing(closed, handler), *reopening(closed, self.last_at)]
        self.due = max(self.due, self.last_day + 7)

    def _discuss(self) -> None:
        """Discuss an initiative on a Thursday; the college gives a direction on a Tuesday."""
        thursday = weekday_after(self.day, THURSDAY)
        if self._chance(DISCUSSED_LATE):
            thursday = weekday_after(thursday, THURSDAY)
        self._decide("besproken", thursday, MEETING)
        tuesday = weekday_after(thursday, TUESDAY)
        chance = self.random.random()
        if chance < DIRECTION_LATE:
            tuesday = weekday_after(tuesday + 7 * self._days(0, 3), TUESDAY)
        if chance < 1 - NO_DIRECTION:
            self._decide("richting", tuesday, COLLEGE)

    def _decide(self, column: str, day: int, minutes: int) -> None:
        self.last_day = day
        self.last_at = instant(day, minutes) + int(self.random.random() * MEETING_S)
        self.steps.append(told(column, self.last_at))

    def _meet(self, answered: int) -> None:
        """Assign a contact person in the meeting after receipt, or when it is answered sooner."""
        chance = self.random.random()
        if chance < NO_CONTACT:
            return
        thursday = weekday_after(self.day, THURSDAY)
        if chance < NO_CONTACT + CONTACT_LATE:
            thursday = weekday_after(thursday, THURSDAY)
        at = instant(thursday, MEETING) + int(self.random.random() * MEETING_S)
        self.steps.append(told("contactpersoon", min(at, answered) if answered else at))

    def _answer_day(self, late: float) -> int:
        """Answer within the term, after it or, seldom, never (0)."""
        chance, free = self.random.random(), self.due - self.last_day + 1
        if self.stranded or chance < NEVER:
            return 0
        if chance < NEVER + late:
            over = 1 + int(LATEST_DAYS * self.random.random() ** 2.5)
            return next_working_day(self.due + over)
        inside = last_working_day(self.last_day + int(free * self.random.random() ** 0.8))
        return max(inside, next_working_day(self.last_day))


def after(at: int, working_day: int, random: Random) -> int:
    """Return a moment in the office hours of a day, or soon after `at` when that is later."""
    moment = instant(working_day, 520) + int(random.random() * OFFICE_S)
    return moment if moment > at else at + 600 + int(random.random() * 5_400)
