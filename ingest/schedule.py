"""Runs each source at its own pace until it is told to stop; the only user of APScheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from data.store_errors import StoreTrouble, store_trouble
from ingest.account import forget_runs
from ingest.runner import Run, Runner
from ingest.source import Source
from ingest.turns import Turns, goes_first

log = logging.getLogger(__name__)
GRACE_S = 3600
TIDY_S = 300
BETWEEN_S = 60
RUNS_KEPT_S = 31 * 24 * 3600
FIRST_S = 5
"""A source is read this soon after the start, however long its interval."""


def serve(
    runner: Runner,
    sources: Sequence[Source],
    stop: threading.Event,
    between: Callable[[], object] = lambda: None,
) -> None:
    """Run a job per source, one at a time each, until `stop` is set; `between` comes in between."""
    runner, turns = replace(runner, stopping=stop.is_set), Turns()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max(3, len(sources) + 2))},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": GRACE_S},
    )
    for source in sources:
        job = Job(runner, source, turns)
        first = datetime.fromtimestamp(runner.now() + min(source.interval, FIRST_S), UTC)
        scheduler.add_job(
            job, "interval", seconds=source.interval, id=source.naam, next_run_time=first
        )
    scheduler.add_job(tidy, "interval", args=[runner], seconds=TIDY_S, id="{opruimen}")
    pause = Between(between, turns)
    scheduler.add_job(pause, "interval", seconds=BETWEEN_S, id="{bijwerken}")
    scheduler.start()
    stop.wait()
    turns.end()
    scheduler.shutdown(wait=True)


class Job:
    """One source on a schedule: a failure is logged once and tried again at the next tick."""

    def __init__(self, runner: Runner, source: Source, turns: Turns | None = None) -> None:
        self.runner = runner
        self.source = source
        self.turns = turns or Turns()
        self.waits = not goes_first(source)
        self.error = ""

    def __call__(self) -> None:
        """Run the source when it is its turn; nothing that goes wrong stops the schedule."""
        if goes_first(self.source):
            with self.turns.first():
                self._run()
            return
        if self.waits:
            self.turns.wait()
            self.waits = False
        self._run()

    def _run(self) -> None:
        try:
            self._tell(self.runner.attempt(self.source))
        except StoreTrouble as error:
            self._tell(Run(self.source.naam, error=store_trouble(error)))

    def _tell(self, run: Run) -> None:
        if run.error and run.error != self.error:
            log.warning("%s: %s", run.source, run.error)
        if self.error and not run.error:
            log.warning("%s: leest weer", run.source)
        self.error = run.error
        if run.read or run.written:
            log.debug("%s: %d gelezen, %d geschreven", run.source, run.read, run.written)


class Between:
    """What is done when nothing more pressing is read."""

    def __init__(self, between: Callable[[], object], turns: Turns) -> None:
        self.between = between
        self.turns = turns

    def __call__(self) -> None:
        """Do it; nothing that goes wrong stops the schedule."""
        self.turns.wait()
        try:
            self.between()
        except StoreTrouble as error:
            log.warning("bijwerken: %s", store_trouble(error))


def tidy(runner: Runner) -> None:
    """Keep the write-ahead log and the accounts of runs small."""
    try:
        forget_runs(runner.store, runner.now() - RUNS_KEPT_S)
        runner.store.tidy()
    except StoreTrouble as error:
        log.warning("opruimen: %s", store_trouble(error))
