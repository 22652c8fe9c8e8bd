"""Figures about complex questions and initiatives: a person and a direction, fast."""

from __future__ import annotations

from datetime import date

from sqlalchemy import true

from metrics.facts import CONTACTPERSOON, CONTACTPERSOON_OP_TIJD, RICHTING, RICHTING_OP_TIJD
from metrics.kpi import Better, Kpi
from metrics.measures import Share
from metrics.units import Unit

OWNER = "manager dienstverlening"
REVIEWED = date(2026, 11, 25)

INITIATIEVEN = (
    Kpi(
        key="vast_contactpersoon",
        name="Vast contactpersoon bij complexe vragen",
        question="Wist de vrager snel wie zijn vaste contactpersoon is?",
        formula="complexe vragen en initiatieven met een vaste contactpersoon uiterlijk op de dag"
        " van het eerstvolgende overleg na ontvangst / complexe vragen en initiatieven waarvan dat"
        " overleg in de periode was",
        caveat="Overleg is op donderdag, tenzij afspraken.toml anders zegt. Wie op de dag van het"
        " overleg vraagt, valt onder het volgende.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(
            CONTACTPERSOON, CONTACTPERSOON_OP_TIJD, true(), "complexe vragen en initiatieven"
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="richting_gegeven",
        name="Richting binnen één collegevergadering",
        question="Wist de initiatiefnemer snel of het college positief is?",
        formula="initiatieven waarvan het college een richting noteerde uiterlijk op de dag van"
        " zijn eerstvolgende vergadering na het overleg / initiatieven die in een overleg zijn"
        " besproken en waarvan die vergadering in de periode was",
        caveat="Het college vergadert op dinsdag, tenzij afspraken.toml anders zegt.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(RICHTING, RICHTING_OP_TIJD, true(), "besproken initiatieven"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
)
