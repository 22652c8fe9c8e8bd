"""What the OpenAPI document says of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.json_types import INTEGER, NUMBER, STRING, TRUTH, WORDS, record, several
from metrics.published.edition import State

STATES = {"type": "string", "enum": [state.value for state in State]}
MAYBE_INTEGER = {"type": ["integer", "null"]}
STEP = record(toestand=STATES, rol=STRING, tijdstip=STRING, inhoud=STRING, zegel=STRING)
NOTE = record(over=STRING, tekst=STRING, rol=STRING, tijdstip=STRING)
CHANGE = record(
    kpi=STRING,
    veld=STRING,
    oud=NUMBER,
    nieuw=NUMBER,
    oud_tekst=STRING,
    nieuw_tekst=STRING,
    gevolg=STRING,
)
ERRATUM = record(
    vervangt=INTEGER,
    tijdstip=STRING,
    wat=STRING,
    oorzaak=STRING,
    geinformeerd=STRING,
    rol=STRING,
    gevolg=STRING,
    wezenlijk=TRUTH,
    wijzigingen=several(CHANGE),
)
VERSION: Mapping[str, Any] = {
    "naam": STRING,
    "adres": STRING,
    "periode": STRING,
    "versie": INTEGER,
    "toestand": STATES,
    "gemaakt": STRING,
    "sha256": STRING,
    "inhoud": STRING,
    "vervangen_door": MAYBE_INTEGER,
    "stappen": several(STEP),
    "toelichtingen": several(NOTE),
    "erratum": {**ERRATUM, "type": ["object", "null"]},
}
ROW = record(
    maatstaf=STRING,
    periode=STRING,
    afdeling=STRING,
    teller=NUMBER,
    noemer=NUMBER,
    waarde=NUMBER,
    eenheid=STRING,
    norm=NUMBER,
    status_cel={"type": "string", "enum": ["", "x", ".", "v"]},
    versie=INTEGER,
)
REPORT: Mapping[str, Any] = {
    **VERSION,
    "titel": STRING,
    "cijfers": several(ROW),
    "bestanden": several(record(naam=STRING, soort=STRING, sha256=STRING, adres=STRING)),
}
CORRECTION: Mapping[str, Any] = {
    "periode": STRING,
    "versie": INTEGER,
    "vervangt": INTEGER,
    "datum": STRING,
    "wezenlijk": TRUTH,
    "maatstaf": WORDS,
    "getal": WORDS,
    "oud": NUMBER,
    "nieuw": NUMBER,
    "gevolg": STRING,
    "wat": STRING,
    "oorzaak": STRING,
    "geinformeerd": STRING,
    "rol": STRING,
}
BASE = "/api/v1/rapportages"
KEY = ("key", "De periode: 2026-10, 2026-K3 of 2026.", STRING)
NUMBER_OF = ("number", "Het nummer van de versie.", INTEGER)


def report_paths(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the routes of dashboard/report/api.py; `problem` is what a mistake is told in."""
    missing = {"404": {"description": "Die rapportage of versie is er niet", **problem}}
    return {
        BASE: _get("Alle versies van alle rapportages", several(_named("Version"))),
        f"{BASE}/correcties": _get("Elk getal dat is gecorrigeerd", several(_named("Correction"))),
        f"{BASE}/{{key}}": _get("De versie die geldt", _named("Report"), KEY, more=missing),
        f"{BASE}/{{key}}/v{{number}}": _get(
            "Eén versie, met getallen en bestanden", _named("Report"), KEY, NUMBER_OF, more=missing
        ),
        f"{BASE}/{{key}}/v{{number}}/momentopname": _get(
            "Wat is vastgelegd, op de byte; de SHA-256 ervan staat bij de versie",
            {"type": "object"},
            KEY,
            NUMBER_OF,
            more=missing,
        ),
    }


def _named(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _get(
    summary: str,
    schema: Mapping[str, Any],
    *places: tuple[str, str, Mapping[str, Any]],
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    same = {"304": {"description": "Niets veranderd sinds de gegeven ETag"}}
    answers = {"200": {"description": summary, "content": content}, **same, **(more or {})}
    parameters = [
        {"name": name, "in": "path", "required": True, "description": told, "schema": kind}
        for name, told, kind in places
    ]
    asked = {"parameters": parameters} if parameters else {}
    return {"get": {"summary": summary, **asked, "responses": answers}}
