"""The list of a wall: its queues, or the callbacks per department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.judging import Measure, above, against_norm, not_judged
from dashboard.questions import Answers
from dashboard.tiles import Listing, Row
from dashboard.verdict import UNKNOWN, State, Verdict, heaviest
from data.walls import QUEUES, Wall
from metrics import Reading, Unit
from metrics.facts import CALLS, QUESTIONS

SHOWN = 4
PER_QUEUE = Listing(
    title="Wachtrijen vandaag",
    heads=("per wachtrij", "wacht", "bereikt"),
    none="nog geen gesprekken",
    one="wachtrij",
    many="wachtrijen",
)
PER_DEPARTMENT = Listing(
    title="Terugbelverzoeken",
    heads=("per afdeling", "open", "te laat"),
    none="geen terugbelverzoeken",
    one="afdeling",
    many="afdelingen",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list before it is judged."""

    measure: Measure
    count: str
    judged: str

    def row(self, verdict: Verdict) -> Row:
        """The line with what was made of it."""
        return Row(name=self.measure.name, count=self.count, judged=self.judged, verdict=verdict)


def listing_of(answers: Answers, wall: Wall) -> Listing:
    """Return the words of the list that the wall shows; without rows it may not be known."""
    listing, fact = (PER_QUEUE, CALLS) if wall.lijst == QUEUES else (PER_DEPARTMENT, QUESTIONS)
    return listing if answers.told(fact) else replace(listing, none="geen gegevens")


def lines(answers: Answers, wall: Wall) -> list[Line]:
    """Return the lines in the order of their names."""
    line = _queue if wall.lijst == QUEUES else _department
    return [line(name, figures, answers, wall) for name, figures in sorted(answers.rows.items())]


def _queue(name: str, figures: Mapping[str, Reading], answers: Answers, wall: Wall) -> Line:
    share, waits = figures.get("bereikbaarheid"), figures.get("wachtenden")
    # A queue in which nobody waits has no reading of its own: then the total vouches for the zero.
    total = answers.figures["wachtenden"].value
    waiting_now = waits.value if waits is not None else None if total is None else 0.0
    key, shown = f"wachtrij {name}", _title(name)
    if share is None:
        measure = Measure(key=key, name=shown, value=None, fixed=UNKNOWN)
    else:
        measure = against_norm(key, shown, share, answers, wall)
    reached = Unit.PERCENTAGE.text(None) if share is None else share.text
    return Line(measure=measure, count=Unit.AANTAL.text(waiting_now), judged=reached)


def _department(name: str, figures: Mapping[str, Reading], answers: Answers, wall: Wall) -> Line:
    open_, late = figures.get("openstaand"), figures.get("open_te_laat")
    number = None if late is None else late.value
    measure = Measure(
        key=f"terugbelverzoeken {name}",
        name=_title(name),
        value=number,
        edges=above(wall.limits["te_laat"], wall.damping),
        fixed=not_judged(number, answers, wall.damping, fact=QUESTIONS),
    )
    counted = Unit.AANTAL.text(None if open_ is None else open_.value)
    return Line(measure=measure, count=counted, judged=Unit.AANTAL.text(number))


def most_pressing(rows: Sequence[Row]) -> list[Row]:
    """Keep the rows that fit, those that need attention first, in the order of their names."""
    room = SHOWN if len(rows) <= SHOWN else SHOWN - 1
    kept = sorted(rows, key=lambda row: -row.verdict.state.weight)[:room]
    return [row for row in rows if row in kept]


def state_of(rows: Sequence[Row]) -> State:
    """Return the state of the list as a whole."""
    abnormal = [row.verdict for row in rows if row.verdict.state.abnormal]
    return heaviest(abnormal).state if abnormal else State.NORMAAL


def _title(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")
