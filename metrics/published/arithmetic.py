"""What a value of a snapshot must be by the values beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metrics.published.leaves import Place, at
from metrics.units import Unit

SUMS = ("value", "teller", "noemer")


def expected(content: object, place: Place) -> object:
    """Return what a share or a mean, its sums or its text must be; None where nothing says so."""
    *above, field = place
    beside: Any = at(content, tuple(above))
    if not isinstance(beside, dict) or beside.get("value") is None:
        return None
    definition: Any = at(content, ("definitions", place[1].partition(" ")[0]))
    if field == "text":
        return Unit(definition["unit"]).text(beside["value"], _decimals(beside["text"]))
    return _of_sums(beside, field) if field in SUMS and definition["teller"] else None


def _of_sums(beside: Mapping[str, Any], field: str) -> float | None:
    value, teller, noemer = (beside.get(name) for name in SUMS)
    if field == "noemer":
        return float(round(teller / value)) if teller and value else None
    if teller is None or not noemer:
        return None
    return float(teller / noemer if field == "value" else round(value * noemer))


def _decimals(text: str) -> int:
    _, comma, after = text.partition(",")
    return sum(letter.isdigit() for letter in after) if comma else 0
