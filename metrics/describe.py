"""Writes a definition out, for the catalogue, the API and the docs."""

from __future__ import annotations

from typing import Any

from metrics.kpi import Kpi
from metrics.measures import CoveredShare, Mean, Share

DIVIDED_BY = " / "


def terms_of(kpi: Kpi) -> tuple[str, str] | None:
    """Return what is divided by what, in words; None when nothing is."""
    if not isinstance(kpi.measure, Share | CoveredShare | Mean):
        return None
    above, _, below = kpi.formula.partition(DIVIDED_BY)
    return above, below


def found_in(kpi: Kpi, words: str) -> bool:
    """Tell whether all these words occur in a definition."""
    told = (kpi.key, kpi.name, kpi.question, kpi.formula, kpi.caveat, kpi.owner)
    text = " ".join(told).casefold()
    return all(word in text for word in words.casefold().split())


def describe(kpi: Kpi) -> dict[str, Any]:
    """Return everything that is fixed about a figure, as JSON can hold it."""
    teller, noemer = terms_of(kpi) or (None, None)
    return {
        "key": kpi.key,
        "naam": kpi.name,
        "vraag": kpi.question,
        "formule": kpi.formula,
        "teller": teller,
        "noemer": noemer,
        "bron": kpi.measure.fact.feed,
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
        "groeipaden": [
            {
                "van": f"{path.first:%Y-%m}",
                "begin": path.start,
                "tot_en_met": f"{path.last:%Y-%m}",
                "eind": path.end,
                "grondslag": path.grondslag,
            }
            for path in kpi.paths
        ],
        "herzieningen": [{"datum": day.isoformat(), "wat": what} for day, what in kpi.revisions],
        "eigenaar": kpi.owner,
        "bijgewerkt": kpi.reviewed.isoformat(),
    }
