"""The questions themselves of one organisation: open work, what falls due, chains of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.store import Store
from data.workdays import Workdays
from metrics.chains import Chains, chains
from metrics.expiring import EVERYTHING, Expiring, expiring
from metrics.facts import Cut, Only
from metrics.open_work import Open, open_work
from metrics.periods import Period
from metrics.question_list import Chosen, Listed, listed


@dataclass(frozen=True)
class FollowUp:
    """Reads the tickets of one store."""

    store: Store
    workdays: Workdays

    def open_work(self, now: datetime, only: Only) -> list[Open]:
        """Return what waits for an answer, per department."""
        with self.store.reading() as connection:
            return open_work(connection, self.store.organisation, self.workdays, now, only)

    def expiring(self, now: datetime, werkdagen: int, only: Only = EVERYTHING) -> list[Expiring]:
        """Return what falls due within so many working days, the oldest first."""
        with self.store.reading() as connection:
            asked = connection, self.store.organisation, self.workdays, now, werkdagen
            return expiring(*asked, only)

    def listed(self, chosen: Chosen, after: int, size: int) -> tuple[list[Listed], int]:
        """Return a stretch of the questions behind a figure, and how many there are in all."""
        with self.store.reading() as connection:
            return listed(connection, self.store.organisation, chosen, after, size)

    def chains(self, period: Period, by: Sequence[Cut]) -> list[Chains]:
        """Return per part how often residents had to ask again about one question."""
        with self.store.reading() as connection:
            return chains(connection, self.store.organisation, period, by)
