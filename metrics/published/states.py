"""How far a version has come, and the hash of what is signed on the way."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.published.canonical import digest, written
from metrics.published.edition import Erratum, Note, State, Step

ORDER = tuple(State)


def content_of(sha256: str, notes: Sequence[Note], erratum: Erratum | None) -> str:
    """Return the hash of all that is signed: the snapshot, what people wrote, the erratum."""
    return digest(written((sha256, tuple(notes), erratum)))


def reached(steps: Sequence[Step]) -> State:
    """Return how far a version has come."""
    return steps[-1].state if steps else State.CONCEPT


def is_frozen(steps: Sequence[Step]) -> bool:
    """Tell whether a version was established, so that nothing of it may change any more."""
    return ORDER.index(reached(steps)) >= ORDER.index(State.VASTGESTELD)


def effective(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the last step to each state: a version can be checked again."""
    return tuple({step.state: step for step in steps}.values())
