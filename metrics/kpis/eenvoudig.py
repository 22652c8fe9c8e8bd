"""Where simple questions go that neither the website nor the contact centre settled."""

from __future__ import annotations

from datetime import date

from data.codes import Handler
from data.schema import ticket
from metrics.facts import EENVOUDIG, VRAAG, Sql
from metrics.kpi import Better, Kpi
from metrics.measures import Count
from metrics.units import Unit

OWNER = "manager dienstverlening"
REVIEWED = date(2026, 11, 26)
NOT_YET = ticket.c.handler.in_([Handler.DIGITAAL, Handler.KCC]) & ticket.c.answered_at.is_(None)


def _lost(key: str, name: str, formula: str, where: Sql) -> Kpi:
    return Kpi(
        key=key,
        name=name,
        question="Waar bleven de eenvoudige vragen die niet digitaal of door het KCC zijn"
        " afgehandeld?",
        formula=formula,
        caveat="Met digitaal of door het KCC afgehandeld zijn het samen alle eenvoudige vragen"
        " waarvan de afhandeling bekend is.",
        unit=Unit.AANTAL,
        better=Better.LAGER,
        measure=Count(VRAAG, EENVOUDIG & where),
        owner=OWNER,
        reviewed=REVIEWED,
    )


EENVOUDIG_ELDERS = (
    _lost(
        "eenvoudig_doorgezet",
        "Eenvoudige vragen doorgezet",
        "eenvoudige vragen die het KCC of de website aan een afdeling doorgaf",
        ticket.c.handler == Handler.DOORGEZET,
    ),
    _lost(
        "eenvoudig_bij_afdeling",
        "Eenvoudige vragen rechtstreeks bij een afdeling",
        "eenvoudige vragen die zonder KCC of website bij een afdeling kwamen",
        ticket.c.handler == Handler.AFDELING,
    ),
    _lost(
        "eenvoudig_open",
        "Eenvoudige vragen nog open",
        "eenvoudige vragen bij het KCC of de website die nog niet zijn beantwoord",
        NOT_YET,
    ),
)
ELSEWHERE = tuple(kpi.key for kpi in EENVOUDIG_ELDERS)
