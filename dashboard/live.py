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
TICK_EVERY = 10.0  # seconds of silence after which a stream says that it lives


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The wall at one instant: its parts, its sources, and when time alone changes it."""

    at: datetime
    parts: Mapping[str, Any]
    sources: Sequence[Mapping[str, Any]]
    changes_at: datetime


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
class Hub:
    """Where the watcher leaves the news and the streams wait for it."""

    seats: int = 200
    _parts: dict[str, str] = field(default_factory=dict)
    _number: int = 0
    _full: bytes = b""
    _change: bytes = b""
    _taken: int = 0
    _closed: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, snapshot: Snapshot) -> None:
        """Serialise once: everything for a newcomer, the difference for who follows."""
        parts = {key: compact(part) for key, part in snapshot.parts.items()}
        changed = {key: text for key, text in parts.items() if self._parts.get(key) != text}
        full, change = _stand(snapshot, parts), _stand(snapshot, changed)
        with self._news:
            self._parts, self._full, self._change = parts, full, change
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

    def take_seat(self) -> bool:
        """Admit one more stream, unless that would leave no thread for other requests."""
        with self._news:
            free = self._taken < self.seats and not self._closed
            self._taken += free
            return free

    def leave(self) -> None:
        """Give the seat back."""
        with self._news:
            self._taken -= 1

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
    rest = f'"nu":{epoch_ms(snapshot.at)},"bronnen":{compact(snapshot.sources)}'
    return event("stand", f'{{{rest},"gebieden":{{{areas}}}}}')


def stream(hub: Hub, clock: Clock, version: str) -> Iterator[bytes]:
    """Yield the events of one screen, its seat already taken."""
    try:
        yield event("versie", compact({"versie": version, "nu": epoch_ms(clock())}))
        seen = 0
        while not hub.closed:
            seen, news = hub.after(seen, TICK_EVERY)
            yield news or event("tik", compact({"nu": epoch_ms(clock())}))
    finally:
        hub.leave()


class Watcher:
    """One thread per process, however many screens there are."""

    def __init__(
        self,
        revision: Callable[[], int],
        take: Callable[[datetime], Snapshot],
        clock: Clock,
        hub: Hub,
    ) -> None:
        self._revision, self._take, self._clock, self._hub = revision, take, clock, hub
        self._seen: int | None = None
        self._due: datetime | None = None
        self._failing = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="regiebord-watcher", daemon=True)

    def start(self) -> None:
        """Start looking; after the fork, for a thread does not survive one."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking and end the streams."""
        self._stop.set()
        self._hub.close()

    def look(self) -> bool:
        """Publish when the data or the time calls for it."""
        now, revision = self._clock(), self._revision()
        if revision == self._seen and self._due is not None and now < self._due:
            return False
        snapshot = self._take(now)
        self._hub.publish(snapshot)
        self._seen, self._due = revision, min(now + SPEAK_EVERY, snapshot.changes_at)
        return True

    def _run(self) -> None:
        while True:
            try:
                self.look()
                self._failing = False
            except Exception:
                # The screens see their figures age; one line in the log is enough.
                if not self._failing:
                    log.exception("The wall could not be refreshed; trying again")
                self._failing = True
            if self._stop.wait(LOOK_EVERY):
                return
