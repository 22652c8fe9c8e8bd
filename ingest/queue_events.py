"""Folds the events of a queue_log into calls; knows each event's fields and nothing of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from data.schema import Exit, Outcome
from ingest.options import QueueOptions
from ingest.privacy import Pseudonyms, masked
from ingest.queue_staffing import STAFF_EVENTS, Members
from ingest.records import Call, Staffing
from ingest.source import RowRejected

KEY, VERSION, ARRIVED, QUEUE = range(4)
OUTCOME, EXIT, WAIT, TALK, LEFT, ENDED, TRANSFERRED, CALLER = range(6, 14)
NOTHING_YET = (None,) * 6
UNAGREED = QueueOptions()
OPGENOMEN = Outcome.OPGENOMEN.value
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
    "ABANDON": (Outcome.AFGEHAAKT, None, 7),
    "EXITWITHTIMEOUT": (Outcome.OVERGELOPEN, Exit.TIMEOUT, 7),
    "EXITEMPTY": (Outcome.OVERGELOPEN, Exit.LEEG, 7),
    "EXITWITHKEY": (Outcome.OVERGELOPEN, Exit.TOETS, 8),
    "WITHDRAW": (Outcome.OVERGELOPEN, Exit.INGETROKKEN, 7),
    "AGENTDUMP": (Outcome.OVERGELOPEN, Exit.MEDEWERKER_HING_OP, None),
    "SYSCOMPAT": (Outcome.GEWEIGERD, None, None),
}
"""Event -> outcome, detail, and the field of the line that holds the seconds waited."""

Handle = Callable[[int, list[str]], None]


class OpenCalls(dict[tuple[str, str], list[Any]]):
    """(callid, queue) -> the call that is open there."""

    def __missing__(self, place: tuple[str, str]) -> list[Any]:
        raise RowRejected("er is geen open gesprek bij deze regel (geen ENTERQUEUE gezien)")


class Events:
    """The calls that are open, and those that changed since the last drain."""

    def __init__(
        self, key: bytes, queues: Mapping[str, QueueOptions], state: Mapping[str, Any]
    ) -> None:
        self.pseudonym = Pseudonyms(key)
        self.queues = queues
        self.oldest: int | None = state.get("oudste")
        self.newest: int | None = state.get("nieuwste")
        self.open = OpenCalls({_place(row): row for row in state.get("open", ())})
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
            **{event: partial(self._left, *how) for event, how in LEFT_WITHOUT_PERSON.items()},
            **dict.fromkeys(STAFF_EVENTS, self.members.take),
            **dict.fromkeys(IGNORED, _ignore),
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
        oldest, newest = self.oldest, self.newest or 0
        for index, line in enumerate(lines):
            fields = line.split("|")
            try:
                at = int(fields[0])
                handlers.get(fields[4], _unknown)(at, fields)
                if newest < at < LATEST:
                    oldest, newest = oldest or at, at
            except (ValueError, IndexError) as error:
                if line.strip("\0 "):
                    yield index, _reason(line, fields, error)
        self.newest = newest or None
        self.oldest = self.oldest or oldest

    def drain(self) -> tuple[list[Call], list[Staffing]]:
        """Return what changed since the last time."""
        calls = list(map(Call._make, self.changed.values()))
        self.changed = {}
        return calls, self.members.drain()

    def _enter(self, at: int, fields: list[str]) -> None:
        callid, queue, number = fields[1], fields[2], fields[6]
        if not 0 < at < LATEST:
            raise RowRejected("het tijdstip ligt buiten deze eeuw")
        key = f"{callid}|{queue}|{at}"
        standing = self.open.get((callid, queue))
        if standing is not None:
            if standing[KEY] == key:
                return
            self._lose(standing, at)
        afdeling, gemeente, norm, short = self.queues.get(queue, UNAGREED)
        self.open[callid, queue] = self.changed[key] = [
            key, 1, at, queue, afdeling, gemeente, *NOTHING_YET, 0, self.pseudonym(number), norm, short
        ]  # fmt: skip

    def _connect(self, at: int, fields: list[str]) -> None:
        row = self.open[fields[1], fields[2]]
        row[WAIT] = int(fields[5])
        row[VERSION], row[OUTCOME], row[LEFT] = 2, OPGENOMEN, at
        self.changed[row[KEY]] = row

    def _complete(self, at: int, fields: list[str]) -> None:
        self._answered(at, fields, int(fields[5]), int(fields[6]), 0)

    def _blind_transfer(self, at: int, fields: list[str]) -> None:
        self._answered(at, fields, int(fields[7]), int(fields[8]), 1)

    def _attended_transfer(self, at: int, fields: list[str]) -> None:
        times = fields[8:] if fields[5] == "LINK" else fields[7:]
        self._answered(at, fields, int(times[0]), int(times[1]), 1)

    def _answered(self, at: int, fields: list[str], wait: int, talk: int, transferred: int) -> None:
        place = fields[1], fields[2]
        row = self.open[place]
        left = row[LEFT] or max(row[ARRIVED], at - talk)
        row[VERSION] = 3
        row[OUTCOME:CALLER] = OPGENOMEN, None, wait, talk, left, at, transferred
        self.changed[row[KEY]] = row
        del self.open[place]

    def _left(
        self, outcome: Outcome, detail: Exit | None, wait_at: int | None, at: int, fields: list[str]
    ) -> None:
        place = fields[1], fields[2]
        row = self.open[place]
        wait = int(fields[wait_at]) if wait_at is not None else max(0, at - row[ARRIVED])
        row[VERSION] = 3
        row[OUTCOME:CALLER] = outcome.value, detail and detail.value, wait, None, at, at, 0
        self.changed[row[KEY]] = row
        del self.open[place]

    def _restart(self, at: int, _fields: list[str]) -> None:
        """The exchange started anew: what was still open never gets an end."""
        for row in list(self.open.values()):
            self._lose(row, at)

    def _lose(self, row: list[Any], at: int) -> None:
        ended = max(row[ARRIVED], at)
        if row[OUTCOME] is None:
            row[OUTCOME], row[LEFT] = Outcome.ONBEKEND.value, ended
        row[VERSION], row[ENDED] = 3, ended
        self.changed[row[KEY]] = row
        del self.open[_place(row)]


def _place(row: list[Any]) -> tuple[str, str]:
    return row[KEY].partition("|")[0], row[QUEUE]


def _ignore(_at: int, _fields: list[str]) -> None:
    """Events that say nothing about calls or presence."""


def _unknown(_at: int, fields: list[str]) -> None:
    raise RowRejected(f"onbekende gebeurtenis {masked(fields[4])!r}")


def _reason(line: str, fields: list[str], error: Exception) -> str:
    event = masked(fields[4]) if len(fields) > 4 else "?"
    if isinstance(error, RowRejected):
        return f"{event}: {error}"
    if "\0" in line:
        return f"{event}: de regel bevat NUL-tekens; het bestand is beschadigd"
    if isinstance(error, IndexError):
        return f"{event}: te weinig velden ({len(fields)})"
    return f"{event}: geen geheel getal waar dat hoort ({masked(error)})"
