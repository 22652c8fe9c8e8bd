"""The made-up history that every section measures: calls in seeded random columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Table

from data.calendar import midnight
from data.migrate import migrate
from data.schema import call
from data.store import Store, open_engine
from ingest.records import Ticket
from ingest.stamps import Stamps
from tests.rules import rules

ORGANISATION = 392
SOURCE = 1
LAST_DAY = date(2026, 11, 24).toordinal()
NOW = midnight(LAST_DAY) + 17 * 3600
QUEUES = 24
CALLS_PER_DAY = 1370
TICKETS_PER_DAY = 548
BATCH = 5000
Row = tuple[Any, ...]


def stamps() -> Stamps:
    """The municipality of the bench: always open, no topics."""
    return Stamps(ORGANISATION, "Haarlem", rules())


def call_rows(days: int, per_day: int = CALLS_PER_DAY, seed: int = 1) -> Iterator[list[Row]]:
    """Yield the calls of each of the last `days` days, as rows of the call table."""
    random = np.random.default_rng(seed)
    for day in range(LAST_DAY - days + 1, LAST_DAY + 1):
        yield day_rows(random, day, per_day)


def day_rows(random: np.random.Generator, day: int, count: int) -> list[Row]:
    """Make one day's calls: lognormal waits with a median of 25 s, 18.7 % abandoned."""
    begins = midnight(day)
    arrived = np.sort(random.integers(8 * 3600, 17 * 3600, count))
    queue = random.integers(0, QUEUES, count)
    wait = np.minimum(random.lognormal(3.2, 0.95, count), 1576).astype(int)
    talk = random.integers(20, 600, count)
    answered = random.random(count) >= 0.187
    parts = (begins + arrived, queue, wait, talk, answered)
    columns = zip(*(part.tolist() for part in parts), strict=True)
    return [_row(day, number, *values) for number, values in enumerate(columns)]


def _row(day: int, number: int, at: int, queue: int, wait: int, talk: int, answered: bool) -> Row:
    name, slot = f"wachtrij{queue:02d}", (at - midnight(day)) // 900
    outcome, talked = (1, talk) if answered else (2, None)
    left = at + wait
    return (
        ORGANISATION, SOURCE, f"{at}.{number}|{name}|{at}", 3, at, day, slot, 1,
        name, f"Afdeling {queue % 8}", "Haarlem", outcome, None, wait, talked, left,
        left + (talked or 0), int(answered and number % 9 == 0), number * 7919 + day, 30, 5,
    )  # fmt: skip


def ticket_rows(days: int, per_day: int = TICKETS_PER_DAY, seed: int = 2) -> Iterator[list[Row]]:
    """Yield the questions received on each of the last days, as rows of the ticket table."""
    random, stamped = np.random.default_rng(seed), stamps()
    for day in range(LAST_DAY - days + 1, LAST_DAY + 1):
        begins = midnight(day)
        received = begins + random.integers(8 * 3600, 16 * 3600, per_day)
        closed = received + random.integers(60, 20 * 86400, per_day)
        kind, topic = random.integers(0, 100, per_day), random.integers(0, 40, per_day)
        columns = zip(*(part.tolist() for part in (received, closed, kind, topic)), strict=True)
        asked = [_ticket(day, number, *values) for number, values in enumerate(columns)]
        yield stamped.tickets(SOURCE, asked)


def _ticket(day: int, number: int, received: int, closed: int, kind: int, topic: int) -> Ticket:
    due = midnight(day + 14) - 1 if kind < 60 else None
    ended = closed if closed <= NOW else None
    return Ticket(
        f"vraag-{day}-{number}", 0, received, due, ended, f"kanaal {topic % 6}",
        f"onderwerp {topic}", f"Afdeling {topic % 8}", complexity=topic % 3,
        handler=0 if ended is None else 1 + kind % 4,
    )  # fmt: skip


def new_store(folder: Path, name: str) -> Store:
    """Open an empty SQLite store."""
    store = Store(open_engine(f"sqlite:///{folder / name}.sqlite"), ORGANISATION)
    migrate(store)
    return store


def fill(store: Store, batches: Iterator[Sequence[Row]], table: Table = call) -> int:
    """Write batches as the runner does; return the number of rows."""
    total = 0
    for rows in batches:
        with store.writing() as connection:
            written = store.upsert(connection, table, SOURCE, rows)
            store.mark(connection, written.days)
        total += len(rows)
    return total
