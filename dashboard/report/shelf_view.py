"""The page with all reports: what there is, how far it has come, and a button for a concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.report.asking import address
from data.dutch_days import date_text
from metrics.months import last_months
from metrics.periods import local_day
from metrics.published.entry import Entry
from metrics.published.spans import span_of
from metrics.target_words import month_text

COLUMNS = ("Periode", "Versie", "Stand", "Cijfers vastgelegd op", "Controlegetal")
A_YEAR, HASH = 12, 12
"""Months that a concept can be made of; characters by which one hash is told from another."""
NOTHING = (
    "Er is nog geen rapportage. Een rapportage legt de cijfers van een maand vast. Daarna"
    " veranderen ze niet meer, ook niet als er later nog gegevens binnenkomen."
)
CONCEPT = (
    "Een concept legt de cijfers vast zoals ze nu zijn. Iemand controleert het, en iemand anders"
    " stelt het vast."
)


def shelf(found: Sequence[Entry], offered: Mapping[str, str]) -> list[Component]:
    """Show all versions, the newest period first."""
    rows = [_row(one) for one in sorted(found, key=_order, reverse=True)]
    told = Table(caption="Alle rapportages en hun versies", columns=COLUMNS, rows=rows)
    register = html.A("Register van correcties", href="/rapportages/correcties")
    return [
        html.H1("Rapportages"),
        html.P(lead(found), className="kernzin"),
        *([table(told)] if found else []),
        html.P(register),
        *_concept(offered),
    ]


def lead(found: Sequence[Entry]) -> str:
    """Say how the newest stands."""
    if not found:
        return NOTHING
    newest = max(found, key=_order)
    return (
        f"De nieuwste rapportage gaat over {span_of(newest.key).name}: "
        f"versie {newest.number}, {newest.state.value}."
    )


def offered(found: Sequence[Entry], last: date) -> dict[str, str]:
    """Return the months that are over and have no report yet, the latest first."""
    known = {one.key for one in found}
    months = {f"{month:%Y-%m}": month_text(month) for month in last_months(last)[:A_YEAR]}
    return {key: name for key, name in months.items() if key not in known}


def _order(entry: Entry) -> tuple[date, str, int]:
    span = span_of(entry.key)
    return span.after, span.kind, entry.number


def _row(entry: Entry) -> Sequence[Component | str]:
    replaced = f", vervangen door versie {entry.replaced_by}" if entry.replaced_by else ""
    return (
        html.A(span_of(entry.key).name, href=address(entry)),
        str(entry.number),
        f"{entry.state.value}{replaced}",
        date_text(local_day(entry.made_at)),
        html.Code(entry.sha256[:HASH]),
    )


def _concept(offered: Mapping[str, str]) -> list[Component]:
    """A form that works without JavaScript; who presses it stays unknown, so it only adds."""
    if not offered:
        return [html.P("Van de laatste twaalf maanden is er al een rapportage.")]
    options = [html.Option(name, value=key) for key, name in offered.items()]
    choice = html.Label(
        [
            html.Span("Maand"),
            html.Select(options, id="periode", name="periode", className="form-select"),
        ],
        htmlFor="periode",
    )
    button = html.Button("Maak concept", type="submit", className="btn btn-primary")
    return [
        html.H2("Nieuw concept"),
        html.P(CONCEPT),
        html.Form([choice, button], method="post", action="/rapportages", className="filters"),
    ]
