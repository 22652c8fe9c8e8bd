"""Folds the events of a queue_log into calls; knows each event's fields and nothing of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from data.schema import Exit, Outcome
from ingest.options import QueueOptions
from ingest.privacy import masked, pseudonym
from ingest.queue_staffing import STAFF_EVENTS, Members
from ingest.records import Call, Staffing
from ingest.source import RowRejected

KEY, VERSION, ARRIVED, QUEUE, OUTCOME, EXIT, WAIT, TALK, LEFT, ENDED, TRANSFERRED, CALLER = range(
    12
)
LATEST = 1 << 33

IGNORED = frozenset(
    [
        "CONFIGRELOAD",
        "RINGNOANSWER",
        "RINGCANCELED",
        "PENALTY",
        "RINGINUSE",
        "OUTCALL",
        "DID",
        "INFO",
        "AGENTCALLED",
        "CALLSTATUS",
        "TRANSFERDIAL",
    ]
)
LEFT_WITHOUT_PERSON: Mapping[str, tuple[Outcome, Exit | None, int | None]] = {
    "ABANDON": (Outcome.AFGEHAAKT, None, 2),
    "EXITWITHTIMEOUT": (Outcome.OVERGELOPEN, Exit.TIMEOUT, 2),
    "EXITEMPTY": (Outcome.OVERGELOPEN, Exit.LEEG, 2),
    "EXITWITHKEY": (Outcome.OVERGELOPEN, Exit.TOETS, 3),
    "WITHDRAW": (Outcome.OVERGELOPEN, Exit.INGETROKKEN, 2),
    "AGENTDUMP": (Outcome.OVERGELOPEN, Exit.MEDEWERKER_HING_OP, None),
    "SYSCOMPAT": (Outcome.GEWEIGERD, None, None),
}
"""Event -> outcome, detail, and the parameter that holds the seconds waited."""

Handle = Callable[[int, str, str, list[str]], None]


class Events:
    """The calls that are open, and those that changed since the last drain."""

    def __init__(
        self, key: bytes, queues: Mapping[str, QueueOptions], state: Mapping[str, Any]
    ) -> None:
        self.key = key
        self.queues = queues
        self.oldest: int | None = state.get("oudste")
        self.newest: int | None = state.get("nieuwste")
        self.open: dict[tuple[str, str], list[Any]] = {
            (row[KEY].split("|", 1)[0], row[QUEUE]): row for row in state.get("open", ())
        }
        self.members = Members(key, state.get("leden", ()))
        self.changed: dict[str, list[Any]] = {}
        self.handlers: dict[str, Handle] = {
            "ENTERQUEUE": self._enter,
            "CONNECT": self._connect,
            "COMPLETECALLER": self._complete,
            "COMPLETEAGENT": self._complete,
            "BLINDTRANSFER": self._blind_transfer,
            "TRANSFER": self._blind_transfer,
            "ATTENDEDTRANSFER": self._attended_transfer,
            "QUEUESTART": self._restart,
        }

    def as_json(self) -> dict[str, Any]:
        """Return what a cursor keeps: open calls and anonymous presence, no names or numbers."""
        return {
            "oudste": self.oldest,
            "nieuwste": self.newest,
            "open": list(self.open.values()),
            "leden": self.members.as_json(),
        }

    def feed(self, lines: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Fold lines; yield the index and the reason of each line that is set aside."""
        handlers = self.handlers
        oldest, newest = self.oldest or LATEST, self.newest or 0
        for index, line in enumerate(lines):
            fields = line.split("|")
            try:
                at = int(fields[0])
                handle = handlers.get(fields[4])
                if handle is not None:
                    handle(at, fields[1], fields[2], fields[5:])
                else:
                    self._seldom(at, fields)
                if newest < at < LATEST:
                    newest = at
                if 0 < at < oldest:
                    oldest = at
            except (ValueError, IndexError) as error:
                if line.strip("\0 "):
                    yield index, _reason(line, fields, error)
        self.newest = newest or None
        self.oldest = oldest if oldest < LATEST else None

    def drain(self) -> tuple[list[Call], list[Staffing]]:
        """Return what changed since the last time."""
        calls = [self._record(row) for row in self.changed.values()]
        self.changed = {}
        return calls, self.members.drain()

    def _record(self, row: list[Any]) -> Call:
        options = self.queues.get(row[QUEUE]) or QueueOptions()
        return Call(*row, *options)

    def _enter(self, at: int, callid: str, queue: str, rest: list[str]) -> None:
        if not 0 < at < LATEST:
            raise RowRejected("het tijdstip ligt buiten deze eeuw")
        key = f"{callid}|{queue}|{at}"
        standing = self.open.get((callid, queue))
        if standing is not None:
            if standing[KEY] == key:
                return
            self._lose(standing, at)
        caller = pseudonym(self.key, rest[1])
        row = [key, 1, at, queue, None, None, None, None, None, None, 0, caller]
        self.open[callid, queue] = self.changed[key] = row

    def _connect(self, at: int, callid: str, queue: str, rest: list[str]) -> None:
        row = self._opened(callid, queue)
        wait = int(rest[0])
        row[VERSION], row[OUTCOME], row[WAIT], row[LEFT] = 2, 1, wait, at
        self.changed[row[KEY]] = row

    def _complete(self, at: int, callid: str, queue: str, rest: list[str]) -> None:
        self._answered(at, callid, queue, int(rest[0]), int(rest[1]), 0)

    def _blind_transfer(self, at: int, callid: str, queue: str, rest: list[str]) -> None:
        self._answered(at, callid, queue, int(rest[2]), int(rest[3]), 1)

    def _attended_transfer(self, at: int, callid: str, queue: str, rest: list[str]) -> None:
        times = rest[3:] if rest[0] == "LINK" else rest[2:]
        self._answered(at, callid, queue, int(times[0]), int(times[1]), 1)

    def _answered(
        self, at: int, callid: str, queue: str, wait: int, talk: int, transferred: int
    ) -> None:
        row = self._opened(callid, queue)
        if row[LEFT] is None:
            row[LEFT] = max(row[ARRIVED], at - talk)
        row[VERSION], row[OUTCOME], row[WAIT], row[TALK] = 3, 1, wait, talk
        row[ENDED], row[TRANSFERRED] = at, transferred
        self.changed[row[KEY]] = row
        del self.open[callid, queue]

    def _seldom(self, at: int, fields: list[str]) -> None:
        event, rest = fields[4], fields[5:]
        if event in LEFT_WITHOUT_PERSON:
            self._left(at, fields[1], fields[2], event, rest)
        elif event in STAFF_EVENTS:
            self.members.take(at, fields[2], fields[3], event, rest)
        elif event not in IGNORED:
            raise RowRejected(f"onbekende gebeurtenis {masked(event)!r}")

    def _left(self, at: int, callid: str, queue: str, event: str, rest: list[str]) -> None:
        row = self._opened(callid, queue)
        outcome, detail, place = LEFT_WITHOUT_PERSON[event]
        wait = int(rest[place]) if place is not None else max(0, at - row[ARRIVED])
        row[VERSION], row[OUTCOME], row[EXIT] = 3, outcome.value, detail and detail.value
        row[WAIT], row[LEFT], row[ENDED] = wait, at, at
        self.changed[row[KEY]] = row
        del self.open[callid, queue]

    def _restart(self, at: int, _callid: str, _queue: str, _rest: list[str]) -> None:
        """The exchange started anew: what was still open never gets an end."""
        for row in list(self.open.values()):
            self._lose(row, at)

    def _lose(self, row: list[Any], at: int) -> None:
        if row[OUTCOME] is None:
            row[OUTCOME], row[LEFT] = Outcome.ONBEKEND.value, max(row[ARRIVED], at)
        row[VERSION], row[ENDED] = 3, max(row[ARRIVED], at)
        self.changed[row[KEY]] = row
        del self.open[row[KEY].split("|", 1)[0], row[QUEUE]]

    def _opened(self, callid: str, queue: str) -> list[Any]:
        row = self.open.get((callid, queue))
        if row is None:
            raise RowRejected("er is geen open gesprek bij deze regel (geen ENTERQUEUE gezien)")
        return row


def _reason(line: str, fields: list[str], error: Exception) -> str:
    event = masked(fields[4]) if len(fields) > 4 else "?"
    if isinstance(error, RowRejected):
        return f"{event}: {error}"
    if "\0" in line:
        return f"{event}: de regel bevat NUL-tekens; het bestand is beschadigd"
    if isinstance(error, IndexError):
        return f"{event}: te weinig velden ({len(fields)})"
    return f"{event}: geen geheel getal waar dat hoort ({masked(error)})"
