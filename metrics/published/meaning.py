"""What the figures of a report mean, and by what they are judged, as values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from metrics.kpi import Better
from metrics.units import Unit


class Norm(Struct, frozen=True, kw_only=True):
    """A norm, since a day, and who set it."""

    value: float
    text: str
    since: date
    grondslag: str
    margin: float = 0.0


class Path(Struct, frozen=True, kw_only=True):
    """A growth path: from `start` in its first month, in equal steps, to `end` in its last."""

    first: date
    start: float
    last: date
    end: float
    grondslag: str


class Revision(Struct, frozen=True, kw_only=True):
    """What changed in a definition, and from which day on."""

    day: date
    what: str


class Definition(Struct, frozen=True, kw_only=True):
    """What a figure means; the fingerprint differs as soon as the meaning or its SQL does.

    `teller` and `noemer` say in words what is divided, `cases_name` (plural) what is counted, ""
    where nothing is. A `stock` is told at the end of the period, anything else over all of it.
    """

    key: str
    name: str
    question: str
    formula: str
    teller: str | None
    noemer: str | None
    cases_name: str
    bron: str
    unit: Unit
    better: Better
    stock: bool
    caveat: str
    norms: tuple[Norm, ...]
    paths: tuple[Path, ...]
    revisions: tuple[Revision, ...]
    owner: str
    reviewed: date
    fingerprint: str
