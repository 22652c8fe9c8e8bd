"""Describes the open data of a report to programs: CSV on the Web, made of the same columns."""

from __future__ import annotations

from typing import Any

from dashboard.csvw import CC0, CONTEXT
from dashboard.report.names import file_name, title_of
from dashboard.report.sentences import Say
from dashboard.report.sheets import Column
from dashboard.report.tidy import COLUMNS, MARKS
from metrics.published.edition import Edition


def metadata(edition: Edition) -> dict[str, Any]:
    """Describe the CSV that lies beside this file."""
    told = edition.snapshot
    notes = [f"{mark}: {meaning}" for mark, meaning in MARKS.items()]
    concept = [Say.IS_CONCEPT()] if edition.is_concept else []
    about = " ".join([*concept, "Alle getallen van de rapportage.", *notes])
    return {
        "@context": CONTEXT,
        "url": file_name(edition, "csv"),
        "dc:title": title_of(edition),
        "dc:description": about,
        "dc:publisher": f"Gemeente {told.gemeente}".strip(),
        "dc:license": {"@id": CC0},
        "dc:issued": told.made_at.date().isoformat(),
        "dc:identifier": f"sha256:{edition.sha256}",
        "dc:language": "nl",
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [_column(column) for column in COLUMNS],
            "primaryKey": ["maatstaf", "periode", "afdeling"],
        },
    }


def _column(column: Column) -> dict[str, Any]:
    told = {
        "name": column.key,
        "titles": {"nl": [column.key, column.label]},
        "dc:description": column.about,
        "datatype": column.kind.value,
    }
    return {**told, **({"required": True} if column.required else {"null": [""]})}
