"""The shapes of answers in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.json_types import NUMBER, STRING, WORDS
from dashboard.openapi_reports import CORRECTION, REPORT, VERSION
from dashboard.openapi_targets import TARGET
from metrics import Status, Unit
from metrics.kpi import Better

HIDDEN = {**WORDS, "enum": ["x", None], "description": "x: te klein of herleidbaar, verborgen"}
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
    "status_cel": HIDDEN,
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
    "teller": WORDS,
    "noemer": WORDS,
    "bron": {"type": "string", "enum": ["gesprek", "vraag"]},
    "eenheid": READING["unit"],
    "beter": {"type": "string", "enum": [better.value for better in Better]},
    "let_op": WORDS,
    "verdelingen": STRINGS,
    "normen": {"type": "array", "items": {"type": "object", "properties": NORM}},
    "groeipaden": {"type": "array", "items": {"type": "object"}},
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
PROBLEM = {"title": STRING, "status": {"type": "integer"}, "detail": STRING, "hint": STRING}


def _schema(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed}


SCHEMAS = {
    "Kpi": _schema(KPI),
    "Reading": _schema(READING),
    "Target": _schema({**READING, **TARGET}),
    "Transition": _schema(TRANSITION),
    "Version": _schema(VERSION),
    "Report": _schema(REPORT),
    "Correction": _schema(CORRECTION),
    "Problem": _schema(PROBLEM, required=["title", "status", "detail"]),
}
