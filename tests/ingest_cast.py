"""The cast of the ingestion tests: real sources on real files, and what stands in the store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from data import schema
from data.store import Store
from ingest.options import Options
from ingest.runner import Run, Runner
from ingest.source import Batch, Cursor, Source, Surroundings
from ingest.sources import asterisk_queue_log, tickets_csv
from tests.rules import stamps

ROOT = Path(__file__).parents[1]
KEY = b"k" * 32
NOON = 1_795_000_000
"""Wednesday 18 November 2026, 12:06:40 in Haarlem."""
COLUMNS = {
    name: name
    for name in ("id", "ontvangen", "uiterlijk", "gesloten", "kanaal", "onderwerp", "afdeling")
}


def queue_log(path: Path, **options: Any) -> Source:
    """Build the source of a queue_log."""
    asked = Options("telefonie", {"pad": str(path), **options}, path.parent, path.parent)
    source = asterisk_queue_log.build("telefonie", asked, Surroundings(KEY))
    asked.finish()
    assert asked.mistakes == []
    return source


def tickets(path: Path, kolommen: Mapping[str, str] = COLUMNS, **options: Any) -> Source:
    """Build the source of an export."""
    given = {"pad": str(path), "kolommen": dict(kolommen), **options}
    asked = Options("zaken", given, path.parent, path.parent)
    source = tickets_csv.build("zaken", asked, Surroundings(KEY))
    asked.finish()
    assert asked.mistakes == []
    return source


def ingest(store: Store, source: Source, now: int = NOON, since: int | None = None) -> Run:
    """Run a source to its end at an instant."""
    return Runner(store, stamps(store), lambda: now).run(source, since)


def rows(store: Store, table: Table) -> list[dict[str, Any]]:
    """All rows of this organisation, in the order of their keys."""
    query = (
        select(table)
        .where(table.c.organisation == store.organisation)
        .order_by(*table.primary_key.columns)
    )
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def calls(store: Store) -> list[dict[str, Any]]:
    """The stored calls."""
    return rows(store, schema.call)


def reasons(store: Store) -> list[str]:
    """Why rows were set aside, in the order of their places."""
    found = sorted(rows(store, schema.rejected), key=lambda row: (len(row["key"]), row["key"]))
    return [row["reason"] for row in found]


def source_row(store: Store) -> dict[str, Any]:
    """What the store says of its only source."""
    (row,) = rows(store, schema.source)
    return row


def versions(store: Store) -> dict[tuple[str, int], int]:
    """(fact, day) -> version."""
    return {(row["fact"], row["day"]): row["version"] for row in rows(store, schema.day_version)}


def facts(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that figures are made of, and what was set aside (not when)."""
    found = {
        table.name: rows(store, table) for table in (schema.call, schema.ticket, schema.staffing)
    }
    found["rejected"] = [row | {"at": None} for row in rows(store, schema.rejected)]
    for table in found.values():
        for row in table:
            del row["organisation"]
    return found


def read_all(source: Source, cursor: Cursor | None = None, now: int = NOON) -> list[Batch]:
    """Read a source to its end without a store."""
    return list(source.batches(cursor or {}, now))


def write_lines(path: Path, lines: Iterable[str], mode: str = "a") -> None:
    """Write whole lines."""
    with path.open(mode, encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


# ── real processes ─────────────────────────────────────────────────────────────────────────


def environment(folder: Path, url: str | None = None) -> dict[str, str]:
    """The surroundings of a process whose configuration and storage are one folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    chosen = {"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder / "opslag")}
    if url:
        chosen["REGIEBORD_DATABASE_URL"] = url
    return {**kept, **chosen, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}


def start(
    arguments: Sequence[str], folder: Path, url: str | None = None, **extra: str
) -> subprocess.Popen[str]:
    """Start `python -m ingest` with these arguments."""
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=ROOT,
        env=environment(folder, url) | extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process; return its exit code and what it said."""
    said, complained = process.communicate(timeout=60)
    return process.returncode, said, complained


def command(
    arguments: Sequence[str], folder: Path, url: str | None = None, **extra: str
) -> tuple[int, str, str]:
    """Run `python -m ingest` to its end."""
    return finish(start(arguments, folder, url, **extra))
