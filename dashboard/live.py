"""Push: one watcher asks once per change, and every screen gets the same bytes."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dashboard.board import Clock
from dashboard.freshness import epoch_ms

log = logging.getLogger(__name__)

LOOK_EVERY = 0.25  # seconds between two looks at the revision
SPEAK_EVERY = timedelta(seconds=15)  # also without a change: how fresh the sources are
FIRST_REST = timedelta(seconds=0.5)
LONGEST_REST = timedelta(seconds=10)  # of a wall that keeps failing
TICK_EVERY = 10.0  # seconds of silence after which a stream says that it lives


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The wall at one instant: its parts, its sources, and when time alone changes it."""

    at: datetime
    parts: Mapping[str, Any]
    sources: Sequence[Mapping[str, Any]]
    changes_at: datetime
    closed: bool = False


def compact(value: Any) -> str:
    """Serialise, Dash components included."""
    return json.dumps(
        value,
        default=lambda component: component.to_plotly_json(),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def event(name: str, data: str) -> bytes:
    """Write one server-sent event."""
    return f"event: {name}\ndata: {data}\n\n".encode()


@dataclass
class Seats:
    """How many streams may be open at once, so that threads remain for other requests."""

    free: int = 200
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> bool:
        """Admit one more stream, if there is room."""
        with self._lock:
            admitted = self.free > 0
            self.free -= admitted
            return admitted

    def leave(self) -> None:
        """Give the seat back."""
        with self._lock:
            self.free += 1


@dataclass
class Hub:
    """Where the watcher leaves the news of one wall and its streams wait for it."""

    newest: Snapshot | None = None
    _parts: dict[str, str] = field(default_factory=dict)
    _number: int = 0
    _full: bytes = b""
    _change: bytes = b""
    _closed: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, snapshot: Snapshot) -> None:
        """Serialise once: everything for a newcomer, the difference for who follows."""
        parts = {key: compact(part) for key, part in snapshot.parts.items()}
        changed = {key: text for key, text in parts.items() if self._parts.get(key) != text}
        full, change = _stand(snapshot, parts), _stand(snapshot, changed)
        with self._news:
            self._parts, self._full, self._change = parts, full, change
            self.newest = snapshot
            self._number += 1
            self._news.notify_all()

    def after(self, seen: int, timeout: float) -> tuple[int, bytes]:
        """Wait for news after number `seen`; no news is empty."""
        with self._news:
            self._news.wait_for(lambda: self._number > seen or self._closed, timeout)
            if self._number == seen:
                return seen, b""
            follows = 0 < seen == self._number - 1
            return self._number, self._change if follows else self._full

    def close(self) -> None:
        """End all streams."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    @property
    def closed(self) -> bool:
        """Whether the server is stopping."""
        return self._closed


def _stand(snapshot: Snapshot, parts: Mapping[str, str]) -> bytes:
    areas = ",".join(f"{compact(key)}:{text}" for key, text in parts.items())
    rest = (
        f'"nu":{epoch_ms(snapshot.at)},"dicht":{compact(snapshot.closed)},'
        f'"bronnen":{compact(snapshot.sources)}'
    )
    return event("stand", f'{{{rest},"gebieden":{{{areas}}}}}')


def stream(hub: Hub, clock: Clock, version: str) -> Iterator[bytes]:
    """Yield the events of one screen."""
    yield event("versie", compact({"versie": version, "nu": epoch_ms(clock())}))
    seen = 0
    while not hub.closed:
        seen, news = hub.after(seen, TICK_EVERY)
        yield news or event("tik", compact({"nu": epoch_ms(clock())}))


@dataclass
class Channel:
    """One wall: how it is looked at, where the news goes, and what follows once it is out."""

    take: Callable[[datetime], Snapshot]
    after: Callable[[], None]
    hub: Hub = field(default_factory=Hub)
    _seen: int | None = None
    _looked: datetime | None = None
    _due: datetime | None = None
    _failed: datetime | None = None
    _rest: timedelta = timedelta()

    def look(self, now: datetime, revision: int) -> bool:
        """Publish when the data or the time calls for it; tell whether that was done.

        The screens of a wall that fails see their figures age; one line in the log is enough.
        """
        if self._is_resting(now) or (revision == self._seen and not self._is_due(now)):
            return False
        try:
            self._publish(now, revision)
        except Exception:
            if self._failed is None:
                log.exception("The wall could not be refreshed; trying again")
            self._failed = now
            self._rest = min(2 * self._rest or FIRST_REST, LONGEST_REST)
            return False
        self._failed, self._rest = None, timedelta()
        return True

    def _publish(self, now: datetime, revision: int) -> None:
        snapshot = self.take(now)
        self.hub.publish(snapshot)
        self._seen, self._looked = revision, now
        self._due = min(now + SPEAK_EVERY, snapshot.changes_at)
        self.after()

    def _is_resting(self, now: datetime) -> bool:
        return self._failed is not None and timedelta() <= now - self._failed < self._rest

    def _is_due(self, now: datetime) -> bool:
        """Whether time asks for a look; a clock that was set back does so too."""
        return self._looked is None or self._due is None or not self._looked <= now < self._due


class Watcher:
    """One thread per process, however many walls and screens there are."""

    def __init__(
        self, revision: Callable[[], int], channels: Sequence[Channel], clock: Clock
    ) -> None:
        self._revision, self._channels, self._clock = revision, channels, clock
        self._failing = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="regiebord-watcher", daemon=True)

    def start(self) -> None:
        """Start looking; after the fork, for a thread does not survive one."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking and end the streams."""
        self._stop.set()
        for channel in self._channels:
            channel.hub.close()

    def look(self) -> int:
        """Look at each wall that the data or the time calls for; return how many spoke."""
        now, revision = self._clock(), self._revision()
        return sum(channel.look(now, revision) for channel in self._channels)

    def _run(self) -> None:
        while True:
            try:
                self.look()
                self._failing = False
            except Exception:
                if not self._failing:
                    log.exception("The store does not answer; trying again")
                self._failing = True
            if self._stop.wait(LOOK_EVERY):
                return
