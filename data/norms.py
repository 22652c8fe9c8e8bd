"""Norms and the growth paths towards them, as the municipality sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from data.fields import Fields, blocks
from data.mistakes import Mistake

FILE = "normen.toml"
IN_UNITS = "geef een getal; 80 procent is 0.80, tijden in seconden"
SET_BY = "ontbreekt; zeg wie dit vaststelde en waar dat staat"


@dataclass(frozen=True)
class NormSettings:
    """One [[norm]]: the value that a figure should reach, and since when."""

    kpi: str
    value: float
    since: date
    grondslag: str
    margin: float


@dataclass(frozen=True)
class GrowthPath:
    """One [[groeipad]]: from a value in one month, in equal steps, to a value in another."""

    kpi: str
    first: date
    start: float
    last: date
    end: float
    grondslag: str

    def value_in(self, month: date) -> float | None:
        """Return what is expected of a month, or None outside the path."""
        passed, length = _months(self.first, month), _months(self.first, self.last)
        if not 0 <= passed <= length:
            return None
        return self.start + (self.end - self.start) * passed / length


class Norms(NamedTuple):
    """All that stands in the file."""

    norms: list[NormSettings]
    paths: list[GrowthPath]


def read_norms(content: Mapping[str, Any], mistakes: list[Mistake]) -> Norms:
    """Read the file; what is wrong is added to `mistakes` and left out."""
    Fields(content, FILE, "", mistakes).rest(("norm", "groeipad"))
    return Norms(
        blocks(content, "norm", FILE, "kpi", _norm, mistakes),
        blocks(content, "groeipad", FILE, "kpi", _path, mistakes),
    )


def _norm(fields: Fields) -> NormSettings:
    return NormSettings(
        kpi=fields.text("kpi"),
        value=fields.amount("waarde", IN_UNITS),
        since=fields.date_of("sinds"),
        grondslag=fields.text("grondslag", hint=SET_BY),
        margin=fields.amount("marge", "geef een getal in de eenheid van de norm", 0),
    )


def _path(fields: Fields) -> GrowthPath:
    path = GrowthPath(
        kpi=fields.text("kpi"),
        first=fields.date_of("van"),
        start=fields.amount("begin", IN_UNITS),
        last=fields.date_of("tot_en_met"),
        end=fields.amount("eind", IN_UNITS),
        grondslag=fields.text("grondslag", hint=SET_BY),
    )
    if _months(path.first, path.last) <= 0:
        fields.wrong("tot_en_met", "ligt niet in een latere maand dan van")
    return path


def _months(first: date, last: date) -> int:
    """How many months the one lies after the other."""
    return (last.year - first.year) * 12 + last.month - first.month
