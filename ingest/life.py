"""What the municipality's own rules make of a question: its topic, its terms, its moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from data.agreements import INITIATIVE, Agreements
from data.calendar import Calendar
from data.codes import Handler
from data.departments import Departments
from data.settings import Settings
from data.term_choice import SERVICE_NORM
from data.termijn import Course, Terms
from data.topics import Topics
from ingest.courses import course_of
from ingest.moments import Story, end_of, next_weekday, story_of
from ingest.nature import Nature, Natures
from ingest.records import Ticket


class Stamped(NamedTuple):
    """What is added to a ticket; in the order of the ticket table."""

    day: int
    onderwerp: str
    afdeling: str
    soort: str
    complexity: int
    handler: int
    answered_at: int | None
    answered_day: int | None
    reopened: int
    werkdagen: int | None
    rule: str
    rule_version: int
    first_due_at: int | None
    due_at: int | None
    term_at: int | None
    term_day: int | None
    confirmed_at: int | None
    confirm_due_at: int | None
    confirm_day: int | None
    contact_at: int | None
    contact_due_at: int | None
    contact_day: int | None
    direction_at: int | None
    direction_due_at: int | None
    direction_day: int | None


class Due(NamedTuple):
    """By which rule a question is due, and when; `term_at` is the moment by which it is counted."""

    rule: str = ""
    version: int = 0
    first_at: int | None = None
    at: int | None = None
    term_at: int | None = None


class Term(NamedTuple):
    """The end of a first term and the deadline, as local days (ordinals)."""

    first: int | None
    last: int | None


@dataclass(frozen=True)
class Rules:
    """The municipality's own facts about questions."""

    calendar: Calendar
    topics: Topics
    terms: Terms
    agreements: Agreements
    departments: Departments

    @property
    def fingerprints(self) -> tuple[int, ...]:
        """Numbers of which one changes when a stamp could change."""
        return (
            self.calendar.fingerprint,
            self.topics.fingerprint,
            self.agreements.fingerprint,
            self.departments.fingerprint,
            *self._versions.values(),
        )

    def stamp(self, ticket: Ticket) -> Stamped:
        """Say of a ticket what these rules make of it."""
        day = self.day(ticket.received_at)
        nature = self._natures.of(
            ticket.onderwerp, ticket.afdeling, ticket.soort, ticket.complexity, day
        )
        story = story_of(ticket)
        answered_day, werkdagen = self._taken(day, ticket.received_at, story.answered)
        due = self._due(ticket, story.answered, nature.rule, nature.werkdagen)
        confirm_due = self._confirm_due(ticket)
        direction_day = self._direction_day(nature, story)
        return Stamped(
            day,
            nature.onderwerp,
            nature.afdeling,
            nature.soort,
            nature.complexity,
            _handler(ticket, story),
            story.answered,
            answered_day,
            int(story.reopened),
            werkdagen,
            due.rule,
            due.version,
            due.first_at,
            due.at,
            due.term_at,
            None if due.term_at is None else self.day(due.term_at),
            story.heard,
            end_of(confirm_due),
            confirm_due,
            story.contact,
            nature.contact_due_at,
            nature.contact_day,
            story.direction,
            end_of(direction_day),
            direction_day,
        )

    @cached_property
    def _natures(self) -> Natures:
        return Natures(self.topics, self.agreements, self.departments)

    @cached_property
    def _versions(self) -> dict[str, int]:
        return {rule: self.terms.fingerprint(rule) for rule in sorted(self.terms.rules)}

    @cached_property
    def _found(self) -> dict[tuple[str, Course], Term]:
        return {}

    def _term(self, rule: str, course: Course) -> Term:
        """Return the end of the first term and the deadline, as local days.

        Plain courses recur for every question of a day, so these are computed once.
        """
        term = self._found.get((rule, course))
        if term is None:
            eerste, uiterlijk = self.terms.due(rule, course)
            term = Term(_ordinal(eerste), _ordinal(uiterlijk))
            if course.is_plain:
                self._found[rule, course] = term
        return term

    def day(self, instant: int) -> int:
        """Return the local day (ordinal) of an instant."""
        return self.calendar.stamp(instant).day

    def _due(self, ticket: Ticket, answered: int | None, rule: str, werkdagen: int | None) -> Due:
        """Compute the deadline; where no rule or a date is missing, the source's own holds.

        While the clock stands still there is none.
        """
        told = ticket.due_at
        if not rule:
            return Due("", 0, told, told, told)
        version = self._versions[rule]
        course = course_of(self.terms, ticket, answered, rule, werkdagen, self._date_of)
        term = self._term(rule, course)
        counted = ticket.received_at if told is None else told
        if term.first is None:
            return Due(rule, version, told, told, counted)
        if term.last is None and not any(ended is None for _, ended in course.opgeschort):
            return Due(rule, version, end_of(term.first), told, counted)
        at = end_of(term.last)
        return Due(rule, version, end_of(term.first), at, at)

    def _confirm_due(self, ticket: Ticket) -> int | None:
        promised = self.agreements.confirmation
        if promised is None or ticket.kanaal not in promised.channels:
            return None
        received = self.terms.received(SERVICE_NORM, ticket.received_at)
        return self._term(SERVICE_NORM, Course(received, werkdagen=promised.werkdagen)).last

    def _direction_day(self, nature: Nature, story: Story) -> int | None:
        if nature.soort != INITIATIVE or story.discussed is None:
            return None
        return next_weekday(self.day(story.discussed), self.agreements.college)

    def _taken(
        self, day: int, received: int, answered: int | None
    ) -> tuple[int | None, int | None]:
        """Return the day of the answer, and how many working days it took."""
        if answered is None:
            return None, None
        answered_day = self.day(answered)
        known = answered >= received
        return answered_day, self.terms.workdays.between(day, answered_day) if known else None

    def _date_of(self, instant: int) -> date:
        return date.fromordinal(self.day(instant))


def rules_of(settings: Settings) -> Rules:
    """Gather the rules that the configuration gives."""
    return Rules(
        settings.calendar,
        settings.topics,
        settings.terms,
        settings.agreements,
        settings.departments,
    )


def _handler(ticket: Ticket, story: Story) -> int:
    """Who closed it; what the website or the contact centre passed on, they did not close."""
    if story.forwarded and ticket.handler in (Handler.DIGITAAL, Handler.KCC):
        return int(Handler.DOORGEZET)
    return int(ticket.handler)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
