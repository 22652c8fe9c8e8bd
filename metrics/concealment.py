"""Which parts of a figure stay hidden, month by month: one answer for every surface.

A part is what is left of a figure after a choice. Whatever is asked of parts, the same table of all
parts of the month says which of them may be told, so that no two answers give a third away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import combinations, product

from metrics.command import BadQuestion
from metrics.facts import Cut
from metrics.periods import Grain, buckets, local_day, midnight
from metrics.readings import Query, Reading
from metrics.suppression import TOTAAL, Counts, Key, hidden, with_totals
from metrics.units import Unit

MOST_CUTS = 2
REMEMBERED = 4096
Counted = tuple[tuple[Key, Counts], ...]
AskMany = Callable[[Sequence[Query]], Sequence[Sequence[Reading]]]
Place = tuple[str, date, Key]
"""A figure, a month, and a part of it."""


def too_few(below: int) -> str:
    """Say why a number is not there; the same for a small part and for what guards it."""
    return f"minder dan {below}, of daartoe te herleiden: niet getoond"


def secret(counted: Iterable[tuple[Key, Counts]], below: int) -> frozenset[Key]:
    """Return which parts of a month stay hidden; those without a case are no parts.

    With more cuts also the parts that do not exist are hidden: which those are would tell.
    """
    return _secret(tuple(sorted((key, of) for key, of in counted if sum(of))), below)


@lru_cache(REMEMBERED)
def _secret(counted: Counted, below: int) -> frozenset[Key]:
    """A month that is over rarely changes, and the same numbers hide the same parts."""
    if not counted:
        return frozenset()
    places = [sorted({key[axis] for key, _ in counted}) for axis in range(len(counted[0][0]))]
    known, none = dict(counted), tuple(0 for _ in counted[0][1])
    cells = {_written(key): known.get(key, none) for key in product(*places)}
    elsewhere = _elsewhere(counted, below)
    found = hidden(cells, below, elsewhere, _known(cells, elsewhere))
    return frozenset(key for key in product(*places) if _written(key) in found)


def _written(key: Iterable[str]) -> Key:
    """A place in the table; a part may have any name, also that of the total."""
    return tuple(f"deel {place}" for place in key)


def _known(
    cells: Mapping[Key, Counts], elsewhere: Mapping[Key, bool]
) -> frozenset[tuple[Key, int]]:
    """Find the counts that need no guard: of what does not exist, and 0 in a total that is told."""
    totals = with_totals(cells)
    nothing = [
        (total, which)
        for total, concealed in elsewhere.items()
        if not concealed
        for which, number in enumerate(totals[total])
        if not number
    ]
    told = {(key, n) for total, n in nothing for key in totals if _covers(total, key)}
    empty = {(key, n) for key, of in cells.items() if not sum(of) for n in range(len(of))}
    return frozenset(told | empty)


def _covers(total: Key, key: Key) -> bool:
    return all(place in (TOTAAL, own) for place, own in zip(total, key, strict=True))


def _elsewhere(counted: Counted, below: int) -> dict[Key, bool]:
    """Say of each total whether the table with fewer cuts hides it; the whole is told."""
    axes = range(len(counted[0][0]))
    found = {tuple(TOTAAL for _ in axes): False}
    for kept in (few for size in axes[1:] for few in combinations(axes, size)):
        table = _summed(counted, kept)
        small = secret(table.items(), below)
        for key in table:
            places = dict(zip(kept, _written(key), strict=True))
            found[tuple(places.get(axis, TOTAAL) for axis in axes)] = key in small
    return found


def _summed(counted: Counted, kept: Sequence[int]) -> Mapping[Key, Counts]:
    table: dict[Key, Counts] = {}
    for key, of in counted:
        place = tuple(key[axis] for axis in kept)
        before = table.get(place, tuple(0 for _ in of))
        table[place] = tuple(map(sum, zip(before, of, strict=True)))
    return table


def counts_of(reading: Reading) -> Counts:
    """What may each be told: of a share its part and the rest, else the number of cases."""
    if reading.kpi.unit is Unit.PERCENTAGE and None not in (reading.teller, reading.noemer):
        part, whole = int(reading.teller or 0), int(reading.noemer or 0)
        return part, whole - part
    return (reading.cases,)


def tell(ask_many: AskMany, query: Query, below: int) -> list[Reading]:
    """Answer a question; of its parts only what may be told."""
    axes = _axes(query)
    if not axes:
        return list(ask_many([query])[0])
    _check(query, axes)
    found, every = ask_many([query, replace(query, by=axes, only={}, grain=Grain.MAAND)])
    tables = Tables(query, axes, _small(every, axes, below), too_few(below))
    if len(axes) == 1:
        return [tables.guarded(one) for one in found]
    absent = tables.absent(found, every)
    return sorted((*map(tables.guarded, found), *absent), key=tables.place)


@dataclass(frozen=True)
class Tables:
    """The tables that an answer is taken from: what is hidden in them, and how that is said."""

    query: Query
    axes: Sequence[Cut]
    small: frozenset[Place]
    reason: str

    def guarded(self, one: Reading) -> Reading:
        """Hide a reading when any cell that it adds up is hidden.

        How much was classified, and how much was lost, are counts of their own: not told.
        """
        if self._hides(one):
            return hidden_reading(one, self.reason)
        lost = one.kpi.measure.fact.lost_name
        gaps = tuple(gap for gap in one.gaps if not lost or not gap.endswith(lost))
        return replace(one, gaps=gaps, coverage=None, lower=None, upper=None)

    def absent(self, found: Sequence[Reading], every: Sequence[Reading]) -> Iterator[Reading]:
        """Yield the hidden parts that do not exist, so that they look like those that do."""
        known = {self.place(one) for one in found}
        names = [sorted({one.cut[cut] for one in every}) for cut in self.query.by]
        for model in _models(found, every, self.query):
            for values in product(*names):
                cut = dict(zip(self.query.by, values, strict=True))
                one = replace(model, cut=cut)
                if self._chosen(cut) and self.place(one) not in known and self._hides(one):
                    yield hidden_reading(one, self.reason)

    def _chosen(self, cut: Mapping[Cut, str]) -> bool:
        return all(name in self.query.only.get(of, {name}) for of, name in cut.items())

    def place(self, one: Reading) -> tuple[int, tuple[str, ...], datetime]:
        """Where a reading stands in the answer."""
        return self.query.kpis.index(one.kpi), tuple(one.cut.values()), one.period.start

    def _hides(self, one: Reading) -> bool:
        values = [{one.cut[cut]} if cut in one.cut else self.query.only[cut] for cut in self.axes]
        months = [local_day(part.start) for part in buckets(one.period, Grain.MAAND)]
        places = ((one.kpi.key, month, key) for month in months for key in product(*values))
        return any(place in self.small for place in places)


def hidden_reading(one: Reading, reason: str) -> Reading:
    """Leave nothing of a reading but its name."""
    return replace(
        one, hidden=True, reason=reason, value=None, teller=None, noemer=None, cases=0, gaps=(),
        coverage=None, lower=None, upper=None,
    )  # fmt: skip


def _models(found: Sequence[Reading], every: Sequence[Reading], query: Query) -> Iterable[Reading]:
    """Return a reading per figure and stretch of time, to make another part of."""
    if query.grain is None:
        every = [replace(one, period=query.period, bucket=None) for one in every]
    return {(one.kpi.key, one.period.start): one for one in (*every, *found)}.values()


def _axes(query: Query) -> tuple[Cut, ...]:
    return tuple(sorted({*query.by, *query.only}, key=lambda cut: cut.value))


def _check(query: Query, axes: Sequence[Cut]) -> None:
    """Refuse what would let small numbers be worked out from several answers."""
    if len(axes) > MOST_CUTS:
        hint = f"verdeel en beperk samen naar hoogstens {MOST_CUTS} eigenschappen"
        raise BadQuestion("op", ",".join(cut.value for cut in axes), hint)
    if query.grain not in (None, Grain.MAAND):
        raise BadQuestion("per", query.grain.value, "van een deel worden alleen maanden verteld")
    first, after = local_day(query.period.start), local_day(query.period.end)
    edges = ("van", first, query.period.start), ("tot", after, query.period.end)
    for field, day, instant in edges:
        if day.day != 1 or midnight(day) != instant:
            hint = "van een deel worden alleen hele maanden verteld; kies de eerste van een maand"
            raise BadQuestion(field, day.isoformat(), hint)
    if query.period.end > query.now:
        hint = "van een deel worden alleen maanden verteld die voorbij zijn"
        raise BadQuestion("tot", after.isoformat(), hint)


def _small(every: Iterable[Reading], axes: Sequence[Cut], below: int) -> frozenset[Place]:
    tables: dict[tuple[str, date], dict[Key, Counts]] = {}
    for one in every:
        table = tables.setdefault((one.kpi.key, _month(one.bucket)), {})
        table[tuple(one.cut[cut] for cut in axes)] = counts_of(one)
    return frozenset(
        (*place, key) for place, table in tables.items() for key in secret(table.items(), below)
    )


def _month(begins: datetime | None) -> date:
    if begins is None:
        raise ValueError("a table of parts is of months")
    return local_day(begins)
