"""The period of a report, as an address writes it: 2026-10, 2026-K3 or 2026."""

from __future__ import annotations

import re
from datetime import date, datetime

from data.dutch_days import MONTHS
from metrics.command import BadQuestion, check_year
from metrics.periods import local_day, month_before, next_month
from metrics.published.snapshot import Kind, Span

WRITTEN = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})|-K(?P<quarter>[1-4]))?")
HINT = "schrijf een maand als 2026-10, een kwartaal als 2026-K3, een jaar als 2026"
QUARTERS = ("eerste", "tweede", "derde", "vierde")


def parse_span(text: str | None, now: datetime) -> Span:
    """Return the period that is named, or the last month; one that is not over is refused."""
    span = span_of(text or f"{month_before(local_day(now)):%Y-%m}")
    if span.after > local_day(now):
        hint = f"deze periode is pas voorbij op {span.after.isoformat()}"
        raise BadQuestion("periode", span.key, hint)
    return span


def span_of(key: str) -> Span:
    """Return the period with this key."""
    found = WRITTEN.fullmatch(key)
    year, month, quarter = found.group("year", "month", "quarter") if found else ("", None, None)
    try:
        first = date(int(year), int(month or 3 * int(quarter or 1) - 2), 1)
    except ValueError:
        raise BadQuestion("periode", key, HINT) from None
    check_year("periode", key, first)
    if month:
        return _span(key, "maand", f"{MONTHS[first.month - 1]} {year}", first, 1)
    if quarter:
        return _span(key, "kwartaal", f"{QUARTERS[int(quarter) - 1]} kwartaal {year}", first, 3)
    return _span(key, "jaar", year, first, 12)


def _span(key: str, kind: Kind, name: str, first: date, months: int) -> Span:
    after = first
    for _ in range(months):
        after = next_month(after)
    return Span(key=key, kind=kind, name=name, first=first, after=after, month=month_before(after))
