"""Figures about questions: what is simple and settled at once, and what is answered in time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, not_, or_, true

from metrics.facts import (
    AFHANDELING_BEKEND,
    DIGITAAL_OF_KCC,
    EENVOUDIG,
    ONDERWERP_BEKEND,
    OP_TIJD,
    TERMIJN,
    VRAAG,
)
from metrics.kpi import Better, Kpi
from metrics.measures import Count, CoveredShare, Share
from metrics.units import Unit

OWNER = "manager dienstverlening"
REVIEWED = date(2026, 11, 24)
_CLASSIFIED = and_(ONDERWERP_BEKEND, AFHANDELING_BEKEND)

VRAGEN = (
    Kpi(
        key="vragen",
        name="Vragen van inwoners",
        question="Hoeveel vragen kwamen binnen, langs alle kanalen?",
        formula="alle vragen die in de periode zijn ontvangen",
        unit=Unit.AANTAL,
        measure=Count(VRAAG, true()),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="digitaal_of_kcc",
        name="Eenvoudige vragen digitaal of via het KCC afgehandeld",
        question="Welk deel van de eenvoudige vragen is digitaal of door het KCC afgehandeld?",
        formula="eenvoudige vragen die digitaal of door het KCC zijn afgesloten zonder doorzetten"
        " / alle eenvoudige vragen waarvan de afhandeling bekend is, ook die rechtstreeks naar een"
        " afdeling gingen",
        caveat="De dekking zegt van welk deel van de vragen onderwerp en afhandeling bekend zijn."
        " De grenzen tellen alle andere vragen als niet gelukt, en als wel gelukt.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=CoveredShare(
            VRAAG,
            part=DIGITAAL_OF_KCC,
            whole=and_(EENVOUDIG, AFHANDELING_BEKEND),
            unclear=or_(not_(ONDERWERP_BEKEND), and_(EENVOUDIG, not_(AFHANDELING_BEKEND))),
            classified=_CLASSIFIED,
            whole_name="eenvoudige vragen met bekende afhandeling",
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="binnen_termijn",
        name="Binnen termijn beantwoord",
        question="Welk deel van de vragen is op tijd beantwoord?",
        formula="vragen die op of voor hun uiterste datum zijn gesloten / alle vragen waarvan de"
        " uiterste datum in de periode valt en is verstreken",
        caveat="De uiterste datum is die van het bronsysteem."
        " Vragen zonder termijn tellen niet mee.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(TERMIJN, OP_TIJD, true(), "verstreken termijnen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
)
