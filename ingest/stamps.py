"""Gives each record the stamps that no query should compute: local day, slot, open, topic."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.calendar import Calendar
from data.codes import Complexity
from data.topics import Topics
from ingest.records import Call, Staffing, Ticket

Row = tuple[Any, ...]
UNKNOWN = "onbekend"


@dataclass(frozen=True)
class Stamps:
    """The municipality's own facts, as far as rows need them."""

    organisation: int
    gemeente: str
    calendar: Calendar
    topics: Topics

    @property
    def fingerprint(self) -> int:
        """A number that changes when a stamp of a stored row could change."""
        return zlib.crc32(f"{self.calendar.fingerprint}:{self.topics.fingerprint}".encode())

    def calls(self, source: int, records: Iterable[Call]) -> list[Row]:
        """Turn calls into rows of the call table: keys and stamps go in between their fields."""
        head, stamp, named = (self.organisation, source), self.calendar.stamp, self._named
        return [
            head + record[:3] + stamp(record[2]) + named(record[3:6]) + record[6:]
            for record in records
        ]

    def _named(self, place: tuple[str, str, str]) -> Row:
        """Fill in what a source does not say of queue, department and municipality."""
        queue, afdeling, gemeente = place
        if afdeling and gemeente:
            return place
        return queue, afdeling or UNKNOWN, gemeente or self.gemeente

    def tickets(self, source: int, records: Iterable[Ticket]) -> list[Row]:
        """Turn tickets into rows of the ticket table."""
        return [self._ticket(source, record) for record in records]

    def staffing(self, source: int, records: Iterable[Staffing]) -> list[Row]:
        """Turn presence intervals into rows of the staffing table."""
        return [(self.organisation, source, *record) for record in records]

    def _ticket(self, source: int, record: Ticket) -> Row:
        topic, complexity = self.topics.find(record.onderwerp)
        return (
            self.organisation,
            source,
            record.key,
            record.version,
            record.received_at,
            self.calendar.stamp(record.received_at).day,
            record.due_at,
            None if record.due_at is None else self.calendar.stamp(record.due_at).day,
            record.closed_at,
            record.kanaal or UNKNOWN,
            topic or UNKNOWN,
            record.afdeling or UNKNOWN,
            record.gemeente or self.gemeente,
            int(record.complexity if record.complexity != Complexity.ONBEKEND else complexity),
            int(record.handler),
        )
