"""When a measure needs attention: entered late, left later, never on one sample.

Each level (let op, actie nodig) of a measure goes normaal -> wacht -> actief -> herstel -> normaal,
as process alarms do (OPC UA part 9): it is on once the value has been over its limit for a while,
and off once the value has been clearly under it for a longer while.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from dashboard.verdict import State


class Phase(Enum):
    """Where one level of one measure is."""

    NORMAAL = "normaal"
    WACHT = "wacht"
    ACTIEF = "actief"
    HERSTEL = "herstel"


@dataclass(frozen=True)
class Edge:
    """On beyond `on` for `on_s`, off at `off` or better for `off_s`.

    The two can be the same value, so which side is worse is told: more, unless `less_is_worse`.
    """

    on: float
    off: float
    on_s: float
    off_s: float
    less_is_worse: bool = False

    def beyond(self, value: float) -> bool:
        """Whether the value asks for the alarm."""
        return value < self.on if self.less_is_worse else value > self.on

    def calm(self, value: float) -> bool:
        """Whether the value is so good that the alarm can go."""
        return value >= self.off if self.less_is_worse else value <= self.off


@dataclass(frozen=True)
class Alarm:
    """One level of one measure: `since` it is on, and when the phase ends if nothing changes."""

    phase: Phase = Phase.NORMAAL
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether the screen shows it."""
        return self.phase in (Phase.ACTIEF, Phase.HERSTEL)


Alarms = Mapping[State, Alarm]
OFF = Alarm()


def step(alarm: Alarm, value: float, edge: Edge, now: datetime) -> Alarm:
    """Return the alarm after a look at `now`."""
    if alarm.is_on:
        return _leave(alarm, edge.calm(value), now, edge.off_s)
    return _enter(alarm, edge.beyond(value), now, edge.on_s)


def _enter(alarm: Alarm, beyond: bool, now: datetime, on_s: float) -> Alarm:
    if not beyond:
        return OFF
    until = _end(alarm, now, on_s)
    # at least two looks: also without a delay the first one only starts to wait
    if alarm.phase is Phase.WACHT and now >= until:
        return Alarm(Phase.ACTIEF, since=now)
    return Alarm(Phase.WACHT, until=until)


def _leave(alarm: Alarm, calm: bool, now: datetime, off_s: float) -> Alarm:
    if not calm:
        return Alarm(Phase.ACTIEF, alarm.since)
    until = _end(alarm, now, off_s)
    if alarm.phase is Phase.HERSTEL and now >= until:
        return OFF
    return Alarm(Phase.HERSTEL, alarm.since, until)


def _end(alarm: Alarm, now: datetime, delay_s: float) -> datetime:
    """Tell when the phase ends; a clock that was set back makes no delay longer than it is."""
    whole = now + timedelta(seconds=delay_s)
    return whole if alarm.until is None else min(alarm.until, whole)


def advance(alarms: Alarms, value: float, edges: Mapping[State, Edge], now: datetime) -> Alarms:
    """Return all levels of a measure after a look; a level without an edge is off."""
    return {level: step(alarms.get(level, OFF), value, edge, now) for level, edge in edges.items()}


def level_of(alarms: Alarms) -> State | None:
    """Return the highest level that is on."""
    on = [level for level, alarm in alarms.items() if alarm.is_on]
    return max(on, key=lambda level: level.weight, default=None)


def since_of(alarms: Alarms) -> datetime | None:
    """Tell since when the measure has been on at any level."""
    return min((alarm.since for alarm in alarms.values() if alarm.since), default=None)


def is_waiting(alarms: Alarms) -> bool:
    """Whether a level is about to come on."""
    return any(alarm.phase is Phase.WACHT for alarm in alarms.values())


def changes_at(all_alarms: Iterable[Alarms]) -> datetime | None:
    """Tell when time alone next ends a phase."""
    ends = [alarm.until for alarms in all_alarms for alarm in alarms.values() if alarm.until]
    return min(ends, default=None)
