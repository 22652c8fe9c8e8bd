"""What a report is made of: every figure of a period with all that may be said of it, as values.

Nothing here looks anything up: a report is drawn from these values alone, however code, norms and
store change later. A value is unrounded; None has a reason, and a hidden cell holds no number.
Times are in UTC. A new field needs a default, so that reports of before can still be read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from metrics.published.goal import Goal, Years
from metrics.published.meaning import Definition, Norm, Revision
from metrics.published.quality import Axis, DayGaps, Parts, Rejected, Source

Kind = Literal["maand", "kwartaal", "jaar"]


class Span(Struct, frozen=True, kw_only=True):
    """The period of a report: `key` as in an address (2026-10, 2026-K3, 2026), `after` exclusive.

    `month` is its last month: that of the targets.
    """

    key: str
    kind: Kind
    name: str
    first: date
    after: date
    month: date


class Code(Struct, frozen=True, kw_only=True):
    """The program that made a snapshot."""

    version: str
    commit: str | None = None


class Header(Struct, frozen=True, kw_only=True):
    """What stands above a document for the council; empty where the municipality set nothing.

    `thema` names the colours in which it is drawn.
    """

    kenmerk: str = ""
    portefeuillehouder: str = ""
    programma: str = ""
    afdeling: str = ""
    auteur: str = ""
    telefoon: str = ""
    email: str = ""
    behandelvoorstel: str = ""
    eerdere_besluiten: tuple[str, ...] = ()
    thema: str = "neutraal"


class Thresholds(Struct, frozen=True, kw_only=True):
    """The thresholds by which signals and small groups were judged (drempels.toml)."""

    trend: int
    shift: int
    fix_after: int
    hidden_below: int
    verdict_from: int


class Figure(Struct, frozen=True, kw_only=True):
    """A figure over the whole period, beside the norm that held when the period began.

    `met` is None without a norm or a value. `norms_within` and `revisions_within` took effect in
    the course of the period; `gaps` says what its sources lacked.
    """

    key: str
    value: float | None
    text: str
    teller: float | None
    noemer: float | None
    cases: int
    norm: Norm | None
    met: bool | None
    reason: str
    gaps: tuple[str, ...]
    coverage: float | None
    lower: float | None
    upper: float | None
    norms_within: tuple[Norm, ...] = ()
    revisions_within: tuple[Revision, ...] = ()


class Snapshot(Struct, frozen=True, kw_only=True):
    """All figures of a period as they were at one instant. Each tuple is in a fixed order."""

    span: Span
    organisation: int
    gemeente: str
    made_at: datetime
    code: Code
    demo: bool
    header: Header
    thresholds: Thresholds
    definitions: tuple[Definition, ...]
    figures: tuple[Figure, ...]
    goals: tuple[Goal, ...]
    parts: tuple[Parts, ...]
    years: tuple[Years, ...]
    sources: tuple[Source, ...]
    gaps: tuple[DayGaps, ...]
    rejected: tuple[Rejected, ...]
    format: int = 1

    def definition(self, key: str) -> Definition:
        """What a figure means."""
        return next(one for one in self.definitions if one.key == key)

    def figure(self, key: str) -> Figure:
        """A figure over the whole period."""
        return next(one for one in self.figures if one.key == key)

    def parts_of(self, key: str, axis: Axis) -> Parts | None:
        """The table of a figure along an axis, if there is one."""
        return next((one for one in self.parts if (one.key, one.axis) == (key, axis)), None)
