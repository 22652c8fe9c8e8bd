"""Reads the fields of one block of a TOML file; what is wrong becomes a mistake with a hint."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any, TypeGuard, TypeVar

from data.mistakes import Mistake, blocks_of, nearest

Choice = TypeVar("Choice")
Block = TypeVar("Block")
LONGEST_NAME = 100


class Fields:
    """One block: each reader returns a usable value, and notes what was not usable."""

    def __init__(
        self, table: Mapping[str, Any], file: str, place: str, mistakes: list[Mistake]
    ) -> None:
        self.table = table
        self._file, self._place, self._mistakes = file, place, mistakes
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Tell whether the key is there; to ask is to know the key."""
        self._asked.add(key)
        return key in self.table

    def wrong(self, key: str, hint: str) -> None:
        """Note that the value of a key cannot be used."""
        where = f"{self._place}.{key}" if self._place else key
        value = self.table.get(key)
        shown = None if isinstance(value, Mapping) or _holds_tables(value) else value
        self._mistakes.append(Mistake(self._file, where, shown, hint))

    def text(self, key: str, default: str | None = None, hint: str = "ontbreekt") -> str:
        """Return a text that is not empty; without a default it must be there."""
        value = self._value(key, default)
        if isinstance(value, str) and (value.strip() or value == default):
            return value
        self.wrong(key, hint if value is None or value == "" else "geef een tekst")
        return ""

    def amount(self, key: str, hint: str, default: float | None = None) -> float:
        """Return a number; without a default it must be there."""
        value = self._value(key, default)
        if _is_number(value) and isfinite(value):
            return float(value)
        self.wrong(key, hint)
        return 0.0

    def number(self, key: str, default: int | None, least: int, most: int) -> int:
        """Return a whole number between two others, these included."""
        value = self._value(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(key, f"geef een heel getal van {least} tot en met {most}")
        return least

    def between(self, key: str, default: float | None, least: float, most: float) -> float:
        """Return a number between two others, these included."""
        value = self._value(key, default)
        if _is_number(value) and least <= value <= most:
            return float(value)
        self.wrong(key, f"geef een getal van {least:g} tot en met {most:g}")
        return least

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, "geef true of false")
        return False

    def choice(self, key: str, choices: Mapping[str, Choice], default: str | None = None) -> Choice:
        """Return what the text stands for."""
        value = self._value(key, default)
        if isinstance(value, str) and value in choices:
            return choices[value]
        self.wrong(key, f"onbekend; {nearest(str(value), choices)}")
        return next(iter(choices.values()))

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        """Return one of some words."""
        return self.choice(key, dict(zip(words, words, strict=True)), default)

    def name(self, key: str, longest: int = LONGEST_NAME, default: str | None = None) -> str:
        """Return a text that fits the store; without a default it must be there."""
        value = self.text(key, default)
        if len(value) <= longest:
            return value
        self.wrong(key, f"geef een tekst van hoogstens {longest} tekens")
        return ""

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        words = self._value(key, [])
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return words
        self.wrong(key, 'geef een lijst van teksten, zoals ["paspoort", "reisdocument"]')
        return []

    def day(self, key: str, default: int) -> int:
        """Return a date as a local day (ordinal)."""
        value = self._value(key, None)
        if isinstance(value, date) and is_date(value):
            return value.toordinal()
        if value is not None:
            self.wrong(key, "geef een datum zonder aanhalingstekens, zoals 2026-01-31")
        return default

    def date_of(self, key: str, default: date | None = None) -> date:
        """Return a date; without a default it must be there."""
        value = self._value(key, default)
        if isinstance(value, date) and is_date(value):
            return value
        self.wrong(key, "geef een datum zonder aanhalingstekens, zoals 2026-01-31")
        return date.min

    def dates(self, key: str) -> tuple[date, ...]:
        """Return a list of dates."""
        value = self._value(key, None)
        listed = value if isinstance(value, list) else []
        if listed and all(is_date(day) for day in listed):
            return tuple(listed)
        self.wrong(key, "geef een lijst van datums zonder aanhalingstekens, zoals [2026-01-02]")
        return ()

    def inner(self, key: str) -> Fields | None:
        """Return the fields of a table inside this one, or None when it is not there."""
        if not self.has(key):
            return None
        if isinstance(self.table[key], Mapping):
            return self._of(self.table[key], key)
        self.wrong(key, "schrijf dit als tabel, zoals { duur = ..., artikel = ... }")
        return None

    def several(self, key: str) -> list[Fields]:
        """Return the fields of each table in a list of them."""
        found = self._value(key, [])
        if isinstance(found, list) and all(isinstance(table, Mapping) for table in found):
            return [self._of(table, f"{key}[{number}]") for number, table in enumerate(found, 1)]
        self.wrong(key, "schrijf dit als lijst van tabellen")
        return []

    def rest(self, known: Collection[str] = ()) -> None:
        """Note each key that nobody asked for."""
        words = self._asked | set(known)
        for key in sorted(self.table.keys() - words):
            self.wrong(key, f"onbekend; {nearest(key, words)}")

    def _of(self, table: Mapping[str, Any], key: str) -> Fields:
        place = f"{self._place}.{key}" if self._place else key
        return Fields(table, self._file, place, self._mistakes)

    def _value(self, key: str, default: object) -> object:
        return self.table[key] if self.has(key) else default


def blocks(
    content: Mapping[str, Any],
    name: str,
    file: str,
    key: str,
    read: Callable[[Fields], Block],
    mistakes: list[Mistake],
) -> list[Block]:
    """Return the [[name]] blocks, each known by a key; one with a mistake is left out."""
    found = []
    for table in blocks_of(content, name, file, mistakes):
        before = len(mistakes)
        fields = Fields(table, file, f"{name}[{table.get(key, '')}]", mistakes)
        block = read(fields)
        fields.rest()
        if len(mistakes) == before:
            found.append(block)
    return found


def is_date(value: object) -> bool:
    """Tell a date from a moment, which is one too for Python."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _holds_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value)
