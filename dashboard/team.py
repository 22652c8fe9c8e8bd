"""The staffing of the wall: how many can answer, beside how many the norm asks for; totals only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dashboard import dutch
from dashboard.board import StaffingPlan
from dashboard.judging import Measure, above, not_judged
from dashboard.questions import Answers
from dashboard.shown import Shown
from dashboard.tiles import Tile
from dashboard.verdict import NO_LIMIT, State, Verdict
from data.dutch_days import amount
from data.walls import Wall

SOON = timedelta(hours=1)
"""A shortage that is further ahead is told, and is not yet something to act on."""
ENOUGH = Verdict(State.NORMAAL, "Genoeg")
SHORT = Verdict(State.WACHT, "Net te weinig")
Lack = tuple[datetime, int]


def team(key: str, answers: Answers, wall: Wall) -> Shown:
    """Make the tile."""
    available, plan = answers.figures["medewerkers_beschikbaar"], answers.staffing
    number = available.value
    tile = Tile(title="Bezetting", value=available.text, context=available.reason)
    measure = Measure(
        key=key,
        name="Bezetting",
        value=None,
        edges=above(wall.limits[key], wall.damping),
        calm=ENOUGH,
        pending=SHORT,
        fixed=not_judged(number, answers, wall.damping),
    )
    if number is None or plan is None:
        return Shown(measure, tile)
    lacks = lacking(plan, round(number))
    tile = replace(tile, beside=_beside(answers), context=_context(plan, lacks, answers.now))
    if plan.reason:
        return Shown(replace(measure, fixed=measure.fixed or NO_LIMIT), tile)
    soon = [lack for at, lack in lacks if at <= answers.now + SOON]
    return Shown(replace(measure, value=float(max(soon, default=0))), tile)


def lacking(plan: StaffingPlan, available: int) -> list[Lack]:
    """Return the half-hours for which there are too few, with how many more are needed."""
    return [
        (need.at, need.needed - available)
        for need in plan.needs
        if need.needed is not None and need.needed > available
    ]


def _beside(answers: Answers) -> tuple[str, ...]:
    told = (("gesprekken_nu", "in gesprek"), ("medewerkers_pauze", "pauze"))
    known = [(answers.figures[key], word) for key, word in told]
    return tuple(f"{figure.text} {word}" for figure, word in known if figure.value is not None)


def _context(plan: StaffingPlan, lacks: list[Lack], now: datetime) -> str:
    if plan.reason:
        return plan.reason
    if not lacks:
        return "genoeg voor de norm"
    at, number = lacks[0]
    when = "nu" if at <= now else f"om {dutch.clock_time(at)}"
    return f"{amount(number, 'medewerker', 'medewerkers')} te weinig voor de norm {when}"
