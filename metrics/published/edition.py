"""One version of a report as it is drawn: its snapshot, who signed it, and what people added.

A drawing may use nothing else. What comes after `vastgesteld` (later steps, a version that replaces
it) is not in it, so that a file drawn then is drawn again to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from msgspec import Struct

from metrics.published.snapshot import Snapshot

SECTIONS = {
    "kernboodschap": "Kernboodschap",
    "wat_doen_we": "Wat doen we",
    "financien": "Financiën en risico's",
    "vervolg": "Vervolg en planning",
}
"""What people can write besides an explanation of a target, with its heading."""


class State(Enum):
    """How far a version has come; each is reached from the one before it, by a step."""

    CONCEPT = "concept"
    GECONTROLEERD = "gecontroleerd"
    VASTGESTELD = "vastgesteld"
    AANGEBODEN = "aangeboden aan college"
    TER_INFORMATIE = "ter informatie naar raad"
    GEPUBLICEERD = "gepubliceerd"


class Step(Struct, frozen=True, kw_only=True):
    """Who, in which role, took a version to a state, and the hash of what was signed.

    `seal` is the hash of this step together with the seal of the one before.
    """

    state: State
    person: str
    role: str
    at: datetime
    content: str
    seal: str


class Note(Struct, frozen=True, kw_only=True):
    """What a person wrote: about a target (its key) or under a heading (a key of SECTIONS)."""

    about: str
    text: str
    role: str
    at: datetime


class Change(Struct, frozen=True, kw_only=True):
    """A number that a correction changed: whose (`key`, `name`), which one, and the conclusion."""

    key: str
    name: str
    field: str
    old: float | None
    new: float | None
    old_text: str
    new_text: str
    effect: str


class Erratum(Struct, frozen=True, kw_only=True):
    """Why a version replaces another: what was wrong, its cause, what changed, who was told.

    `substantial` when the conclusion about a norm changed; `effect` says so in a sentence.
    """

    replaces: int
    at: datetime
    what: str
    cause: str
    informed: str
    role: str
    changes: tuple[Change, ...]
    effect: str
    substantial: bool


class Edition(Struct, frozen=True, kw_only=True):
    """A version to be drawn; `sha256` is that of its snapshot, `content` that of all below it."""

    version: int
    sha256: str
    content: str
    snapshot: Snapshot
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    erratum: Erratum | None = None

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.steps[-1].state if self.steps else State.CONCEPT

    @property
    def is_concept(self) -> bool:
        """Whether CONCEPT must stand on every page."""
        return self.state in (State.CONCEPT, State.GECONTROLEERD)

    def notes_about(self, about: str) -> tuple[Note, ...]:
        """What people wrote about a target, or under a heading."""
        return tuple(note for note in self.notes if note.about == about)


class Rendered(Struct, frozen=True, kw_only=True):
    """A file of a version. `compared` stands for its content where equal files may differ."""

    name: str
    media_type: str
    content: bytes
    compared: bytes | None = None


Renderer = Callable[[Edition], tuple[Rendered, ...]]
"""Draws files of a version: the same bytes each time it is asked."""
