"""Keeps the tally warm: what is over is added up before anyone asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from metrics.engine import Engine
from metrics.facts import Cut
from metrics.periods import local_day, next_month
from metrics.plan import Plan

EVER = date(1970, 1, 1).toordinal()
Task = tuple[Plan, tuple[Cut, ...]]


def warm(engine: Engine, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Add up all that changed, a month at a time, the latest first; return how many there were.

    Whatever was made is kept, also when it is `stopped` in between.
    """
    number, today = 0, local_day(now).toordinal()
    for plan, rollup in _tasks(engine):
        with engine.look() as look:
            months, days = look.tally(plan, rollup).stale(EVER, today)
        stretches = [(days[0], today)] if days else []
        stretches += [(begins, _after(begins)) for begins in reversed(months)]
        for first, after in stretches:
            if stopped():
                return number
            number += 1
            _make(engine, (plan, rollup), first, after)
    return number


def _tasks(engine: Engine) -> Iterator[Task]:
    """Yield what is kept of each fact: first the wholes, then the parts."""
    known = [(plan, rollup) for plan in engine.plans.values() for rollup in plan.fact.rollups]
    yield from sorted(known, key=lambda task: len(task[1]))


def _make(engine: Engine, task: Task, first: int, after: int) -> None:
    with engine.look() as look:
        tally, whole = look.tally(*task), date.fromordinal(first).day == 1
        if whole and _after(first) == after:
            tally.months(first, after)
        else:
            tally.days(first, after)


def _after(begins: int) -> int:
    return next_month(date.fromordinal(begins)).toordinal()
