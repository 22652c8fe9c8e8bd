"""The steps of a version: who took which, in which role, when; and how the next one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.report.spoken import moment
from metrics.published.edition import State, Step
from metrics.published.entry import Entry
from metrics.published.states import ORDER
from metrics.units import NO_VALUE

COLUMNS = ("Stap", "Door", "Rol", "Wanneer", "Controlegetal van wat is getekend")
HASH = 16
NEXT = (
    "De volgende stap zet u op de opdrachtregel: dit scherm heeft geen aanmelding en weet dus niet"
    " wie u bent."
)


def steps(entry: Entry) -> list[Component]:
    """Show every state, with the step that led to it, if it was taken."""
    taken = {one.state: one for one in entry.steps}
    made = ("concept", NO_VALUE, NO_VALUE, moment(entry.made_at), html.Code(entry.sha256[:HASH]))
    rows = [made, *(_row(state, taken.get(state)) for state in ORDER[1:])]
    told = Table(caption="Van concept tot publicatie", columns=COLUMNS, rows=rows)
    return [html.H2("Stappen", id="stappen"), table(told), *_next(entry)]


def _row(state: State, step: Step | None) -> Sequence[Component | str]:
    if step is None:
        return state.value, "nog niet gezet", *[NO_VALUE] * 3
    signed = html.Code(step.content[:HASH])
    return state.value, step.person, step.role, moment(step.at), signed


def _next(entry: Entry) -> list[Component]:
    place = ORDER.index(entry.state) + 1
    if entry.replaced_by or place == len(ORDER):
        return []
    return [html.P(NEXT), html.Pre(html.Code(_command(entry, ORDER[place])), tabIndex="0")]


def _command(entry: Entry, state: State) -> str:
    step = state.name.casefold()
    return f'python -m dashboard maand {entry.key} --stap {step} --door "naam" --rol "rol"'
