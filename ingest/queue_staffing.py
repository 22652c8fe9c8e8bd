"""Presence in queues from member events, under tokens that change every day; no names kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.calendar import local_day, midnight
from data.codes import Presence
from ingest.privacy import day_token
from ingest.records import Staffing
from ingest.source import RowRejected

ARRIVES = frozenset({"ADDMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN"})
LEAVES = frozenset({"REMOVEMEMBER", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF"})
PAUSES = frozenset({"PAUSE", "PAUSEALL"})
RESUMES = frozenset({"UNPAUSE", "UNPAUSEALL"})
STAFF_EVENTS = ARRIVES | LEAVES | PAUSES | RESUMES
ALL_QUEUES = "NONE"
LONGEST_NAME = 100


class Members:
    """Who is present where, as (token, queue) -> presence and since when."""

    def __init__(self, key: bytes, state: Iterable[list[Any]]) -> None:
        self.key = key
        self.present: dict[tuple[int, str], tuple[int, int]] = {
            (token, queue): (presence, since) for token, queue, presence, since in state
        }
        self.changed: list[Staffing] = []
        self.day = 0

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
        if not 0 < len(queue) <= LONGEST_NAME:
            raise RowRejected("de wachtrij ontbreekt of is te lang")
        day = local_day(at)
        if day > self.day:
            self._let_go(day)
        # under yesterday's token the member may have come; from now on it is today's
        tokens = day_token(self.key, name, day), day_token(self.key, name, day - 1)
        places = [queue]
        if queue == ALL_QUEUES:
            places = sorted({place for token, place in self.present if token in tokens})
        for place in places:
            for token in tokens:
                self._end(at, token, place)
            if event not in LEAVES:
                self._begin(at, tokens[0], place, _presence(event, rest))

    def _let_go(self, day: int) -> None:
        """Forget whom no token of today or yesterday can name any more."""
        self.day = day
        oldest = midnight(day - 1)
        self.present = {place: state for place, state in self.present.items() if state[1] >= oldest}

    def _begin(self, at: int, token: int, queue: str, presence: int) -> None:
        self.present[token, queue] = (presence, at)
        self.changed.append(_interval(token, queue, presence, at, None))

    def _end(self, at: int, token: int, queue: str) -> None:
        standing = self.present.pop((token, queue), None)
        if standing:
            self.changed.append(_interval(token, queue, *standing, max(at, standing[1])))


def _presence(event: str, rest: list[str]) -> int:
    paused = event in PAUSES or (event == "ADDMEMBER" and rest[:1] == ["PAUSED"])
    return (Presence.PAUZE if paused else Presence.BESCHIKBAAR).value


def _interval(token: int, queue: str, presence: int, begins: int, ends: int | None) -> Staffing:
    key = f"{token}|{queue}|{begins}|{presence}"
    return Staffing(key, 1 if ends is None else 2, token, queue, presence, begins, ends)
