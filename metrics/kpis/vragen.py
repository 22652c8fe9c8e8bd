"""Figures about questions: how many, settled where, at once or not, and how long they took."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, not_, or_, true

from data.schema import ticket
from metrics.facts import (
    AFHANDELING_BEKEND,
    ANTWOORD,
    BEVESTIGD_OP_TIJD,
    BEVESTIGING,
    DIGITAAL_OF_KCC,
    EENVOUDIG,
    HERHALING_BEKEND,
    IN_EEN_KEER,
    ONDERWERP_BEKEND,
    OOIT_OPEN,
    VRAAG,
)
from metrics.kpi import Better, Kpi
from metrics.measures import Count, CoveredShare, Share, Spread
from metrics.stocks import Balance
from metrics.units import Unit

OWNER = "manager dienstverlening"
REVIEWED = date(2026, 11, 24)
OPEN_CAVEAT = (
    "Telt op de dag van ontvangst. Vragen die nog openstaan tellen niet mee: over de laatste weken"
    " is het cijfer daardoor te gunstig."
)
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
        key="in_een_keer_goed",
        name="In één keer goed",
        question="Welk deel van de vragen was met één contact klaar?",
        formula="vragen waarna dezelfde persoon binnen 7 dagen niet opnieuw contact had over"
        " hetzelfde onderwerp / vragen waarvan persoon (als pseudoniem) en onderwerp bekend zijn",
        caveat="De laatste 7 dagen zijn voorlopig: een herhaling kan nog komen. Wat in één gesprek"
        " is vastgelegd is één contact. De dekking zegt van welk deel de persoon bekend is.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=CoveredShare(
            VRAAG,
            part=IN_EEN_KEER,
            whole=HERHALING_BEKEND,
            unclear=not_(HERHALING_BEKEND),
            classified=HERHALING_BEKEND,
            whole_name="vragen waarvan de persoon bekend is",
        ),
        provisional_days=7,
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="ontvangst_bevestigd",
        name="Ontvangst op tijd bevestigd",
        question="Hoeveel inwoners hoorden op tijd dat hun vraag is aangekomen?",
        formula="vragen die binnen de afgesproken werkdagen zijn bevestigd of beantwoord / vragen"
        " langs kanalen waarvoor dat is afgesproken en waarvan die termijn is verstreken",
        caveat="Telt op de dag waarop de bevestiging er uiterlijk moest zijn.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(
            BEVESTIGING, BEVESTIGD_OP_TIJD, true(), "vragen die bevestigd moesten worden"
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="doorlooptijd_p50",
        name="Doorlooptijd, mediaan",
        question="Binnen hoeveel werkdagen had de helft van de inwoners antwoord?",
        formula="het kleinste aantal werkdagen dat de helft van de beantwoorde vragen niet"
        " overschrijdt, van ontvangst tot antwoord",
        caveat=OPEN_CAVEAT,
        unit=Unit.WERKDAGEN,
        better=Better.LAGER,
        measure=Spread(VRAAG, ticket.c.werkdagen, true(), 0.5, "beantwoorde vragen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="doorlooptijd_p90",
        name="Doorlooptijd, 90e percentiel",
        question="Binnen hoeveel werkdagen hadden negen van de tien inwoners antwoord?",
        formula="het kleinste aantal werkdagen dat 90% van de beantwoorde vragen niet"
        " overschrijdt, van ontvangst tot antwoord",
        caveat=OPEN_CAVEAT,
        unit=Unit.WERKDAGEN,
        better=Better.LAGER,
        measure=Spread(VRAAG, ticket.c.werkdagen, true(), 0.9, "beantwoorde vragen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="openstaand",
        name="Openstaande vragen",
        question="Hoeveel vragen wachten op antwoord?",
        formula="vragen die zijn ontvangen en op dat moment niet beantwoord of gesloten",
        unit=Unit.AANTAL,
        better=Better.LAGER,
        measure=Balance(Count(VRAAG, OOIT_OPEN), Count(ANTWOORD, OOIT_OPEN), ticket.c.received_at),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
)
