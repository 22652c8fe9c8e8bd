"""Makes readings of what was added up: per bucket, with what the sources can say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from metrics.accumulate import Bucket, Group
from metrics.freshness import Reach
from metrics.kpi import Kpi
from metrics.measures import Folded, Spread
from metrics.periods import buckets, local_day, midnight
from metrics.readings import Query, Reading
from metrics.stocks import Stock


@dataclass(frozen=True)
class Moment:
    """A bucket with what the sources can say of it; the same for every figure of a fact."""

    bucket: Bucket
    day: date
    as_of: datetime | None
    unknown: str
    gaps: tuple[str, ...]

    def of_stock(self, seen: Reach) -> Moment:
        """A stock cannot be told from sources that are behind."""
        instant = min(self.bucket.period.end, seen.now)
        return replace(self, unknown=self.unknown or seen.outdated(instant))


def moments(query: Query, seen: Reach) -> list[Moment]:
    """Return the buckets of a question, in order."""
    return [
        Moment(
            bucket,
            local_day(bucket.period.start),
            seen.as_of,
            seen.unknown(bucket.period),
            seen.gaps(bucket.period),
        )
        for bucket in _buckets(query)
    ]


def _buckets(query: Query) -> list[Bucket]:
    if query.grain is None:
        return [Bucket(query.period, None)]
    return [Bucket(part, part.start) for part in buckets(query.period, query.grain)]


def fold(kpi: Kpi, places: Sequence[int], group: Group) -> Folded:
    """Make the value of a flow of what was added up."""
    measure = kpi.measure
    if isinstance(measure, Spread):
        return measure.fold_counts(*group.counts[places[0]])
    if isinstance(measure, Stock):
        raise TypeError(kpi.key)
    return measure.fold([int(group.sums[place]) for place in places])


def provisional(kpi: Kpi, moment: Moment, now: datetime) -> tuple[str, ...]:
    """Say from which day on a figure can still change by what happens later."""
    if not kpi.provisional_days or moment.unknown:
        return ()
    settled = local_day(now) - timedelta(days=kpi.provisional_days)
    if moment.bucket.period.end <= midnight(settled):
        return ()
    return (f"voorlopig vanaf {settled.isoformat()}",)


def reading(
    query: Query,
    kpi: Kpi,
    moment: Moment,
    group: Sequence[str],
    folded: Folded,
    gaps: tuple[str, ...] = (),
) -> Reading:
    """Tell a value, or why it is not known."""
    if moment.unknown:
        folded = Folded(None, reason=moment.unknown)
    return Reading(
        kpi=kpi,
        period=moment.bucket.period,
        bucket=moment.bucket.start,
        cut=dict(zip(query.by, group, strict=True)),
        value=folded.value,
        teller=folded.teller,
        noemer=folded.noemer,
        cases=folded.cases,
        norm=kpi.norm_on(moment.day),
        as_of=moment.as_of,
        gaps=moment.gaps + gaps,
        reason=folded.reason,
        coverage=folded.coverage,
        lower=folded.lower,
        upper=folded.upper,
    )
