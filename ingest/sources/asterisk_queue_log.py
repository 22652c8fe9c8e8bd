"""The queue_log of Asterisk: follows the live file and folds its events into calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.about import About
from ingest.logfile import Chunk, Mark, follow, mark_from
from ingest.options import Options, QueueOptions
from ingest.queue_events import Events
from ingest.records import Rejected
from ingest.source import Batch, Cursor, Surroundings

SOORT = "asterisk_queue_log"
ABOUT = About(
    title="The queue_log of Asterisk",
    reads="Every event of every queue: the live file and its rotated neighbours, also compressed.",
    feeds="Calls, live: who waits now, answered, given up, overflowed, transferred; and how many "
    "employees are logged in, as a number.",
    rights="Reading the log and listing its folder, for instance by the group `asterisk`. Nothing "
    "in the exchange itself.",
    cadence="Twice a second (`interval` 0.5): only what was added since.",
    lag="None: the log is only appended to. A call is complete when its last line is there.",
    traps=(
        "With realtime there is no file unless `queue_log_to_file=yes`; else use `sql_view`.",
        "Calls that the exchange refuses at the door (`joinempty`, `maxlen`) leave no line.",
        "After a transfer the rest of the conversation is not logged.",
        "Calls that are open when the exchange restarts get no end: `afloop_onbekend`.",
    ),
    example="""
[[bron]]
naam = "telefonie"
soort = "asterisk_queue_log"
pad = "/var/log/asterisk/queue_log"
[bron.wachtrijen.burgerzaken]
afdeling = "Burgerzaken"
antwoordtijd = 30
""",
)


@dataclass(frozen=True)
class AsteriskQueueLog:
    """One queue_log with its rotated neighbours."""

    naam: str
    path: Path
    queues: Mapping[str, QueueOptions]
    key: bytes = field(repr=False)
    interval: float = 0.5
    soort: str = SOORT
    feeds: tuple[str, ...] = ("gesprek",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:  # noqa: ARG002 (the contract)
        """Yield the calls and staffing that changed with each stretch of lines."""
        events = Events(self.key, self.queues, cursor.get("stand", {}))
        for chunk in follow(self.path, mark_from(cursor.get("plaats")), self.key):
            if chunk.lost:
                events.forget()
            rejected = list(_rejections(events, chunk))
            calls, staffing = events.drain()
            yield Batch(
                cursor=_cursor(chunk.mark, events),
                calls=calls,
                staffing=staffing,
                rejected=rejected,
                read=len(chunk.lines),
                oldest=events.oldest,
                newest=events.newest,
                complete=chunk.complete,
                versioned=True,
            )


def _cursor(mark: Mark | None, events: Events) -> dict[str, Any]:
    return {"plaats": mark.as_json() if mark else None, "stand": events.as_json()}


def _rejections(events: Events, chunk: Chunk) -> Iterator[Rejected]:
    if chunk.problem:
        yield Rejected(f"{chunk.file}:{chunk.first_line}:stuk", chunk.file, chunk.problem)
    for index, reason in events.feed(chunk.lines):
        line = chunk.first_line + index
        yield Rejected(f"{chunk.file}:{line}", f"{chunk.file} regel {line}", reason)


def build(naam: str, options: Options, surroundings: Surroundings) -> AsteriskQueueLog:
    """Build the source from its [[bron]] block."""
    return AsteriskQueueLog(
        naam,
        options.path("pad"),
        options.queues(),
        surroundings.key,
        options.seconds("interval", 0.5),
    )
