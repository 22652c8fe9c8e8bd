"""Readers while ingestion commits five times a second, against readers left alone."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path

from dashboard.questions import ask_all
from data.calendar import always_open
from data.schema import call, source
from data.store import Store, open_engine
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.engine import Engine
from tests.bench.timing import goal, line, title
from tests.bench.world import NOW, ORGANISATION, SOURCE, Row, call_rows, fill, new_store

DAYS, READERS, SECONDS, ROUNDS = 100, 2, 6, 3
COMMITS_PER_SECOND, ROWS_PER_COMMIT, READS_PER_SECOND = 5, 20, 5
AT = datetime.fromtimestamp(NOW, UTC)
SPAWN = multiprocessing.get_context("spawn")


def run(folder: Path) -> None:
    """Alternate quiet and busy rounds; every reader is a process of its own."""
    title(f"{READERS} readers at {READS_PER_SECOND} Hz, wall question, SQLite")
    store = new_store(folder, "readers")
    fill(store, call_rows(DAYS))
    known = {
        "organisation": ORGANISATION, "id": SOURCE, "naam": "bench", "soort": "bench",
        "feeds": "gesprek", "cursor": "{}", "version": 1, "error": "", "earliest": 1,
        "newest": NOW, "checked_at": NOW,
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(source.insert().values(known))
    store.engine.dispose()
    quiet, busy = [], []
    for _ in range(ROUNDS):
        quiet += _read(folder)
        with _writing(folder):
            busy += _read(folder)
    for name, times in (("no writer", quiet), ("a writer, 5 commits a second", busy)):
        line(f"{name}: median of {len(times)} reads, no error", statistics.median(times))
    goal("with / without", statistics.median(busy) / statistics.median(quiet), most=1.3)


def _opened(folder: Path) -> Store:
    return Store(open_engine(f"sqlite:///{folder / 'readers.sqlite'}"), ORGANISATION)


def _read(folder: Path) -> list[float]:
    """Return what each read took; an error in a reader is an error here."""
    with SPAWN.Pool(READERS) as pool:
        return [took for times in pool.map(_reader, [folder] * READERS) for took in times]


def _reader(folder: Path) -> list[float]:
    board = Board(_opened(folder), Engine(_opened(folder), catalogue([])), always_open(), "Haarlem")
    ask_all(board, AT)
    times = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        begun = time.perf_counter()
        ask_all(board, AT)
        times.append(time.perf_counter() - begun)
        time.sleep(max(0.0, 1 / READS_PER_SECOND - times[-1]))
    return times


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    stop = SPAWN.Event()
    writer = SPAWN.Process(target=_writer, args=(folder, stop))
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()
    if writer.exitcode:
        raise RuntimeError(f"the writer failed with {writer.exitcode}")


def _writer(folder: Path, stop: Event) -> None:
    store, rows = _opened(folder), next(call_rows(1))
    number = 0
    while not stop.wait(1 / COMMITS_PER_SECOND):
        number += 1
        _deliver(store, [_newer(row, number) for row in rows[:ROWS_PER_COMMIT]])


def _newer(row: Row, number: int) -> Row:
    return (*row[:3], time.time_ns() + number, *row[4:])


def _deliver(store: Store, rows: Sequence[Row]) -> None:
    with store.writing() as connection:
        store.mark(connection, store.upsert(connection, call, SOURCE, rows).days)
