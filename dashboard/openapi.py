"""The OpenAPI document, made from the catalogue and the enumerations so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from metrics import Cut, Grain, Status, Unit
from metrics.departments import FIGURES
from metrics.intervals import Size
from metrics.kpi import Better

STRING: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": ["number", "null"]}
WORDS: Mapping[str, Any] = {"type": ["string", "null"]}
MOMENT = "Datum (2026-11-23) of moment met tijdzone (2026-11-23T14:30:00+01:00)"

PARAMETERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "van": (f"{MOMENT}, inclusief. Standaard: vandaag.", STRING),
    "tot": (f"{MOMENT}, exclusief. Standaard: een dag na `van`.", STRING),
    "per": (
        "Verdeel de periode in stukken; een antwoord heeft hoogstens 50.000 uitkomsten.",
        {"type": "string", "enum": [grain.value for grain in Grain]},
    ),
    "op": (
        "Splits het cijfer uit; meer waarden met een komma.",
        {"type": "array", "items": {"type": "string", "enum": [cut.value for cut in Cut]}},
    ),
    "alleen": (
        "Beperk het cijfer, bijvoorbeeld `wachtrij:afval`; mag meer keren voorkomen.",
        {"type": "array", "items": STRING},
    ),
    "nu": ("Stel de vraag alsof het dit moment was, met tijdzone.", STRING),
    "vorm": (
        "Het antwoord als `json` (standaard) of als `csv`.",
        {"type": "string", "enum": ["json", "csv"]},
    ),
}

READING = {
    "kpi": STRING,
    "van": STRING,
    "tot": STRING,
    "per": WORDS,
    "cut": {"type": "object", "additionalProperties": STRING},
    "value": NUMBER,
    "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
    "teller": NUMBER,
    "noemer": NUMBER,
    "cases": {"type": "integer"},
    "norm": NUMBER,
    "grondslag": WORDS,
    "status": {"type": "string", "enum": [status.value for status in Status]},
    "as_of": WORDS,
    "gaps": {"type": "array", "items": STRING},
    "reason": WORDS,
    "dekking": NUMBER,
    "ondergrens": NUMBER,
    "bovengrens": NUMBER,
}
STRINGS = {"type": "array", "items": STRING}
NORM = {
    "waarde": {"type": "number"},
    "sinds": STRING,
    "grondslag": STRING,
    "marge": {"type": "number"},
}
KPI = {
    "key": STRING,
    "naam": STRING,
    "vraag": STRING,
    "formule": STRING,
    "eenheid": READING["unit"],
    "beter": {"type": "string", "enum": [better.value for better in Better]},
    "let_op": WORDS,
    "verdelingen": STRINGS,
    "normen": {"type": "array", "items": {"type": "object", "properties": NORM}},
    "herzieningen": {"type": "array", "items": {"type": "object"}},
    "eigenaar": STRING,
    "bijgewerkt": STRING,
}
TRANSITION = {
    "at": STRING,
    "wand": STRING,
    "maatstaf": STRING,
    "voor": STRING,
    "na": STRING,
    "waarde": NUMBER,
    "regel": STRING,
}
DEPARTMENT = {
    "kpi": STRING,
    "maand": STRING,
    "rij": {"type": "string", "enum": ["totaal", "afdeling"]},
    "afdeling": WORDS,
    "waarde": NUMBER,
    "teller": NUMBER,
    "noemer": NUMBER,
    "ondergrens_95": NUMBER,
    "bovengrens_95": NUMBER,
    "norm": NUMBER,
    "oordeel": WORDS,
    "grootte": {"type": "string", "enum": [size.value for size in Size]},
    "status_cel": {"enum": ["x", None], "description": "x: te klein of herleidbaar, verborgen"},
}
PROBLEM = {"title": STRING, "status": {"type": "integer"}, "detail": STRING, "hint": STRING}


def document(version: str, catalogue: Iterable[str]) -> dict[str, Any]:
    """Write the whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Regiebord",
            "version": version,
            "description": "Dezelfde cijfers als op de wand en de opdrachtregel. "
            "Aandelen zijn 0 tot 1, duren zijn seconden, geen waarde is null met een reden.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/kpis": _get("Alle cijfers en hun betekenis", _list("Kpi")),
            "/api/v1/kpis/{key}": _readings(catalogue),
            "/api/v1/overgangen": _transitions(),
            **_tables(),
            "/api/v1/openapi.json": _get("Deze beschrijving", {"type": "object"}),
            "/healthz": {"get": {**_get("Gezondheid", {"type": "object"})["get"], **_away()}},
        },
        "components": {
            "schemas": {
                "Kpi": _schema(KPI),
                "Reading": _schema(READING),
                "Department": _schema(DEPARTMENT),
                "Transition": _schema(TRANSITION),
                "Problem": _schema(PROBLEM, required=["title", "status", "detail"]),
            }
        },
    }


def _schema(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed}


def _list(schema: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _get(summary: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "get": {
            "summary": summary,
            "responses": {"200": {"description": summary, "content": content}},
        }
    }


def _away() -> dict[str, Any]:
    json = {"application/json": {"schema": {"type": "object"}}}
    told = {
        "200": {"description": "De opslag antwoordt", "content": json},
        "503": {"description": "De opslag is niet bereikbaar", "content": json},
    }
    return {"responses": told}


def _readings(catalogue: Iterable[str]) -> dict[str, Any]:
    operation = _get("Een cijfer over een periode", _list("Reading"))["get"]
    wrong = {
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }
    }
    operation["responses"]["200"]["content"]["text/csv"] = {"schema": STRING}
    responses = {
        **operation["responses"],
        "304": {"description": "Niets veranderd sinds de gegeven ETag"},
        "400": {"description": "De vraag klopt niet", **wrong},
        "404": {"description": "Er is geen cijfer met deze sleutel", **wrong},
    }
    return {"get": {**operation, "parameters": _parameters(catalogue), "responses": responses}}


def _transitions() -> dict[str, Any]:
    operation = _get("Wisselingen van stand op de wanden", _list("Transition"))["get"]
    told = {"van": f"{MOMENT}. Standaard: een dag terug.", "wand": "Alleen deze wand."}
    parameters = [
        {"name": name, "in": "query", "description": text, "schema": STRING}
        for name, text in told.items()
    ]
    return {"get": {**operation, "parameters": parameters}}


def _tables() -> dict[str, Any]:
    return {
        "/api/v1/afdelingen": _table(
            "Een cijfer per afdeling, kleine aantallen verborgen",
            _list("Department"),
            cijfer=FIGURES,
            maand=(),
            vorm=("json", "csv"),
        ),
        "/api/v1/vandaag": _table(
            "Vandaag: oproepen per kwartier, bezetting per halfuur, of wat de normen vragen",
            {"type": "array", "items": {"type": "object"}},
            deel=("kwartieren", "bezetting", "normen"),
            vorm=("json", "csv"),
        ),
    }


def _table(summary: str, schema: Mapping[str, Any], **asked: Sequence[str]) -> dict[str, Any]:
    """Describe a table as JSON or CSV; a parameter without choices is free text."""
    operation = _get(summary, schema)["get"]
    operation["responses"]["200"]["content"]["text/csv"] = {"schema": STRING}
    parameters = [
        {"name": name, "in": "query", "schema": {**STRING, **({"enum": [*known]} if known else {})}}
        for name, known in asked.items()
    ]
    return {"get": {**operation, "parameters": parameters}}


def _parameters(catalogue: Iterable[str]) -> list[dict[str, Any]]:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(catalogue)},
    }
    return [
        key,
        *[
            {
                "name": name,
                "in": "query",
                "description": told,
                "schema": schema,
                **({"explode": name == "alleen"} if schema["type"] == "array" else {}),
            }
            for name, (told, schema) in PARAMETERS.items()
        ],
    ]
