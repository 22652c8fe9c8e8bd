"""One simulated day: everything that its exchange logs and what is noted of the conversations."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from ingest.simulation.callers import Caller, callers
from ingest.simulation.daytime import day_start, instant
from ingest.simulation.desk import Desk, Event
from ingest.simulation.exchange import Contact, Exchange, merged
from ingest.simulation.questions import questions
from ingest.simulation.record import Question
from ingest.simulation.shifts import shifts
from ingest.simulation.town import QUEUES, Town

POOLS = ("belastingen", "wmo_jeugd", "vergunningen", "kcc")
"""In this order: who waits too long with a specialist goes on to the kcc."""
RESTARTED = 0.04
moment_of = itemgetter(0)


class Day(NamedTuple):
    """The events of a day's callers and members, also those after midnight, and what is noted."""

    events: list[Event]
    contacts: list[Contact]


class DayLog(NamedTuple):
    """The lines that the log gets on a day: their moments, their ends in bytes and the bytes."""

    moments: list[int]
    ends: list[int]
    data: bytes


class Days:
    """The days of a town from its first on; the last ones are remembered."""

    def __init__(self, town: Town, first: int) -> None:
        self.town = town
        self.first = first
        self.recent: dict[int, Day] = {}

    def log(self, day: int) -> DayLog:
        """Return what is logged on a day."""
        before = self._day(day - 1) if day > self.first else None
        return log_of(day, self._day(day), before)

    def questions(self, day: int) -> list[Question]:
        """Return the questions received on a day."""
        return questions(self.town, day, self._day(day).contacts)

    def _day(self, day: int) -> Day:
        if day not in self.recent:
            near = {known: found for known, found in self.recent.items() if abs(known - day) == 1}
            self.recent = {**near, day: simulate(self.town, day)}
        return self.recent[day]


def simulate(town: Town, day: int) -> Day:
    """Let a day happen."""
    events: list[Event] = []
    contacts: list[Contact] = []
    coming = sorted(callers(town, day), key=lambda caller: caller.queue.pool)
    by_pool = {pool: list(group) for pool, group in groupby(coming, lambda c: c.queue.pool)}
    overflow: list[Caller] = []
    desks = []
    for pool in POOLS:
        queues = [queue.naam for queue in QUEUES if queue.pool == pool]
        desks.append(Desk(shifts(town, day, pool), queues, events))
        exchange = Exchange(desks[-1], town.random(day, f"gesprekken/{pool}"), events)
        extra = overflow if pool == "kcc" else []
        exchange.serve(merged([*by_pool.get(pool, []), *extra]))
        overflow += exchange.overflow
        contacts += exchange.contacts
    events.sort(key=moment_of)
    return Day(_restarted(town, day, events, desks), contacts)


def log_of(day: int, today: Day, before: Day | None) -> DayLog:
    """Return the day's lines: what yesterday's callers still say after midnight included."""
    begins, midnight = day_start(day), day_start(day + 1)
    late = before.events[bisect_left(before.events, begins, key=moment_of) :] if before else []
    first = [] if before else [(begins, f"{begins}|NONE|NONE|NONE|QUEUESTART|\n")]
    own = today.events[: bisect_left(today.events, midnight, key=moment_of)]
    events = sorted([*first, *late, *own], key=moment_of)
    lines = [line for _, line in events]
    ends = list(accumulate(map(len, lines)))
    return DayLog([at for at, _ in events], ends, "".join(lines).encode())


def _restarted(town: Town, day: int, events: list[Event], desks: list[Desk]) -> list[Event]:
    """Some nights the exchange is restarted, when nobody is on the line; members log in again."""
    if town.random(day, "herstart").random() >= RESTARTED:
        return events
    at = _idle_moment(events, instant(day, 200), instant(day, 300))
    if at is None:
        return events
    names = ("QUEUESTART", "CONFIGRELOAD")
    extra = [(at + i, f"{at + i}|NONE|NONE|NONE|{name}|\n") for i, name in enumerate(names)]
    for desk in desks:
        extra += desk.added_again(at, at + 4)
    return sorted([*events, *extra], key=moment_of)


def _idle_moment(events: list[Event], begins: int, ends: int) -> int | None:
    """Return a moment with ten quiet seconds and no call in progress."""
    calls = 0
    for (at, line), (following, _) in pairwise(events):
        calls += _change(line)
        if calls == 0 and begins <= at < ends and following - at > 20:
            return at + 10
    return begins if not events or events[0][0] > ends else None


def _change(line: str) -> int:
    event = line.split("|", 5)[4]
    if event == "ENTERQUEUE":
        return 1
    ended = event.startswith(("COMPLETE", "ABANDON", "EXIT")) or event.endswith("DTRANSFER")
    return -1 if ended else 0
