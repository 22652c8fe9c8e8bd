"""Where a share falls short of its norm: each part's own share of the gap, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.facts import Cut
from metrics.readings import Reading
from metrics.suppression import TOTAAL

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


def part_of(reading: Reading, name: str) -> Part:
    """Take a share as a part."""
    return Part(name, int(reading.teller or 0), int(reading.noemer or 0))


def parts_of(whole: Reading, readings: Iterable[Reading], cut: Cut) -> list[Part]:
    """Take the parts of a share that may be told, with all that is hidden as one.

    A part without cases is none. When none may be told, nothing is left.
    """
    shown = [part_of(reading, reading.cut[cut]) for reading in readings if reading.noemer]
    told, every = _total(shown), part_of(whole, REST)
    rest = Part(REST, every.good - told.good, every.cases - told.cases)
    return [*shown, rest] if shown and rest.cases else shown
