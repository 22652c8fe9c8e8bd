"""A report as values: what it says and in which order, without how it looks.

PDF and web page draw the same document, so neither can say something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from data.dutch_days import date_text
from metrics.units import NO_VALUE, decimal_text


class Mark(Enum):
    """What stands on every page of a document that must not be taken for the valid one."""

    CONCEPT = "CONCEPT"
    VERVANGEN = "VERVANGEN"


@dataclass(frozen=True)
class Heading:
    """The title of what follows; 1 is a chapter, 2 a part of one."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Generated sentences."""

    text: str


@dataclass(frozen=True)
class Lines:
    """Sentences that each stand on their own."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Terms with what is to be said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A field of a table: how it reads. A number has its unrounded value, if it is known."""

    text: str
    value: float | None = None
    number: bool = False


def number(text: str, value: float | None) -> Cell:
    """Return a field with a number, or with what stands in its place."""
    return Cell(text, value, number=True)


def count(value: float | None) -> Cell:
    """Return a field that says how many."""
    return number(NO_VALUE if value is None else decimal_text(value, 0), value)


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row. `key` names it among the others."""

    key: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def numeric(self, column: int) -> bool:
        """Tell whether a column has numbers."""
        return any(row[column].number for row in self.rows)


@dataclass(frozen=True)
class Chart:
    """A drawing as SVG; `alt` says in a sentence what it shows, and stands under it too."""

    key: str
    svg: str
    alt: str


@dataclass(frozen=True)
class Explanation:
    """What a human wrote, and in which role; kept apart from what is generated."""

    role: str
    day: date
    text: str

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"Toelichting: {self.role}, {date_text(self.day)}"


@dataclass(frozen=True)
class Erratum:
    """What was wrong in an earlier version, what that means, and which figures changed, if any."""

    title: str
    facts: tuple[tuple[str, str], ...]
    figures: Table | None


Block = Heading | Paragraph | Lines | Facts | Table | Chart | Explanation | Erratum


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report. `moment` is when its figures were frozen: nothing in it is later.

    `summary` says in a sentence what it is about. `notices` say what a reader must know first, such
    as what the mark means; a valid document has no mark. `header` stands above the first chapter.
    """

    title: str
    subtitle: str
    summary: str
    organisation: str
    version: int
    theme: str
    moment: datetime
    mark: Mark | None
    notices: tuple[str, ...]
    header: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return f"{self.organisation} · {self.title} · versie {self.version}"

    @property
    def tables(self) -> list[Table]:
        """All tables, in order."""
        found = (one.figures if isinstance(one, Erratum) else one for one in self.blocks)
        return [one for one in found if isinstance(one, Table)]
