"""What a question is by the municipality's own lists: its topic, department, kind and rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from data.agreements import INITIATIVE, Agreements
from data.codes import Complexity
from data.departments import Departments
from data.topics import Topics
from ingest.moments import end_of, next_weekday

UNKNOWN = "onbekend"
QUESTION = "vraag"
"""The kind of a question of which neither source nor catalogue says another."""
ALIKE = 16_384
"""So many are remembered: of a day, the questions on one topic for one department are alike."""


class Nature(NamedTuple):
    """What follows from how a question is named and from the day on which it was received."""

    onderwerp: str
    afdeling: str
    soort: str
    complexity: int
    rule: str
    werkdagen: int | None
    contact_due_at: int | None
    contact_day: int | None


@dataclass(frozen=True)
class Natures:
    """The lists by which questions are told apart."""

    topics: Topics
    agreements: Agreements
    departments: Departments

    @cached_property
    def of(self) -> Callable[[str, str, str, int, int], Nature]:
        """Give what a question is by its topic, department, kind, complexity and day."""
        return lru_cache(maxsize=ALIKE)(self._of)

    def _of(self, onderwerp: str, afdeling: str, soort: str, complexity: int, day: int) -> Nature:
        topic = self.topics.find(onderwerp, day)
        kind = self.agreements.kind(soort or topic.soort or QUESTION)
        complexity = complexity or topic.complexity
        rule, werkdagen = kind[1:] if kind.rule else (topic.rule, topic.werkdagen)
        weighty = complexity == Complexity.COMPLEX or kind.naam == INITIATIVE
        contact_day = next_weekday(day, self.agreements.meeting) if weighty else None
        return Nature(
            topic.naam or UNKNOWN,
            self.departments.find(afdeling or topic.afdeling, day) or UNKNOWN,
            kind.naam,
            int(complexity),
            rule,
            werkdagen,
            end_of(contact_day),
            contact_day,
        )
