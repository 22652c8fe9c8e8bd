"""Where the 80 % is lost: simple questions not settled digitally or by the KCC, per part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from metrics.concealment import MOST_CUTS
from metrics.facts import Cut, Only
from metrics.kpi import Kpi
from metrics.kpis.eenvoudig import ELSEWHERE
from metrics.losses import REST, Gap, Part, gap, part_of, parts_of
from metrics.periods import Period
from metrics.readings import Query, Reading

KEY = "digitaal_of_kcc"
NARROWING = (Cut.ONDERWERP, Cut.AFDELING, Cut.KANAAL, Cut.SOORT)
"""By what the loss is divided: by the first of these that is not chosen yet."""
WITHIN = (Cut.ONDERWERP, Cut.AFDELING)
"""Choosing these looks into a piece of the whole; the points stay those of the whole."""
ALL = "alles"
HIDDEN = "te weinig vragen om te tonen"
Tell = Callable[[Query], Sequence[Reading]]
Counts = tuple[int | None, ...]


@dataclass(frozen=True)
class Shortfall:
    """The figure of what is asked, and how far it is below the norm by which parts.

    `elsewhere` says per part where its questions went: in the order of `ELSEWHERE`, None where that
    is hidden; `together` says it of all. `whole` is the figure of which the points are a share.
    Without a gap the reason says why. After so many choices as are told, there are no parts.
    """

    by: Cut | None
    reading: Reading
    whole: Reading
    gap: Gap | None
    elsewhere: Mapping[str, Counts]
    together: Counts
    reason: str = ""


@dataclass(frozen=True)
class Scope:
    """What is asked: over which period, of which part."""

    period: Period
    now: datetime
    only: Only

    @property
    def by(self) -> Cut | None:
        """By what it is divided further."""
        left = (cut for cut in NARROWING if cut not in self.only)
        return next(left) if len(self.only) < MOST_CUTS else None

    def query(self, kpis: Sequence[Kpi], *by: Cut) -> Query:
        """Ask figures of what is chosen."""
        return Query(kpis=tuple(kpis), period=self.period, now=self.now, only=self.only, by=by)

    def without(self, *cuts: Cut) -> Scope:
        """The same part, some choices left open."""
        only = {cut: values for cut, values in self.only.items() if cut not in cuts}
        return replace(self, only=only)


def shortfall(tell: Tell, catalogue: Mapping[str, Kpi], scope: Scope) -> Shortfall:
    """Find where the questions of one scope were lost, the largest loss first."""
    figure, *every = (catalogue[key] for key in (KEY, *ELSEWHERE))
    reading, *lost = tell(scope.query([figure, *every]))
    (whole,) = tell(scope.without(*WITHIN).query([figure]))
    cut = tell(scope.query([figure, *every], scope.by)) if scope.by else [reading]
    parts = _parts(reading, cut, scope.by)
    reason = _reason(reading, whole, parts)
    norm = reading.norm
    found = None if reason or not norm else gap(parts, norm.value, part_of(whole, ALL))
    elsewhere = _elsewhere(cut, scope.by, parts) if scope.by and found else {}
    together = tuple(_number(one) for one in lost)
    return Shortfall(scope.by, reading, whole, found, elsewhere, together, reason)


def _reason(reading: Reading, whole: Reading, parts: Sequence[Part]) -> str:
    if reading.hidden or whole.hidden:
        return HIDDEN
    if not parts:
        return reading.reason or HIDDEN
    return "" if reading.norm else "er is geen norm"


def _parts(reading: Reading, cut: Sequence[Reading], by: Cut | None) -> list[Part]:
    if by is None:
        return [part_of(reading, ALL)] if reading.noemer else []
    return parts_of(reading, (one for one in cut if one.kpi.key == KEY), by)


def _elsewhere(cut: Sequence[Reading], by: Cut, parts: Sequence[Part]) -> dict[str, Counts]:
    """Say per part that is shown where its questions went."""
    known = {(one.cut[by], one.kpi.key): _number(one) for one in cut}
    return {
        part.name: tuple(known.get((part.name, key), 0 if part.name != REST else None)
                         for key in ELSEWHERE)
        for part in parts
    }  # fmt: skip


def _number(reading: Reading) -> int | None:
    return None if reading.teller is None else int(reading.teller)
