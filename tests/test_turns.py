"""At the start calls are read before questions, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from data.store import Store
from ingest.runner import Runner
from ingest.schedule import Job
from ingest.source import Batch
from ingest.turns import Turns, goes_first
from tests.ingest_cast import NOON
from tests.rules import stamps
from tests.test_runner import END, Script


@dataclass
class Held(Script):
    """A source that is at work until it is let go."""

    def __post_init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def batches(self, cursor: Any, now: int) -> Iterator[Batch]:
        self.begun.set()
        self.let_go.wait(10)
        return super().batches(cursor, now)


def started(job: Job) -> threading.Thread:
    thread = threading.Thread(target=job)
    thread.start()
    return thread


def job(store: Store, source: Script, turns: Turns) -> Job:
    return Job(Runner(store, stamps(store), lambda: NOON), source, turns)


@pytest.mark.parametrize(
    ("feeds", "first"), [((), True), (("gesprek",), True), (("vraag",), False)]
)
def test_what_calls_come_of_goes_first(feeds: tuple[str, ...], first: bool) -> None:
    assert goes_first(Script([END], feeds=feeds)) is first


def test_questions_wait_at_the_start_while_calls_are_read_and_only_then(store: Store) -> None:
    turns = Turns()
    calls = Held([END, END], naam="telefonie")
    asked = Held([END, END], naam="vragen", feeds=("vraag",))
    asked.let_go.set()
    reading, questions = job(store, calls, turns), job(store, asked, turns)
    threads = [started(reading)]
    assert calls.begun.wait(5)
    threads.append(started(questions))
    assert not asked.begun.wait(0.3)
    calls.let_go.set()
    assert asked.begun.wait(5)
    for thread in threads:
        thread.join(5)
    calls.let_go.clear()
    asked.begun.clear()
    threads = [started(reading), started(questions)]
    assert asked.begun.wait(5)  # once it had its turn, it waits for nobody
    calls.let_go.set()
    for thread in threads:
        thread.join(5)


def test_nobody_waits_longer_than_agreed_or_when_all_ends() -> None:
    turns = Turns()
    with turns.first():
        turns.wait(0.05)
        turns.end()
        turns.wait()
