"""What is usual at this time of day: the spread of a level over comparable days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import numpy as np
from sqlalchemy import Select, func, literal, or_, select, union_all

from metrics.engine import Look
from metrics.facts import Only
from metrics.freshness import reach
from metrics.measures import Ints, rank
from metrics.periods import ZONE, Period
from metrics.stocks import Level
from metrics.typical import FEWEST, HIGH, LOW, QUARTER_S, Past, comparable

MINUTE_S = 60
NEVER = 2**62


@dataclass(frozen=True)
class Usual:
    """Low and high (P10, P90) of a level in a quarter-hour; too few days give neither."""

    low: float | None
    high: float | None
    days: int

    @property
    def known(self) -> bool:
        """Whether there were days enough."""
        return self.low is not None


def usual(look: Look, past: Past, key: str, now: datetime, only: Only) -> Usual:
    """Compare with each whole minute of this quarter-hour on the last 12 ordinary days like this.

    A day counts when a source had begun before the end of that quarter, and told anything of the
    day at all. That it was away for a part of a day is not known afterwards.
    """
    measure = _counted(look, key)
    starts = [_quarter(day, now) for day in _told(look, past, key, now)]
    seen = reach(measure.fact, look.states, now)
    known = [start for start in starts if start and not seen.unknown(_period(start))]
    if len(known) < FEWEST:
        return Usual(None, None, len(known))
    instants = np.array([range(start, start + QUARTER_S, MINUTE_S) for start in known])
    counts = np.sort(_levels(look, measure, known, only, instants.ravel()))
    # nearest rank, as it is judged by and shown: a level between two would be shown as another
    low, high = (float(counts[rank(percent / 100, len(counts)) - 1]) for percent in (LOW, HIGH))
    return Usual(low, high, len(known))


def _counted(look: Look, key: str) -> Level:
    """Return the level of a figure that counts rows; staffing is never told this way."""
    measure = look.engine.catalogue[key].measure
    if not isinstance(measure, Level) or measure.distinct is not None:
        raise TypeError(key)
    return measure


def _told(look: Look, past: Past, key: str, now: datetime) -> Iterator[date]:
    days = [day.toordinal() for day in comparable(look, past, key, now)]
    yield from map(date.fromordinal, look.told(look.engine.catalogue[key].measure.fact, days))


def _quarter(day: date, now: datetime) -> int | None:
    """The begin of the same quarter-hour on the clock of another day, unless the clock skips it."""
    clock = now.astimezone(ZONE)
    wall = datetime.combine(day, time(clock.hour, clock.minute // 15 * 15), ZONE)
    skipped = wall.astimezone(UTC).astimezone(ZONE).hour != clock.hour
    return None if skipped else int(wall.timestamp())


def _period(start: int) -> Period:
    begin, end = (datetime.fromtimestamp(at, UTC) for at in (start, start + QUARTER_S))
    return Period(begin, end)


def _levels(look: Look, measure: Level, starts: Sequence[int], only: Only, instants: Ints) -> Ints:
    """Count who is present at each instant, of all who were at some time in these quarters."""
    organisation = look.engine.store.organisation
    parts = [_present_in(measure, organisation, start, only) for start in starts]
    rows = look.connection.execute(union_all(*parts)).fetchall()
    at, begins, ends = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 3).T[:, :, None]
    present = (at > instants - measure.longest_s) & (begins <= instants) & (ends > instants)
    counts: Ints = present.sum(axis=0)
    return counts


def _present_in(
    measure: Level, organisation: int, start: int, only: Only
) -> Select[tuple[int, int, int]]:
    """Select who was present at some time in a quarter; the index on the begin bounds it."""
    fact, end = measure.fact, start + QUARTER_S
    narrowed = [fact.cuts[cut].in_(sorted(values)) for cut, values in only.items()]
    return select(fact.at, measure.begins, func.coalesce(measure.ends, literal(NEVER))).where(
        fact.table.c.organisation == organisation,
        fact.at > start - measure.longest_s,
        fact.at < end,
        measure.begins < end,
        or_(measure.ends.is_(None), measure.ends > start),
        measure.where,
        *narrowed,
    )
