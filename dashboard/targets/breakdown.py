"""The parts of a figure in a month: which there are, how sure each is, and the way to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.filters import Asked, link
from dashboard.targets.drawings import position
from dashboard.work_link import to_questions
from metrics import Cut, Kpi, Unit
from metrics.facts import QUESTIONS
from metrics.intervals import Size
from metrics.parts import Part
from metrics.target_words import month_text
from metrics.targets import Target

BY: Mapping[Cut, str] = {
    Cut.AFDELING: "Per afdeling",
    Cut.KANAAL: "Per kanaal",
    Cut.ONDERWERP: "Per onderwerp",
    Cut.WACHTRIJ: "Per wachtrij",
    Cut.SOORT: "Per soort",
    Cut.GEMEENTE: "Per gemeente",
}
NEARBY = "te weinig voor een oordeel"
HIDDEN = "te klein om te tonen, of om een kleine te beschermen"


def cuts_of(kpi: Kpi) -> list[Cut]:
    """Return the ways in which a figure is shown in parts."""
    return [cut for cut in BY if cut in kpi.measure.fact.cuts]


def ways(target: Target, asked: Asked, chosen: Cut | None, within: Cut | None = None) -> Component:
    """Link to each way in which the figure, or its part of one kind, can be cut."""
    told: Any = {"aria-label": "Uitsplitsen"}
    here: Any = {"aria-current": "true"}
    links = [
        html.Li(link(BY[cut], asked, op=cut.value), **(here if cut is chosen else {}))
        for cut in cuts_of(target.reading.kpi)
        if cut is not within
    ]
    return html.Nav(html.Ul(links), className="wegen", **told)


def breakdown(
    parts: Sequence[Part],
    cut: Cut,
    target: Target,
    asked: Asked,
    within: tuple[Cut, str] | None = None,
) -> Component:
    """Draw a row per part, by name: a ranking would rank chance."""
    share = target.reading.kpi.unit is Unit.PERCENTAGE
    content = Table(
        caption=_caption(target, cut, share=share),
        columns=(cut.value.capitalize(), "Waarde", "Aantal", "Stand", "Tegenover de norm"),
        rows=[_row(part, parts, cut, target, asked, within) for part in parts],
    )
    return table(content, "table delen")


def _caption(target: Target, cut: Cut, *, share: bool) -> str:
    sure = ", de lijn hoe zeker dat is (95%)" if share else ""
    return (
        f"{BY[cut]}, {month_text(target.month)}. De stip is de waarde{sure}, de streep de norm. "
        "Op naam: een volgorde naar waarde zou vooral toeval tonen."
    )


def _row(
    part: Part,
    parts: Sequence[Part],
    cut: Cut,
    target: Target,
    asked: Asked,
    within: tuple[Cut, str] | None,
) -> tuple[Any, ...]:
    reading = part.reading
    if reading is None:
        return part.name, "–", "–", "", HIDDEN
    name = _deeper(part, cut, target, asked, within)
    drawn = position(reading, _known(parts), f"{part.name}: {reading.text}",
                     interval=part.interval, few=part.size is Size.OPEN)  # fmt: skip
    return name, reading.text, str(reading.cases), drawn, _judged(part)


def _deeper(
    part: Part, cut: Cut, target: Target, asked: Asked, within: tuple[Cut, str] | None
) -> Any:
    """Lead to the months of a part; of a part of a part, to its questions."""
    if within is None:
        return link(part.name, asked, op=None, alleen=f"{cut.value}:{part.value}")
    kpi, only = target.reading.kpi, dict([within, (cut, part.value)])
    asks_questions = kpi.measure.fact.feed == QUESTIONS
    return to_questions(part.name, kpi, target.month, only) if asks_questions else part.name


def _known(parts: Sequence[Part]) -> list[float]:
    """All that must fit in one drawing, so that the drawings of all parts have one scale."""
    shown = [part for part in parts if part.reading]
    found = [part.reading.value for part in shown if part.reading]
    found += [part.reading.norm.value for part in shown if part.reading and part.reading.norm]
    sure = [part.interval for part in shown if part.interval]
    found += [edge for interval in sure for edge in (interval.low, interval.high)]
    return [value for value in found if value is not None]


def _judged(part: Part) -> str:
    if part.size is Size.OPEN:
        return NEARBY
    return part.verdict.value if part.verdict else "–"
