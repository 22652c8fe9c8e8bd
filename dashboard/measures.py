"""The numbers of a wall: each with what it is measured by, in words and in edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from dashboard import dutch
from dashboard.alarm import Edge
from dashboard.judging import Measure, above, against_norm, not_judged
from dashboard.questions import Answers
from dashboard.shown import Shown
from dashboard.team import team
from dashboard.tiles import Tile, distance_text
from dashboard.verdict import NO_LIMIT, State, Verdict
from data.walls import STAFFING, Limit, Wall
from metrics import Better, Reading, Unit
from metrics.units import decimal_text

NOBODY = "niemand wacht"
NORMAL = Verdict(State.NORMAAL, "Normaal")
BUSIER = Verdict(State.WACHT, "Net boven normaal")
TITLES = {
    "wachttijd": "Wachttijd vandaag",
    "bereikbaarheid": "Bereikbaarheid",
    "servicelevel": "Op tijd opgenomen",
    "servicelevel_60": "Binnen 60 seconden",
    "wachttijd_afhakers": "Wacht tot ophangen",
    "gesprekstijd": "Gesprekstijd",
    "medewerkers_beschikbaar": "Beschikbaar",
    "aangeboden": "Aangeboden",
    "overgelopen": "Overgelopen",
    "gesloten": "Buiten openingstijd",
    "opgenomen_binnen_norm": "Aantal op tijd",
    "afgehaakt_binnen_norm": "Op tijd afgehaakt",
    "overgelopen_binnen_norm": "Op tijd overgelopen",
    "overgelopen_toets": "Verlaten met toets",
}
"""What a figure is called on a tile, where its own name is too long or says too little."""


def shown(key: str, answers: Answers, wall: Wall) -> Shown:
    """Make one tile of the wall."""
    return SPECIAL.get(key, _of_today)(key, answers, wall)


def _waiting(key: str, answers: Answers, wall: Wall) -> Shown:
    """How many wait now, against what is normal, or else against who can answer them."""
    reading, usual = answers.figures[key], answers.usual
    tile = Tile(title="Wachtenden nu", value=reading.text, filled=reading.value)
    measure = Measure(key=key, name="Wachtenden", value=reading.value,
                      fixed=not_judged(reading.value, answers, wall.damping))  # fmt: skip
    if reading.value is None:
        return Shown(measure, replace(tile, context=_reason(reading)))
    if answers.closed:
        return Shown(measure, replace(tile, context=NOBODY))
    limit: float | None
    if usual.low is not None and usual.high is not None:
        limit = max(usual.high, wall.limits[key].let_op or 0.0)
        context = f"normaal nu {_range(usual.low, usual.high)}"
        tile = replace(tile, context=context, limit=limit, normal=(usual.low, usual.high))
        measure = replace(measure, calm=NORMAL, pending=BUSIER)
    else:
        limit, context = _by_staff(answers, wall)
        tile = replace(tile, context=context, limit=limit)
    edges = _waiting_edges(limit, answers, wall)
    return Shown(replace(measure, edges=edges, fixed=measure.fixed or _unless(edges)), tile)


def _by_staff(answers: Answers, wall: Wall) -> tuple[float | None, str]:
    """Return the limit by the number of employees, and the words for it."""
    staff = answers.figures["medewerkers_beschikbaar"]
    if wall.is_narrowed or staff.value is None:
        return None, staff.reason or "bezetting onbekend"
    limit = staff.value * (wall.limits["per_medewerker"].let_op or 0.0)
    people = dutch.count_text(round(staff.value), "medewerker", "mensen")
    return limit, f"grens {decimal_text(limit, 0)} bij {people}"


def _waiting_edges(limit: float | None, answers: Answers, wall: Wall) -> Mapping[State, Edge]:
    nobody = answers.figures["medewerkers_beschikbaar"].value == 0
    action = 0.0 if nobody and not wall.is_narrowed else wall.limits["wachtenden"].actie
    return above(Limit(limit, action), wall.damping)


def _unless(edges: Mapping[State, Edge]) -> Verdict | None:
    return None if edges else NO_LIMIT


def _range(low: float, high: float) -> str:
    ends = [Unit.AANTAL.text(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " tot ".join(ends)


def _longest(key: str, answers: Answers, wall: Wall) -> Shown:
    """How long the first in line has waited; the browser counts on."""
    reading, limits = answers.figures[key], wall.limits[key]
    measure = Measure(key=key, name="Langst wachtende", value=reading.value,
                      edges=above(limits, wall.damping),
                      fixed=not_judged(reading.value, answers, wall.damping))  # fmt: skip
    tile = Tile(title="Langst wachtende", value=reading.text)
    limit = limits.actie or limits.let_op
    if reading.value is None:
        return Shown(measure, replace(tile, context=_reason(reading)))
    if answers.figures["wachtenden"].value == 0:
        tile = replace(tile, context=NOBODY, filled=0.0, limit=limit)
        return Shown(measure, tile)
    since = answers.now - timedelta(seconds=reading.value)
    return Shown(replace(measure, grows=True), replace(
        tile,
        context="geen grens" if limit is None else distance_text(reading.value, limit, "grens"),
        filled=reading.value,
        limit=limit,
        since_ms=round(since.timestamp() * 1000),
    ))  # fmt: skip


def _of_today(key: str, answers: Answers, wall: Wall) -> Shown:
    """A figure of today against its norm."""
    reading = answers.figures[key]
    name = reading.kpi.name
    title = name if key == wall.dag else TITLES.get(key, name)
    measure = against_norm(key, title.removesuffix(" vandaag"), reading, answers, wall)
    tile = Tile(title=title, value=reading.text)
    if reading.value is None:
        return Shown(measure, replace(tile, context=_reason(reading)))
    norm = None if reading.norm is None else reading.norm.value
    less_is_better = reading.kpi.better is Better.LAGER
    filled = reading.value if less_is_better else None
    context = _norm_text(reading, norm)
    return Shown(measure, replace(tile, context=context, filled=filled, limit=norm))


def _norm_text(reading: Reading, norm: float | None) -> str:
    if norm is None or reading.value is None:
        return "geen norm"
    if reading.kpi.unit is Unit.SECONDEN:
        return distance_text(reading.value, norm, "norm")
    return f"norm {reading.kpi.unit.text(norm)}"


def _reason(reading: Reading) -> str:
    return reading.reason or "geen gegevens"


SPECIAL: Mapping[str, Callable[[str, Answers, Wall], Shown]] = {
    "wachtenden": _waiting,
    "langst_wachtende": _longest,
    STAFFING: team,
}
"""Measures of this instant; every other key is a figure of today."""
