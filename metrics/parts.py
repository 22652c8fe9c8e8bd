"""The parts of a figure in a month: how sure each is, and the small ones hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from data.thresholds import SmallNumbers
from metrics.facts import Cut
from metrics.intervals import Interval, Size, Verdict, size_of, verdict, wilson
from metrics.readings import Reading
from metrics.suppression import TOTAAL, hidden
from metrics.units import Unit

UNKNOWN = "niet bekend"
REMEMBERED = 2048
Counted = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A figure of one part; a hidden one has nothing but its name, so nothing can leak further."""

    value: str
    reading: Reading | None = None
    size: Size = Size.VERBORGEN
    interval: Interval | None = None
    verdict: Verdict | None = None

    @property
    def name(self) -> str:
        """The name for a reader."""
        return self.value or UNKNOWN


def too_few(small: SmallNumbers) -> str:
    """Say why a number is not there."""
    return f"minder dan {small.hidden_below}: niet getoond"


def parts(readings: Iterable[Reading], cut: Cut, small: SmallNumbers) -> list[Part]:
    """Hide and judge the parts of one month by name; those without a case are left out."""
    found = sorted((one for one in readings if one.cases), key=lambda one: one.cut[cut])
    secret = _secret(_counted(found, cut), small.hidden_below)
    return [_part(one, one.cut[cut], small, hide=one.cut[cut] in secret) for one in found]


def concealed(
    series: Sequence[Reading], beside: Iterable[Reading], cut: Cut, small: SmallNumbers
) -> list[Reading]:
    """Hide the months of a part that its table hides; `beside` has all parts of these months.

    Of months before those nothing but a sum is ever told.
    """
    tables: dict[datetime | None, list[Reading]] = defaultdict(list)
    for one in beside:
        tables[one.bucket].append(one)
    secret = {
        bucket: _secret(_counted(table, cut), small.hidden_below)
        for bucket, table in tables.items()
    }
    return [_guarded(one, secret.get(one.bucket, frozenset()), cut, small) for one in series]


def _guarded(one: Reading, secret: frozenset[str], cut: Cut, small: SmallNumbers) -> Reading:
    few = 0 < one.cases < small.hidden_below
    if not few and one.cut[cut] not in secret:
        return one
    return replace(
        one,
        value=None,
        teller=None,
        noemer=None,
        cases=0,
        coverage=None,
        lower=None,
        upper=None,
        reason=too_few(small),
    )


def _part(one: Reading, value: str, small: SmallNumbers, *, hide: bool) -> Part:
    if hide:
        return Part(value=value)
    size = size_of(one.cases, small)
    if one.kpi.unit is not Unit.PERCENTAGE or one.teller is None or one.noemer is None:
        return Part(value=value, reading=one, size=size)
    norm = one.norm.value if one.norm else None
    return Part(
        value=value,
        reading=one,
        size=size,
        interval=wilson(one.teller, one.noemer),
        verdict=verdict(one.teller, one.noemer, norm, one.kpi.better, small),
    )


def _counted(readings: Iterable[Reading], cut: Cut) -> Counted:
    return tuple((one.cut[cut], _counts(one)) for one in readings if one.cases)


def _counts(one: Reading) -> tuple[int, ...]:
    """What may each be told: of a share its part and the rest, else the number of cases."""
    if one.kpi.unit is Unit.PERCENTAGE and one.teller is not None and one.noemer is not None:
        return int(one.teller), int(one.noemer - one.teller)
    return (one.cases,)


@lru_cache(REMEMBERED)
def _secret(counted: Counted, below: int) -> frozenset[str]:
    """Which parts stay hidden: all of them when their total would have to be hidden too."""
    found = hidden({(f"deel {value}",): counts for value, counts in counted}, below)
    every = (TOTAAL,) in found
    return frozenset(value for value, _ in counted if every or (f"deel {value}",) in found)
