"""One wall over time: asks, judges by what it judged before, draws, and logs what changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard import alarm
from dashboard.alarm import Alarm, Phase
from dashboard.board import Board
from dashboard.freshness import browser_table, stale_at, stale_facts
from dashboard.judging import Measure, Memory, judged, verdict_of
from dashboard.limits import Limits
from dashboard.live import Snapshot
from dashboard.questions import Answers, ask_all
from dashboard.verdict import State
from dashboard.wall import LATER, compose, view
from dashboard.wall_names import Names
from data.walls import Wall
from metrics.periods import today
from metrics.transitions import Transition

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=1)
"""How far back a restart looks for the states it goes on from."""
HOUR = timedelta(hours=1)
MOST_UNKEPT = 1000
"""Transitions that wait for a store that is away."""


@dataclass
class Keeper:
    """What a wall is, and what it remembers from look to look."""

    wall: Wall
    name: str
    board: Board
    limits: Limits
    names: Names
    memory: Memory | None = None
    recent: list[Transition] = field(default_factory=list)
    unkept: list[Transition] = field(default_factory=list)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def take(self, now: datetime) -> Snapshot:
        """Look at the wall at one instant, and remember how it was judged."""
        with self._one_at_a_time:
            return self._take(now)

    def _take(self, now: datetime) -> Snapshot:
        asked = ask_all(self.board, self.wall, now)
        stale = stale_facts(asked.sources, self.limits, now)
        seen = view(replace(asked, stale=stale, unheard=self.names.of(self.wall)), self.wall)
        before = self.memory
        if before is None:
            before = self._remembered(now)
            self.memory = still_on(before, seen.measures)
        self.memory = judged(self.memory or {}, seen.measures, now)
        self._note(list(changes(self.wall.naam, seen.measures, before, self.memory, now)), now)
        return Snapshot(
            at=now,
            parts=compose(self.name, seen, self.wall, self.memory),
            sources=browser_table(seen.answers.sources, self.limits),
            changes_at=min(
                changes_at(seen.answers, seen.measures, self.memory),
                stale_at(asked.sources, self.limits, now) or LATER,
            ),
            closed=seen.answers.closed,
        )

    def keep(self) -> None:
        """Put the transitions into the store; what the store does not take now waits."""
        if self.unkept and self.board.record(self.unkept):
            self.unkept = []
        del self.unkept[:-MOST_UNKEPT]

    def restless(self) -> Sequence[tuple[str, int]]:
        """Tell which measures changed state too often in the last hour: their limit is wrong."""
        counts: dict[str, int] = {}
        for one in self.recent:
            counts[one.maatstaf] = counts.get(one.maatstaf, 0) + 1
        return [item for item in counts.items() if item[1] > self.wall.damping.per_uur]

    def _note(self, changed: Sequence[Transition], now: datetime) -> None:
        told = {name for name, _ in self.restless()}
        self.recent = [one for one in (*self.recent, *changed) if one.at > now - HOUR]
        self.unkept += changed
        for name, number in self.restless():
            if name not in told:
                log.warning(
                    "Wand %s: %s wisselde %d keer van stand in een uur; stel de grens bij",
                    self.wall.naam,
                    name,
                    number,
                )

    def _remembered(self, now: datetime) -> Memory:
        """Return the states from before a restart."""
        last = self.board.last_transitions(now - REMEMBERED)
        return {
            key: on_since(State(one.na), one.at)
            for (wall, key), one in last.items()
            if wall == self.wall.naam
        }


def still_on(memory: Memory, measures: Iterable[Measure]) -> Memory:
    """Keep the levels of which the value still asks for them: no alarm from before for nothing."""
    now = {measure.key: measure for measure in measures if measure.value is not None}
    return {
        key: {
            level: one
            for level, one in alarms.items()
            if level in now[key].edges and not now[key].edges[level].calm(now[key].value or 0.0)
        }
        for key, alarms in memory.items()
        if key in now
    }


def on_since(state: State, at: datetime) -> alarm.Alarms:
    """Return the levels that make up a state."""
    levels = [level for level in (State.LET_OP, State.ACTIE) if level.weight <= state.weight]
    return {level: Alarm(Phase.ACTIEF, at) for level in levels}


def changes(
    wall: str, measures: Iterable[Measure], before: Memory, after: Memory, now: datetime
) -> Iterator[Transition]:
    """Yield each measure that went to another state, with its value and rule."""
    for measure in measures:
        old = alarm.level_of(before.get(measure.key, {})) or State.NORMAAL
        new = alarm.level_of(after.get(measure.key, {})) or State.NORMAAL
        if old is not new:
            why = measure.rule if measure.fixed is None else verdict_of(measure, after).word
            yield Transition(now, wall, measure.key, old.value, new.value, measure.value, why)


def changes_at(answers: Answers, measures: Iterable[Measure], memory: Memory) -> datetime:
    """Tell when time alone next changes the wall: a limit passed, a phase over, a door opened."""
    now, hours = answers.now, answers.hours
    edges = [hours.opens_at, hours.closes_at, today(now).end]
    edges += [
        # one second later, for the verdict is "longer than", not "as long as"
        now + timedelta(seconds=edge.on - measure.value + 1)
        for measure in measures
        if measure.grows and measure.value is not None
        for edge in measure.edges.values()
    ]
    ahead = min(edge for edge in edges if edge is not None and edge > now)
    return min(ahead, alarm.changes_at(memory.values()) or ahead)
