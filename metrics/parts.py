"""The parts of a figure in a month: how sure each is, and the small ones hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.thresholds import SmallNumbers
from metrics.facts import Cut
from metrics.intervals import Interval, Size, Verdict, size_of, verdict, wilson
from metrics.readings import Reading
from metrics.units import Unit

UNKNOWN = "niet bekend"


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


def parts(readings: Iterable[Reading], cut: Cut, small: SmallNumbers) -> list[Part]:
    """Judge the parts of one month, as they are told, by name; without a case there is none."""
    found = sorted((one for one in readings if one.cases or one.hidden), key=lambda of: of.cut[cut])
    return [_part(one, one.cut[cut], small) for one in found]


def _part(one: Reading, value: str, small: SmallNumbers) -> Part:
    if one.hidden:
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
