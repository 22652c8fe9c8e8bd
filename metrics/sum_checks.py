"""Checks that every row is counted once: outcomes add up to the whole that they are of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.kpis.eenvoudig import ELSEWHERE
from metrics.readings import Reading


@dataclass(frozen=True)
class Sum:
    """A whole and its parts, by the keys of their figures."""

    name: str
    whole: str
    parts: tuple[str, ...]


SUMS = (
    Sum(
        "Elke ontvangen oproep heeft één afloop",
        "ontvangen",
        ("opgenomen", "afgehaakt", "overgelopen", "gesloten", "geweigerd"),
    ),
    Sum(
        "Elke verstreken termijn heeft één uitkomst",
        "termijnen_verstreken",
        (
            *("binnen_eerste_termijn", "na_verlenging", "te_laat_beantwoord"),
            *("verstreken_en_open", "termijn_onbepaalbaar"),
        ),
    ),
    Sum(
        "Elke eenvoudige vraag is op één plek afgehandeld",
        "digitaal_of_kcc",
        ("digitaal_of_kcc", *ELSEWHERE),
    ),
)
KEYS = tuple(dict.fromkeys(key for one in SUMS for key in (one.whole, *one.parts)))


@dataclass(frozen=True)
class Check:
    """One sum as it came out, over one period; a figure that is not known leaves it open."""

    sum: Sum
    whole: Reading
    parts: tuple[Reading, ...]

    @property
    def expected(self) -> int | None:
        """The whole: of a share, what it is a share of."""
        return _whole(self.whole.teller if self.whole.noemer is None else self.whole.noemer)

    @property
    def numbers(self) -> list[int | None]:
        """The parts: of a share, its part."""
        return [_whole(reading.teller) for reading in self.parts]

    @property
    def found(self) -> int | None:
        """What the parts add up to."""
        known = [number for number in self.numbers if number is not None]
        return sum(known) if len(known) == len(self.parts) else None

    @property
    def met(self) -> bool | None:
        """Tell whether it adds up; None when that is not known."""
        unknown = self.expected is None or self.found is None
        return None if unknown else self.expected == self.found


def checks(readings: Iterable[Reading]) -> list[Check]:
    """Check every sum on the readings of one period."""
    of = {reading.kpi.key: reading for reading in readings}
    return [Check(one, of[one.whole], tuple(of[key] for key in one.parts)) for one in SUMS]


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
