"""Tells the course of a question, as far as its term is concerned, from its clock events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from data.codes import Happening
from data.term_rules import Begin
from data.termijn import Course, Terms
from ingest.moments import first_event
from ingest.records import Ticket

DateOf = Callable[[int], date]
"""Instant -> local day."""


def course_of(
    terms: Terms,
    ticket: Ticket,
    answered: int | None,
    rule: str,
    werkdagen: int | None,
    date_of: DateOf,
) -> Course:
    """Return the course by which a rule says when this question is due."""
    received, longer = _begun(terms, ticket, rule), bool(ticket.longer)
    if not ticket.events and ticket.counts_from is None:
        return Course(received, werkdagen=werkdagen, commissie=longer, instemming=longer)
    extended = first_event(ticket.events, Happening.VERDAAGD)
    named = None if extended is None else extended.until
    return Course(
        received,
        bekendgemaakt=_day(ticket.counts_from),
        verdaagd=None if extended is None else date_of(extended.at),
        verdaagd_tot=None if named is None else date_of(named),
        opgeschort=tuple(_suspensions(ticket, answered, date_of)),
        werkdagen=werkdagen,
        commissie=longer,
        instemming=longer,
    )


def _begun(terms: Terms, ticket: Ticket, rule: str) -> date:
    """Return the day from which a term counts; one from an announcement has its own."""
    if ticket.counts_from is None or terms.rule(rule).begin is Begin.ANNOUNCEMENT:
        return terms.received(rule, ticket.received_at)
    return date.fromordinal(ticket.counts_from)


def _suspensions(
    ticket: Ticket, answered: int | None, date_of: DateOf
) -> Iterator[tuple[date, date | None]]:
    """Yield the suspensions; the answer ends one that nobody ended."""
    for event in ticket.events:
        if event.kind == Happening.OPGESCHORT:
            ended = answered if event.until is None else event.until
            yield date_of(event.at), None if ended is None else date_of(ended)


def _day(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
