"""Cuts a period into what the tally can answer and what has to be added up from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from metrics.cells import Cells
from metrics.facts import Cut
from metrics.periods import Grain, Period, bucket_start, local_day, midnight, next_month
from metrics.plan import quarter_of
from metrics.readings import Query
from metrics.tally import Tally

Read = Callable[[Tally, Sequence[Cut]], dict[int, Cells]]
FINE = {Grain.KWARTIER: 900, Grain.UUR: 3600}


@dataclass(frozen=True)
class Span:
    """A stretch that is read in one way; `bucket` turns what was read into a bucket start."""

    read: Read
    bucket: Callable[[int], datetime | None]


def spans(query: Query, closed: tuple[date, date] | None) -> Iterator[Span]:
    """Yield the spans of a question; together they cover its period up to now, once.

    `closed` are the days to take from the tally.
    """
    period = query.period.until(query.now)
    if period.start == period.end:
        return
    from_facts = _from_facts_fine if query.grain in FINE else _from_facts
    if closed is None:
        yield from_facts(period, query)
        return
    first, after = closed
    if period.start < midnight(first):
        yield from_facts(Period(period.start, midnight(first)), query)
    yield from _from_tally(first, after, query)
    if midnight(after) < period.end:
        yield from_facts(Period(midnight(after), period.end), query)


def closed_days(query: Query) -> tuple[date, date] | None:
    """Return the local days (half-open) that lie wholly in the period and before today."""
    period, today = query.period.until(query.now), local_day(query.now)
    first = local_day(period.start)
    if midnight(first) < period.start:
        first = date.fromordinal(first.toordinal() + 1)
    after = min(local_day(period.end), today)
    return (first, after) if first < after else None


def closed_months(query: Query) -> tuple[date, date] | None:
    """Return the whole months among these days, when the question can use them."""
    closed = closed_days(query)
    if closed is None or query.grain not in (None, Grain.MAAND):
        return None
    first, after = months_in(*closed)
    return (first, after) if first < after else None


def months_in(first: date, after: date) -> tuple[date, date]:
    """Return where the whole months among some days begin and end."""
    return first if first.day == 1 else next_month(first), after.replace(day=1)


def _from_tally(first: date, after: date, query: Query) -> Iterator[Span]:
    """Quarter-hours where asked, whole months where the buckets allow it, days for the rest."""
    if query.grain in FINE:
        yield _quarters(first, after, query)
        return
    if query.grain not in (None, Grain.MAAND):
        yield _days(first, after, query)
        return
    month_first, month_after = months_in(first, after)
    if month_first >= month_after:
        yield _days(first, after, query)
        return
    if first < month_first:
        yield _days(first, month_first, query)
    yield _months(month_first, month_after, query)
    if month_after < after:
        yield _days(month_after, after, query)


def _days(first: date, after: date, query: Query) -> Span:
    def read(tally: Tally, _cuts: Sequence[Cut]) -> dict[int, Cells]:
        return tally.days(first.toordinal(), after.toordinal())

    return Span(read, _bucket_of_day(query))


def _months(first: date, after: date, query: Query) -> Span:
    def read(tally: Tally, _cuts: Sequence[Cut]) -> dict[int, Cells]:
        return tally.months(first.toordinal(), after.toordinal())

    return Span(read, _bucket_of_day(query))


def _quarters(first: date, after: date, query: Query) -> Span:
    def read(tally: Tally, _cuts: Sequence[Cut]) -> dict[int, Cells]:
        days = range(first.toordinal(), after.toordinal())
        return tally.quarters(days, tally.plan.need(query.kpis))

    return Span(read, _bucket_of_quarter(query))


def _from_facts(period: Period, query: Query) -> Span:
    """Per local day when the question has buckets, in one go when it has not."""

    def read(tally: Tally, cuts: Sequence[Cut]) -> dict[int, Cells]:
        bucket = tally.plan.fact.day if query.grain else None
        need, span = tally.plan.need(query.kpis), _epochs(period)
        return tally.read(cuts, bucket, span, need)

    return Span(read, _bucket_of_day(query))


def _from_facts_fine(period: Period, query: Query) -> Span:
    """Per quarter-hour; both quarters and hours begin at whole multiples in UTC as well."""

    def read(tally: Tally, cuts: Sequence[Cut]) -> dict[int, Cells]:
        bucket = quarter_of(tally.plan.fact)
        need, span = tally.plan.need(query.kpis), _epochs(period)
        return tally.read(cuts, bucket, span, need)

    return Span(read, _bucket_of_quarter(query))


def _bucket_of_quarter(query: Query) -> Callable[[int], datetime | None]:
    step = FINE[query.grain or Grain.KWARTIER]

    def bucket(quarter: int) -> datetime | None:
        begins = quarter * 900 // step * step
        return max(query.period.start, datetime.fromtimestamp(begins, UTC))

    return bucket


def _bucket_of_day(query: Query) -> Callable[[int], datetime | None]:
    grain = query.grain

    def bucket(day: int) -> datetime | None:
        if grain is None:
            return None
        return max(query.period.start, midnight(bucket_start(date.fromordinal(day), grain)))

    return bucket


def _epochs(period: Period) -> tuple[int, int]:
    """Round up: an event of a whole second lies before an instant within that second."""
    return -int(-period.start.timestamp() // 1), -int(-period.end.timestamp() // 1)
