"""One moment of the board; what holds for a day, or for a part of it, is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from metrics.engine import Look
from metrics.facts import Only
from metrics.freshness import SourceState
from metrics.memory import Memory
from metrics.periods import local_day
from metrics.readings import Query, Reading
from metrics.staffing import HALF_HOUR_S, StaffingPlan, day_plan, staffing
from metrics.typical import QUARTER_S, Past, TypicalDay, typical
from metrics.usual import Usual, usual
from metrics.volume import Volume, volume

NOTHING: Only = MappingProxyType({})


@dataclass(frozen=True)
class BoardLook:
    """One moment of the board: all that is asked of it agrees."""

    look: Look
    past: Past
    memory: Memory

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        """Answer several questions."""
        return self.look.ask_many(queries)

    def sources(self) -> Sequence[SourceState]:
        """Return the state of every source."""
        return self.look.states

    def typical(self, key: str, now: datetime) -> TypicalDay:
        """Return what is normal for a day like this; a band once found holds for the day."""

        def find() -> TypicalDay:
            return typical(self.look, self.past, key, now)

        return self.memory.recall(("typical", key), local_day(now), find)

    def usual(self, key: str, now: datetime, only: Only = NOTHING) -> Usual:
        """Return what is usual for a level at this time of day; it holds for the quarter-hour."""

        def find() -> Usual:
            return usual(self.look, self.past, key, now, only)

        asked = ("usual", key, frozenset(only.items()))
        return self.memory.recall(asked, int(now.timestamp()) // QUARTER_S, find)

    def staffing(
        self, now: datetime, within_s: float = 30, after_call_s: float = 0
    ) -> StaffingPlan:
        """Return how many employees the coming half-hours need; it holds for the half-hour."""

        def find() -> StaffingPlan:
            return staffing(self.look, self.past, now, within_s, after_call_s)

        return self._in_half_hour(("staffing", within_s, after_call_s), now, find)

    def day_plan(self, now: datetime, within_s: float, after_call_s: float) -> StaffingPlan:
        """Return how many employees each half-hour of today needs; it holds for the half-hour."""

        def find() -> StaffingPlan:
            return day_plan(self.look, self.past, now, within_s, after_call_s)

        return self._in_half_hour(("day plan", within_s, after_call_s), now, find)

    def volume(self, now: datetime) -> Volume:
        """Return how many calls are usual on a day like this; it holds for the day."""

        def find() -> Volume:
            return volume(self.look, self.past, now)

        return self.memory.recall("volume", local_day(now), find)

    def _in_half_hour(
        self, asked: Hashable, now: datetime, find: Callable[[], StaffingPlan]
    ) -> StaffingPlan:
        at = int(now.timestamp())
        during = at // HALF_HOUR_S, self.past.calendar.stamp(at).open
        return self.memory.recall(asked, during, find)
