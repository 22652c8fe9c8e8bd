"""The choice of a month, which most pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from dashboard.filters import Filter
from metrics.command import parse_month
from metrics.months import last_months
from metrics.periods import local_day
from metrics.target_words import month_text

KEY = "maand"


def month_filter(now: datetime, *, running: bool = False) -> Filter:
    """Offer the months that are over, the last one first; `running` also the present one."""
    over = last_months(parse_month(None, now))
    choices = {month_key(month): month_text(month) for month in over}
    if running:
        present = local_day(now)
        choices = {month_key(present): f"{month_text(present)} (loopt nog)", **choices}
    return Filter(key=KEY, label="Maand", choices=choices, default=month_key(over[0]))


def chosen_month(months: Filter, asked: Mapping[str, str]) -> date:
    """Return the first day of the month that is asked for."""
    return date.fromisoformat(f"{months.chosen(asked)}-01")


def month_key(month: date) -> str:
    """Write a month as an address does."""
    return f"{month:%Y-%m}"
