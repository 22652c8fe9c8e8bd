"""Reads the options of one [[bron]] block and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.mistakes import Mistake, nearest

FILE = "bronnen.toml"
LONGEST_NAME = 100
DAY_S = 86_400


class QueueOptions(NamedTuple):
    """What is agreed for one queue; in the order of the last fields of a Call."""

    afdeling: str = ""
    gemeente: str = ""
    answer_norm_s: int = 30
    short_s: int = 5


QUEUE_KEYS = {
    "afdeling": "afdeling",
    "gemeente": "gemeente",
    "antwoordtijd": "answer_norm_s",
    "kort": "short_s",
}


@dataclass
class Options:
    """The options of one source; a wrong one is noted and replaced by its default."""

    naam: str
    given: Mapping[str, Any]
    folder: Path
    storage: Path
    mistakes: list[Mistake] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, hint: str, value: object = None) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(FILE, f"bron[{self.naam}].{key}", value, hint))

    def has(self, key: str) -> bool:
        """Tell whether an option is given; to ask is to know it."""
        return self._get(key, None) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self._get(key, default)
        if isinstance(value, str):
            return value
        self.wrong(key, "ontbreekt" if value is None else "geef een tekst", value)
        return default or ""

    def path(self, key: str, default: str | None = None) -> Path:
        """Return a path; relative to the folder of bronnen.toml, {opslag} is the storage."""
        written = self.text(key, default).replace("{opslag}", str(self.storage))
        return self.folder / written

    def seconds(self, key: str, default: float) -> float:
        """Return a positive number of seconds."""
        value = self._get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return float(value)
        self.wrong(key, "geef een getal boven 0", value)
        return default

    def number(self, key: str, default: int, least: int = 0, most: int | None = None) -> int:
        """Return a whole number within bounds."""
        value = self._get(key, default)
        if (
            isinstance(value, int)
            and not isinstance(value, bool)
            and least <= value <= (value if most is None else most)
        ):
            return value
        bounds = f"{least} of meer" if most is None else f"{least} tot {most}"
        self.wrong(key, f"geef een heel getal van {bounds}", value)
        return default

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, "geef true of false", value)
        return default

    def zone(self, key: str, default: str) -> ZoneInfo:
        """Return a time zone by its IANA name."""
        name = self.text(key, default)
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.wrong(key, "onbekende tijdzone; geef een naam als Europe/Amsterdam", name)
            return ZoneInfo(default)

    def table(self, key: str) -> Mapping[str, Any]:
        """Return a table of options."""
        value = self._get(key, {})
        if isinstance(value, Mapping):
            return value
        self.wrong(key, f"maak hiervan een blok [bron.{key}]", value)
        return {}

    def queues(self) -> dict[str, QueueOptions]:
        """Return what is agreed per queue."""
        return {
            queue: self._queue(queue, table) for queue, table in self.table("wachtrijen").items()
        }

    def finish(self) -> None:
        """Note every option that nothing asked for."""
        for key in self.given.keys() - self.asked:
            hint = f"onbekende instelling; {nearest(key, self.asked)}"
            self.wrong(key, hint, self.given[key])

    def _get(self, key: str, default: object) -> object:
        self.asked.add(key)
        return self.given.get(key, default)

    def _queue(self, queue: str, table: object) -> QueueOptions:
        place = f"wachtrijen.{queue}"
        if not isinstance(table, Mapping):
            self.wrong(place, f"maak hiervan een blok [bron.wachtrijen.{queue}]", table)
            return QueueOptions()
        found: dict[str, Any] = {}
        for key, value in table.items():
            ours = QUEUE_KEYS.get(key)
            if ours is None:
                self.wrong(f"{place}.{key}", f"onbekend; {nearest(key, QUEUE_KEYS)}", value)
            elif not _fits(ours, value):
                kind = (
                    f"een tekst van hoogstens {LONGEST_NAME} tekens"
                    if ours in ("afdeling", "gemeente")
                    else "hele seconden, 0 tot 86400"
                )
                self.wrong(f"{place}.{key}", f"geef {kind}", value)
            else:
                found[ours] = value
        return QueueOptions(**found)


def _fits(field_name: str, value: object) -> bool:
    if field_name in ("afdeling", "gemeente"):
        return isinstance(value, str) and len(value) <= LONGEST_NAME
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= DAY_S
