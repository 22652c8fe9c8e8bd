"""Whether the queues, departments and municipalities that walls name exist: a typo shows zeroes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from dashboard.board import Board
from data.mistakes import Mistake, nearest
from data.walls import FILE, Wall
from metrics import Cut, Query
from metrics.periods import Period, local_day

log = logging.getLogger(__name__)
SEEN_IN = timedelta(days=60)
PLACES = {Cut.WACHTRIJ: "wachtrijen", Cut.AFDELING: "afdelingen", Cut.GEMEENTE: "gemeenten"}
ASKED = {Cut.WACHTRIJ: ("ontvangen",), Cut.AFDELING: ("ontvangen", "vragen"),
         Cut.GEMEENTE: ("ontvangen", "vragen")}  # fmt: skip
"""Figures that count everything, by what they are cut."""


def warn_of_names(board: Board, walls: Sequence[Wall], now: datetime) -> None:
    """Log each name that is unheard of; no reason to stop, its first call may yet come."""
    try:
        for mistake in unheard_of(board, walls, now):
            log.warning("%s", mistake)
    except Exception:  # a store that is busy; the walls go on asking
        log.warning("de namen in %s zijn niet nagegaan", FILE, exc_info=True)


def unheard_of(board: Board, walls: Sequence[Wall], now: datetime) -> Iterator[Mistake]:
    """Yield each name of which nothing was counted for two months; an empty store knows none."""
    for cut in ASKED:
        asked = [(wall, name) for wall in walls for name in sorted(_names(wall, cut))]
        known = _counted(board, cut, now) if asked else set()
        for wall, name in asked:
            if known and name not in known:
                hint = f"hierover is in {SEEN_IN.days} dagen niets geteld; {nearest(name, known)}"
                yield Mistake(FILE, f"wand[{wall.naam}].{PLACES[cut]}", name, hint)


def _names(wall: Wall, cut: Cut) -> Iterable[str]:
    names: frozenset[str] = getattr(wall, PLACES[cut])
    return names


def _counted(board: Board, cut: Cut, now: datetime) -> set[str]:
    today = local_day(now)
    period = Period.days(today - SEEN_IN, today + timedelta(days=1))
    kpis = [board.catalogue[key] for key in ASKED[cut]]
    told = [board.ask(Query(kpis=(kpi,), period=period, now=now, by=(cut,))) for kpi in kpis]
    return {one.cut[cut] for readings in told for one in readings if one.cut.get(cut)}
