"""The moments in the life of a question, found among its clock events."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from data.calendar import day_after
from data.codes import Happening
from ingest.records import Event, Ticket


class Story(NamedTuple):
    """When the moments came by which a question is judged; None for one that did not."""

    answered: int | None
    heard: int | None
    contact: int | None = None
    discussed: int | None = None
    direction: int | None = None
    reopened: bool = False
    forwarded: bool = False


def story_of(ticket: Ticket) -> Story:
    """Find the moments of a question; most have no more than their answer."""
    events = ticket.events
    if not events:
        return Story(ticket.closed_at, ticket.closed_at)
    answered = _answered_at(ticket)
    kinds = {event.kind for event in events}
    return Story(
        answered,
        _heard_at(events, answered),
        _first(events, Happening.CONTACTPERSOON),
        _first(events, Happening.BESPROKEN),
        _first(events, Happening.RICHTING),
        Happening.HEROPEND in kinds,
        Happening.DOORGEZET in kinds,
    )


def _answered_at(ticket: Ticket) -> int | None:
    """Return the answer that stands: a question that was reopened is not answered before that."""
    reopened = max(
        (event.until or event.at for event in ticket.events if event.kind == Happening.HEROPEND),
        default=None,
    )
    answers = [event.at for event in ticket.events if event.kind == Happening.BEANTWOORD]
    standing = [at for at in answers if reopened is None or at >= reopened]
    if standing:
        return min(standing)
    if ticket.closed_at is None or (reopened is not None and ticket.closed_at < reopened):
        return None
    return ticket.closed_at


def _heard_at(events: Sequence[Event], answered: int | None) -> int | None:
    """When the asker first heard of it: any answer says too that the question arrived."""
    replied = _first(events, Happening.BEANTWOORD, answered)
    return _first(events, Happening.BEVESTIGD, replied)


def _first(events: Sequence[Event], kind: Happening, or_at: int | None = None) -> int | None:
    """Return the earliest moment of a kind of event, or another moment that comes before it."""
    moments = [event.at for event in events if event.kind == kind]
    return min(moments if or_at is None else [*moments, or_at], default=None)


def first_event(events: Sequence[Event], kind: Happening) -> Event | None:
    """Return the earliest event of a kind."""
    return min((event for event in events if event.kind == kind), key=lambda e: e.at, default=None)


def next_weekday(day: int, weekday: int) -> int:
    """Return the first local day (ordinal) after `day` that is this weekday (Monday is 0)."""
    return day + 1 + (weekday - day) % 7


@lru_cache(maxsize=4096)
def end_of(day: int | None) -> int | None:
    """Return the last second of a local day."""
    return None if day is None else day_after(day) - 1
