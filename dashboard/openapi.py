"""The OpenAPI document, made from the catalogue and the enumerations so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.json_types import STRING
from dashboard.open_table import FORMS, Column, OpenTable
from dashboard.openapi_reports import report_paths
from dashboard.openapi_schemas import SCHEMAS
from dashboard.openapi_targets import TARGET_PARAMETERS
from metrics import Cut, Grain

MOMENT = "Datum (2026-11-23) of moment met tijdzone (2026-11-23T14:30:00+01:00)"

PAGING: dict[str, tuple[str, Mapping[str, Any]]] = {
    "aantal": (
        "Hoeveel uitkomsten er hoogstens komen; de kop `Link` wijst naar de volgende.",
        {"type": "integer", "minimum": 1},
    ),
    "na": ("Na hoeveel uitkomsten dit deel begint.", {"type": "integer", "minimum": 0}),
}
PARAMETERS: dict[str, tuple[str, Mapping[str, Any]]] = {
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
    **PAGING,
}

WRONG = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}


def document(version: str, catalogue: Iterable[str], tables: Iterable[OpenTable]) -> dict[str, Any]:
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
            "/api/v1/doelen": _targets(),
            "/api/v1/kpis/{key}/csv-metadata.json": _described(catalogue),
            "/api/v1/overgangen": _transitions(),
            **_tables(tables),
            **report_paths(WRONG),
            "/api/v1/openapi.json": _get("Deze beschrijving", {"type": "object"}),
            "/healthz": {"get": {**_get("Gezondheid", {"type": "object"})["get"], **_away()}},
        },
        "components": {"schemas": SCHEMAS},
    }


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
    operation = _asked("Een cijfer over een periode", _list("Reading"))
    unknown = {"404": {"description": "Er is geen cijfer met deze sleutel", **WRONG}}
    responses = {**operation["responses"], **unknown}
    return {"get": {**operation, "parameters": _parameters(catalogue), "responses": responses}}


def _targets() -> dict[str, Any]:
    operation = _asked("De doelen in een maand", _list("Target"))
    parameters = [_parameter(name, *what) for name, what in TARGET_PARAMETERS.items()]
    return {"get": {**operation, "parameters": parameters}}


def _asked(summary: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """An answer that can be a file too, that has a tag, and that can refuse the question."""
    operation = _get(summary, schema)["get"]
    operation["responses"]["200"]["content"]["text/csv"] = {"schema": STRING}
    responses = {
        **operation["responses"],
        "304": {"description": "Niets veranderd sinds de gegeven ETag"},
        "400": {"description": "De vraag klopt niet", **WRONG},
    }
    return {**operation, "responses": responses}


def _transitions() -> dict[str, Any]:
    operation = _get("Wisselingen van stand op de wanden", _list("Transition"))["get"]
    told = {"van": f"{MOMENT}. Standaard: een dag terug.", "wand": "Alleen deze wand."}
    own = [_parameter(name, text, STRING) for name, text in told.items()]
    paging = [_parameter(name, *of) for name, of in PAGING.items()]
    return {"get": {**operation, "parameters": [*own, *paging]}}


def _parameter(name: str, told: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    more = {"explode": name == "alleen"} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "description": told, "schema": schema, **more}


def _described(catalogue: Iterable[str]) -> dict[str, Any]:
    """What describes a CSV takes the same parameters as the CSV itself."""
    operation = _get("De kolommen van de CSV, als CSV on the Web", {"type": "object"})["get"]
    return {"get": {**operation, "parameters": _parameters(catalogue)}}


def _tables(tables: Iterable[OpenTable]) -> dict[str, Any]:
    told = "De kolommen van de CSV, als CSV on the Web"
    return {
        path: {"get": {**operation["get"], "parameters": _asked_of(table)}}
        for table in tables
        for path, operation in (
            (table.address, {"get": _asked(table.summary, _rows(table))}),
            (f"{table.address}/csv-metadata.json", _get(told, {"type": "object"})),
        )
    }


def _asked_of(table: OpenTable) -> list[dict[str, Any]]:
    """The parameters of a table; one without choices is free text."""
    named = {**table.parameters, "vorm": FORMS}
    own = [
        {"name": name, "in": "query", "schema": {**STRING, **({"enum": [*known]} if known else {})}}
        for name, known in named.items()
    ]
    return [*own, *(_parameter(name, *of) for name, of in PAGING.items())]


def _rows(table: OpenTable) -> dict[str, Any]:
    columns = {column.name: _column(column) for column in table.columns}
    row = {"type": "object", "properties": columns, "required": list(columns)}
    return {"type": "array", "items": row}


def _column(column: Column) -> dict[str, Any]:
    of = column.datatype if column.datatype in ("number", "integer") else "string"
    types = of if column.required else [of, "null"]
    return {"type": types, "description": column.told}


def _parameters(catalogue: Iterable[str]) -> list[dict[str, Any]]:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(catalogue)},
    }
    return [key, *(_parameter(name, *what) for name, what in PARAMETERS.items())]
