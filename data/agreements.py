"""What was agreed beside the law: kinds of question, confirmations, the weekly round."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from data.hours_file import WEEKDAYS
from data.mistakes import Mistake, blocks_of, nearest
from data.toml_block import Block

FILE = "afspraken.toml"
SECTIONS = ("soort", "bevestiging", "initiatief")
CALLBACK, INITIATIVE = "terugbelverzoek", "initiatief"
"""The kinds of question that have figures of their own."""


class Kind(NamedTuple):
    """A kind of question, and the term that holds for all of that kind."""

    naam: str
    rule: str = ""
    werkdagen: int | None = None


class Confirmation(NamedTuple):
    """Within how many working days a question by one of these channels is acknowledged."""

    werkdagen: int
    channels: frozenset[str]


@dataclass(frozen=True)
class Agreements:
    """Kind as a source writes it (folded) -> kind; and what is promised to all.

    `meeting` and `college` are weekdays (Monday is 0): the day on which complex questions and
    initiatives are discussed, and that on which the college gives a direction.
    """

    kinds: Mapping[str, Kind]
    confirmation: Confirmation | None = None
    meeting: int = 3
    college: int = 1

    def kind(self, written: str) -> Kind:
        """Return a kind; one that is not listed keeps what was written and has no term."""
        return self.kinds.get(written.strip().casefold()) or Kind(written.strip())

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a stamp could change."""
        promised = self.confirmation and (
            self.confirmation.werkdagen,
            sorted(self.confirmation.channels),
        )
        parts = sorted(self.kinds.items()), promised, self.meeting, self.college
        return zlib.crc32(repr(parts).encode())


def read_agreements(
    content: Mapping[str, Any], rules: Sequence[str], mistakes: list[Mistake]
) -> Agreements:
    """Build the agreements; what is wrong is added to `mistakes` and left out."""
    mistakes += [
        Mistake(FILE, key, None, f"onbekend; {nearest(key, SECTIONS)}")
        for key in content.keys() - set(SECTIONS)
    ]
    return Agreements(
        _kinds(content, rules, mistakes),
        _confirmation(content, mistakes),
        *_round(content, mistakes),
    )


def _kinds(
    content: Mapping[str, Any], rules: Sequence[str], mistakes: list[Mistake]
) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for table in blocks_of(content, "soort", FILE, mistakes):
        block = Block(table, FILE, f"soort[{table.get('naam', '')}]", mistakes)
        kind = Kind(block.text("naam"), *block.term(rules))
        for word in (kind.naam, *block.texts("synoniemen")):
            if kinds.setdefault(word.strip().casefold(), kind) != kind:
                block.wrong("synoniemen", f"{word!r} hoort al bij een andere soort")
        block.finish(("naam", "synoniemen", "termijn", "werkdagen", "grondslag"))
    return kinds


def _confirmation(content: Mapping[str, Any], mistakes: list[Mistake]) -> Confirmation | None:
    block = _section(content, "bevestiging", mistakes)
    if block is None:
        return None
    werkdagen, channels = block.werkdagen(), block.texts("kanalen")
    for key, missing in (("werkdagen", werkdagen is None), ("kanalen", not channels)):
        if missing and key not in block.table:
            block.wrong(key, "ontbreekt")
    block.finish(("werkdagen", "kanalen", "grondslag"))
    return Confirmation(werkdagen, frozenset(channels)) if werkdagen and channels else None


def _round(content: Mapping[str, Any], mistakes: list[Mistake]) -> tuple[int, int]:
    default = Agreements.meeting, Agreements.college
    block = _section(content, "initiatief", mistakes)
    if block is None:
        return default
    days = []
    for key, standard in zip(("overleg", "college"), default, strict=True):
        written = block.text(key, default=WEEKDAYS[standard])
        if written not in WEEKDAYS:
            block.wrong(key, f"onbekende weekdag; {nearest(written, WEEKDAYS)}")
        days.append(WEEKDAYS.index(written) if written in WEEKDAYS else standard)
    block.finish(("overleg", "college", "grondslag"))
    return days[0], days[1]


def _section(content: Mapping[str, Any], name: str, mistakes: list[Mistake]) -> Block | None:
    table = content.get(name)
    if table is None:
        return None
    if isinstance(table, Mapping):
        return Block(table, FILE, name, mistakes)
    mistakes.append(Mistake(FILE, name, table, f"maak hiervan een blok [{name}]"))
    return None
