"""Stocks that are added up: all that entered less all that left, just before an instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from sqlalchemy import Connection, select

from data.codes import Happening
from data.schema import clock_event
from metrics.accumulate import Bucket, Sums
from metrics.cells import Values
from metrics.facts import Fact
from metrics.kpi import Kpi
from metrics.measures import Folded
from metrics.periods import Period, midnight
from metrics.readings import Query
from metrics.stocks import Balance


class Gap(NamedTuple):
    """A stretch in which a question was closed, and since when it would have been in the stock."""

    question: tuple[int, str]
    closed_at: int
    reopened_at: int
    since: int

    def spans(self, instant: int) -> bool:
        """Tell whether the question was away just before an instant."""
        return self.since < instant and self.closed_at < instant <= self.reopened_at


SumsOf = Callable[[Query, Fact], Sums]
BEGIN = midnight(date(1900, 1, 1))
"""Before the first question."""


def balances(
    connection: Connection,
    organisation: int,
    kpi: Kpi,
    query: Query,
    buckets: Sequence[Bucket],
    sums_of: SumsOf,
) -> Iterator[tuple[Values, Bucket, Folded]]:
    """Yield the stock at the end of each bucket, or at now where that comes first."""
    measure = kpi.measure
    if not isinstance(measure, Balance):
        raise TypeError(kpi.key)
    entered, left = (
        dict(_running(kpi, side.fact, query, buckets, sums_of))
        for side in (measure.enters, measure.leaves)
    )
    away = _away(connection, organisation, measure, query)
    nothing = [0] * len(buckets)
    for group in sorted(entered.keys() | left.keys()):
        came, went = entered.get(group, nothing), left.get(group, nothing)
        for place, bucket in enumerate(buckets):
            instant = ceil(min(bucket.period.end, query.now).timestamp())
            gone = {gap.question for gap in away.get(group, ()) if gap.spans(instant)}
            yield group, bucket, measure.fold(came[place], went[place], len(gone))


def _running(
    kpi: Kpi, fact: Fact, query: Query, buckets: Sequence[Bucket], sums_of: SumsOf
) -> Iterator[tuple[Values, list[int]]]:
    """Yield per group how many there were in all at the end of each bucket."""
    whole = Bucket(Period(BEGIN, query.period.start), None)
    before = sums_of(replace(query, grain=None, period=whole.period), fact)
    during = sums_of(query, fact)
    (place,) = during.plan.places[kpi.key]
    for group in {*before.groups(), *during.groups()}:
        flows = [int(during.group(bucket, group).sums[place]) for bucket in buckets]
        yield (
            group,
            list(accumulate(flows, initial=int(before.group(whole, group).sums[place])))[1:],
        )


def _away(
    connection: Connection, organisation: int, measure: Balance, query: Query
) -> dict[Values, list[Gap]]:
    """Return per group the stretches between closing and reopening that touch the period."""
    cuts, table = measure.fact.cuts, measure.fact.table.c
    by = [cuts[cut] for cut in query.by]
    narrowed = [cuts[cut].in_(sorted(values)) for cut, values in query.only.items()]
    event = clock_event.c
    joined = [event[name] == table[name] for name in ("organisation", "source", "key")]
    found = connection.execute(
        select(*by, event.source, event.key, event.at, event.until, measure.since).where(
            *joined,
            event.organisation == organisation,
            event.kind == Happening.HEROPEND,
            event.until >= int(query.period.start.timestamp()),
            event.at < ceil(query.period.end.timestamp()),
            measure.enters.where,
            *narrowed,
        )
    )
    gaps: dict[Values, list[Gap]] = {}
    for *group, source, key, closed_at, reopened_at, since in found:
        gap = Gap((source, key), closed_at, reopened_at, since)
        gaps.setdefault(tuple(group), []).append(gap)
    return gaps
