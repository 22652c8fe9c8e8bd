"""The wall: from the answers of one instant to the parts of the screen, judged by the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from dash.development.base_component import Component

from dashboard import dutch, verdict
from dashboard.course import course_today
from dashboard.frame import header, month_line
from dashboard.limits import Limits
from dashboard.questions import Answers
from dashboard.tiles import QueueRow, Tile, course_tile, distance_text, message, queue_tile, tile
from dashboard.verdict import CLOSED, State, Verdict
from dashboard.views import course_svg
from metrics import Reading, Unit
from metrics.units import decimal_text

QUEUES_SHOWN = 4
# Which facts each part rests on; a part is stale when a source of these facts is.
AREAS = {
    "kop": ("gesprek",),
    "melding": ("gesprek",),
    "wachtenden": ("gesprek",),
    "langst": ("gesprek",),
    "wachttijd": ("gesprek",),
    "bereikbaarheid": ("gesprek",),
    "wachtrijen": ("gesprek",),
    "maand": ("vraag",),
}


def compose(name: str, answers: Answers, limits: Limits) -> dict[str, Component | list[Component]]:
    """Judge once and draw each part."""
    tiles = {
        "Wachtenden": waiting(answers, limits),
        "Langst wachtende": longest(answers, limits),
        "Wachttijd": wait_today(answers, limits),
        "Bereikbaarheid": reached(answers, limits),
    }
    rows = queue_rows(answers, limits)
    shown = _most_pressing(rows)
    course = course_today(
        answers.quarters, answers.figures["bereikbaarheid"], answers.typical, answers.now
    )
    return {
        "kop": header(name, answers.sources, answers.now),
        "melding": message(_exceptions(tiles, rows), _quiet(answers)),
        "wachtenden": tile(tiles["Wachtenden"]),
        "langst": tile(tiles["Langst wachtende"]),
        "wachttijd": tile(tiles["Wachttijd"]),
        "bereikbaarheid": course_tile(tiles["Bereikbaarheid"], course_svg(course)),
        "wachtrijen": queue_tile(shown, len(rows) - len(shown), _state(rows)),
        "maand": month_line(answers.month, answers.now),
    }


def waiting(answers: Answers, limits: Limits) -> Tile:
    """How many wait now, against how many can answer them."""
    reading = answers.figures["wachtenden"]
    staff = answers.figures["medewerkers_beschikbaar"]
    employees = staff.value
    if reading.value is None:
        return _no_value("Wachtenden nu", reading)
    content = Tile(
        title="Wachtenden nu",
        value=reading.text,
        verdict=_when_open(answers, verdict.waiting(reading.value, employees, limits)),
        context=staff.reason or "bezetting onbekend",
    )
    if employees is None:
        return content
    limit = employees * limits.waiting_per_employee
    staffed = f"grens {decimal_text(limit, 0)} bij {_people(employees)}"
    context = staffed if employees else "niemand beschikbaar"
    return replace(content, context=context, filled=reading.value, limit=limit)


def longest(answers: Answers, limits: Limits) -> Tile:
    """How long the first in line has waited; the browser counts on."""
    reading = answers.figures["langst_wachtende"]
    limit = limits.longest_action
    if reading.value is None:
        return _no_value("Langst wachtende", reading)
    if answers.figures["wachtenden"].value == 0:
        quiet = _when_open(answers, verdict.WITHIN_LIMIT)
        nobody = "niemand wacht"
        return Tile(title="Langst wachtende", value=reading.text, verdict=quiet, context=nobody,
                    filled=0.0, limit=limit)  # fmt: skip
    since = answers.now - timedelta(seconds=reading.value)
    return Tile(
        title="Langst wachtende",
        value=reading.text,
        verdict=verdict.longest_wait(reading.value, limits),
        context=distance_text(reading.value, limit, "grens"),
        filled=reading.value,
        limit=limit,
        since_ms=round(since.timestamp() * 1000),
    )


def wait_today(answers: Answers, limits: Limits) -> Tile:
    """How long callers waited today, against the norm of the day."""
    reading = answers.figures["wachttijd"]
    title = "Wachttijd vandaag"
    if reading.value is None:
        return _no_value(title, reading)
    norm = None if reading.norm is None else reading.norm.value
    return Tile(
        title=title,
        value=reading.text,
        verdict=_when_open(answers, verdict.against_norm(reading, limits)),
        context="geen norm" if norm is None else distance_text(reading.value, norm, "norm"),
        filled=reading.value,
        limit=norm,
    )


def reached(answers: Answers, limits: Limits) -> Tile:
    """Which share of the callers of today got a person on the line."""
    reading = answers.figures["bereikbaarheid"]
    return Tile(
        title="Telefonische bereikbaarheid",
        value=reading.text,
        verdict=_when_open(answers, verdict.against_norm(reading, limits)),
        context=reading.reason,
    )


def queue_rows(answers: Answers, limits: Limits) -> list[QueueRow]:
    """One row per queue, by name."""
    return [
        _queue_row(answers, name, figures, limits)
        for name, figures in sorted(answers.queues.items())
    ]


def _queue_row(
    answers: Answers, name: str, figures: Mapping[str, Reading], limits: Limits
) -> QueueRow:
    share, waits = figures.get("bereikbaarheid"), figures.get("wachtenden")
    # A queue in which nobody waits has no reading of its own: then the total vouches for the zero.
    total = answers.figures["wachtenden"].value
    waiting_now = waits.value if waits is not None else None if total is None else 0.0
    judged = verdict.UNKNOWN if share is None else verdict.against_norm(share, limits)
    return QueueRow(
        name=name[:1].upper() + name[1:].replace("_", " "),
        waiting=Unit.AANTAL.text(waiting_now),
        reached=Unit.PERCENTAGE.text(None) if share is None else share.text,
        verdict=_when_open(answers, judged),
    )


def _most_pressing(rows: Sequence[QueueRow]) -> list[QueueRow]:
    """Keep the rows that fit, those that need attention first, in the order of their names."""
    room = QUEUES_SHOWN if len(rows) <= QUEUES_SHOWN else QUEUES_SHOWN - 1
    kept = sorted(rows, key=lambda row: -row.verdict.state.weight)[:room]
    return [row for row in rows if row in kept]


def _state(rows: Sequence[QueueRow]) -> State:
    abnormal = [row.verdict for row in rows if row.verdict.state.abnormal]
    return verdict.heaviest(abnormal).state if abnormal else State.NORMAAL


def _exceptions(tiles: dict[str, Tile], rows: Sequence[QueueRow]) -> list[tuple[Verdict, str]]:
    found = [(content.verdict, name) for name, content in tiles.items()]
    found += [(row.verdict, row.name) for row in rows]
    return [item for item in found if item[0].state.abnormal]


def _when_open(answers: Answers, judged: Verdict) -> Verdict:
    return CLOSED if answers.closed else judged


def _quiet(answers: Answers) -> Verdict:
    """Say why nothing needs action: closed, nothing known, or all is well."""
    if answers.closed:
        until = dutch.opening_text(answers.hours.opens_at, answers.now)
        return Verdict(State.GESLOTEN, f"Gesloten{until}")
    if answers.figures["wachtenden"].value is None:
        return Verdict(State.ONBEKEND, "Geen live cijfers")
    return Verdict(State.NORMAAL, "Geen actie nodig")


def _no_value(title: str, reading: Reading) -> Tile:
    return Tile(title=title, value=reading.text, context=reading.reason or "geen gegevens")


def _people(number: float) -> str:
    return dutch.count_text(round(number), "medewerker", "mensen")
