"""Writes a definition out, for the catalogue, the API and the docs."""

from __future__ import annotations

from typing import Any

from metrics.kpi import Kpi


def describe(kpi: Kpi) -> dict[str, Any]:
    """Return everything that is fixed about a figure, as JSON can hold it."""
    return {
        "key": kpi.key,
        "naam": kpi.name,
        "vraag": kpi.question,
        "formule": kpi.formula,
        "eenheid": kpi.unit.value,
        "beter": kpi.better.value,
        "let_op": kpi.caveat or None,
        "verdelingen": [cut.value for cut in kpi.measure.fact.cuts],
        "normen": [
            {
                "waarde": norm.value,
                "sinds": norm.since.isoformat(),
                "grondslag": norm.grondslag,
                "marge": norm.margin,
            }
            for norm in kpi.norms
        ],
        "herzieningen": [{"datum": day.isoformat(), "wat": what} for day, what in kpi.revisions],
        "eigenaar": kpi.owner,
        "bijgewerkt": kpi.reviewed.isoformat(),
    }
