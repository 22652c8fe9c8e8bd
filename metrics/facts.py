"""The facts that figures count: which table, which instant, which cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    and_,
    or_,
)

from data.agreements import CALLBACK
from data.codes import Complexity, Exit, Handler, Outcome
from data.schema import call, staffing, ticket

Sql = ColumnElement[Any]
DAY_S = 86_400


class Cut(Enum):
    """The ways in which a figure can be cut."""

    WACHTRIJ = "wachtrij"
    AFDELING = "afdeling"
    KANAAL = "kanaal"
    ONDERWERP = "onderwerp"
    GEMEENTE = "gemeente"
    SOORT = "soort"


Only = Mapping[Cut, frozenset[str]]
"""What is chosen of some cuts; of the others everything."""


@dataclass(frozen=True)
class Fact:
    """A table seen as events at an instant; `rollups` are the cuts that the tally keeps.

    `feed` is what a source must supply for it. `lost` are the rows of which no figure can be told;
    readings name their number as a gap.
    """

    name: str
    plural: str
    feed: str
    table: Table
    at: Column[int]
    day: Column[int]
    cuts: Mapping[Cut, Column[str]] = field(hash=False)
    rollups: tuple[tuple[Cut, ...], ...]
    lost: Sql | None = field(default=None, hash=False)
    lost_name: str = ""

    def rollup_for(self, cuts: frozenset[Cut]) -> tuple[Cut, ...] | None:
        """Return the smallest rollup that has these cuts, if the tally keeps one."""
        fitting = [rollup for rollup in self.rollups if cuts <= set(rollup)]
        return min(fitting, key=len, default=None)


ONBEKEND = call.c.outcome == Outcome.ONBEKEND

CALLS, QUESTIONS = "gesprek", "vraag"
"""What sources supply."""
GESPREK = Fact(
    "gesprek",
    "gesprekken",
    CALLS,
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
BEZETTING = Fact(
    "bezetting",
    "medewerkers",
    CALLS,
    staffing,
    staffing.c.begins_at,
    staffing.c.begins_at,
    {},
    (),
)
"""Staffing is told as a total only: parts of it could be subtracted down to one person."""

_TICKET_CUTS = {
    Cut.KANAAL: ticket.c.kanaal,
    Cut.ONDERWERP: ticket.c.onderwerp,
    Cut.AFDELING: ticket.c.afdeling,
    Cut.GEMEENTE: ticket.c.gemeente,
    Cut.SOORT: ticket.c.soort,
}


def _questions(name: str, plural: str, at: Column[int], day: Column[int]) -> Fact:
    """Questions, counted by one of their moments."""
    rollups = ((), *((cut,) for cut in _TICKET_CUTS))
    return Fact(name, plural, QUESTIONS, ticket, at, day, _TICKET_CUTS, rollups)


_T = ticket.c
VRAAG = _questions("vraag", "vragen", _T.received_at, _T.day)
TERMIJN = _questions("termijn", "vragen met een termijn", _T.term_at, _T.term_day)
BEVESTIGING = _questions(
    "bevestiging", "vragen die bevestigd worden", _T.confirm_due_at, _T.confirm_day
)
CONTACTPERSOON = _questions(
    "contactpersoon", "complexe vragen en initiatieven", _T.contact_due_at, _T.contact_day
)
ANTWOORD = _questions("antwoord", "beantwoorde vragen", _T.answered_at, _T.answered_day)
RICHTING = _questions("richting", "besproken initiatieven", _T.direction_due_at, _T.direction_day)

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
    ticket.c.answered_at.is_not(None), ticket.c.handler.in_([Handler.DIGITAAL, Handler.KCC])
)
OOIT_OPEN = or_(ticket.c.answered_at.is_(None), ticket.c.answered_at >= ticket.c.received_at)
HERHALING_BEKEND = ticket.c.repeated.is_not(None)
IN_EEN_KEER = ticket.c.repeated == 0
TERUGBELVERZOEK = ticket.c.soort == CALLBACK
BEVESTIGD_OP_TIJD = ticket.c.confirmed_at <= ticket.c.confirm_due_at
CONTACTPERSOON_OP_TIJD = ticket.c.contact_at <= ticket.c.contact_due_at
RICHTING_OP_TIJD = ticket.c.direction_at <= ticket.c.direction_due_at

# Terms: every question whose term has passed has exactly one of five outcomes.
BEPAALD = ticket.c.due_at.is_not(None)
ONBEPAALBAAR = ticket.c.due_at.is_(None)
OP_TIJD = ticket.c.answered_at <= ticket.c.due_at
IN_EERSTE_TERMIJN = and_(OP_TIJD, ticket.c.answered_at <= ticket.c.first_due_at)
NA_VERLENGING = and_(OP_TIJD, ticket.c.answered_at > ticket.c.first_due_at)
LAAT = and_(BEPAALD, or_(ticket.c.answered_at.is_(None), ticket.c.answered_at > ticket.c.due_at))
TE_LAAT_BEANTWOORD = ticket.c.answered_at > ticket.c.due_at
TWEE_TERMIJNEN = and_(BEPAALD, ticket.c.told_due_at.is_not(None), ticket.c.rule != "")
ANDERE_DAG = or_(
    ticket.c.told_due_at > ticket.c.due_at, ticket.c.told_due_at <= ticket.c.due_at - DAY_S
)
"""Our deadline is the last second of its day."""
TWEE_OORDELEN = and_(BEPAALD, ticket.c.answered_at.is_not(None), ticket.c.told_late.is_not(None))
ANDER_OORDEEL = or_(
    and_(ticket.c.told_late == 1, OP_TIJD), and_(ticket.c.told_late == 0, TE_LAAT_BEANTWOORD)
)
OPEN_EN_TE_LAAT = and_(BEPAALD, ticket.c.answered_at.is_(None))
