"""Gives each record the stamps that no query should compute: local day, slot, open, terms."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.codes import Complexity, Handler
from ingest.life import Rules
from ingest.nature import UNKNOWN
from ingest.records import Call, Staffing, Ticket

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Stamps:
    """The municipality's own facts, as far as rows need them."""

    organisation: int
    gemeente: str
    rules: Rules

    @property
    def fingerprint(self) -> int:
        """A number that changes when a stamp of a stored row could change."""
        return zlib.crc32(repr(self.rules.fingerprints).encode())

    def calls(self, source: int, records: Iterable[Call]) -> list[Row]:
        """Turn calls into rows of the call table: keys and stamps go in between their fields."""
        head, stamp, named = (self.organisation, source), self.rules.calendar.stamp, self._named
        rows = []
        for record in records:
            moment = stamp(record[2])
            rows.append(head + record[:3] + moment + named(record[3:6], moment[0]) + record[6:])
        return rows

    def _named(self, place: tuple[str, str, str], day: int) -> Row:
        """Fill in what a source does not say of queue, department and municipality."""
        queue, afdeling, gemeente = place
        if self.rules.departments.successions and afdeling:
            afdeling = self.rules.departments.find(afdeling, day)
        return queue, afdeling or UNKNOWN, gemeente or self.gemeente

    def tickets(self, source: int, records: Iterable[Ticket]) -> list[Row]:
        """Turn tickets into rows of the ticket table: what is told, and what the rules add."""
        head, stamp, told = (self.organisation, source), self.rules.stamp, self._told
        return [head + told(record) + stamp(record) for record in records]

    def _told(self, record: Ticket) -> Row:
        return (
            *record[:5],
            record.kanaal or UNKNOWN,
            record.onderwerp,
            record.afdeling,
            record.gemeente or self.gemeente,
            record.soort,
            int(record.complexity),
            int(record.handler),
            *record[12:17],
            zlib.crc32(repr(record.events).encode()) if record.events else 0,
        )

    def staffing(self, source: int, records: Iterable[Staffing]) -> list[Row]:
        """Turn presence intervals into rows of the staffing table."""
        return [(self.organisation, source, *record) for record in records]


def told_again(row: Row, events: Iterable[Any]) -> Ticket:
    """Return the ticket that a stored row tells; `row` begins with its key."""
    told = Ticket(*row[:17])
    return told._replace(
        complexity=Complexity(told.complexity), handler=Handler(told.handler), events=tuple(events)
    )
