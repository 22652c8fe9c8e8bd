"""Where a share falls short of its norm: each part's own share of the gap, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.facts import Cut
from metrics.readings import Reading
from metrics.suppression import TOTAAL, hidden

REST = "overige (te klein om te tonen)"


@dataclass(frozen=True)
class Part:
    """What went well out of all cases of one part of the whole."""

    name: str
    good: int
    cases: int


@dataclass(frozen=True)
class Loss:
    """What one part costs the whole, as a share of all cases; a part above the norm costs less.

    `if_met` is the share of the whole if this part reached the norm, and no other part changed.
    """

    part: Part
    points: Fraction
    if_met: Fraction

    @property
    def share(self) -> Fraction | None:
        """The share of the part itself."""
        return Fraction(self.part.good, self.part.cases) if self.part.cases else None


@dataclass(frozen=True)
class Gap:
    """How far a whole is below its norm (above it: less than nothing), and by which parts."""

    whole: Part
    norm: Fraction
    points: Fraction
    losses: tuple[Loss, ...]

    @property
    def share(self) -> Fraction:
        """The share of the whole."""
        return Fraction(self.whole.good, self.whole.cases)


def gap(parts: Sequence[Part], norm: float, whole: Part | None = None) -> Gap | None:
    """Divide the gap to a norm over parts; together they are the gap exactly.

    `whole` is what the points are a share of, when the parts are only a piece of it: their points
    then add up to what that piece costs the whole. Of no cases there is no gap.
    """
    level = Fraction(str(norm))
    piece = _total(parts)
    whole = whole or piece
    if not whole.cases:
        return None
    share = Fraction(whole.good, whole.cases)
    found = [_loss(part, level, share, whole.cases) for part in parts]
    ordered = sorted(found, key=lambda loss: (-loss.points, loss.part.name))
    return Gap(whole, level, _points(piece, level, whole.cases), tuple(ordered))


def _loss(part: Part, norm: Fraction, share: Fraction, cases: int) -> Loss:
    points = _points(part, norm, cases)
    return Loss(part, points, share + max(points, Fraction(0)))


def _points(part: Part, norm: Fraction, cases: int) -> Fraction:
    return (norm * part.cases - part.good) / cases


def _total(parts: Iterable[Part], name: str = TOTAAL) -> Part:
    known = list(parts)
    return Part(name, sum(part.good for part in known), sum(part.cases for part in known))


def parts_of(readings: Iterable[Reading], cut: Cut) -> list[Part]:
    """Take the parts of a share that was cut one way; a part without cases is none."""
    return [
        Part(reading.cut[cut], int(reading.teller or 0), int(reading.noemer))
        for reading in readings
        if reading.noemer
    ]


def shown(parts: Sequence[Part], below: int) -> list[Part]:
    """Put the parts that are too small together, with what would give them away.

    What they have in common could be subtracted from the total anyhow. When not even the total may
    be told, nothing is left.
    """
    secret = hidden({(part.name,): (part.good, part.cases - part.good) for part in parts}, below)
    if (TOTAAL,) in secret:
        return []
    small = [part for part in parts if (part.name,) in secret]
    open_ = [part for part in parts if (part.name,) not in secret]
    return [*open_, _total(small, REST)] if small else open_
