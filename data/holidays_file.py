"""Reads feestdagen.toml: the holidays by rule, and the decrees that equate days with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from data.fields import Fields
from data.holidays import Decree, Holiday, Holidays
from data.mistakes import Mistake, blocks_of

FILE = "feestdagen.toml"
PARTS = ("feestdag", "gelijkgesteld")
FIRST_YEAR, LAST_YEAR = 1, 9999
A_COMMON_YEAR = 2001
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


def read_holidays(content: Mapping[str, Any], mistakes: list[Mistake]) -> Holidays:
    """Build the holidays; what is wrong is added to `mistakes` and left out."""
    Fields(content, FILE, "", mistakes).rest(PARTS)
    yearly = blocks_of(content, "feestdag", FILE, mistakes)
    decrees = blocks_of(content, "gelijkgesteld", FILE, mistakes)
    if not yearly:
        mistakes.append(Mistake(FILE, "feestdag", None, "ontbreekt; geef elke feestdag een blok"))
    return Holidays(
        tuple(_holiday(table, mistakes) for table in yearly),
        tuple(_decree(table, mistakes) for table in decrees),
    )


def _holiday(table: Mapping[str, Any], mistakes: list[Mistake]) -> Holiday:
    fields = Fields(table, FILE, f"feestdag[{table.get('naam')}]", mistakes)
    if fields.has("datum") == fields.has("pasen"):
        fields.wrong("datum", "geef een `datum` of het aantal dagen vanaf `pasen`, en niet beide")
    found = Holiday(
        name=fields.text("naam"),
        source=fields.text("bron"),
        month_day=_month_day(fields),
        from_easter=fields.number("pasen", 0, -80, 250),
        on_sunday=fields.number("op_zondag", 0, -6, 6),
        years=_years(fields),
        shut=fields.flag("gemeente_dicht"),
    )
    if found.month_day and not _stays_in_year(*found.month_day, found.on_sunday):
        fields.wrong("op_zondag", "schuift de dag naar een ander jaar; dat kan niet")
    fields.rest()
    return found


def _stays_in_year(month: int, day: int, moved: int) -> bool:
    return (date(A_COMMON_YEAR, month, day) + timedelta(moved)).year == A_COMMON_YEAR


def _month_day(fields: Fields) -> tuple[int, int] | None:
    if not fields.has("datum"):
        return None
    match = _MONTH_DAY.fullmatch(str(fields.table["datum"]))
    try:
        day = date(A_COMMON_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        fields.wrong("datum", 'schrijf maand en dag als "04-27"; 29 februari kan niet')
        return None
    return (day.month, day.day)


def _years(fields: Fields) -> tuple[int, int]:
    first = fields.number("vanaf", FIRST_YEAR, FIRST_YEAR, LAST_YEAR)
    last = fields.number("tot_en_met", LAST_YEAR, FIRST_YEAR, LAST_YEAR)
    if first > last:
        fields.wrong("vanaf", "ligt na `tot_en_met`")
    return (first, last)


def _decree(table: Mapping[str, Any], mistakes: list[Mistake]) -> Decree:
    fields = Fields(table, FILE, f"gelijkgesteld[{table.get('vanaf')}]", mistakes)
    years = (
        fields.number("vanaf", None, FIRST_YEAR, LAST_YEAR),
        fields.number("tot_en_met", None, FIRST_YEAR, LAST_YEAR),
    )
    days = fields.dates("dagen")
    if not all(years[0] <= day.year <= years[1] for day in days):
        fields.wrong("dagen", "een dag ligt buiten de jaren waarover dit besluit gaat")
    found = Decree(
        years=years,
        days=days,
        source=fields.text("bron"),
        shut=fields.flag("gemeente_dicht"),
    )
    fields.rest()
    return found
