"""Draws which days are complete: a table of months by days, with a sentence that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import dutch
from metrics.provenance import Completeness, Day
from metrics.target_words import month_text

CELL = Markup(
    '<td class="{0}" title="{1}"><span class="vak {0}" aria-hidden="true"></span>'
    '<span class="visually-hidden">{0}</span></td>'
)
MISSING = (Completeness.DEELS, Completeness.LEEG)
NAMED = 40


def calendar(key: str, title: str, days: Sequence[Day]) -> Component:
    """Draw the days of one kind of facts; what is missing is also told in words."""
    named: Any = {"aria-labelledby": f"{key}-titel", "aria-describedby": f"{key}-tekst"}
    return html.Figure(
        [
            html.Figcaption(html.H3(_conclusion(title, days), id=f"{key}-titel", className="h5")),
            html.P(_told(days), id=f"{key}-tekst", className="bijschrift"),
            _scrolled(title, days),
            _legend(),
            *_missing(days),
        ],
        role="group",
        className="kalender-blok",
        **named,
    )


def _conclusion(title: str, days: Sequence[Day]) -> str:
    gone = [day for day in days if day.state in MISSING]
    if not gone:
        return f"{title}: geen dag ontbreekt"
    return f"{title}: {dutch.count_text(len(gone), 'dag', 'dagen')} niet compleet"


def _told(days: Sequence[Day]) -> str:
    counts = Counter(day.state for day in days)
    words = ", ".join(f"{counts[state]} {state.value}" for state in Completeness)
    return f"Van de {len(days)} dagen: {words}."


def _scrolled(title: str, days: Sequence[Day]) -> Component:
    """A table of two dimensions does not fit a narrow screen: there it scrolls, by keyboard too."""
    named: Any = {"aria-label": f"{title}, dagen per maand"}
    head = html.Tr(
        [html.Th("Maand", scope="col"), *(html.Th(str(n), scope="col") for n in range(1, 32))]
    )
    months = groupby(days, key=lambda day: day.day.replace(day=1))
    body = [_month(first, {day.day.day: day for day in found}) for first, found in months]
    drawn = html.Table([html.Thead(head), html.Tbody(body)], className="kalender")
    return html.Div(drawn, className="schuift", tabIndex="0", role="region", **named)


def _month(first: date, days: dict[int, Day]) -> Component:
    cells = [_cell(days.get(number)) for number in range(1, 32)]
    return html.Tr([html.Th(month_text(first), scope="row"), *cells])


def _cell(day: Day | None) -> Markup:
    """Write a day as HTML at once: as components they would take most of the time of the page."""
    if day is None:
        return Markup("<td></td>")
    return CELL.format(day.state.value, _title(day))


def _title(day: Day) -> str:
    return f"{dutch.weekday_text(day.day)}: {day.state.value}"


def _sign(state: Completeness) -> Component:
    hidden: Any = {"aria-hidden": "true"}
    return html.Span(className=f"vak {state.value}", **hidden)


def _legend() -> Component:
    items = [html.Li([_sign(state), state.value]) for state in Completeness]
    return html.Ul(items, className="legenda")


def _missing(days: Sequence[Day]) -> list[Component]:
    """Name the days that lack something, the last first, and what."""
    gone = [day for day in reversed(days) if day.state in MISSING]
    if not gone:
        return []
    items = [html.Li(f"{_title(day)}{_why(day)}") for day in gone[:NAMED]]
    if len(gone) > NAMED:
        items.append(html.Li(f"en {len(gone) - NAMED} eerdere dagen"))
    return [html.Details([html.Summary("Toon de dagen die niet compleet zijn"), html.Ul(items)])]


def _why(day: Day) -> str:
    return f" ({'; '.join(day.gaps)})" if day.gaps else ""
