"""The moments in the life of a question, found among its clock events."""

from __future__ import annotations

from collections.abc import Sequence

from data.calendar import day_after
from data.codes import Happening
from ingest.records import Event, Ticket


def answered_at(ticket: Ticket) -> int | None:
    """Return the answer that stands: a question that was reopened is not answered before that."""
    if not ticket.events:
        return ticket.closed_at
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


def first_event(events: Sequence[Event], kind: Happening) -> Event | None:
    """Return the earliest event of a kind."""
    return min((event for event in events if event.kind == kind), key=lambda e: e.at, default=None)


def first(events: Sequence[Event], kind: Happening, or_at: int | None = None) -> int | None:
    """Return the earliest moment of a kind of event, or another moment that comes before it."""
    moments = [event.at for event in events if event.kind == kind]
    return min(moments if or_at is None else [*moments, or_at], default=None)


def next_weekday(day: int, weekday: int) -> int:
    """Return the first local day (ordinal) after `day` that is this weekday (Monday is 0)."""
    return day + 1 + (weekday - day) % 7


def end_of(day: int | None) -> int | None:
    """Return the last second of a local day."""
    return None if day is None else day_after(day) - 1
