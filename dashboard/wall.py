"""The wall: from the answers of one instant to the parts of the screen, judged by its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dash.development.base_component import Component

from dashboard import dutch
from dashboard.alarm import since_of
from dashboard.course import course_today
from dashboard.frame import header, month_line
from dashboard.judging import Measure, Memory, verdict_of
from dashboard.lists import Line, lines, listing_of, most_pressing, state_of
from dashboard.measures import shown
from dashboard.questions import Answers
from dashboard.shown import Shown
from dashboard.tiles import course_tile, list_tile, message, tile
from dashboard.verdict import UNJUDGED, State, Verdict
from dashboard.views import course_svg
from data.walls import QUEUES, Wall
from metrics.facts import CALLS, QUESTIONS

LATER = datetime.max.replace(tzinfo=UTC)
TO_CHECK = Verdict(State.ONBEKEND, "Controleer wanden.toml")


def areas(wall: Wall) -> dict[str, str]:
    """Return the parts of the wall, each with the facts that it rests on.

    A part is stale when a source of these facts is.
    """
    by_tile = dict.fromkeys((*wall.tegels, wall.dag), CALLS)
    listed = {wall.lijst: CALLS if wall.lijst == QUEUES else QUESTIONS}
    return {"kop": CALLS, "melding": CALLS, **by_tile, **listed, "maand": QUESTIONS}


@dataclass(frozen=True)
class View:
    """All that the wall shows and judges at one instant."""

    answers: Answers
    tiles: Mapping[str, Shown]
    day: Shown
    lines: tuple[Line, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All that is judged, in the order of the screen."""
        numbers = (*self.tiles.values(), self.day)
        return (*(one.measure for one in numbers), *(line.measure for line in self.lines))


def view(answers: Answers, wall: Wall) -> View:
    """Work out what the wall shows."""
    tiles = {key: shown(key, answers, wall) for key in wall.tegels}
    return View(answers, tiles, shown(wall.dag, answers, wall), tuple(lines(answers, wall)))


def compose(
    name: str, seen: View, wall: Wall, memory: Memory
) -> dict[str, Component | list[Component]]:
    """Draw each part."""
    answers = seen.answers
    rows = [line.row(verdict_of(line.measure, memory)) for line in seen.lines]
    kept, listing = most_pressing(rows), listing_of(answers, wall)
    day = answers.figures[wall.dag]
    course = course_today(answers.quarters, day, answers.typical, answers.now)
    return {
        "kop": header(name, answers.sources, answers.now),
        "melding": message([*exceptions(seen.measures, memory), *_to_check(seen)], _quiet(seen)),
        **{key: tile(one.tile, verdict_of(one.measure, memory)) for key, one in seen.tiles.items()},
        wall.dag: course_tile(
            seen.day.tile, verdict_of(seen.day.measure, memory), course_svg(course)
        ),
        wall.lijst: list_tile(listing, kept, len(rows) - len(kept), state_of(rows)),
        "maand": month_line(answers.month, answers.now),
    }


def exceptions(measures: Iterable[Measure], memory: Memory) -> list[tuple[Verdict, str]]:
    """Return what needs someone: actie nodig first, then what has been on longest."""
    found = [(verdict_of(measure, memory), measure) for measure in measures]
    abnormal = [(verdict, measure) for verdict, measure in found if verdict.state.abnormal]

    def order(item: tuple[Verdict, Measure]) -> tuple[int, datetime]:
        verdict, measure = item
        return -verdict.state.weight, since_of(memory[measure.key]) or LATER

    return [(verdict, measure.name) for verdict, measure in sorted(abnormal, key=order)]


def _to_check(seen: View) -> list[tuple[Verdict, str]]:
    """Name what the wall is to show and nobody ever heard of: its zeroes would look calm."""
    return [(TO_CHECK, f"{name} komt niet voor") for name in seen.answers.unheard.names]


def _quiet(seen: View) -> Verdict:
    """Say why nothing needs action: closed, nothing known, nothing judged, or all is well."""
    answers = seen.answers
    if answers.closed:
        until = dutch.opening_text(answers.hours.opens_at, answers.now)
        return Verdict(State.GESLOTEN, f"Gesloten{until}")
    if answers.figures["wachtenden"].value is None or CALLS in answers.stale:
        return Verdict(State.ONBEKEND, "Geen live cijfers")
    if all(measure.fixed is not None for measure in seen.measures):
        return UNJUDGED
    return Verdict(State.NORMAAL, "Geen actie nodig")
