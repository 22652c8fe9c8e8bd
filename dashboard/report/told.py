"""Versions of reports as JSON: as on the command line, with their address, numbers and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.report.asking import address
from dashboard.report.names import title_of
from dashboard.report.telling import entry_json
from dashboard.report.tidy import rows
from metrics.published.canonical import digest
from metrics.published.edition import Edition, Rendered
from metrics.published.entry import Entry
from metrics.published.spans import span_of

PERSON = "door"


def as_json(entry: Entry) -> dict[str, Any]:
    """Tell of a version. Who signed is told by role, as in the document: other programs publish."""
    told = entry_json(entry)
    steps = [
        {name: value for name, value in step.items() if name != PERSON} for step in told["stappen"]
    ]
    place = {"naam": span_of(entry.key).name, "adres": address(entry)}
    return {**place, **told, "stappen": steps}


def whole(entry: Entry, edition: Edition, files: Sequence[Rendered]) -> dict[str, Any]:
    """Tell of a version with its numbers and its files."""
    return {
        **as_json(entry),
        "titel": title_of(edition),
        "cijfers": [row._asdict() for row in rows(edition)],
        "bestanden": [_file(entry, one) for one in files],
    }


def _file(entry: Entry, file: Rendered) -> dict[str, str]:
    return {
        "naam": file.name,
        "soort": file.media_type,
        "sha256": digest(file.content),
        "adres": f"{address(entry)}/{file.name}",
    }
