"""One question, one answer: closed days from the tally, the open day from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from sqlalchemy import Connection

from data.store import Store
from metrics.accumulate import Bucket, Sums
from metrics.balances import balances
from metrics.facts import Cut, Fact
from metrics.freshness import SourceState, reach, source_states
from metrics.kpi import Kpi
from metrics.levels import Stocks, levels
from metrics.measures import Ints, Share, Spread
from metrics.moments import Moment, fold, moments, provisional, reading
from metrics.plan import Plan, facts_of, plan
from metrics.readings import Query, Reading
from metrics.spans import closed_days, closed_months, spans
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

    @contextmanager
    def look(self) -> Iterator[Look]:
        """Look at one moment of the store; what had to be added up for it is kept afterwards."""
        with self.store.reading() as connection:
            look = Look(self, connection)
            yield look
        for tally in look.tallies:
            tally.keep()

    def ask(self, query: Query) -> list[Reading]:
        """Return a reading per figure, cut and bucket, in that order."""
        with self.look() as look:
            return look.ask_many([query])[0]


@dataclass(frozen=True)
class Look:
    """One moment of the store: all that is asked of it agrees."""

    engine: Engine
    connection: Connection
    tallies: list[Tally] = field(default_factory=list)

    @cached_property
    def states(self) -> Sequence[SourceState]:
        """The state of every source."""
        return source_states(self.connection, self.engine.store.organisation)

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        """Answer questions, each with a reading per figure, cut and bucket, in that order."""
        for query in queries:
            _check(query)
        return [self._answer(query) for query in queries]

    def told(self, fact: Fact, days: Sequence[int]) -> list[int]:
        """Return those of some local days of which a source told anything at all."""
        tally = self.tally(self.engine.plans[fact.name], ())
        versions = tally.versions(min(days, default=0), max(days, default=0) + 1)
        return [day for day in days if day in versions]

    def quarters(self, kpi: Kpi, days: Sequence[int]) -> Ints:
        """Return rows (quarter as epoch // 900, part, whole) of a share, over closed local days."""
        if not isinstance(kpi.measure, Share):
            raise TypeError(kpi.key)
        plan_ = self.engine.plans[kpi.measure.fact.name]
        kept = self.tally(plan_, ()).quarter_days(days)
        quarters = [int(key[0]) for cells in kept for key in cells.keys]
        sums = np.concatenate([plan_.nothing().sums, *(cells.sums for cells in kept)])
        return np.column_stack([np.array(quarters, np.int64), sums[:, plan_.places[kpi.key]]])

    def spread(self, query: Query) -> tuple[Ints, Ints]:
        """Return the values of one spread over a whole period, and how often each occurs."""
        (kpi,) = query.kpis
        if not isinstance(kpi.measure, Spread):
            raise TypeError(kpi.key)
        sums = self._sums(query, kpi.measure.fact)
        (place,) = sums.plan.places[kpi.key]
        return sums.group(Bucket(query.period, None), ()).counts[place]

    def _answer(self, query: Query) -> list[Reading]:
        answers: dict[str, list[Reading]] = {}
        for fact, kpis in _per_fact(query.kpis):
            seen = reach(fact, self.states, query.now)
            parts = moments(query, seen)
            flows = [kpi for kpi in kpis if not isinstance(kpi.measure, Stock)]
            if flows:
                sums = self._sums(query, fact)
                answers |= {kpi.key: _readings(query, kpi, sums, parts) for kpi in flows}
            for kpi in kpis:
                if isinstance(kpi.measure, Stock):
                    known = [part.of_stock(seen) for part in parts]
                    answers[kpi.key] = self._stocks(query, kpi, known)
        return [reading for kpi in query.kpis for reading in answers[kpi.key]]

    def _sums(self, query: Query, fact: Fact) -> Sums:
        plan_ = self.engine.plans[fact.name]
        cuts = frozenset(query.by) | query.only.keys()
        rollup = fact.rollup_for(cuts)
        closed = closed_days(query) if rollup is not None else closed_months(query)
        sums = Sums(plan_, query.by, query.only, plan_.need(query.kpis).spreads)
        keys = tuple(sorted(cuts, key=lambda cut: cut.value)) if rollup is None else rollup
        tally = self.tally(plan_, keys)
        for span in spans(query, closed):
            for at, cells in span.read(tally, keys).items():
                sums.add(span.bucket(at), keys, cells)
        return sums

    def tally(self, plan_: Plan, rollup: tuple[Cut, ...]) -> Tally:
        """Return the tally of a fact; what it makes is kept when the look is over."""
        tally = Tally(self.engine.store, self.connection, plan_, rollup, [])
        self.tallies.append(tally)
        return tally

    def _stocks(self, query: Query, kpi: Kpi, parts: Sequence[Moment]) -> list[Reading]:
        of = {part.bucket: part for part in parts}
        asked = self.connection, self.engine.store.organisation, kpi, query, list(of)
        if isinstance(kpi.measure, Balance):
            found = balances(*asked, self._sums)
        else:
            found = levels(*asked, self.engine.stocks)
        return [reading(query, kpi, of[bucket], group, value) for group, bucket, value in found]


def _readings(query: Query, kpi: Kpi, sums: Sums, parts: Sequence[Moment]) -> list[Reading]:
    readings = []
    for values in sums.groups():
        for part in parts:
            group = sums.group(part.bucket, values)
            folded = fold(kpi, sums.plan.places[kpi.key], group)
            gaps = sums.plan.lost_text(group.sums) + provisional(kpi, part, query.now)
            readings.append(reading(query, kpi, part, values, folded, gaps))
    return readings


def _check(query: Query) -> None:
    for kpi in query.kpis:
        for cut in (*query.by, *query.only):
            if cut not in kpi.measure.fact.cuts:
                raise NotCuttable(kpi, cut)


def _per_fact(kpis: Sequence[Kpi]) -> Iterable[tuple[Fact, list[Kpi]]]:
    facts = {kpi.measure.fact.name: kpi.measure.fact for kpi in kpis}
    for fact in facts.values():
        yield fact, [kpi for kpi in kpis if kpi.measure.fact is fact]
