"""Mistakes in the configuration: all of them at once, each with what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """One wrong setting: in which file, under which key, with which value, and the remedy."""

    file: str
    key: str
    value: object
    hint: str

    def __str__(self) -> str:
        shown = "" if self.value is None else f" = {self.value!r}"
        return f"{self.file}: {self.key}{shown}: {self.hint}"


class ConfigMistakes(ValueError):
    """The configuration cannot be used; the message lists every mistake."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  - {mistake}" for mistake in self.mistakes)
        super().__init__(f"{len(self.mistakes)} fout(en) in de instellingen:\n{lines}")


def blocks_of(
    content: Mapping[str, Any], name: str, file: str, mistakes: list[Mistake]
) -> list[Mapping[str, Any]]:
    """Return the [[name]] blocks of a file; anything else by that name is a mistake."""
    found = content.get(name, [])
    if isinstance(found, list) and all(isinstance(block, Mapping) for block in found):
        return found
    mistakes.append(Mistake(file, name, None, f"begin elk blok met [[{name}]]"))
    return []


def nearest(word: str, words: Iterable[str]) -> str:
    """Suggest the known word that was probably meant."""
    known = sorted(words)
    close = difflib.get_close_matches(word, known, n=1)
    return f"bedoelde u {close[0]!r}?" if close else f"kies uit: {', '.join(known)}"
