"""The topic catalogue: which questions are simple, and how sources write their names."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.codes import Complexity
from data.mistakes import Mistake, blocks_of, nearest

FILE = "onderwerpen.toml"
KEYS = ("naam", "klasse", "synoniemen")
LONGEST_NAME = 200
CLASSES = {"eenvoudig": Complexity.EENVOUDIG, "complex": Complexity.COMPLEX}


@dataclass(frozen=True)
class Topics:
    """Topic as a source writes it (folded) -> its own name and its complexity."""

    known: Mapping[str, tuple[str, Complexity]]

    def find(self, written: str) -> tuple[str, Complexity]:
        """Return the topic's own name and complexity; an unknown topic keeps what was written."""
        return self.known.get(written.strip().casefold(), (written.strip(), Complexity.ONBEKEND))

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a stamp could change."""
        return zlib.crc32(json.dumps(sorted(self.known.items())).encode())


def read_topics(content: Mapping[str, Any], mistakes: list[Mistake]) -> Topics:
    """Build the catalogue; what is wrong is added to `mistakes` and left out."""
    known: dict[str, tuple[str, Complexity]] = {}
    for table in blocks_of(content, "onderwerp", FILE, mistakes):
        name, written_class = str(table.get("naam", "")), str(table.get("klasse"))
        complexity = CLASSES.get(written_class)
        for key in table.keys() - KEYS:
            hint = f"onbekend; {nearest(key, KEYS)}"
            mistakes.append(Mistake(FILE, f"onderwerp[{name}].{key}", table[key], hint))
        if not 0 < len(name) <= LONGEST_NAME:
            hint = f"geef een naam van hoogstens {LONGEST_NAME} tekens"
            mistakes.append(Mistake(FILE, "onderwerp.naam", name, hint))
        if complexity is None:
            hint = f"onbekende klasse; {nearest(written_class, CLASSES)}"
            mistakes.append(Mistake(FILE, f"onderwerp[{name}].klasse", written_class, hint))
            continue
        for word in (name, *_synonyms(table, name, mistakes)):
            folded = word.strip().casefold()
            if known.setdefault(folded, (name, complexity)) != (name, complexity):
                hint = "deze schrijfwijze hoort al bij een ander onderwerp"
                mistakes.append(Mistake(FILE, f"onderwerp[{name}].synoniemen", word, hint))
    return Topics(known)


def _synonyms(table: Mapping[str, Any], name: str, mistakes: list[Mistake]) -> list[str]:
    words = table.get("synoniemen", [])
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return words
    hint = 'geef een lijst van teksten, zoals ["paspoort", "reisdocument"]'
    mistakes.append(Mistake(FILE, f"onderwerp[{name}].synoniemen", words, hint))
    return []
