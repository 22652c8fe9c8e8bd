"""Where the 80 % is lost: simple questions not settled digitally or by the KCC, per part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from metrics.facts import Cut, Only
from metrics.kpi import Kpi
from metrics.kpis.eenvoudig import ELSEWHERE
from metrics.losses import REST, Gap, Part, gap, parts_of, shown
from metrics.periods import Period
from metrics.readings import Query, Reading

KEY = "digitaal_of_kcc"
NARROWING = (Cut.ONDERWERP, Cut.AFDELING, Cut.KANAAL, Cut.SOORT)
"""By what the loss is divided: by the first of these that is not chosen yet."""
WITHIN = (Cut.ONDERWERP, Cut.AFDELING)
"""Choosing these looks into a piece of the whole; the points stay those of the whole."""
TOO_SMALL = "te weinig vragen om te tonen"
AskMany = Callable[[Sequence[Query]], Sequence[Sequence[Reading]]]


@dataclass(frozen=True)
class Shortfall:
    """The figure of what is asked, and how far it is below the norm by which parts.

    `elsewhere` says per part where its questions went: in the order of `ELSEWHERE`. `whole` is the
    figure of which the points are a share. Without a gap the reason says why.
    """

    by: Cut
    reading: Reading
    whole: Reading
    gap: Gap | None
    elsewhere: Mapping[str, tuple[int, ...]]
    reason: str = ""


@dataclass(frozen=True)
class Scope:
    """What is asked: over which period, of which part, and from what number on it is told."""

    period: Period
    now: datetime
    only: Only
    below: int

    def without(self, *cuts: Cut) -> Only:
        """The same part, some choices left open."""
        return {cut: values for cut, values in self.only.items() if cut not in cuts}


def shortfall(ask_many: AskMany, catalogue: Mapping[str, Kpi], scope: Scope) -> Shortfall:
    """Find where the questions of one scope were lost, the largest loss first."""
    by = next((cut for cut in NARROWING if cut not in scope.only), NARROWING[-1])
    figure = (catalogue[KEY],)
    every = (*figure, *(catalogue[key] for key in ELSEWHERE))
    asked = [
        _query(scope, figure, scope.only),
        _query(scope, figure, scope.without(*WITHIN)),
        _query(scope, every, scope.only, by),
        *(_query(scope, figure, scope.without(cut), cut) for cut in scope.only),
    ]
    (reading,), (whole,), cut, *around = ask_many(asked)
    return _made(by, reading, whole, cut, scope, _given_away(scope, around))


def _query(scope: Scope, kpis: tuple[Kpi, ...], only: Only, *by: Cut) -> Query:
    return Query(kpis=kpis, period=scope.period, now=scope.now, only=only, by=by)


def _given_away(scope: Scope, around: Sequence[Sequence[Reading]]) -> bool:
    """Tell whether what was chosen is a part that stays hidden among its neighbours."""
    for (cut, values), readings in zip(scope.only.items(), around, strict=True):
        open_ = {part.name for part in shown(parts_of(readings, cut), scope.below)}
        if not values <= open_:
            return True
    return False


def _made(
    by: Cut,
    reading: Reading,
    whole: Reading,
    cut: Sequence[Reading],
    scope: Scope,
    secret: bool,
) -> Shortfall:
    figures = [one for one in cut if one.kpi.key == KEY]
    parts = [] if secret else shown(parts_of(figures, by), scope.below)
    if not parts:
        return Shortfall(by, reading, whole, None, {}, reading.reason or TOO_SMALL)
    if reading.norm is None:
        return Shortfall(by, reading, whole, None, {}, "er is geen norm")
    all_ = Part("alles", int(whole.teller or 0), int(whole.noemer or 0))
    names = frozenset(part.name for part in parts)
    return Shortfall(
        by, reading, whole, gap(parts, reading.norm.value, all_), _elsewhere(cut, by, names)
    )


def _elsewhere(
    readings: Sequence[Reading], by: Cut, names: frozenset[str]
) -> dict[str, tuple[int, ...]]:
    """Say per part that is shown where its questions went; the small ones stand together."""
    found = {name: [0] * len(ELSEWHERE) for name in names}
    for reading in readings:
        name = reading.cut[by] if reading.cut[by] in names else REST
        if reading.kpi.key in ELSEWHERE and name in found:
            found[name][ELSEWHERE.index(reading.kpi.key)] += int(reading.teller or 0)
    return {name: tuple(counts) for name, counts in found.items()}
