"""Figures about calls."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case

from data.codes import Outcome, Presence
from data.schema import call, staffing
from metrics.facts import (
    AANGEBODEN,
    AFGEHAAKT,
    BEZETTING,
    BINNEN_NORM,
    DOORVERBONDEN,
    GESPREK,
    OPGENOMEN,
)
from metrics.kpi import Better, Kpi
from metrics.measures import Mean, Share, Spread
from metrics.stocks import Level, Longest
from metrics.units import Unit

LONGEST_WAIT_S = 4 * 3600
LONGEST_CALL_S = 4 * 3600
LONGEST_SHIFT_S = 16 * 3600
SMALLEST_GROUP = 5
OWNER = "teamleider KCC"
REVIEWED = date(2026, 11, 24)
HUNG_UP_AT = case((call.c.outcome == Outcome.OPGENOMEN, call.c.ended_at), else_=call.c.left_at)
"""Whom nobody answered never talked: for him the call ends when he leaves the queue."""


def _staff(key: str, name: str, question: str, formula: str, others: bool) -> Kpi:
    return Kpi(
        key=key,
        name=name,
        question=question,
        formula=formula,
        caveat=f"Bij minder dan {SMALLEST_GROUP} aangemelde medewerkers niet getoond.",
        unit=Unit.AANTAL,
        measure=Level(
            BEZETTING,
            staffing.c.begins_at,
            staffing.c.ends_at,
            LONGEST_SHIFT_S,
            where=staffing.c.presence == Presence.BESCHIKBAAR,
            distinct=staffing.c.token,
            smallest_group=SMALLEST_GROUP,
            others=others,
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    )


FIGURES = (
    Kpi(
        key="bereikbaarheid",
        name="Telefonische bereikbaarheid",
        question="Welk deel van de bellers kreeg iemand aan de lijn?",
        formula="opgenomen / aangeboden, binnen openingstijden",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(GESPREK, OPGENOMEN, AANGEBODEN, "aangeboden oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="servicelevel",
        name="Binnen de antwoordtijd opgenomen",
        question="Welk deel van de bellers kreeg snel genoeg iemand aan de lijn?",
        formula="opgenomen binnen de antwoordtijd van de wachtrij (standaard 30 seconden)"
        " / aangeboden; elke afhaker telt als niet op tijd",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(GESPREK, OPGENOMEN & BINNEN_NORM, AANGEBODEN, "aangeboden oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="servicelevel_60",
        name="Binnen 60 seconden opgenomen",
        question="Welk deel van de bellers kreeg binnen een minuut iemand aan de lijn?",
        formula="opgenomen binnen 60 seconden / aangeboden",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(
            GESPREK, OPGENOMEN & (call.c.wait_s <= 60), AANGEBODEN, "aangeboden oproepen"
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="wachttijd",
        name="Gemiddelde wachttijd",
        question="Hoe lang wachtten de bellers die iemand aan de lijn kregen?",
        formula="seconden gewacht door opgenomen oproepen / opgenomen oproepen",
        caveat="Wie ophing telt hier niet mee; zie de wachttijd tot ophangen.",
        unit=Unit.SECONDEN,
        better=Better.LAGER,
        measure=Mean(GESPREK, call.c.wait_s, OPGENOMEN, "opgenomen oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    *(
        Kpi(
            key=f"wachttijd_p{percent}",
            name=name,
            question=question,
            formula=f"de kleinste wachttijd die {percent}% van de aangeboden oproepen niet"
            " overschrijdt, afhakers meegeteld",
            unit=Unit.SECONDEN,
            better=Better.LAGER,
            measure=Spread(
                GESPREK, call.c.wait_s, AANGEBODEN, percent / 100, "aangeboden oproepen"
            ),
            owner=OWNER,
            reviewed=REVIEWED,
        )
        for percent, name, question in (
            (50, "Wachttijd, mediaan", "Hoe lang wachtte de middelste beller?"),
            (90, "Wachttijd, P90", "Hoe lang wachtten negen van de tien bellers hoogstens?"),
        )
    ),
    Kpi(
        key="afhakers",
        name="Afhakers",
        question="Welk deel van de bellers gaf het op?",
        formula="afgehaakt / aangeboden; korte afhakers tellen mee en staan er apart bij",
        unit=Unit.PERCENTAGE,
        better=Better.LAGER,
        measure=Share(GESPREK, AFGEHAAKT, AANGEBODEN, "aangeboden oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="wachttijd_afhakers",
        name="Wachttijd tot ophangen",
        question="Hoe lang wachtten bellers voordat zij ophingen?",
        formula="seconden gewacht door afgehaakte oproepen / afgehaakte oproepen",
        unit=Unit.SECONDEN,
        better=Better.LAGER,
        measure=Mean(GESPREK, call.c.wait_s, AFGEHAAKT, "afgehaakte oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="gesprekstijd",
        name="Gemiddelde gesprekstijd",
        question="Hoe lang duurde een gesprek?",
        formula="seconden gesproken / opgenomen oproepen waarvan de gesprekstijd bekend is",
        unit=Unit.SECONDEN,
        measure=Mean(GESPREK, call.c.talk_s, OPGENOMEN, "afgelopen gesprekken"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="doorverbonden",
        name="Doorverbonden",
        question="Welk deel van de bellers moest naar een ander?",
        formula="opgenomen oproepen die zijn doorverbonden / opgenomen oproepen",
        unit=Unit.PERCENTAGE,
        better=Better.LAGER,
        measure=Share(GESPREK, DOORVERBONDEN, OPGENOMEN, "opgenomen oproepen"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
)

LEVELS = (
    Kpi(
        key="wachtenden",
        name="Wachtenden nu",
        question="Hoeveel bellers wachten er nu?",
        formula="oproepen die binnenkwamen en de wachtrij nog niet hebben verlaten",
        unit=Unit.AANTAL,
        better=Better.LAGER,
        measure=Level(GESPREK, call.c.arrived_at, call.c.left_at, LONGEST_WAIT_S),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="langst_wachtende",
        name="Langst wachtende",
        question="Hoe lang wacht de beller die het langst wacht?",
        formula="nu - aankomst van de beller die het langst in de wachtrij staat; 0 als er"
        " niemand wacht",
        unit=Unit.SECONDEN,
        better=Better.LAGER,
        measure=Longest(
            GESPREK,
            call.c.arrived_at,
            call.c.left_at,
            LONGEST_WAIT_S,
            call.c.arrived_at > 0,
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="gesprekken_nu",
        name="Gesprekken nu",
        question="Hoeveel bellers zijn er nu in gesprek?",
        formula="oproepen die zijn opgenomen en nog niet zijn beëindigd",
        caveat=f"{LONGEST_CALL_S // 3600} uur na binnenkomst telt een oproep niet meer mee.",
        unit=Unit.AANTAL,
        measure=Level(GESPREK, call.c.left_at, HUNG_UP_AT, LONGEST_CALL_S),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    _staff(
        "medewerkers_beschikbaar",
        "Medewerkers beschikbaar",
        "Hoeveel medewerkers kunnen nu een gesprek aannemen?",
        "medewerkers die zijn aangemeld en niet pauzeren; wie in gesprek is telt mee",
        others=False,
    ),
    _staff(
        "medewerkers_pauze",
        "Medewerkers in pauze",
        "Hoeveel medewerkers zijn er nu wel, maar pauzeren?",
        "medewerkers die zijn aangemeld - beschikbare medewerkers; wie in de ene wachtrij pauzeert"
        " en in een andere beschikbaar is, telt als beschikbaar",
        others=True,
    ),
)

TELEFONIE = (*FIGURES, *LEVELS)
