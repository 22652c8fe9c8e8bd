"""Readings as a tidy table, for spreadsheets and analysts: one row per reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from metrics.readings import Reading

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; names come from logs and exports."""
NAMES = {"kpi": "maatstaf", "value": "waarde", "unit": "eenheid", "cases": "gevallen"}


def frame(readings: Sequence[Reading]) -> pd.DataFrame:
    """Return a row per reading with a column per cut; values unrounded, no value is empty."""
    table = pd.DataFrame([_row(reading) for reading in readings], dtype=object)
    return table.rename(columns=NAMES)


def csv_text(readings: Sequence[Reading]) -> str:
    """Write the table as CSV: UTF-8, comma, decimal point, ISO times with their offset.

    A name that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    cuts = {cut.value for reading in readings for cut in reading.cut}
    return _written(frame(readings), cuts)


def rows_csv(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], names: Iterable[str] = ()
) -> str:
    """Write these columns of other tables in the same way; `names` are those with names."""
    return _written(pd.DataFrame(rows, columns=list(columns), dtype=object), names)


def _written(table: pd.DataFrame, names: Iterable[str]) -> str:
    for name in names:
        table[name] = table[name].map(plain)
    return table.to_csv(index=False, lineterminator="\r\n")


def plain(name: str | None) -> str | None:
    """Put an apostrophe before a name that a spreadsheet would run as a formula."""
    return f"'{name}" if name and name.startswith(FORMULA) else name


def _row(reading: Reading) -> dict[str, Any]:
    told = reading.as_json()
    cut, gaps = told.pop("cut"), told.pop("gaps")
    head = {name: told.pop(name) for name in ("kpi", "van", "tot", "per")}
    return {**head, **cut, **told, "gaps": "; ".join(gaps)}
