"""Counts of calls, by how they ended."""

from __future__ import annotations

from datetime import date

from sqlalchemy import true

from metrics.facts import (
    AANGEBODEN,
    AFGEHAAKT,
    BINNEN_NORM,
    GESLOTEN,
    GESPREK,
    GEWEIGERD,
    KORT,
    MET_TOETS,
    ONBEKEND,
    ONTVANGEN,
    OPGENOMEN,
    OVERGELOPEN,
    Sql,
)
from metrics.kpi import Kpi
from metrics.measures import Count
from metrics.units import Unit

OWNER = "teamleider KCC"
REVIEWED = date(2026, 11, 24)


def _count(key: str, name: str, question: str, formula: str, where: Sql) -> Kpi:
    return Kpi(
        key=key,
        name=name,
        question=question,
        formula=formula,
        unit=Unit.AANTAL,
        measure=Count(GESPREK, where),
        owner=OWNER,
        reviewed=REVIEWED,
    )


OPROEPEN = (
    _count(
        "ontvangen",
        "Ontvangen oproepen",
        "Hoeveel oproepen kwamen binnen?",
        "alle oproepen met een bekende afloop: opgenomen + afgehaakt + overgelopen + gesloten"
        " + geweigerd; wie nu wacht telt nog niet mee",
        ONTVANGEN,
    ),
    _count(
        "aangeboden",
        "Aangeboden oproepen",
        "Hoeveel oproepen kon het KCC aannemen?",
        "ontvangen - gesloten - geweigerd",
        AANGEBODEN,
    ),
    _count(
        "opgenomen",
        "Opgenomen oproepen",
        "Hoeveel bellers kregen iemand aan de lijn?",
        "aangeboden oproepen die een medewerker opnam",
        OPGENOMEN,
    ),
    _count(
        "afgehaakt",
        "Afgehaakte oproepen",
        "Hoeveel bellers hingen op terwijl zij wachtten?",
        "aangeboden oproepen waarbij de beller ophing voor er werd opgenomen",
        AFGEHAAKT,
    ),
    _count(
        "overgelopen",
        "Overgelopen oproepen",
        "Hoeveel bellers verlieten de wachtrij zonder medewerker en zonder op te hangen?",
        "aangeboden oproepen die de wachtrij verlieten: te lang gewacht, niemand aanwezig,"
        " toets gekozen of teruggetrokken",
        OVERGELOPEN,
    ),
    _count(
        "gesloten",
        "Oproepen buiten openingstijd",
        "Hoeveel oproepen kwamen toen het KCC gesloten was?",
        "oproepen die buiten de openingstijden binnenkwamen, hoe zij ook afliepen",
        GESLOTEN,
    ),
    _count(
        "geweigerd",
        "Geweigerde oproepen",
        "Hoeveel oproepen mislukten technisch?",
        "oproepen in openingstijd die de centrale weigerde of niet kon verbinden",
        GEWEIGERD,
    ),
    _count(
        "kort_afgehaakt",
        "Kort afgehaakt",
        "Hoeveel bellers hingen meteen weer op?",
        "afgehaakt binnen de korte tijd van de wachtrij (standaard 5 seconden)",
        AFGEHAAKT & KORT,
    ),
    _count(
        "opgenomen_binnen_norm",
        "Opgenomen binnen de antwoordtijd",
        "Hoeveel bellers kregen op tijd iemand aan de lijn?",
        "opgenomen met een wachttijd tot en met de antwoordtijd van de wachtrij",
        OPGENOMEN & BINNEN_NORM,
    ),
    _count(
        "afgehaakt_binnen_norm",
        "Afgehaakt binnen de antwoordtijd",
        "Hoeveel bellers hingen op voordat de antwoordtijd om was?",
        "afgehaakt met een wachttijd tot en met de antwoordtijd van de wachtrij",
        AFGEHAAKT & BINNEN_NORM,
    ),
    _count(
        "overgelopen_binnen_norm",
        "Overgelopen binnen de antwoordtijd",
        "Hoeveel bellers verlieten de wachtrij voordat de antwoordtijd om was?",
        "overgelopen, zonder toetskeuze, met een wachttijd tot en met de antwoordtijd",
        OVERGELOPEN & BINNEN_NORM & MET_TOETS.is_not(true()),
    ),
    _count(
        "overgelopen_toets",
        "Wachtrij verlaten met een toets",
        "Hoeveel bellers kozen zelf iets anders dan wachten?",
        "overgelopen doordat de beller een toets koos, zoals terugbellen",
        OVERGELOPEN & MET_TOETS,
    ),
    _count(
        "afloop_onbekend",
        "Afloop onbekend",
        "Van hoeveel oproepen weten we niet hoe ze afliepen?",
        "oproepen die open stonden toen de centrale herstartte; zij tellen nergens anders mee",
        ONBEKEND,
    ),
)
