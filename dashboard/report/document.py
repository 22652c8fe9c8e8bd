"""A report as values: what it says and in which order, without how it looks.

PDF, web page and sheets are made of the same document, so none can say something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


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
    """A field of a table: how it reads and, where it is a number, the unrounded value."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row. `key` names it among the others."""

    key: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def numeric(self, column: int) -> bool:
        """Tell whether a column has numbers."""
        return any(row[column].value is not None for row in self.rows)


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


@dataclass(frozen=True)
class Erratum:
    """What was wrong in an earlier version, which figures changed, and what that means."""

    title: str
    facts: tuple[tuple[str, str], ...]
    figures: Table


Block = Heading | Paragraph | Lines | Facts | Table | Chart | Explanation | Erratum


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report. `moment` is when its figures were frozen: nothing in it is later.

    `notice` says in a sentence what the mark means; both are empty in a document that is valid.
    """

    title: str
    organisation: str
    period: str
    version: str
    moment: datetime
    mark: Mark | None
    notice: str
    header: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    colophon: tuple[tuple[str, str], ...]

    @property
    def tables(self) -> list[Table]:
        """All tables, in order."""
        inside = [one.figures for one in self.blocks if isinstance(one, Erratum)]
        return inside + [one for one in self.blocks if isinstance(one, Table)]
