"""One question, one answer: closed days from the tally, the open day from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from data.store import Store
from metrics.accumulate import Bucket, Group, Sums
from metrics.balances import balances
from metrics.facts import Cut, Fact
from metrics.freshness import Reach, SourceState, reach, source_states
from metrics.kpi import Kpi
from metrics.levels import Stocks, levels
from metrics.measures import Folded, Share, Spread
from metrics.periods import buckets, local_day, midnight
from metrics.plan import Plan, facts_of, plan
from metrics.readings import Query, Reading
from metrics.spans import spans
from metrics.stocks import Balance, Stock
from metrics.tally import Tally


class NotCuttable(ValueError):
    """A figure cannot be cut that way."""

    def __init__(self, kpi: Kpi, cut: Cut) -> None:
        self.kpi = kpi
        self.cut = cut
        known = ", ".join(known.value for known in kpi.measure.fact.cuts)
        super().__init__(f"{kpi.key} is niet te verdelen naar {cut.value}; wel naar: {known}")


@dataclass(frozen=True)
class Engine:
    """Answers questions from one store with one catalogue of figures."""

    store: Store
    catalogue: Mapping[str, Kpi]
    plans: dict[str, Plan] = field(init=False, default_factory=dict)
    stocks: Stocks = field(init=False, default_factory=Stocks)

    def __post_init__(self) -> None:
        facts = {fact.name: fact for kpi in self.catalogue.values() for fact in facts_of(kpi)}
        for fact in facts.values():
            self.plans[fact.name] = plan(fact, self.catalogue.values())

    def ask(self, query: Query) -> list[Reading]:
        """Return a reading per figure, cut and bucket, in that order."""
        return self.ask_many([query])[0]

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        """Answer several questions from one moment of the store."""
        for query in queries:
            _check(query)
        tallies: list[Tally] = []
        with self.store.reading() as connection:
            states = source_states(connection, self.store.organisation)
            answers = [self._answer(connection, query, states, tallies) for query in queries]
        for tally in tallies:
            tally.keep()
        return answers

    def _answer(
        self,
        connection: Connection,
        query: Query,
        states: Sequence[SourceState],
        tallies: list[Tally],
    ) -> list[Reading]:
        answers: dict[str, list[Reading]] = {}
        for fact, kpis in _per_fact(query.kpis):
            seen = reach(fact, states, query.now)
            moments = [_moment(query, bucket, seen) for bucket in _buckets(query)]
            flows = [kpi for kpi in kpis if not isinstance(kpi.measure, Stock)]
            if flows:
                sums = self._sums(connection, query, fact, tallies)
                answers |= {kpi.key: self._readings(query, kpi, sums, moments) for kpi in flows}
            for kpi in kpis:
                if isinstance(kpi.measure, Stock):
                    answers[kpi.key] = self._stocks(connection, query, kpi, moments, tallies)
        return [reading for kpi in query.kpis for reading in answers[kpi.key]]

    def quarters(self, kpi: Kpi, days: Sequence[int]) -> list[tuple[int, int, int]]:
        """Return (quarter as epoch // 900, part, whole) of a share, over closed local days."""
        if not isinstance(kpi.measure, Share):
            raise TypeError(kpi.key)
        plan_ = self.plans[kpi.measure.fact.name]
        places = list(plan_.places[kpi.key])
        with self.store.reading() as connection:
            tally = Tally(self.store, connection, plan_, (), [])
            kept = tally.quarter_days(days)
        tally.keep()
        return [
            (int(key[0]), part, whole)
            for cells in kept
            for key, (part, whole) in zip(cells.keys, cells.sums[:, places].tolist(), strict=True)
        ]

    def _sums(self, connection: Connection, query: Query, fact: Fact, tallies: list[Tally]) -> Sums:
        plan_ = self.plans[fact.name]
        cuts = frozenset(query.by) | query.only.keys()
        rollup = fact.rollup_for(cuts)
        sums = Sums(plan_, query.by, query.only)
        tally = Tally(self.store, connection, plan_, rollup or (), [])
        tallies.append(tally)
        organisation = self.store.organisation
        for span in spans(query, tallied=rollup is not None):
            keys = rollup if rollup is not None else tuple(sorted(cuts, key=lambda cut: cut.value))
            for at, cells in span.read(tally, organisation, keys).items():
                sums.add(span.bucket(at), keys, cells)
        return sums

    def _readings(
        self, query: Query, kpi: Kpi, sums: Sums, moments: Sequence[Moment]
    ) -> list[Reading]:
        plan_ = self.plans[kpi.measure.fact.name]
        readings = []
        for values in sums.groups():
            for moment in moments:
                group = sums.group(moment.bucket, values)
                folded = _folded(kpi, plan_.places[kpi.key], group)
                gaps = plan_.lost_text(group.sums) + _provisional(kpi, moment, query.now)
                readings.append(_reading(query, kpi, moment, values, folded, gaps))
        return readings

    def _stocks(
        self,
        connection: Connection,
        query: Query,
        kpi: Kpi,
        moments: Sequence[Moment],
        tallies: list[Tally],
    ) -> list[Reading]:
        of = {moment.bucket: moment for moment in moments}
        here = connection, self.store.organisation, kpi, query, list(of)
        if isinstance(kpi.measure, Balance):
            found = balances(*here, lambda q, fact: self._sums(connection, q, fact, tallies))
        else:
            found = levels(*here, self.stocks)
        return [
            _reading(query, kpi, of[bucket].now_only(), group, folded)
            for group, bucket, folded in found
        ]


@dataclass(frozen=True)
class Moment:
    """A bucket with what the sources can say of it; the same for every figure of a fact."""

    bucket: Bucket
    day: date
    as_of: datetime | None
    unknown: str
    outdated: str
    gaps: tuple[str, ...]

    def now_only(self) -> Moment:
        """A stock cannot be told from sources that are behind."""
        return replace(self, unknown=self.unknown or self.outdated)


def _moment(query: Query, bucket: Bucket, seen: Reach) -> Moment:
    period = bucket.period
    return Moment(
        bucket,
        local_day(period.start),
        seen.as_of,
        seen.unknown(period),
        seen.outdated(min(period.end, query.now)),
        seen.gaps(period.until(query.now)),
    )


def _folded(kpi: Kpi, places: Sequence[int], group: Group) -> Folded:
    measure = kpi.measure
    if isinstance(measure, Spread):
        return measure.fold_counts(*group.counts(places[0]))
    if isinstance(measure, Stock):
        raise TypeError(kpi.key)
    return measure.fold([int(group.sums[place]) for place in places])


def _provisional(kpi: Kpi, moment: Moment, now: datetime) -> tuple[str, ...]:
    """Say from which day on a figure can still change by what happens later."""
    settled = local_day(now) - timedelta(days=kpi.provisional_days)
    passed = moment.bucket.period.end <= midnight(settled)
    if not kpi.provisional_days or passed or moment.unknown:
        return ()
    return (f"voorlopig vanaf {settled.isoformat()}",)


def _check(query: Query) -> None:
    for kpi in query.kpis:
        for cut in (*query.by, *query.only):
            if cut not in kpi.measure.fact.cuts:
                raise NotCuttable(kpi, cut)


def _per_fact(kpis: Sequence[Kpi]) -> Iterable[tuple[Fact, list[Kpi]]]:
    facts = {kpi.measure.fact.name: kpi.measure.fact for kpi in kpis}
    for fact in facts.values():
        yield fact, [kpi for kpi in kpis if kpi.measure.fact is fact]


def _buckets(query: Query) -> list[Bucket]:
    if query.grain is None:
        return [Bucket(query.period, None)]
    return [Bucket(part, part.start) for part in buckets(query.period, query.grain)]


def _reading(
    query: Query,
    kpi: Kpi,
    moment: Moment,
    group: Sequence[str],
    folded: Folded,
    gaps: tuple[str, ...] = (),
) -> Reading:
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
