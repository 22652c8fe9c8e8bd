"""What of the wall is judged, by which edges, and what that makes of it over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.alarm import Alarms, Edge, advance, is_waiting, level_of
from dashboard.questions import Answers
from dashboard.verdict import (
    ACTION,
    ATTENTION,
    CLOSED,
    JUST_OPEN,
    UNJUDGED,
    UNKNOWN,
    WITHIN_LIMIT,
    WITHIN_NORM,
    State,
    Verdict,
)
from data.walls import Damping, Limit, Wall
from metrics import Better, Reading, Unit
from metrics.facts import CALLS

OVER_LIMIT = Verdict(State.WACHT, "Net boven grens")
Memory = Mapping[str, Alarms]
"""Measure -> its levels, as the last look left them."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One value that is judged by its edges; `fixed` is why it is not.

    A value that `grows` by a second each second passes its edges without news.
    """

    key: str
    name: str
    value: float | None
    edges: Mapping[State, Edge] = field(default_factory=dict)
    calm: Verdict = WITHIN_LIMIT
    pending: Verdict = OVER_LIMIT
    fixed: Verdict | None = None
    grows: bool = False

    @property
    def rule(self) -> str:
        """The edges in words, for the log of transitions."""
        return "; ".join(
            f"{level.value}: aan bij {edge.on:g} na {edge.on_s:g} s,"
            f" uit bij {edge.off:g} na {edge.off_s:g} s"
            for level, edge in self.edges.items()
        )


def judged(memory: Memory, measures: Iterable[Measure], now: datetime) -> Memory:
    """Look at all measures; what is not judged forgets what it was."""
    return {
        measure.key: advance(memory.get(measure.key, {}), measure.value, measure.edges, now)
        for measure in measures
        if measure.fixed is None and measure.value is not None
    }


def verdict_of(measure: Measure, memory: Memory) -> Verdict:
    """Say the state of a measure in a word."""
    if measure.fixed is not None:
        return measure.fixed
    alarms = memory.get(measure.key, {})
    level = level_of(alarms)
    if level is not None:
        return ACTION if level is State.ACTIE else ATTENTION
    return measure.pending if is_waiting(alarms) else measure.calm


def not_judged(
    value: float | None,
    answers: Answers,
    damping: Damping,
    cases: int | None = None,
    fact: str = CALLS,
) -> Verdict | None:
    """Say why a value is not judged: closed, unknown, old, of nothing that exists, just open, or
    resting on too little.
    """
    if answers.closed:
        return CLOSED
    if value is None or fact in answers.stale or answers.unheard.alone:
        return UNKNOWN
    opened = answers.hours.opened_at
    if opened is not None and answers.now < opened + timedelta(seconds=damping.na_opening):
        return JUST_OPEN
    return UNJUDGED if cases is not None and cases < damping.minstens else None


def above(limit: Limit, damping: Damping) -> dict[State, Edge]:
    """Edges of a value of which more is worse."""
    return {
        level: Edge(on, on * (1 - damping.speling), on_s, damping.herstel_na)
        for level, on, on_s in (
            (State.LET_OP, limit.let_op, damping.let_op_na),
            (State.ACTIE, limit.actie, damping.actie_na),
        )
        if on is not None
    }


def against_norm(key: str, name: str, reading: Reading, answers: Answers, wall: Wall) -> Measure:
    """Judge a figure of today by its norm, once it rests on enough cases."""
    fixed = not_judged(reading.value, answers, wall.damping, reading.cases)
    edge = norm_edge(reading, wall.damping)
    if fixed is None and edge is None:
        fixed = UNJUDGED
    side = "onder" if reading.kpi.better is Better.HOGER else "boven"
    return Measure(
        key=key,
        name=name,
        value=reading.value,
        edges={} if edge is None else {State.LET_OP: edge},
        calm=WITHIN_NORM,
        pending=Verdict(State.WACHT, f"Net {side} norm"),
        fixed=fixed,
    )


def norm_edge(reading: Reading, damping: Damping) -> Edge | None:
    """On past the norm, off once clearly better; the way up to 100 percent is never closed."""
    kpi, norm = reading.kpi, reading.norm
    if norm is None or kpi.better is Better.NEUTRAAL:
        return None
    less_is_worse = kpi.better is Better.HOGER
    if kpi.unit is Unit.PERCENTAGE:
        room = 1 - norm.value if less_is_worse else norm.value
        gap = min(damping.punten, room / 2)
    else:
        gap = norm.value * damping.speling
    off = norm.value + (gap if less_is_worse else -gap)
    return Edge(norm.value, off, damping.let_op_na, damping.herstel_na, less_is_worse)
