"""The recording of a real exchange gives what that exchange said of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.store import Store
from ingest.options import QueueOptions
from ingest.runner import Runner
from ingest.sources.asterisk_queue_log import AsteriskQueueLog
from metrics import Cut, Period, Query
from metrics.catalogue import catalogue
from metrics.engine import Engine
from tests.rules import stamps

RECORDING = Path(__file__).parent / "samples" / "asterisk_queue_log" / "queue_log"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WITHIN_5_S = QueueOptions(answer_norm_s=5)
SAID = {  # queue show: completed, abandoned, and two service levels in percent
    "afval": (38, 15, 10.5, 7.5),
    "belastingen": (4, 1, 100.0, 80.0),
    "burgerzaken": (37, 40, 64.9, 70.1),
}


def counts_per_queue(store: Store) -> dict[str, dict[str, float]]:
    """Ingest the recording and count per queue."""
    stamped = stamps(store)
    source = AsteriskQueueLog("telefonie", RECORDING, dict.fromkeys(SAID, WITHIN_5_S), b"k" * 32)
    Runner(store, stamped, lambda: int(NOW.timestamp())).run(source)
    figures = catalogue([])
    keys = (
        "opgenomen",
        "afgehaakt",
        "overgelopen",
        "overgelopen_toets",
        "opgenomen_binnen_norm",
        "afgehaakt_binnen_norm",
        "overgelopen_binnen_norm",
    )
    period = Period(datetime(2026, 11, 23, tzinfo=UTC), NOW)
    query = Query(
        kpis=tuple(figures[key] for key in keys), period=period, now=NOW, by=(Cut.WACHTRIJ,)
    )
    counted: dict[str, dict[str, float]] = {}
    for reading in Engine(store, figures).ask(query):
        assert reading.value is not None
        counted.setdefault(reading.cut[Cut.WACHTRIJ], {})[reading.kpi.key] = reading.value
    return counted


def test_completed_and_abandoned_equal_what_the_exchange_said(store: Store) -> None:
    for queue, counted in counts_per_queue(store).items():
        completed, abandoned, _, _ = SAID[queue]
        assert counted["opgenomen"] == completed
        left = counted["afgehaakt"] + counted["overgelopen"] - counted["overgelopen_toets"]
        assert left == abandoned


def test_both_service_levels_of_the_exchange_follow_from_the_counts(store: Store) -> None:
    for queue, counted in counts_per_queue(store).items():
        completed, abandoned, first, second = SAID[queue]
        in_time = counted["opgenomen_binnen_norm"]
        left = counted["afgehaakt_binnen_norm"] + counted["overgelopen_binnen_norm"]
        assert 100 * in_time / completed == pytest.approx(first, abs=0.05)
        assert 100 * (in_time + left) / (completed + abandoned) == pytest.approx(second, abs=0.05)
