"""Draws the sources, their last runs, rows that were set aside and sums that must be met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.board import SourceState
from dashboard.charts import Table, table
from dashboard.numbers import number
from dashboard.svg import icon
from dashboard.verdict import State
from data.dutch_days import date_text
from metrics.periods import local_day
from metrics.provenance import Refused, Run
from metrics.sum_checks import Check

STATES = ("Bron", "Soort", "Gelezen tot", "Laatste rij", "Eerste rij", "Leest elke", "Fout")
RUNS = ("Bron", "Wanneer", "Rijen gelezen", "Nieuw of anders", "Opzij gelegd", "Fout")
ASIDE = ("Bron", "Rijen", "Laatst", "Reden")
SUMS = ("Controle", "Klopt", "Geheel", "Delen samen", "Delen")


def sources_table(sources: Sequence[SourceState], now: datetime) -> Component:
    """Draw how far each source goes and how far it was read."""
    rows = [
        (one.naam, one.soort.replace("_", " "), dutch.moment_text(one.checked_at, now),
         dutch.moment_text(one.newest, now), _since(one), _interval(one.interval_s),
         _error(one.error))
        for one in sources
    ]  # fmt: skip
    caption = f"Stand van {dutch.day_text(now)} {dutch.clock_time(now)}"
    return table(Table(caption=caption, columns=STATES, rows=rows))


def _since(source: SourceState) -> str:
    earliest = source.earliest
    return "nog geen" if earliest is None else date_text(local_day(earliest))


def _interval(seconds: int) -> str:
    if seconds % 3600 == 0:
        return dutch.count_text(seconds // 3600, "uur", "uur")
    if seconds % 60 == 0:
        return dutch.count_text(seconds // 60, "minuut", "minuten")
    return dutch.count_text(seconds, "seconde", "seconden")


def _error(error: str) -> Any:
    if not error:
        return "geen"
    return html.Span([*icon(State.ACTIE), error], className="toestand actie")


def runs_table(runs: Sequence[Run], now: datetime) -> list[Component]:
    """Draw what the last runs read, wrote and set aside."""
    if not runs:
        return [html.P("Er is nog niets gelezen.")]
    rows = [
        (run.bron, dutch.moment_text(run.at, now), number(run.rows), number(run.written),
         number(run.rejected), _error(run.error))
        for run in runs
    ]  # fmt: skip
    caption = "Per bron de laatste keren dat er iets te lezen was"
    return [table(Table(caption=caption, columns=RUNS, rows=rows), "table table-sm")]


def refused_table(refused: Sequence[Refused], now: datetime) -> list[Component]:
    """Draw why rows count nowhere, the most frequent reason first."""
    if not refused:
        return [html.P("Alle rijen zijn gebruikt.")]
    rows = [
        (one.bron, number(one.number), dutch.moment_text(one.last, now), one.reason)
        for one in refused
    ]
    whole = dutch.count_text(sum(one.number for one in refused), "rij telt", "rijen tellen")
    caption = f"{whole} nergens mee. De rij zelf staat in de opslag, niet hier."
    return [table(Table(caption=caption, columns=ASIDE, rows=rows), "table table-sm")]


def checks_table(checks: Sequence[Check], caption: str) -> Component:
    """Draw whether each sum is met, with its numbers."""
    return table(Table(caption=caption, columns=SUMS, rows=[_check(one) for one in checks]))


def _check(check: Check) -> Sequence[Any]:
    pairs = zip(check.parts, check.numbers, strict=True)
    parts = [html.Li(f"{reading.kpi.name}: {number(found)}") for reading, found in pairs]
    numbers = (number(check.expected), number(check.found))
    return (check.sum.name, _met(check.met), *numbers, html.Ul(parts, className="delen"))


def _met(met: bool | None) -> Any:
    if met is None:
        return "niet bekend"
    state, word = (State.NORMAAL, "met") if met else (State.ACTIE, "niet met")
    return html.Span([*icon(state), word], className=f"toestand {state.value}")
