"""The questions behind a figure, one by one: what a department works with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.filters import Filter, form
from dashboard.leafing import SIZE, leafing, skipped
from dashboard.markup import plain
from dashboard.narrowing import Narrowed, narrowed
from dashboard.numbers import number
from dashboard.site import Asked, Contents, Site
from dashboard.svg import icon
from dashboard.verdict import State as Look
from data.dutch_days import date_text
from metrics.question_list import Chosen, Listed, Outcome, State, listable
from metrics.target_words import month_text
from metrics.units import NO_VALUE

EVERY = "vragen"
COLUMNS = (
    *("Vraag", "Bron", "Ontvangen", "Onderwerp", "Afdeling", "Kanaal"),
    *("Stand", "Uiterlijk", "Dagen te laat"),
)
OUTCOMES = {
    Outcome.ALLE.value: "alle vragen",
    Outcome.GOED.value: "wel goed",
    Outcome.ANDERS.value: "niet goed",
}
EXPLAINED = (
    "Van een vraag staat hier het nummer dat zij in haar bron heeft. Namen, teksten en"
    " contactgegevens kent het regiebord niet. Deze lijst is voor wie de vragen afhandelt;"
    " publiceer haar niet."
)


def werk(site: Site, asked: Asked) -> Contents:
    """Answer for the address."""
    known = listable(site.board.catalogue)
    figure = Filter(key="cijfer", label="Cijfer", default=EVERY,
                    choices={key: kpi.name for key, kpi in known.items()})  # fmt: skip
    outcome = Filter(key="uitkomst", label="Welke", choices=OUTCOMES)
    chosen = narrowed(site, asked)
    asked, after = chosen.asked, skipped(asked)
    kpi = known[figure.chosen(asked)]
    which = Chosen(kpi=kpi, period=chosen.period, now=site.clock(), only=chosen.only,
                   outcome=Outcome(outcome.chosen(asked)))  # fmt: skip
    found, every = site.board.follow_up.listed(which, after, SIZE)
    return [
        html.H1("Werklijst"),
        html.P(_lead(which, chosen, every), className="kernzin"),
        form([figure, outcome, *chosen.filters], asked),
        plain(
            *([_list(found, after, every)] if found else []),
            *leafing(after, every, asked),
            html.A("CSV", href=_csv(asked), className="bestand"),
            html.P(EXPLAINED, className="bijschrift"),
        ),
    ]


def _lead(which: Chosen, chosen: Narrowed, every: int) -> str:
    told = dutch.count_text(every, "vraag", "vragen")
    how = "" if which.outcome is Outcome.ALLE else f", {OUTCOMES[which.outcome.value]}"
    part = ", ".join(name for names in chosen.only.values() for name in sorted(names))
    where = f" Alleen {part}." if part else ""
    return f"{which.kpi.name} in {month_text(chosen.month)}{how}: {told}.{where}"


def _list(found: Sequence[Listed], after: int, every: int) -> Component:
    caption = (
        f"Vraag {number(after + 1)} tot en met {number(after + len(found))} van {number(every)}"
    )
    content = Table(caption=caption, columns=COLUMNS, rows=[_question(one) for one in found])
    return table(content, "table table-sm")


def _question(one: Listed) -> Sequence[Any]:
    day = date_text(one.uiterlijk) if one.uiterlijk else NO_VALUE
    key, received = html.Span(one.vraag, className="bij-elkaar"), date_text(one.ontvangen)
    return (key, one.bron, received, one.onderwerp, one.afdeling, one.kanaal,
            _state(one.stand), day, number(one.te_laat))  # fmt: skip


def _state(stand: State) -> Any:
    if stand is not State.OPEN_TE_LAAT:
        return stand.value
    return html.Span([*icon(Look.LET_OP), stand.value], className="toestand let-op")


def _csv(asked: Asked) -> str:
    kept = {key: value for key, value in asked.items() if key != "na" and value}
    return f"/api/v1/werk/vragen?{urlencode({**kept, 'vorm': 'csv'})}"
