"""The facts that figures count: which table, which instant, which cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, or_

from data.calendar import midnight
from data.codes import Complexity, Exit, Handler, Outcome
from data.schema import call, staffing, ticket

Sql = ColumnElement[Any]


class Cut(Enum):
    """The ways in which a figure can be cut."""

    WACHTRIJ = "wachtrij"
    AFDELING = "afdeling"
    KANAAL = "kanaal"
    ONDERWERP = "onderwerp"
    GEMEENTE = "gemeente"


@dataclass(frozen=True)
class Fact:
    """A table seen as events at an instant; `rollups` are the cuts that the tally keeps.

    `lost` are the rows of which no figure can be told; readings name their number as a gap.
    """

    name: str
    plural: str
    table: Table
    at: Column[int]
    day: Column[int]
    cuts: Mapping[Cut, Column[str]] = field(hash=False)
    rollups: tuple[tuple[Cut, ...], ...]
    lost: Sql | None = field(default=None, hash=False)
    lost_name: str = ""

    def between(self, start: int, end: int) -> Sql:
        """The rows of a half-open stretch of time (epoch seconds), by the index on the instant."""
        return and_(self.at >= start, self.at < end)

    def between_days(self, first: int, after: int) -> Sql:
        """The rows of local days (ordinals), `after` exclusive."""
        return self.between(midnight(first), midnight(after))

    def rollup_for(self, cuts: frozenset[Cut]) -> tuple[Cut, ...] | None:
        """Return the smallest rollup that has these cuts, if the tally keeps one."""
        fitting = [rollup for rollup in self.rollups if cuts <= set(rollup)]
        return min(fitting, key=len, default=None)


ONBEKEND = call.c.outcome == Outcome.ONBEKEND

GESPREK = Fact(
    "gesprek",
    "gesprekken",
    call,
    call.c.arrived_at,
    call.c.day,
    {
        Cut.WACHTRIJ: call.c.wachtrij,
        Cut.AFDELING: call.c.afdeling,
        Cut.GEMEENTE: call.c.gemeente,
    },
    ((), (Cut.WACHTRIJ, Cut.AFDELING, Cut.GEMEENTE)),
    lost=ONBEKEND,
    lost_name="gesprekken zonder bekende afloop",
)

_TICKET_CUTS = {
    Cut.KANAAL: ticket.c.kanaal,
    Cut.ONDERWERP: ticket.c.onderwerp,
    Cut.AFDELING: ticket.c.afdeling,
    Cut.GEMEENTE: ticket.c.gemeente,
}
_TICKET_ROLLUPS = ((), *((cut,) for cut in _TICKET_CUTS))

VRAAG = Fact(
    "vraag",
    "vragen",
    ticket,
    ticket.c.received_at,
    ticket.c.day,
    _TICKET_CUTS,
    _TICKET_ROLLUPS,
)
TERMIJN = Fact(
    "termijn",
    "vragen met een termijn",
    ticket,
    ticket.c.due_at,
    ticket.c.due_day,
    _TICKET_CUTS,
    _TICKET_ROLLUPS,
)
BEZETTING = Fact(
    "bezetting",
    "medewerkers",
    staffing,
    staffing.c.begins_at,
    staffing.c.begins_at,
    {},
    (),
)
"""Staffing is told as a total only: parts of it could be subtracted down to one person."""

# Calls: every call with a known outcome has exactly one of five; gesloten goes before all others.
ONTVANGEN = call.c.outcome != Outcome.ONBEKEND
GESLOTEN = and_(ONTVANGEN, or_(call.c.open == 0, call.c.outcome == Outcome.GESLOTEN))
_IN_HOURS = call.c.open == 1
GEWEIGERD = and_(_IN_HOURS, call.c.outcome == Outcome.GEWEIGERD)
OPGENOMEN = and_(_IN_HOURS, call.c.outcome == Outcome.OPGENOMEN)
AFGEHAAKT = and_(_IN_HOURS, call.c.outcome == Outcome.AFGEHAAKT)
OVERGELOPEN = and_(_IN_HOURS, call.c.outcome == Outcome.OVERGELOPEN)
AANGEBODEN = and_(
    _IN_HOURS,
    call.c.outcome.in_([Outcome.OPGENOMEN, Outcome.AFGEHAAKT, Outcome.OVERGELOPEN]),
)
BINNEN_NORM = call.c.wait_s <= call.c.answer_norm_s
KORT = call.c.wait_s <= call.c.short_s
MET_TOETS = call.c.exit == Exit.TOETS
DOORVERBONDEN = call.c.transferred == 1

# Questions.
EENVOUDIG = ticket.c.complexity == Complexity.EENVOUDIG
ONDERWERP_BEKEND = ticket.c.complexity != Complexity.ONBEKEND
AFHANDELING_BEKEND = ticket.c.handler != Handler.ONBEKEND
DIGITAAL_OF_KCC = and_(
    ticket.c.closed_at.is_not(None), ticket.c.handler.in_([Handler.DIGITAAL, Handler.KCC])
)
OP_TIJD = ticket.c.closed_at <= ticket.c.due_at
