"""Describes a CSV of the API to programs: CSV on the Web, made of the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from metrics import Cut, Kpi

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
MOMENT = "dateTime"
HEAD = (
    ("maatstaf", "Sleutel van het cijfer", "string", True),
    ("van", "Begin van de periode, inclusief", MOMENT, True),
    ("tot", "Einde van de periode, exclusief", MOMENT, True),
    ("per", "Begin van het stuk van de periode", MOMENT, False),
)
TAIL = (
    ("waarde", "Waarde; aandelen zijn 0 tot 1, duren zijn seconden", "number", False),
    ("eenheid", "Eenheid", "string", True),
    ("teller", "Teller", "number", False),
    ("noemer", "Noemer", "number", False),
    ("gevallen", "Aantal gevallen", "integer", True),
    ("norm", "Norm van die dag", "number", False),
    ("grondslag", "Grondslag van de norm", "string", False),
    ("status", "Stand tegenover de norm", "string", True),
    ("as_of", "Moment tot waarop de bronnen zijn gelezen", MOMENT, False),
    ("reason", "Waarom er geen waarde is", "string", False),
    ("dekking", "Deel dat was in te delen", "number", False),
    ("ondergrens", "Waarde als al het andere slecht is", "number", False),
    ("bovengrens", "Waarde als al het andere goed is", "number", False),
    ("status_cel", "x: klein of daartoe te herleiden, en verborgen", "string", False),
    ("gaps", "Wat er aan gegevens ontbreekt", "string", False),
)
"""Name, title, datatype, and whether it is always there; in the order of the file."""


def metadata(kpi: Kpi, cuts: Sequence[Cut], url: str) -> dict[str, Any]:
    """Describe the CSV at an address, cut in these ways."""
    names = [(cut.value, cut.value.capitalize(), "string", True) for cut in cuts]
    key = ["maatstaf", "van", *(cut.value for cut in cuts)]
    return {
        "@context": CONTEXT,
        "url": url,
        "dc:title": kpi.name,
        "dc:description": kpi.formula,
        "dc:license": {"@id": CC0},
        "dc:issued": kpi.reviewed.isoformat(),
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [_column(*column) for column in (*HEAD, *names, *TAIL)],
            "primaryKey": key,
        },
    }


def _column(name: str, title: str, datatype: str, required: bool) -> dict[str, Any]:
    told = {"name": name, "titles": [name], "dc:description": title, "datatype": datatype}
    return {**told, **({"required": True} if required else {"null": [""]})}
