"""The figures over 5 years of 2.5 million calls, beside pandas, DuckDB and SQLite on raw rows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import delete

from dashboard.questions import ask_all
from data.calendar import always_open, midnight
from data.norms import NormSettings
from data.schema import call, source, tally, ticket
from data.store import Store
from metrics import Grain, Period, Query
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.engine import Engine
from metrics.stocks import Level, Longest
from tests.bench.peers import Peers
from tests.bench.timing import goal, line, rounds, title
from tests.bench.world import (
    LAST_DAY,
    NOW,
    ORGANISATION,
    SOURCE,
    call_rows,
    fill,
    new_store,
    ticket_rows,
)

YEARS, YEAR = 5, 365
AT = datetime.fromtimestamp(NOW, UTC)
LATE_ROWS, LATE_DAYS = 1000, 5
TELEPHONE = tuple(kpi for kpi in catalogue([]).values() if kpi.measure.fact.name == "gesprek")
FLOWS = tuple(kpi for kpi in TELEPHONE if not isinstance(kpi.measure, Level | Longest))


def run(folder: Path) -> None:
    """Fill a store of one year and one of five, then measure both."""
    title("filling the stores")
    one, five = filled(folder, "one", YEAR), filled(folder, "five", YEARS * YEAR)
    peers = Peers(folder / "five.sqlite")
    _wall(one, five, peers)
    _trend(five.engine, peers)
    _refresh(one.engine, five.engine)


def uncached_wall(board: Board) -> None:
    """Ask what the wall asks, as a process that just started."""
    board.forget()
    ask_all(board, AT)


def filled(folder: Path, name: str, days: int, norms: Sequence[NormSettings] = ()) -> Board:
    """Fill a store with so many days, and open its board."""
    store = new_store(folder, name)
    begun = time.perf_counter()
    calls = fill(store, call_rows(days))
    tickets = fill(store, ticket_rows(days), ticket)
    seconds = time.perf_counter() - begun
    row = {
        "organisation": ORGANISATION, "id": SOURCE, "naam": "bench", "soort": "bench",
        "feeds": "gesprek,vraag", "cursor": "{}", "version": 1, "error": "",
        "earliest": 1, "newest": NOW, "checked_at": NOW,
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(source.insert().values(row))
    line(f"{calls:,} calls and {tickets:,} questions", seconds, calls + tickets)
    board = Board(store, Engine(store, catalogue(norms)), always_open(), "Haarlem")
    ask_all(board, AT)
    return board


def trend(engine: Engine) -> None:
    """Ask every telephone figure by month over the whole history."""
    last = date.fromordinal(LAST_DAY)
    period = Period.days(date(last.year - YEARS, last.month, 1), last + timedelta(days=1))
    engine.ask(Query(kpis=FLOWS, period=period, now=AT, grain=Grain.MAAND))


def _wall(one: Board, five: Board, peers: Peers) -> None:
    title("today's wall: all that /wand asks, the normal day included, nothing cached")
    methods: dict[str, Callable[[], object]] = {
        "ours, 5 years of history": partial(uncached_wall, five),
        "ours, 1 year of history": partial(uncached_wall, one),
        "pandas, all rows in memory": peers.filtered.wall,
        "pandas, all rows in memory and in order of time": peers.ordered.wall,
        "unchanged data: the revision": five.revision,
    }
    found = rounds(methods, 15)
    for name, seconds in found.items():
        line(name, seconds)
    ours = found["ours, 5 years of history"]
    goal("milliseconds, median", ours * 1000, most=15)
    goal("pandas / ours", found["pandas, all rows in memory"] / ours, least=4)
    goal("milliseconds, unchanged", found["unchanged data: the revision"] * 1000, most=1)
    goal("5 years / 1 year", ours / found["ours, 1 year of history"], most=1.5)


def _trend(five: Engine, peers: Peers) -> None:
    title("5 years by month, all telephone figures with P50 and P90")
    begun = time.perf_counter()
    trend(five)
    line("ours, cold: every day and month added up", time.perf_counter() - begun)
    methods: dict[str, Callable[[], object]] = {
        "ours, warm": partial(trend, five),
        "DuckDB on the raw rows": peers.duckdb_trend,
        "pandas, all rows in memory": peers.pandas_trend,
    }
    found = rounds(methods, 5) | rounds({"SQLite on the raw rows": peers.sqlite_trend}, 1)
    for name, seconds in found.items():
        line(name, seconds)
    ours = found["ours, warm"]
    goal("DuckDB / ours", found["DuckDB on the raw rows"] / ours, least=1)
    goal("pandas / ours", found["pandas, all rows in memory"] / ours, least=5)
    goal("SQLite / ours", found["SQLite on the raw rows"] / ours, least=50)


def _refresh(one: Engine, five: Engine) -> None:
    title(f"{LATE_ROWS:,} late rows over {LATE_DAYS} days, then the same question")
    trend(one)
    took = {"1 year": _after_late_rows(one, YEAR), "5 years": _after_late_rows(five, YEARS * YEAR)}
    for name, seconds in took.items():
        line(f"refresh at {name} of history", seconds)
    rebuild = _rebuild(five)
    line("rebuild of 5 years", rebuild)
    goal("rebuild / refresh", rebuild / took["5 years"], least=50)
    goal("5 years / 1 year", took["5 years"] / took["1 year"], most=1.5)


def _after_late_rows(engine: Engine, days: int, repeats: int = 5) -> float:
    """Return the median seconds to take in late rows and to answer again, less a warm answer."""
    chance = random.Random(days)
    methods = {"late": lambda: (_late(engine.store, chance), trend(engine))}
    warm = rounds({"warm": partial(trend, engine)}, repeats)["warm"]
    return rounds(methods, repeats)["late"] - warm


def _late(store: Store, chance: random.Random) -> None:
    """Deliver newer versions of the calls of a few days in the past year."""
    days = [LAST_DAY - chance.randrange(2, YEAR - 40) for _ in range(LATE_DAYS)]
    with store.writing() as connection:
        for day in days:
            found = connection.execute(
                call.select()
                .where(
                    call.c.organisation == ORGANISATION,
                    call.c.arrived_at >= midnight(day),
                    call.c.arrived_at < midnight(day + 1),
                )
                .limit(LATE_ROWS // LATE_DAYS)
            )
            rows = [(*row[:3], row.version + 1, *row[4:]) for row in found]
            store.mark(connection, store.upsert(connection, call, SOURCE, rows, True).days)


def _rebuild(engine: Engine) -> float:
    with engine.store.writing() as connection:
        connection.execute(delete(tally).where(tally.c.organisation == ORGANISATION))
    begun = time.perf_counter()
    trend(engine)
    return time.perf_counter() - begun
