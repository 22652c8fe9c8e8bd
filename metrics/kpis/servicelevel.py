"""The service level in the four other ways that exchanges count it, beside our own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import true

from metrics.facts import AANGEBODEN, AFGEHAAKT, BINNEN_NORM, GESPREK, KORT, OPGENOMEN, Sql
from metrics.kpi import Better, Kpi
from metrics.measures import Share
from metrics.units import Unit

OWNER = "teamleider KCC"
REVIEWED = date(2026, 11, 26)
OWN = "servicelevel"
QUESTION = "Wat zegt een centrale die het servicelevel anders telt?"
ON_TIME = OPGENOMEN & BINNEN_NORM
GIVEN_UP_IN_TIME = AFGEHAAKT & BINNEN_NORM


def _variant(key: str, name: str, formula: str, part: Sql, whole: Sql, whole_name: str) -> Kpi:
    return Kpi(
        key=key,
        name=name,
        question=QUESTION,
        formula=formula,
        caveat="Om naast het rapport van een centrale of leverancier te leggen; sturen doen wij op"
        f" {OWN}.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(GESPREK, part, whole, whole_name),
        owner=OWNER,
        reviewed=REVIEWED,
    )


OTHER_WAYS = (
    _variant(
        "servicelevel_zonder_kort",
        "Servicelevel zonder korte afhakers",
        "opgenomen binnen de antwoordtijd / aangeboden - kort afgehaakt",
        ON_TIME,
        AANGEBODEN & (AFGEHAAKT & KORT).is_not(true()),
        "aangeboden oproepen die niet kort afhaakten",
    ),
    _variant(
        "servicelevel_zonder_vroeg",
        "Servicelevel zonder wie op tijd afhaakte",
        "opgenomen binnen de antwoordtijd / aangeboden - afgehaakt binnen de antwoordtijd",
        ON_TIME,
        AANGEBODEN & GIVEN_UP_IN_TIME.is_not(true()),
        "aangeboden oproepen die niet binnen de antwoordtijd afhaakten",
    ),
    _variant(
        "servicelevel_positief",
        "Servicelevel met op tijd afhaken als goed",
        "opgenomen of afgehaakt binnen de antwoordtijd / aangeboden",
        ON_TIME | GIVEN_UP_IN_TIME,
        AANGEBODEN,
        "aangeboden oproepen",
    ),
    _variant(
        "servicelevel_opgenomen",
        "Servicelevel van wie is opgenomen",
        "opgenomen binnen de antwoordtijd / opgenomen",
        ON_TIME,
        OPGENOMEN,
        "opgenomen oproepen",
    ),
)
VARIANTS = (OWN, *(kpi.key for kpi in OTHER_WAYS))
"""The five ways, our own first: it is the strictest."""
