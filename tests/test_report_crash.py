"""kill -9 while a report is written, and several processes at once: nothing, or one whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.store import Store
from metrics.published.shelf import MEANWHILE
from tests.conftest import fresh
from tests.report_town import empty_board, reports_of

ROOT = Path(__file__).parents[1]


class Worker:
    """A process with reports of its own, on the store of the test."""

    def __init__(self, store: Store) -> None:
        url = store.engine.url.render_as_string(hide_password=False)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.report_worker", url, str(store.organisation)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, what: str, key: str, who: str = "niemand") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what} {key} {who}\n")
        self.process.stdin.flush()

    def told(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def shared(shared_store: Store) -> Store:
    """One organisation for all tests of this file; each has a month of its own."""
    return fresh(shared_store)


@pytest.fixture(scope="module")
def workers(shared: Store) -> Iterator[list[Worker]]:
    """Three processes that are ready to begin."""
    found = [Worker(shared) for _ in range(3)]
    assert [worker.told() for worker in found] == ["ready"] * 3
    yield found
    for worker in found:
        worker.end()


def at_once(workers: list[Worker], what: str, key: str) -> list[str]:
    """Ask the same of all, and return what they say."""
    for number, worker in enumerate(workers):
        worker.ask(what, key, f"persoon{number}")
    return sorted(worker.told() for worker in workers)


def test_of_three_who_freeze_at_once_one_makes_the_version(
    shared: Store, workers: list[Worker]
) -> None:
    assert at_once(workers, "make", "2016-01") == ["new", "there", "there"]
    reports = reports_of(empty_board(shared))
    (entry,) = reports.entries("2016-01")
    assert reports.check(entry, datetime.now(UTC)) == ()


def test_of_two_who_establish_at_once_one_is_told_that_somebody_did(
    shared: Store, workers: list[Worker]
) -> None:
    first, *others = workers
    for what in ("make", "GECONTROLEERD"):
        first.ask(what, "2016-02", "controleur")
        assert first.told() in ("new", "gecontroleerd")
    told = at_once(others, "VASTGESTELD", "2016-02")
    refused = (f"refused: {MEANWHILE}", "refused: stap vastgesteld: de rapportage is nu ")
    assert told[0].startswith(refused)
    assert told[1] == "vastgesteld"
    reports = reports_of(empty_board(shared))
    (entry,) = reports.entries("2016-02")
    assert len(entry.steps) == 2
    assert len(reports.files(entry)) == 2
    assert reports.check(entry, datetime.now(UTC)) == ()


def test_a_process_that_is_killed_while_writing_leaves_nothing(
    shared: Store, workers: list[Worker]
) -> None:
    victim, other, _ = workers
    victim.ask("hang", "2016-03")
    assert victim.told() == "written"
    victim.end()
    assert reports_of(empty_board(shared)).entries("2016-03") == ()
    other.ask("make", "2016-03")
    assert other.told() == "new"
