"""A question as the ticket system exports it: one line, which says what is known at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.simulation.daytime import clock_text

COLUMNS = (
    *("vraagnummer", "ontvangen", "uiterlijk", "gesloten", "kanaal", "onderwerp", "afdeling"),
    *("gemeente", "afgehandeld_door", "soort", "telefoon", "klant", "gesprek", "telt_vanaf"),
    *("langer", "bevestigd", "doorgezet", "opgeschort", "hervat", "verdaagd", "verdaagd_tot"),
    *("eerder_gesloten", "heropend", "contactpersoon", "besproken", "richting", "beantwoord"),
)
PLACES = {column: place for place, column in enumerate(COLUMNS)}
FROM_THE_START = COLUMNS.index("bevestigd")
LATER = ("",) * (len(COLUMNS) - FROM_THE_START)


CLOSED, CLOSED_BY = PLACES["gesloten"], PLACES["afgehandeld_door"]

Step = tuple[int, int, str]
"""From a moment on, a column (by its place) says this too; an empty text empties it."""


class Question(NamedTuple):
    """One line of the export: what it says at receipt and, in order of time, what changes."""

    received: int
    number: str
    cells: tuple[str, ...]
    steps: Sequence[Step]

    def line(self, now: int) -> str:
        """Return the line as it is at a moment."""
        cells = [*self.cells, *LATER]
        for at, place, text in self.steps:
            if at > now:
                break
            before = cells[place]
            cells[place] = f"{before}|{text}" if before and text else text
        return ",".join(cells) + "\n"

    def next_change(self, now: int) -> int | None:
        """Return when the line first changes after a moment, its appearance included."""
        if self.received > now:
            return self.received
        if not self.steps or self.steps[-1][0] <= now:
            return None
        return next(at for at, _, _ in self.steps if at > now)


def told(column: str, at: int) -> Step:
    """Note a moment in its own column."""
    return at, PLACES[column], clock_text(at)


def closing(at: int, handler: str) -> list[Step]:
    """Close a question."""
    return [(at, CLOSED, clock_text(at)), (at, CLOSED_BY, handler)]


def reopening(closed: int, at: int) -> list[Step]:
    """Open a question again that was closed."""
    before = (at, PLACES["eerder_gesloten"], clock_text(closed))
    return [(at, CLOSED, ""), (at, CLOSED_BY, ""), before, told("heropend", at)]
