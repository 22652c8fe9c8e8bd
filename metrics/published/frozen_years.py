"""Freezes the year table of budgets: the norm, three whole years, and the year so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from msgspec import structs

from data.dutch_days import date_text
from metrics.freshness import SourceState
from metrics.periods import Period, local_day, month_before, next_month
from metrics.published.frozen_figures import number
from metrics.published.frozen_meaning import norm
from metrics.published.goal import Years, YearValue
from metrics.readings import Query, Reading

YEARS_BACK = 3


def questions(query: Query, month: date) -> list[Query]:
    """Ask the same figures over the last three whole years, and over the year up to a month."""
    starts = [date(month.year - back, 1, 1) for back in range(YEARS_BACK, -1, -1)]
    ends = [*starts[1:], next_month(month)]
    return [
        replace(query, period=Period.days(first, after), grain=None)
        for first, after in zip(starts, ends, strict=True)
    ]


def years(answers: Sequence[Sequence[Reading]], sources: Sequence[SourceState]) -> list[Years]:
    """Make a row per figure of the answers, which are in the order of the questions."""
    return [_row(row, sources) for row in zip(*answers, strict=True)]


def _row(row: Sequence[Reading], sources: Sequence[SourceState]) -> Years:
    *past, so_far = [_value(reading, sources) for reading in row]
    kpi = row[-1].kpi
    held = kpi.norm_on(so_far.until)
    return Years(
        key=kpi.key,
        norm=norm(held, kpi.unit) if held else None,
        past=tuple(past),
        so_far=so_far,
    )


def _value(reading: Reading, sources: Sequence[SourceState]) -> YearValue:
    """A year of which only a part is known is not known."""
    reason = _begins_later(reading, sources) or reading.reason
    until = month_before(local_day(reading.period.end))
    held = reading.kpi.norm_on(local_day(reading.period.start))
    value = YearValue(
        year=until.year,
        until=until,
        value=None,
        text=reading.kpi.unit.text(None),
        teller=None,
        noemer=None,
        norm=held.value if held else None,
        reason=reason,
    )
    return value if reason else _known(value, reading)


def _known(value: YearValue, reading: Reading) -> YearValue:
    return structs.replace(
        value,
        value=number(reading.value),
        text=reading.text,
        teller=number(reading.teller),
        noemer=number(reading.noemer),
    )


def _begins_later(reading: Reading, sources: Sequence[SourceState]) -> str:
    """Say which source begins in the course of the period when all do; or nothing."""
    feed = reading.kpi.measure.fact.feed
    begun = [
        (source.earliest, source.naam)
        for source in sources
        if feed in source.feeds and source.earliest is not None
    ]
    if not begun or min(begun)[0] <= reading.period.start:
        return ""
    at, naam = min(begun)
    return f"{naam} begint op {date_text(local_day(at))}"
