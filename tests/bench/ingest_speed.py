"""queue_log to committed rows against raw executemany of those rows, and the memory of 1 GB."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from data.bulk import all_names, upsert_sql
from data.schema import call
from ingest.memory import settle
from ingest.runner import Run, Runner
from ingest.sources.asterisk_queue_log import AsteriskQueueLog
from tests.bench.timing import goal, line, peak_kb, rounds, title
from tests.bench.world import BATCH, NOW, new_store, stamps

CALLS = 200_000
GIGABYTE = 1 << 30
KEY = b"k" * 32
FIRST = 1_600_000_000


def run(folder: Path) -> None:
    """Measure the rate, then the peak memory."""
    log = folder / "queue_log"
    log.write_text("".join(log_lines(CALLS, FIRST)), "ascii")
    _rate(folder, log)
    _memory(folder)


def log_lines(count: int, first: int, seed: int = 1) -> list[str]:
    """Make the lines of that many calls over 24 queues, in order of time."""
    random = np.random.default_rng(seed)
    gaps, queues = random.integers(1, 40, count).cumsum(), random.integers(0, 24, count)
    waits, talks = random.lognormal(3.2, 0.9, count).astype(int), random.integers(30, 400, count)
    numbers, answered = random.integers(10**8, 8 * 10**8, count), random.random(count) < 0.82
    columns = (first + gaps, queues, waits, talks, numbers, answered)
    lines = [
        timed
        for number, values in enumerate(zip(*(part.tolist() for part in columns), strict=True))
        for timed in _call_lines(number, *values)
    ]
    return [text for _, text in sorted(lines, key=lambda timed: timed[0])]


def _call_lines(
    number: int, at: int, queue: int, wait: int, talk: int, caller: int, answered: bool
) -> Iterator[tuple[int, str]]:
    who = f"{at}.{number}|wachtrij{queue:02d}"
    yield at, f"{at}|{who}|NONE|ENTERQUEUE||0{caller}|1\n"
    if not answered:
        yield at + wait, f"{at + wait}|{who}|NONE|ABANDON|1|1|{wait}\n"
        return
    if number % 3 == 0:
        yield at + wait, f"{at + wait}|{who}|Anna|RINGNOANSWER|1000\n"
    yield at + wait, f"{at + wait}|{who}|Anna|CONNECT|{wait}|{at}.2|3\n"
    end = at + wait + talk
    yield end, f"{end}|{who}|Anna|COMPLETECALLER|{wait}|{talk}|1\n"


def ingest(folder: Path, log: Path) -> Run:
    """Read a log into a fresh store, everything included."""
    for old in folder.glob("log.sqlite*"):
        old.unlink()
    source = AsteriskQueueLog("telefonie", log, {}, KEY)
    return Runner(new_store(folder, "log"), stamps(), lambda: NOW).run(source)


def _rate(folder: Path, log: Path) -> None:
    title(f"queue_log to committed rows, {CALLS:,} calls")
    settle()
    ingest(folder, log)
    with sqlite3.connect(folder / "log.sqlite") as connection:
        rows = connection.execute("SELECT * FROM call").fetchall()

    def raw() -> None:
        connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        statement = upsert_sql(call, "sqlite", all_names(call))
        for start in range(0, len(rows), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows[start : start + BATCH])
            connection.execute("COMMIT")
        connection.close()

    def before(_method: str) -> None:
        for old in folder.glob("raw.sqlite*"):
            old.unlink()
        new_store(folder, "raw")

    found = rounds({"raw": raw, "ours": lambda: ingest(folder, log)}, 5, before)
    line("raw sqlite3.executemany of the same rows", found["raw"], CALLS)
    line("queue_log to committed rows", found["ours"], CALLS)
    goal("raw / ours", found["raw"] / found["ours"], least=0.35)


def _memory(folder: Path) -> None:
    title("a queue_log of 1 GB")
    log = folder / "gigabyte"
    block, size, first = 100_000, 0, FIRST
    with log.open("w", encoding="ascii") as file:
        while size < GIGABYTE:
            size += file.write("".join(log_lines(block, first)))
            first += block * 40
    command = [sys.executable, "-m", "tests.bench.ingest_speed", str(folder), str(log)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    print(f"  {size / GIGABYTE:.2f} GB read in {done.stdout.strip()}", flush=True)
    log.unlink()


def _report(folder: Path, log: Path) -> None:
    settle()
    begun = os.times().elapsed
    account = ingest(folder, log)
    peak = peak_kb() / 1024
    seconds = os.times().elapsed - begun
    print(f"{seconds:.0f} s, {account.read:,} lines, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    _report(Path(sys.argv[1]), Path(sys.argv[2]))
