"""Whether a share can still end the day on its norm: how many of the calls to come must go well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil


class Chance(Enum):
    """What is left to do today."""

    ZEKER = "al zeker"
    MOGELIJK = "nog mogelijk"
    NIET = "niet meer mogelijk"


@dataclass(frozen=True)
class Remaining:
    """So many calls still come, and so many of these must go well; None: even all is too few."""

    calls: int
    needed: int | None

    @property
    def chance(self) -> Chance:
        """Tell whether anything is left to do."""
        if self.needed is None:
            return Chance.NIET
        return Chance.MOGELIJK if self.needed else Chance.ZEKER

    @property
    def spare(self) -> int | None:
        """How many of them may still go wrong."""
        return None if self.needed is None else self.calls - self.needed


def remaining(part: int, whole: int, calls: int, norm: float) -> Remaining:
    """Find how many of so many calls must still go well, `part` of `whole` having done so.

    The norm counts as it is written: 0.9 is nine of ten, and not the float beside it.
    """
    least = max(0, ceil(Fraction(str(norm)) * (whole + calls)) - part)
    return Remaining(calls, least if least <= calls else None)


def ends(part: int, whole: int, calls: int) -> tuple[float, float] | None:
    """Return the share of the day if none and if all of the calls to come go well."""
    everything = whole + calls
    return (part / everything, (part + calls) / everything) if everything else None
