"""How sure the figures of a report are: parts, sources, missing days, rows set aside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Size = Literal["verborgen", "open", "gewoon"]
Verdict = Literal["gehaald", "niet_gehaald", "onbeslist"]
Axis = Literal["afdeling", "kanaal", "onderwerp"]


class Cell(Struct, frozen=True, kw_only=True):
    """One part in a table; a hidden one (size `verborgen`) has nothing but its name.

    `low` and `high` are its 95 % interval. `side` is -1 or 1 where a share lies below or above the
    whole by more than chance ever does.
    """

    name: str
    size: Size = "verborgen"
    value: float | None = None
    text: str = ""
    teller: float | None = None
    noemer: float | None = None
    cases: int | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict | None = None
    side: int = 0

    @property
    def shown(self) -> bool:
        """Whether its numbers may be told."""
        return self.size != "verborgen"


class Parts(Struct, frozen=True, kw_only=True):
    """A figure per department, channel or topic, by name; small cells and their guards hidden.

    Without `rows` nothing may be told, and `withheld` says why.
    """

    key: str
    axis: Axis
    rows: tuple[Cell, ...]
    withheld: str = ""


class Source(Struct, frozen=True, kw_only=True):
    """How far a source had been read when the snapshot was made."""

    naam: str
    soort: str
    feeds: tuple[str, ...]
    earliest: datetime | None
    newest: datetime | None
    checked_at: datetime | None
    error: str
    demo: bool


class DayGaps(Struct, frozen=True, kw_only=True):
    """The days of the period on which sources told nothing (`missing`), or not all (`partial`).

    `feed` is as in a definition's `bron`, `plural` its word for a reader. `open_days` are the days
    in the period on which something had to be told: the municipality was open.
    """

    feed: str
    plural: str
    sources: tuple[str, ...]
    days: int
    open_days: int
    missing: tuple[date, ...]
    partial: tuple[date, ...]


class Rejected(Struct, frozen=True, kw_only=True):
    """How many rows of a source were set aside from the start of the period until it was frozen."""

    naam: str
    number: int
