"""The words of the year table, the same on the page and in the files."""

from __future__ import annotations

from dashboard import dutch
from metrics.published.goal import YearValue

UNKNOWN = "n.b."
YEARS_TITLE = "De doelen per jaar"


def heading(year: YearValue) -> str:
    """Write '2025', or '2026 t/m oktober' of a year that is not over."""
    if year.until.month == 12:
        return f"{year.year}"
    return f"{year.year} t/m {dutch.MONTHS[year.until.month - 1]}"
