"""How the wall judges a reading: one state, one word, from the limits it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from dashboard.limits import Limits
from metrics import Reading, Status


class State(Enum):
    """States by weight; the value is the name of the style and the icon."""

    ONBEKEND = "onbekend"
    GESLOTEN = "gesloten"
    NORMAAL = "normaal"
    LET_OP = "let-op"
    ACTIE = "actie"

    @property
    def weight(self) -> int:
        """Order the states: what needs action weighs most."""
        return list(State).index(self)

    @property
    def abnormal(self) -> bool:
        """Whether someone has to do something."""
        return self in (State.LET_OP, State.ACTIE)


@dataclass(frozen=True)
class Verdict:
    """A state and the word that says it."""

    state: State
    word: str


UNKNOWN = Verdict(State.ONBEKEND, "Onbekend")
UNJUDGED = Verdict(State.ONBEKEND, "Nog geen oordeel")
CLOSED = Verdict(State.GESLOTEN, "Gesloten")
ATTENTION = Verdict(State.LET_OP, "Let op")
ACTION = Verdict(State.ACTIE, "Actie nodig")
WITHIN_LIMIT = Verdict(State.NORMAAL, "Binnen grens")
WITHIN_NORM = Verdict(State.NORMAAL, "Binnen norm")


def longest_wait(seconds: float | None, limits: Limits) -> Verdict:
    """Judge how long the first in line has waited."""
    if seconds is None:
        return UNKNOWN
    if seconds > limits.longest_action:
        return ACTION
    return ATTENTION if seconds > limits.longest_attention else WITHIN_LIMIT


def waiting(number: float | None, employees: float | None, limits: Limits) -> Verdict:
    """Judge how many wait by how many can answer them."""
    if number is None:
        return UNKNOWN
    if employees is None:
        return Verdict(State.ONBEKEND, "Geen grens")
    if number and not employees:
        return ACTION
    crowded = number > employees * limits.waiting_per_employee
    return ATTENTION if crowded else WITHIN_LIMIT


def against_norm(reading: Reading, limits: Limits) -> Verdict:
    """Judge a figure of today by its norm, once it rests on enough calls."""
    if reading.status is Status.GEEN_DATA:
        return UNKNOWN
    if reading.status is Status.GEEN_NORM or reading.cases < limits.cases_for_verdict:
        return UNJUDGED
    return WITHIN_NORM if reading.status is Status.OP_NORM else ATTENTION


def heaviest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that matters most."""
    return max(verdicts, key=lambda verdict: verdict.state.weight, default=UNKNOWN)
