"""How a table from elsewhere is laid out: which of its columns is which of ours, in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from data.mistakes import nearest
from ingest.csv_rows import Row
from ingest.local_time import parse_instant
from ingest.privacy import blotted
from ingest.source import RowRejected, SourceChanged

LONGEST_KEY = 200
YES, NO = ("ja", "j", "1", "true", "waar", "x"), ("nee", "n", "0", "false", "onwaar", "")
Places = Mapping[str, tuple[int, ...]]
"""Our column -> where it stands in a row; a key may stand in several."""


@dataclass(frozen=True)
class Layout:
    """How a row is written: our column -> theirs, values, zone and form of its times.

    `only` names columns of theirs with the values that a row must have to be counted.
    """

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    zone: ZoneInfo
    form: str | None = None
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def places(self, header: list[str], where: str) -> dict[str, tuple[int, ...]]:
        """Return the place of each of our columns; raise SourceChanged when one is missing."""
        found = {_folded(name): at for at, name in enumerate(header)}
        wanted = {**self.columns, **{f"alleen.{name}": (name,) for name in self.only}}
        theirs = dict.fromkeys(name for names in wanted.values() for name in names)
        if missing := [name for name in theirs if _folded(name) not in found]:
            hint = "; ".join(f"{name!r}: {nearest(name, header)}" for name in missing)
            raise SourceChanged(f"{where}: kolom ontbreekt: {hint}. Pas [bron.kolommen] aan.")
        return {
            ours: tuple(found[_folded(name)] for name in names) for ours, names in wanted.items()
        }

    def named(self, ours: str) -> str:
        """Return what a column of ours is called there."""
        return " + ".join(self.columns[ours])


@dataclass(frozen=True)
class Cells:
    """Reads the cells of a row by our names; raises RowRejected with the column at fault."""

    layout: Layout
    places: Places

    def wanted(self, row: Row) -> bool:
        """Tell whether a row is one of those that count."""
        only = self.layout.only
        return all(self.text(row, f"alleen.{name}") in values for name, values in only.items())

    def text(self, row: Row, name: str) -> str:
        """Return what a cell says, in our words where the configuration has them."""
        at = self.places.get(name)
        if at is None:
            return ""
        text = row.fields[at[0]].strip() if len(at) == 1 else _joined(row, at)
        return self.layout.values.get(name, {}).get(text, text)

    def key(self, row: Row) -> str:
        """Return what identifies the row."""
        key = self.text(row, "id")
        if not key:
            raise RowRejected("id: is leeg")
        if len(key) > LONGEST_KEY:
            raise RowRejected(f"{self.layout.named('id')}: langer dan {LONGEST_KEY} tekens")
        return key

    def name(self, row: Row, name: str, longest: int) -> str:
        """Return a text for a screen, without a number or address that stands in it."""
        text = blotted(self.text(row, name))
        if len(text) > longest:
            raise RowRejected(f"{self.layout.named(name)}: langer dan {longest} tekens")
        return text

    def moment(self, row: Row, name: str, up: bool = False) -> tuple[int | None, bool]:
        """Return an instant, and whether only its date was given."""
        text = self.text(row, name)
        return self.parsed(text, name, up) if text else (None, False)

    def parsed(self, text: str, name: str, up: bool = False) -> tuple[int, bool]:
        """Parse a time that stands in a column of ours."""
        try:
            return parse_instant(text, self.layout.zone, self.layout.form, up)
        except RowRejected as reason:
            raise RowRejected(f"{self.layout.named(name)}: {reason}") from None

    def flag(self, row: Row, name: str) -> bool:
        """Return yes or no; an empty cell is no."""
        text = self.text(row, name).casefold()
        if text not in YES + NO:
            raise RowRejected(f"{self.layout.named(name)}: verwacht ja of nee")
        return text in YES


def _joined(row: Row, at: tuple[int, ...]) -> str:
    parts = [row.fields[place].strip() for place in at]
    return "|".join(parts) if any(parts) else ""


def _folded(column: str) -> str:
    return column.strip("\ufeff \t").casefold()
