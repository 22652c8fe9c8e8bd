"""What was agreed beside the law: kinds of question, confirmations, the weekly round."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from data.fields import Fields
from data.hours_file import WEEKDAYS
from data.mistakes import Mistake, blocks_of
from data.term_choice import MOST_WERKDAGEN, term_choice

FILE = "afspraken.toml"
BASIS = ("grondslag",)
"""Who agreed on it, and where to read it: for people."""
WEEKDAY = {name: number for number, name in enumerate(WEEKDAYS)}
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
    content: Mapping[str, Any], rules: Collection[str], mistakes: list[Mistake]
) -> Agreements:
    """Build the agreements; what is wrong is added to `mistakes` and left out."""
    file = Fields(content, FILE, "", mistakes)
    confirmation, meeting = file.inner("bevestiging"), file.inner("initiatief")
    file.rest(("soort",))
    return Agreements(
        _kinds(content, rules, mistakes), _confirmation(confirmation), *_round(meeting)
    )


def _kinds(
    content: Mapping[str, Any], rules: Collection[str], mistakes: list[Mistake]
) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for table in blocks_of(content, "soort", FILE, mistakes):
        fields = Fields(table, FILE, f"soort[{table.get('naam', '')}]", mistakes)
        kind = Kind(fields.name("naam"), *term_choice(fields, rules))
        for word in (kind.naam, *fields.texts("synoniemen")):
            if kinds.setdefault(word.strip().casefold(), kind) != kind:
                fields.wrong("synoniemen", f"{word!r} hoort al bij een andere soort")
        fields.rest(BASIS)
    return kinds


def _confirmation(fields: Fields | None) -> Confirmation | None:
    if fields is None:
        return None
    werkdagen = fields.number("werkdagen", None, 1, MOST_WERKDAGEN)
    channels = frozenset(fields.texts("kanalen"))
    if not channels:
        fields.wrong("kanalen", "noem de kanalen waarlangs vragen bevestigd worden")
    fields.rest(BASIS)
    return Confirmation(werkdagen, channels)


def _round(fields: Fields | None) -> tuple[int, int]:
    """Return the weekdays of the meeting and of the college."""
    if fields is None:
        return Agreements.meeting, Agreements.college
    meeting = fields.choice("overleg", WEEKDAY, WEEKDAYS[Agreements.meeting])
    college = fields.choice("college", WEEKDAY, WEEKDAYS[Agreements.college])
    fields.rest(BASIS)
    return meeting, college
