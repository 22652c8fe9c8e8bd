"""The report for the council: when its concept is made, and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.fields import Fields
from data.mistakes import Mistake

FILE = "rapport.toml"
LONGEST = 500
USUAL, LAST_WORKDAY = 5, 20
HEADER = (
    *("kenmerk", "portefeuillehouder", "programma", "afdeling", "auteur", "telefoon", "email"),
    "behandelvoorstel",
)
DECISIONS = "eerdere_besluiten"


@dataclass(frozen=True)
class ReportSettings:
    """On which working day the concept of the month before is made (0: by hand only); its header.

    The keys of `header` are those of HEADER; what the municipality left out is empty.
    """

    concept_on_workday: int
    header: Mapping[str, str]
    decisions: tuple[str, ...]


def read_report(content: Mapping[str, Any], mistakes: list[Mistake]) -> ReportSettings:
    """Read the file; what is wrong is added to `mistakes`, what is left out is empty."""
    file = Fields(content, FILE, "", mistakes)
    report, header = file.inner("rapport"), file.inner("kop")
    file.rest()
    on_day = report.number("concept_op_werkdag", USUAL, 0, LAST_WORKDAY) if report else USUAL
    if report:
        report.rest()
    if header is None:
        return ReportSettings(on_day, dict.fromkeys(HEADER, ""), ())
    told = {key: header.name(key, LONGEST, "") for key in HEADER}
    decisions = tuple(header.texts(DECISIONS))
    header.rest()
    return ReportSettings(on_day, told, decisions)
