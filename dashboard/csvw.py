"""Describes a CSV of the API to programs: CSV on the Web, made of the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.open_table import Column
from metrics import Cut, Kpi

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
MOMENT = "dateTime"
HEAD = (
    Column("maatstaf", "Sleutel van het cijfer", required=True),
    Column("van", "Begin van de periode, inclusief", MOMENT, required=True),
    Column("tot", "Einde van de periode, exclusief", MOMENT, required=True),
    Column("per", "Begin van het stuk van de periode", MOMENT),
)
TAIL = (
    Column("waarde", "Waarde; aandelen zijn 0 tot 1, duren zijn seconden", "number"),
    Column("eenheid", "Eenheid", required=True),
    Column("teller", "Teller", "number"),
    Column("noemer", "Noemer", "number"),
    Column("gevallen", "Aantal gevallen", "integer", required=True),
    Column("norm", "Norm van die dag", "number"),
    Column("grondslag", "Grondslag van de norm"),
    Column("status", "Stand tegenover de norm", required=True),
    Column("as_of", "Moment tot waarop de bronnen zijn gelezen", MOMENT),
    Column("reason", "Waarom er geen waarde is"),
    Column("dekking", "Deel dat was in te delen", "number"),
    Column("ondergrens", "Waarde als al het andere slecht is", "number"),
    Column("bovengrens", "Waarde als al het andere goed is", "number"),
    Column("status_cel", "x: klein of daartoe te herleiden, en verborgen"),
    Column("gaps", "Wat er aan gegevens ontbreekt"),
)
"""The columns of a reading; those of its cuts stand in between."""


def link_to(address: str) -> str:
    """Link a CSV to what describes it, as a header says it."""
    return f'<{address}>; rel="describedby"; type="application/csvm+json"'


def metadata(kpi: Kpi, cuts: Sequence[Cut], url: str) -> dict[str, Any]:
    """Describe the CSV of a figure at an address, cut in these ways."""
    names = [Column(cut.value, cut.value.capitalize(), required=True) for cut in cuts]
    key = ["maatstaf", "van", *(cut.value for cut in cuts)]
    told = described(kpi.name, [*HEAD, *names, *TAIL], key, url)
    return {**told, "dc:description": kpi.formula, "dc:issued": kpi.reviewed.isoformat()}


def described(
    title: str, columns: Sequence[Column], key: Sequence[str], url: str
) -> dict[str, Any]:
    """Describe the CSV with these columns."""
    schema = {"columns": [_column(column) for column in columns]}
    return {
        "@context": CONTEXT,
        "url": url,
        "dc:title": title,
        "dc:license": {"@id": CC0},
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "tableSchema": {**schema, **({"primaryKey": list(key)} if key else {})},
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": [column.name],
        "dc:description": column.told,
        "datatype": column.datatype,
        **({"required": True} if column.required else {"null": [""]}),
    }
