"""What the OpenAPI document says of targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.json_types import INTEGER, MAYBE, NUMBER, STRING, TRUTH, WORDS, record, several

TARGET_PARAMETERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "maand": ("Een maand die voorbij is, zoals 2026-10. Standaard: de laatste.", STRING),
    "doel": ("Alleen het doel met deze sleutel.", STRING),
    "alleen": (
        "Alleen een deel, zoals `afdeling:Burgerzaken`; te kleine maanden hebben geen waarde.",
        STRING,
    ),
    "nu": ("Stel de vraag alsof het dit moment was, met tijdzone.", STRING),
    "vorm": (
        "Het antwoord als `json` (standaard), of als `csv` met een rij per doel en maand.",
        {"type": "string", "enum": ["json", "csv"]},
    ),
}
ESTIMATE = {"waarde": NUMBER, "ondergrens": NUMBER, "bovengrens": NUMBER, "reden": WORDS}
MONTH = record(
    maand=STRING,
    waarde=NUMBER,
    teller=NUMBER,
    noemer=NUMBER,
    norm=NUMBER,
    groeipad=NUMBER,
    signaal=WORDS,
    betekenis=WORDS,
)
TARGET = {
    "naam": STRING,
    "maand": STRING,
    "tekst": STRING,
    "gehaald": MAYBE,
    "vorig_jaar": NUMBER,
    "variatie": WORDS,
    "zekerheid": WORDS,
    "voorlopig": TRUTH,
    "wat_te_doen": WORDS,
    "groeipad": NUMBER,
    "op_groeipad": MAYBE,
    "prognose": record(maanden=several(STRING), **ESTIMATE),
    "trefkans": record(uitgekomen=INTEGER, maanden=INTEGER),
    "jaar": record(tot_nu=NUMBER, **ESTIMATE),
    "nodig": record(waarde=NUMBER, haalbaarheid=WORDS, reden=WORDS),
    "reeks": several(MONTH),
    "grenzen": several(
        record(
            vanaf=STRING, gemiddelde=NUMBER, ondergrens=NUMBER, bovengrens=NUMBER, voorlopig=TRUTH
        )
    ),
    "gebeurtenissen": several(
        record(datum=STRING, tot_en_met=STRING, tekst=STRING, eigenaar=STRING)
    ),
    "herijkingen": several(
        record(datum=STRING, reden=STRING, auteur=STRING, goedgekeurd_door=STRING)
    ),
}
"""What a target says beside its reading."""
