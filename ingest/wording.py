"""Says in the board's words what a system tells: [bron.waarden.<name>] over our own defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.codes import Handler
from data.mistakes import nearest
from ingest.json_item import Item
from ingest.layout_options import values
from ingest.options import Options

LENGTHS = {"kanaal": 100, "onderwerp": 200, "afdeling": 100, "soort": 100}
"""How long each text of a ticket may be."""
HANDLER = "afgehandeld_door"
STATE, SHUT, VOID, OPEN = "stand", "gesloten", "vervallen", "open"
"""The states of a question; one that is void does not count."""
CHOICES = {
    HANDLER: [handler.lower() for handler in Handler.__members__],
    STATE: [SHUT, VOID, OPEN],
}
Values = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Wording:
    """Our name -> their word -> ours."""

    values: Values

    def text(self, name: str, item: Item, *paths: str) -> str:
        """Return the first of these fields that says something, in our words where there are."""
        told = self._told(name, item, paths)
        ours = self.values.get(name)
        return ours.get(told, told) if ours else told

    def listed(self, name: str, item: Item, *paths: str) -> str:
        """Return our word for the first of these fields that the configuration lists."""
        ours = self.values.get(name, {})
        words = (ours.get(self._told(name, item, (path,))) for path in paths)
        return next((word for word in words if word), "")

    def handler(self, item: Item, *paths: str) -> Handler:
        """Return who settled it, by the first of these fields that the configuration lists."""
        return Handler.__members__.get(self.listed(HANDLER, item, *paths).upper(), Handler.ONBEKEND)

    @staticmethod
    def _told(name: str, item: Item, paths: tuple[str, ...]) -> str:
        longest = LENGTHS.get(name, LENGTHS["kanaal"])
        for path in paths:
            if text := item.text(path, longest):
                return text
        return ""


def wording(options: Options, names: tuple[str, ...], ours: Values) -> Wording:
    """Return the wording that the configuration gives; what it does not say is as `ours` has it."""
    given = values(options, names)
    for name, words in given.items():
        for theirs, word in words.items():
            if word not in CHOICES.get(name, [word]):
                hint = f"onbekend; {nearest(word, CHOICES[name])}"
                options.wrong(f"waarden.{name}.{theirs}", hint, word)
    return Wording({name: {**ours.get(name, {}), **given.get(name, {})} for name in names})
