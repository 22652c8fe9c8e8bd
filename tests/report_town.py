"""A month in a real store: a thousand calls of which 796 were answered, and a few questions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.norms import NormSettings
from data.store import Store
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.engine import Engine
from metrics.plan import Plan
from metrics.published.canonical import written
from metrics.published.edition import Edition, Rendered
from metrics.published.reports import Reports
from metrics.published.snapshot import Code, Header
from tests.oracle import Phone, Question
from tests.worlds import CALENDAR, World, instant, know_source

FIRST = date(2026, 10, 1)
NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
NORMS = [
    NormSettings("bereikbaarheid", 0.80, date(2016, 1, 1), "Collegebesluit, voor de tests", 0.0),
    NormSettings("digitaal_of_kcc", 0.80, date(2016, 1, 1), "Collegebesluit, voor de tests", 0.0),
]
CATALOGUE = catalogue(NORMS)
PLANS: dict[str, Plan] = {}
CODE, HEADER = Code(version="0.1.0", commit="25cb685"), Header(kenmerk="2026/1")


def phone(at: int, *, answered: bool, afdeling: str = "Burgerzaken") -> Phone:
    """A call at an instant."""
    talked = {"outcome": "opgenomen", "talk": 120, "ended": at + 140}
    return Phone(arrived=at, wachtrij="burgerzaken", afdeling=afdeling, wait=20, left=at + 20,
                 **talked if answered else {"outcome": "afgehaakt"})  # fmt: skip


def calls(answered: int = 796, lost: int = 204, first: date = FIRST, name: str = "g") -> World:
    """So many calls, spread over the five Thursdays from a Thursday on."""
    return World(calls={
        f"{name}{n}": phone(_on_thursday(first, n), answered=n < answered)
        for n in range(answered + lost)
    })  # fmt: skip


def _on_thursday(first: date, number: int) -> int:
    day = first + timedelta(weeks=number % 5)
    return instant(f"{day} 09:00") + 60 * (number // 5)


def contact(at: int, door: str = "kcc", afdeling: str = "Burgerzaken") -> Question:
    """A simple question that was settled at once."""
    return Question(received=at, closed=at + 60, afdeling=afdeling, door=door)


def board_of(store: Store, **known: Any) -> Board:
    """The board of a store whose source was read to its end."""
    know_source(store, "telefonie", **known)
    return empty_board(store)


def empty_board(store: Store) -> Board:
    """The board of a store that no source wrote in; all share their statements, which are slow."""
    engine = Engine(store, CATALOGUE)
    for name, plan in engine.plans.items():
        engine.plans[name] = PLANS.setdefault(name, plan)
    return Board(store, engine, CALENDAR, "Haarlem")


def drawn(edition: Edition) -> tuple[Rendered, ...]:
    """Two plain files of a version, for those who only care that there are files."""
    lines = [f"{one.key},{one.value}" for one in edition.snapshot.figures]
    table = Rendered(name=f"cijfers-v{edition.version}.csv", media_type="text/csv",
                     content="\n".join([edition.state.value, *lines]).encode())  # fmt: skip
    told = Rendered(name="alles.bin", media_type="application/octet-stream",
                    content=written(edition) + b"?", compared=written(edition))  # fmt: skip
    return table, told


def reports_of(board: Board) -> Reports:
    """The reports of a board."""
    return Reports(board, CODE, HEADER, drawn)


def later(days: float) -> datetime:
    """So many days after the concept was made."""
    return NOW + timedelta(days=days)
