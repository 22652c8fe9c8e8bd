"""What the wall makes of a reading: one state, one word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """States by weight; the value is the name of the style and the icon."""

    ONBEKEND = "onbekend"
    GESLOTEN = "gesloten"
    NORMAAL = "normaal"
    WACHT = "wacht"
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
NO_LIMIT = Verdict(State.ONBEKEND, "Geen grens")
JUST_OPEN = Verdict(State.ONBEKEND, "Net open")
CLOSED = Verdict(State.GESLOTEN, "Gesloten")
ATTENTION = Verdict(State.LET_OP, "Let op")
ACTION = Verdict(State.ACTIE, "Actie nodig")
WITHIN_LIMIT = Verdict(State.NORMAAL, "Binnen grens")
WITHIN_NORM = Verdict(State.NORMAAL, "Binnen norm")


def heaviest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that matters most."""
    return max(verdicts, key=lambda verdict: verdict.state.weight, default=UNKNOWN)
