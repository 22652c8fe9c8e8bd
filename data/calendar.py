"""Opening hours and the stamps that each fact gets once: local day, quarter-hour, open or not."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
DAY_MINUTES = 24 * 60
HORIZON_DAYS = 31
QUARTERS_KEPT = 96 * 100

Block = tuple[int, int]
"""Minutes after local midnight, half-open."""


class Stamp(NamedTuple):
    """What a fact keeps of the moment it happened: local day (ordinal), quarter-hour, open."""

    day: int
    slot: int
    open: int


@dataclass(frozen=True)
class Week:
    """Opening blocks per weekday (Monday is 0), valid from a day (ordinal) on."""

    since: int
    blocks: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Closing:
    """A stretch of one day on which the municipality is shut, and why."""

    day: int
    block: Block
    reason: str


@dataclass(frozen=True)
class Hours:
    """Whether it is open at an instant, since when, and the instants at which that changes next.

    What lies more than a month away is None.
    """

    is_open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Calendar:
    """The municipality's opening hours, with its closing days taken out."""

    weeks: Sequence[Week]
    closings: Sequence[Closing] = ()

    def stamp(self, instant: int) -> Stamp:
        """Stamp an instant (epoch seconds)."""
        quarter = self._quarters[instant // 900]
        if quarter is not None:
            return quarter
        moment = datetime.fromtimestamp(instant, ZONE)
        day, minute = moment.toordinal(), _minute(moment)
        is_open = any(start <= minute < end for start, end in self.blocks(day))
        return Stamp(day, minute // 15, int(is_open))

    def blocks(self, day: int) -> tuple[Block, ...]:
        """Return the stretches of a local day (ordinal) in which it is open."""
        week = max((w for w in self.weeks if w.since <= day), key=lambda w: w.since, default=None)
        if week is None:
            return ()
        blocks = week.blocks[(day - 1) % 7]
        for closing in self._closed.get(day, ()):
            blocks = tuple(part for block in blocks for part in _without(block, closing))
        return blocks

    def block_instants(self, day: int) -> list[tuple[int, int]]:
        """Return the open stretches of a local day as instants (epoch seconds)."""
        begins, ends = midnight(day), day_after(day)
        if ends - begins == DAY_MINUTES * 60:
            return [(begins + 60 * start, begins + 60 * end) for start, end in self.blocks(day)]
        minutes = range(begins, ends, 60)  # the clock skips or repeats an hour: follow it
        return _joined((at, at + 60) for at in minutes if self.stamp(at).open)

    def hours(self, now: datetime) -> Hours:
        """Tell whether it is open, since when, and until or from when."""
        day = now.astimezone(ZONE).toordinal()
        blocks = self._instants(day, day + HORIZON_DAYS)
        current = next((block for block in blocks if block[0] <= now < block[1]), None)
        upcoming = next((start for start, _ in blocks if start > now), None)
        if current is None:
            return Hours(False, upcoming)
        start, end = current
        horizon = _instant(day + HORIZON_DAYS, 0)
        return Hours(True, upcoming, None if end == horizon else end, self._opened_at(day, start))

    @cached_property
    def fingerprint(self) -> int:
        """A number that changes when a stamp could change."""
        weeks = [[week.since, week.blocks] for week in self.weeks]
        closings = sorted([closing.day, closing.block] for closing in self.closings)
        return zlib.crc32(json.dumps([weeks, closings]).encode())

    @cached_property
    def _closed(self) -> Mapping[int, list[Block]]:
        closed: dict[int, list[Block]] = {}
        for closing in self.closings:
            closed.setdefault(closing.day, []).append(closing.block)
        return closed

    @cached_property
    def _quarters(self) -> _Quarters:
        return _Quarters(self)

    def _opened_at(self, day: int, start: datetime) -> datetime | None:
        """Return the begin of a stretch of a day; one that was open at midnight began before."""
        if start > _instant(day, 0):
            return start
        horizon = _instant(day - HORIZON_DAYS, 0)
        earlier = self._instants(day - HORIZON_DAYS, day)
        begun = next((begin for begin, end in earlier if end == start), start)
        return None if begun == horizon else begun

    def _instants(self, first: int, after: int) -> list[tuple[datetime, datetime]]:
        """Return the open stretches as instants; a stretch over midnight is one."""
        stretches = (block for day in range(first, after) for block in self.block_instants(day))
        return [
            (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
            for start, end in _joined(stretches)
        ]


class _Quarters(dict[int, Stamp | None]):
    """Stamps per quarter-hour; None where the hours change inside one."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.blocks: dict[int, tuple[Block, ...]] = {}
        """Of the day that was asked for last."""

    def __missing__(self, quarter: int) -> Stamp | None:
        moment = datetime.fromtimestamp(quarter * 900, ZONE)
        day, first = moment.toordinal(), _minute(moment)
        if day not in self.blocks:
            self.blocks = {day: self.calendar.blocks(day)}
        blocks = self.blocks[day]
        changes = any(first < edge < first + 15 for block in blocks for edge in block)
        is_open = any(start <= first < end for start, end in blocks)
        if len(self) >= QUARTERS_KEPT:
            self.clear()
        self[quarter] = None if changes else Stamp(day, first // 15, int(is_open))
        return self[quarter]


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _instant(day: int, minute: int) -> datetime:
    days, minutes = divmod(minute, DAY_MINUTES)
    wall = time(minutes // 60, minutes % 60)
    return datetime.combine(date.fromordinal(day + days), wall, ZONE).astimezone(UTC)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of stretches that follow each other without a break."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _without(block: Block, closing: Block) -> list[Block]:
    start, end = block
    parts = [(start, min(end, closing[0])), (max(start, closing[1]), end)]
    return [part for part in parts if part[0] < part[1]]


def local_day(instant: int) -> int:
    """Return the local day (ordinal) of an instant (epoch seconds)."""
    return datetime.fromtimestamp(instant, ZONE).toordinal()


def midnight(day: int) -> int:
    """Return the instant (epoch seconds) at which a local day (ordinal) begins."""
    return int(_instant(day, 0).timestamp())


def day_after(day: int) -> int:
    """Return the instant (epoch seconds) at which a local day (ordinal) has ended."""
    return int(_instant(day, DAY_MINUTES).timestamp())


def always_open() -> Calendar:
    """A municipality that never closes."""
    return Calendar((Week(1, ((((0, DAY_MINUTES),),) * 7)),))
