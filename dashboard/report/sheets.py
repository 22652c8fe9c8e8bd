"""A workbook as values: what the spreadsheets are written from, whatever their format.

Built as the Analysis Function of the UK government asks of accessible spreadsheets: a cover,
contents and notes, one table per sheet from column A on, no merged cells, no empty rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

CONTENTS = "Inhoud"
NAME_LENGTH = 31
"""What Excel allows for the name of a sheet."""
NARROWEST, WIDEST, PAGE = 8, 45, 90
WIDEST_NUMBER = 16
"""Characters; what is longer wraps."""
Cell = str | int | float | date | None


class Share(float):
    """A number from 0 to 1 that a reader sees as a percentage."""


class Kind(Enum):
    """What a column holds: a datatype of XML Schema, or a link to the sheet that it names."""

    TEXT = "string"
    COUNT = "integer"
    NUMBER = "number"
    DAY = "date"
    MONTH = "gYearMonth"
    LINK = "anyURI"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name in files, what a reader sees above it, and what it holds."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    about: str = ""
    required: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers, with now and then a marker."""
        return self.kind in (Kind.COUNT, Kind.NUMBER)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A title, sentences under it, and at most one table; without rows a sentence says why."""

    name: str
    title: str
    lines: Sequence[str] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[Cell]] = ()

    def __post_init__(self) -> None:
        """Refuse what would not open, or would make a table with holes."""
        labels = [legible(column.label).lower() for column in self.columns]
        if not 0 < len(self.name) < NAME_LENGTH or set("[]:*?/\\'") & set(self.name):
            raise ValueError(f"'{self.name}' cannot be the name of a sheet")
        if len(set(labels)) < len(labels) or "" in labels:
            raise ValueError(f"The columns of the sheet '{self.name}' need names of their own")
        if any(len(row) != len(labels) for row in self.rows):
            raise ValueError(f"A row of the sheet '{self.name}' does not have all its columns")

    @property
    def above(self) -> Sequence[str]:
        """What stands in column A above the table."""
        return [self.title, *self.lines]

    @property
    def widths(self) -> Sequence[int]:
        """How many characters wide each column is; text that is longer wraps."""
        if not self.rows:
            return [PAGE]
        return [
            _width(column, cells) for column, *cells in zip(self.columns, *self.rows, strict=True)
        ]

    def heights(self) -> Sequence[int]:
        """How many lines of text each row of the table needs, its header first."""
        labels = [column.label for column in self.columns]
        return [
            max(lines_of(cell, width) for cell, width in zip(row, self.widths, strict=True))
            for row in [labels, *self.rows]
        ]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook; it opens on its first sheet."""

    title: str
    author: str
    subject: str
    issued: datetime
    sheets: Sequence[Sheet]


def contents(sheets: Sequence[Sheet]) -> Sheet:
    """List the sheets that come after this one."""
    columns = (
        Column(key="tabblad", label="Tabblad", kind=Kind.LINK),
        Column(key="inhoud", label="Inhoud"),
    )
    rows = [(sheet.name, sheet.title) for sheet in sheets]
    lines = ["De naam van een tabblad is een verwijzing ernaar."]
    return Sheet(name=CONTENTS, title=CONTENTS, lines=lines, columns=columns, rows=rows)


def legible(text: str) -> str:
    """Return a text without what a spreadsheet cannot hold: control characters, runs of spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max(_length(cell) for cell in (column.label, *cells))
    most = WIDEST_NUMBER if column.is_number else WIDEST
    return min(max(NARROWEST, longest + 2), most)


def lines_of(cell: Cell, width: int) -> int:
    """Return how many lines a cell takes in a column of so many characters."""
    return max(1, -(-_length(cell) // (width - 2)))


def _length(cell: Cell) -> int:
    """Numbers are shown short, whatever their number of digits."""
    return len(cell) if isinstance(cell, str) else 10
