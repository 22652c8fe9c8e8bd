"""Presence in queues from member events, under tokens that change every day; no names kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from data.calendar import ZONE
from data.schema import Presence
from ingest.privacy import day_token
from ingest.records import Staffing
from ingest.source import RowRejected

ARRIVES = frozenset({"ADDMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN"})
LEAVES = frozenset({"REMOVEMEMBER", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF"})
PAUSES = frozenset({"PAUSE", "PAUSEALL"})
RESUMES = frozenset({"UNPAUSE", "UNPAUSEALL"})
STAFF_EVENTS = ARRIVES | LEAVES | PAUSES | RESUMES
ALL_QUEUES = "NONE"


class Members:
    """Who is present where, as (token, queue) -> presence and since when."""

    def __init__(self, key: bytes, state: Iterable[list[Any]]) -> None:
        self.key = key
        self.present: dict[tuple[int, str], tuple[int, int]] = {
            (token, queue): (presence, since) for token, queue, presence, since in state
        }
        self.changed: list[Staffing] = []

    def as_json(self) -> list[list[Any]]:
        """Return what a cursor keeps."""
        return [[*place, *state] for place, state in self.present.items()]

    def drain(self) -> list[Staffing]:
        """Return the intervals that began or ended since the last time."""
        changed, self.changed = self.changed, []
        return changed

    def take(self, at: int, fields: list[str]) -> None:
        """Fold one member event: a whole line of the log, cut into fields."""
        queue, name, event, rest = fields[2], fields[3], fields[4], fields[5:]
        if not name or name == "NONE":
            raise RowRejected("de naam van het lid ontbreekt")
        today, known = self._tokens(at, name)
        if queue == ALL_QUEUES:
            for token, place in [at_ for at_ in self.present if at_[0] in (today, known)]:
                self._change(at, token, place, event, rest)
        else:
            token = known if (known, queue) in self.present else today
            self._change(at, token, queue, event, rest)

    def _tokens(self, at: int, name: str) -> tuple[int, int]:
        """Return today's token and the one under which the member may have come yesterday."""
        day = datetime.fromtimestamp(at, ZONE).toordinal()
        return day_token(self.key, name, day), day_token(self.key, name, day - 1)

    def _change(self, at: int, token: int, queue: str, event: str, rest: list[str]) -> None:
        self._end(at, token, queue)
        if event in LEAVES:
            return
        paused = event in PAUSES or (event == "ADDMEMBER" and rest[:1] == ["PAUSED"])
        presence = Presence.PAUZE if paused else Presence.BESCHIKBAAR
        self.present[token, queue] = (presence.value, at)
        self.changed.append(_interval(token, queue, presence.value, at, None))

    def _end(self, at: int, token: int, queue: str) -> None:
        standing = self.present.pop((token, queue), None)
        if standing:
            self.changed.append(_interval(token, queue, *standing, max(at, standing[1])))


def _interval(token: int, queue: str, presence: int, begins: int, ends: int | None) -> Staffing:
    key = f"{token}|{queue}|{begins}|{presence}"
    return Staffing(key, 1 if ends is None else 2, token, queue, presence, begins, ends)
