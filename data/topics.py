"""The topic catalogue: which questions are simple, whose they are, and which term holds.

An entry holds between two days; a topic that changes class in mid-year has two entries.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from data.codes import Complexity
from data.fields import Fields
from data.mistakes import Mistake, blocks_of
from data.term_choice import term_choice

FILE = "onderwerpen.toml"
LONGEST_TOPIC = 200
CLASSES = {"eenvoudig": Complexity.EENVOUDIG, "complex": Complexity.COMPLEX}
FIRST, LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True)
class Topic:
    """What the catalogue says of a topic; empty where it says nothing.

    It holds for questions received on local days (ordinals) from `since` up to, not on, `until`.
    """

    naam: str
    complexity: Complexity = Complexity.ONBEKEND
    afdeling: str = ""
    product: str = ""
    soort: str = ""
    rule: str = ""
    werkdagen: int | None = None
    since: int = FIRST
    until: int = LAST


@dataclass(frozen=True)
class Topics:
    """Topic as a source writes it (folded) -> its entries, in order of time."""

    known: Mapping[str, Sequence[Topic]]

    def find(self, written: str, day: int) -> Topic:
        """Return what holds on a day; of an unknown topic only what was written is known."""
        for topic in self.known.get(written.strip().casefold(), ()):
            if topic.since <= day < topic.until:
                return topic
        return Topic(written.strip())

    def knows(self, written: str) -> bool:
        """Tell whether a topic is listed, on whatever day."""
        return written.strip().casefold() in self.known

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a stamp could change."""
        return zlib.crc32(repr(sorted(self.known.items())).encode())


def read_topics(
    content: Mapping[str, Any], rules: Collection[str], mistakes: list[Mistake]
) -> Topics:
    """Build the catalogue; what is wrong is added to `mistakes` and left out."""
    known: dict[str, list[Topic]] = {}
    Fields(content, FILE, "", mistakes).rest(("onderwerp",))
    for table in blocks_of(content, "onderwerp", FILE, mistakes):
        fields = Fields(table, FILE, f"onderwerp[{table.get('naam', '')}]", mistakes)
        topic = _topic(fields, rules)
        synonyms = fields.texts("synoniemen")
        fields.rest()
        if topic.naam and topic.since < topic.until:
            for word in (topic.naam, *synonyms):
                _enter(known.setdefault(word.strip().casefold(), []), topic, word, fields)
    return Topics({word: sorted(topics, key=lambda t: t.since) for word, topics in known.items()})


def _topic(fields: Fields, rules: Collection[str]) -> Topic:
    term = term_choice(fields, rules)
    topic = Topic(
        naam=fields.name("naam", LONGEST_TOPIC),
        complexity=fields.choice("klasse", CLASSES),
        afdeling=fields.name("afdeling", default=""),
        product=fields.name("product", default=""),
        soort=fields.name("soort", default=""),
        rule=term.rule,
        werkdagen=term.werkdagen,
        since=fields.day("sinds", FIRST),
        until=fields.day("tot", LAST),
    )
    if topic.since >= topic.until:
        fields.wrong("tot", "ligt niet na `sinds`; het onderwerp geldt tot, niet op, deze dag")
    return topic


def _enter(standing: list[Topic], topic: Topic, word: str, fields: Fields) -> None:
    """Add an entry for a word, unless the word has another one on the same day."""
    if topic in standing:
        return
    if any(topic.since < other.until and other.since < topic.until for other in standing):
        hint = f"{word!r} heeft op dezelfde dag al een ander onderwerp; zet `sinds` en `tot`"
        fields.wrong("synoniemen", hint)
        return
    standing.append(topic)
