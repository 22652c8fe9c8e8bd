"""Whether the queues, departments and municipalities that walls name exist: a typo shows zeroes."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.board import Board, Clock
from data.mistakes import Mistake, nearest
from data.walls import FILE, Wall
from metrics import Cut, Query
from metrics.periods import Period, local_day

log = logging.getLogger(__name__)
SEEN_IN = timedelta(days=60)
EVERY_S = 3600
PLACES = {Cut.WACHTRIJ: "wachtrijen", Cut.AFDELING: "afdelingen", Cut.GEMEENTE: "gemeenten"}
ASKED = {Cut.WACHTRIJ: ("ontvangen",), Cut.AFDELING: ("ontvangen", "vragen"),
         Cut.GEMEENTE: ("ontvangen", "vragen")}  # fmt: skip
"""Figures that count everything, by what they are cut."""


@dataclass(frozen=True)
class Unheard:
    """The names of a wall of which nothing was counted; `alone` when of a cut it has no other."""

    names: tuple[str, ...] = ()
    alone: bool = False


@dataclass
class Names:
    """What is unheard of on each wall, looked up now and then: two months have to be added up."""

    board: Board
    walls: Sequence[Wall]
    clock: Clock
    _found: Mapping[str, list[tuple[Cut, Mistake]]] = field(default_factory=dict)

    def of(self, wall: Wall) -> Unheard:
        """Return what was found of a wall."""
        found = self._found.get(wall.naam, [])
        told = tuple(f"{cut.value} {mistake.value}" for cut, mistake in found)
        missed = {cut: sum(one is cut for one, _ in found) for cut, _ in found}
        alone = any(number == len(_names(wall, cut)) for cut, number in missed.items())
        return Unheard(told, alone)

    def watch(self) -> None:
        """Go on looking; a first call may come, or a queue may be named otherwise."""
        while True:
            self.look()
            time.sleep(EVERY_S)

    def look(self) -> None:
        """Look once, and log each name that was not told before; no reason to stop."""
        before = [mistake for found in self._found.values() for _, mistake in found]
        try:
            known = _known(self.board, self.walls, self.clock())
            self._found = {wall.naam: list(_unheard(wall, known)) for wall in self.walls}
        except Exception:  # a store that is busy; the walls go on asking
            log.warning("de namen in %s zijn niet nagegaan", FILE, exc_info=True)
        for found in self._found.values():
            for _, mistake in found:
                if mistake not in before:
                    log.warning("%s", mistake)


def _known(board: Board, walls: Sequence[Wall], now: datetime) -> Mapping[Cut, set[str]]:
    """Return the names that were counted for two months, of what any wall is narrowed by."""
    asked = [cut for cut in PLACES if any(_names(wall, cut) for wall in walls)]
    return {cut: _counted(board, cut, now) for cut in asked}


def _unheard(wall: Wall, known: Mapping[Cut, set[str]]) -> Iterator[tuple[Cut, Mistake]]:
    """Yield each name of a wall that is not known; an empty store knows none."""
    for cut, names in known.items():
        for name in sorted(_names(wall, cut) - names if names else ()):
            hint = f"hierover is in {SEEN_IN.days} dagen niets geteld; {nearest(name, names)}"
            yield cut, Mistake(FILE, f"wand[{wall.naam}].{PLACES[cut]}", name, hint)


def _names(wall: Wall, cut: Cut) -> frozenset[str]:
    names: frozenset[str] = getattr(wall, PLACES[cut])
    return names


def _counted(board: Board, cut: Cut, now: datetime) -> set[str]:
    today = local_day(now)
    period = Period.days(today - SEEN_IN, today + timedelta(days=1))
    kpis = [board.catalogue[key] for key in ASKED[cut]]
    told = [board.ask(Query(kpis=(kpi,), period=period, now=now, by=(cut,))) for kpi in kpis]
    return {one.cut[cut] for readings in told for one in readings if one.cut.get(cut)}
