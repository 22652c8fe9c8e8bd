"""The departments: how sources write their names, and which were renamed or merged, and when."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from data.fields import Fields
from data.mistakes import Mistake, blocks_of

FILE = "afdelingen.toml"
FIRST = date.min.toordinal()


class Succession(NamedTuple):
    """From a local day (ordinal) on, one department goes by, or went up in, another."""

    since: int
    old: str
    new: str


@dataclass(frozen=True)
class Departments:
    """Name as a source writes it (folded) -> its own name; and what became of it."""

    names: Mapping[str, str]
    successions: Sequence[Succession]

    def find(self, written: str, day: int) -> str:
        """Return the name that a department has on a day; an unknown one keeps what was written."""
        name = self.names.get(written.strip().casefold(), written.strip())
        for since, old, new in self.successions:
            if since <= day and name == old:
                name = new
        return name

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a stamp could change."""
        return zlib.crc32(repr((sorted(self.names.items()), self.successions)).encode())


def read_departments(content: Mapping[str, Any], mistakes: list[Mistake]) -> Departments:
    """Build the list; what is wrong is added to `mistakes` and left out."""
    Fields(content, FILE, "", mistakes).rest(("afdeling",))
    names: dict[str, str] = {}
    successions: list[Succession] = []
    for table in blocks_of(content, "afdeling", FILE, mistakes):
        fields = Fields(table, FILE, f"afdeling[{table.get('naam', '')}]", mistakes)
        name, former = fields.name("naam"), fields.texts("voorheen")
        since = fields.day("sinds", FIRST)
        if former and since == FIRST:
            fields.wrong("sinds", "ontbreekt; zeg vanaf welke dag de afdeling zo heet")
        if name in former:
            fields.wrong("voorheen", "een afdeling kan niet uit zichzelf voortkomen")
            former = []
        for word in (name, *fields.texts("synoniemen")):
            if names.setdefault(word.strip().casefold(), name) != name:
                fields.wrong("synoniemen", f"{word!r} hoort al bij een andere afdeling")
        successions += [Succession(since, old, name) for old in former]
        fields.rest()
    return Departments(names, tuple(sorted(successions)))
