"""Reads one block of a TOML file of the municipality, and notes what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.mistakes import Mistake, nearest

LONGEST_NAME = 100
SERVICE_NORM = "servicenorm"
MOST_WERKDAGEN = 260


@dataclass(frozen=True)
class Block:
    """One [[block]]: `place` is how a mistake names it."""

    table: Mapping[str, Any]
    file: str
    place: str
    mistakes: list[Mistake]

    def wrong(self, key: str, hint: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(self.file, f"{self.place}.{key}", self.table.get(key), hint))

    def text(self, key: str, longest: int = LONGEST_NAME, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.table.get(key, default)
        if isinstance(value, str) and (0 < len(value) <= longest or value == default):
            return value
        self.wrong(key, f"geef een tekst van hoogstens {longest} tekens")
        return ""

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        words = self.table.get(key, [])
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return words
        self.wrong(key, 'geef een lijst van teksten, zoals ["paspoort", "reisdocument"]')
        return []

    def day(self, key: str, default: int) -> int:
        """Return a date as a local day (ordinal)."""
        value = self.table.get(key)
        if value is None:
            return default
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.toordinal()
        self.wrong(key, "geef een datum, zoals 2026-01-31")
        return default

    def werkdagen(self, key: str = "werkdagen") -> int | None:
        """Return a number of working days."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_WERKDAGEN:
            return value
        self.wrong(key, f"geef een heel aantal werkdagen, 1 tot {MOST_WERKDAGEN}")
        return None

    def term(self, rules: Sequence[str]) -> tuple[str, int | None]:
        """Return the term rule and, of a service norm, its working days."""
        rule, werkdagen = self.text("termijn", default=""), self.werkdagen()
        if rule and rule not in rules:
            self.wrong("termijn", f"onbekende regel; {nearest(rule, rules)}")
            return "", None
        if rule == SERVICE_NORM and werkdagen is None and "werkdagen" not in self.table:
            self.wrong("werkdagen", "ontbreekt; een servicenorm telt in werkdagen")
            return "", None
        if rule != SERVICE_NORM and "werkdagen" in self.table:
            self.wrong("werkdagen", f'hoort bij termijn = "{SERVICE_NORM}"')
        return rule, werkdagen if rule == SERVICE_NORM else None

    def finish(self, keys: Iterable[str]) -> None:
        """Note every key that does not belong here."""
        known = tuple(keys)
        for key in self.table.keys() - known:
            self.wrong(key, f"onbekend; {nearest(key, known)}")
