"""What lies behind the figures of one organisation: runs, rows set aside, complete days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.store import Store
from data.workdays import Workdays
from metrics.facts import Fact
from metrics.freshness import reach, source_states
from metrics.provenance import Day, Refused, Run, days_of, last_runs, refused


@dataclass(frozen=True)
class Background:
    """Reads the accounts of one store."""

    store: Store
    workdays: Workdays

    def last_runs(self) -> list[Run]:
        """Return the last runs of each source, the newest first."""
        with self.store.reading() as connection:
            return last_runs(connection, self.store.organisation)

    def refused(self) -> list[Refused]:
        """Return why rows were set aside, and how many."""
        with self.store.reading() as connection:
            return refused(connection, self.store.organisation)

    def days(self, fact: Fact, first: date, now: datetime) -> list[Day]:
        """Say of each day up to now whether the store has all of it."""
        with self.store.reading() as connection:
            states = source_states(connection, self.store.organisation)
            seen = reach(fact, states, now)
            return days_of(connection, self.store.organisation, seen, self.workdays, first)
