"""Folds the events of a queue_log into calls; knows each event's fields and nothing of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from data.codes import Exit, Outcome
from ingest.options import QueueOptions
from ingest.privacy import Pseudonyms
from ingest.queue_layout import IGNORED, LEFT_WITHOUT_PERSON, MOST_FIELDS
from ingest.queue_staffing import STAFF_EVENTS, Members
from ingest.records import Call, Staffing
from ingest.source import RowRejected

KEY, VERSION, ARRIVED, QUEUE = range(4)
OUTCOME, EXIT, WAIT, TALK, LEFT, ENDED, TRANSFERRED, CALLER = range(6, 14)
NOTHING_YET = (None,) * 6
UNAGREED = QueueOptions()
OPGENOMEN = Outcome.OPGENOMEN.value
LATEST = 1 << 33

ENTERED, CONNECTED, LOST, DONE = range(1, 5)
"""The versions of a call; an end that was seen outdoes one that was missed."""

LONGEST_NAME = 100
LONGEST_KEY = 200
LONGEST_CALL = 24 * 3600
LONGEST_NUMBER = 7

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
        handlers: dict[str, Handle] = {
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
        self.handlers = {
            event: (handlers[event], MOST_FIELDS.get(event, 999)) for event in handlers
        }

    def as_json(self) -> dict[str, Any]:
        """Return what a cursor keeps: open calls and anonymous presence, no names or numbers."""
        return {
            "oudste": self.oldest,
            "nieuwste": self.newest,
            "open": [row[:] for row in self.open.values()],
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
                if not 0 < at < LATEST or "\0" in line:
                    raise RowRejected("het tijdstip kan niet, of de regel bevat NUL-tekens")
                handle, most = handlers[fields[4]]
                if len(fields) > most and any(fields[most:]):
                    raise RowRejected(f"te veel velden ({len(fields)})")
                handle(at, fields)
                if newest < at:
                    oldest, newest = oldest or at, at
            except (ValueError, LookupError) as error:
                if line.strip("\0 "):
                    yield index, self._reason(fields, error)
        self.newest = newest or None
        self.oldest = self.oldest or oldest

    def drain(self) -> tuple[list[Call], list[Staffing]]:
        """Return what changed since the last time."""
        calls = list(map(Call._make, self.changed.values()))
        self.changed = {}
        return calls, self.members.drain()

    def forget(self) -> None:
        """The log is read again from its begin: of what was open the end will not be seen."""
        self._restart(self.newest or 0, [])
        self.members.present.clear()

    def _reason(self, fields: list[str], error: Exception) -> str:
        """Say why a line is set aside, and nothing of what it holds but a known event."""
        event = fields[4] if len(fields) > 4 and fields[4] in self.handlers else "?"
        if isinstance(error, RowRejected):
            return f"{event}: {error}"
        if isinstance(error, KeyError):
            return "onbekende gebeurtenis in het vijfde veld"
        if isinstance(error, IndexError):
            return f"{event}: te weinig velden ({len(fields)})"
        return f"{event}: het eerste veld is geen tijdstip"

    def _enter(self, at: int, fields: list[str]) -> None:
        callid, queue, number = fields[1], fields[2], fields[6]
        key = f"{callid}|{queue}|{at}"
        if not callid or not 0 < len(queue) <= LONGEST_NAME or len(key) > LONGEST_KEY:
            raise RowRejected("callid of wachtrij ontbreekt of is te lang")
        self._give_up(at)
        standing = self.open.get((callid, queue))
        if standing is not None:
            if standing[KEY] == key:
                return
            self._lose(standing, at)
        afdeling, gemeente, norm, short = self.queues.get(queue, UNAGREED)
        self.open[callid, queue] = self.changed[key] = [
            *(key, ENTERED, at, queue, afdeling, gemeente),
            *NOTHING_YET,
            *(0, self.pseudonym(number), norm, short),
        ]

    def _connect(self, at: int, fields: list[str]) -> None:
        row = self.open[fields[1], fields[2]]
        row[WAIT] = _seconds(fields, 5)
        row[VERSION], row[OUTCOME], row[LEFT] = CONNECTED, OPGENOMEN, max(row[ARRIVED], at)
        self.changed[row[KEY]] = row

    def _complete(self, at: int, fields: list[str]) -> None:
        self._answered(at, fields, 5, 0)

    def _blind_transfer(self, at: int, fields: list[str]) -> None:
        self._answered(at, fields, 7, 1)

    def _attended_transfer(self, at: int, fields: list[str]) -> None:
        self._answered(at, fields, 8 if fields[5] == "LINK" else 7, 1)

    def _answered(self, at: int, fields: list[str], wait_at: int, transferred: int) -> None:
        place = fields[1], fields[2]
        row = self.open[place]
        wait, talk = _seconds(fields, wait_at), _seconds(fields, wait_at + 1)
        left = row[LEFT] or max(row[ARRIVED], at - talk)
        at = max(left, at)
        row[VERSION] = DONE
        row[OUTCOME:CALLER] = OPGENOMEN, None, wait, talk, left, at, transferred
        self.changed[row[KEY]] = row
        del self.open[place]

    def _left(
        self, outcome: Outcome, detail: Exit | None, wait_at: int | None, at: int, fields: list[str]
    ) -> None:
        place = fields[1], fields[2]
        row = self.open[place]
        at = max(row[ARRIVED], at)
        wait = at - row[ARRIVED] if wait_at is None else _seconds(fields, wait_at)
        row[VERSION] = DONE
        row[OUTCOME:CALLER] = outcome.value, detail and detail.value, wait, None, at, at, 0
        self.changed[row[KEY]] = row
        del self.open[place]

    def _restart(self, at: int, _fields: list[str]) -> None:
        """The exchange started anew: what was still open never gets an end."""
        for row in list(self.open.values()):
            self._lose(row, at)

    def _give_up(self, at: int) -> None:
        """Of a call that has been open for a day the end was missed."""
        while self.open:
            row = next(iter(self.open.values()))
            if at - row[ARRIVED] <= LONGEST_CALL:
                return
            self._lose(row, row[ARRIVED] + LONGEST_CALL)

    def _lose(self, row: list[Any], at: int) -> None:
        ended = max(row[ARRIVED], at)
        if row[OUTCOME] is None:
            row[OUTCOME], row[LEFT] = Outcome.ONBEKEND.value, ended
        row[VERSION], row[ENDED] = LOST, ended
        self.changed[row[KEY]] = row
        del self.open[_place(row)]


def _place(row: list[Any]) -> tuple[str, str]:
    return row[KEY].partition("|")[0], row[QUEUE]


def _ignore(_at: int, _fields: list[str]) -> None:
    """Events that say nothing about calls or presence."""


def _seconds(fields: list[str], index: int) -> int:
    text = fields[index]
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise RowRejected(f"veld {index + 1} is geen heel aantal seconden")
    return int(text)
