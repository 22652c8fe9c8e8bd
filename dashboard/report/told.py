"""Versions of reports as JSON: state, hashes, steps, numbers and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.report.asking import address
from dashboard.report.names import title_of
from dashboard.report.tidy import rows
from metrics.periods import local_text
from metrics.published.canonical import digest
from metrics.published.edition import Edition, Rendered, Step
from metrics.published.entry import Entry
from metrics.published.spans import span_of


def as_json(entry: Entry) -> dict[str, Any]:
    """Tell of a version without its contents. Who signed is told by role, as in the document."""
    return {
        "periode": entry.key,
        "naam": span_of(entry.key).name,
        "versie": entry.number,
        "stand": entry.state.value,
        "vastgesteld": entry.frozen,
        "vervangen_door": entry.replaced_by,
        "vervangt": entry.erratum.replaces if entry.erratum else None,
        "vastgelegd_op": local_text(entry.made_at),
        "sha256": entry.sha256,
        "inhoud": entry.content,
        "stappen": [_step(one) for one in entry.steps],
        "adres": address(entry),
    }


def whole(entry: Entry, edition: Edition, files: Sequence[Rendered]) -> dict[str, Any]:
    """Tell of a version with its numbers and its files."""
    return {
        **as_json(entry),
        "titel": title_of(edition),
        "cijfers": [row._asdict() for row in rows(edition)],
        "toelichtingen": [
            {"over": one.about, "tekst": one.text, "rol": one.role, "op": local_text(one.at)}
            for one in edition.notes
        ],
        "bestanden": [
            {
                "naam": one.name,
                "soort": one.media_type,
                "sha256": digest(one.content),
                "adres": f"{address(entry)}/{one.name}",
            }
            for one in files
        ],
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "stand": one.state.value,
        "rol": one.role,
        "op": local_text(one.at),
        "inhoud": one.content,
        "zegel": one.seal,
    }
