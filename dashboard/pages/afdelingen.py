"""Departments beside each other: who meets the norm, who does not, and of whom none can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.filters import Filter, form
from dashboard.funnel import funnel_chart
from dashboard.month_choice import month_filter, month_key
from dashboard.site import Asked, Contents, Site
from dashboard.strips import axis, key_mark, scale_of, strip
from dashboard.targets.scale import Scale
from data.dutch_days import listed
from metrics import Cut, Kpi, Unit
from metrics.command import parse_month
from metrics.departments import FIGURES, Department, Departments
from metrics.intervals import Size, Verdict
from metrics.target_words import month_text
from metrics.units import NO_VALUE

ORDERS = {"naam": "naam", "aantal": "aantal, het grootste eerst"}
COLUMNS = ("Afdeling", "Aandeel en 95%-interval", "Aandeel", "Interval", "Aantal", "Oordeel")
ALL = "Alle afdelingen samen"
NOBODY = "Van geen afdeling staat vast dat zij de norm niet haalde"
NO_VERDICT = {
    Size.OPEN: "geen oordeel: te weinig gevallen",
    Size.GEWOON: "geen oordeel: er is geen norm",
}


def afdelingen(site: Site, asked: Asked) -> Contents:
    """Answer for the address."""
    now = site.clock()
    figure, month, order = _filters(site, now)
    key = figure.chosen(asked)
    found = site.board.per_department(key, parse_month(month.chosen(asked), now), now)
    return [
        html.H1("Afdelingen"),
        html.P(lead(found), className="kernzin"),
        form([figure, month, order], asked),
        *(_comparison(found, order.chosen(asked)) if found.rows else []),
        *([funnel_chart(found, _csv(found))] if found.has_funnel else []),
        *_notes(found),
        _further(found),
    ]


def _filters(site: Site, now: datetime) -> tuple[Filter, Filter, Filter]:
    names = {key: site.board.catalogue[key].name for key in FIGURES}
    return (
        Filter(key="cijfer", label="Cijfer", choices=names),
        month_filter(now),
        Filter(key="volgorde", label="Op volgorde van", choices=ORDERS),
    )


def lead(found: Departments) -> str:
    """Say in words how the departments stand."""
    when = f"In {month_text(found.month)}"
    if not found.rows:
        reason = found.whole.reason or "er waren geen gevallen"
        return f"{when} is er geen cijfer per afdeling: {reason}."
    if found.norm is None:
        return f"{when} was er geen norm voor dit cijfer. De afdelingen krijgen dus geen oordeel."
    met, unsure = (_number(found.judged[one]) for one in (Verdict.GEHAALD, Verdict.ONBESLIST))
    norm = Unit.PERCENTAGE.text(found.norm)
    return (
        f"{when} haalden {met} van de {len(found.rows)} afdelingen de norm van {norm}. "
        f"{_failed(found) or NOBODY}. {_unsure(unsure)}".strip()
    )


def _number(number: int) -> str:
    return str(number) if number else "geen"


def _failed(found: Departments) -> str:
    """Name who did not meet the norm; nothing when that is sure of nobody."""
    names = [row.label for row in found.rows if row.verdict is Verdict.NIET_GEHAALD]
    verb = "haalde" if len(names) == 1 else "haalden"
    return f"{listed(names)} {verb} de norm niet" if names else ""


def _unsure(number: str) -> str:
    return "" if number == "geen" else f"Bij {number} is het verschil met de norm niet zeker."


def _comparison(found: Departments, order: str) -> list[Component]:
    """The table that is its own chart: a mark, its interval and its words in each row."""
    rows = found.rows if order == "naam" else found.largest_first
    norm = [] if found.norm is None else [found.norm]
    lows = [row.interval.low for row in rows if row.interval]
    scale = scale_of([*lows, *norm])
    content = Table(
        caption=_caption(found),
        columns=COLUMNS,
        rows=[_total(found, scale), *(_row(found, row, scale) for row in rows)],
    )
    return [
        html.H2(conclusion(found), className="h4"),
        _legend(found),
        table(content, "table vergelijking"),
        html.A("CSV", href=_csv(found), className="bestand"),
    ]


def conclusion(found: Departments) -> str:
    """Say what the picture shows."""
    if found.norm is None:
        return f"{found.kpi.name} per afdeling"
    if (failed := found.judged[Verdict.NIET_GEHAALD]) > 3:
        return f"{failed} afdelingen haalden de norm niet"
    return _failed(found) or "Geen afdeling zit zeker onder de norm"


def _caption(found: Departments) -> str:
    norm = "geen norm" if found.norm is None else f"norm {Unit.PERCENTAGE.text(found.norm)}"
    return f"{found.kpi.name}, {month_text(found.month)}, {norm}. Aantal: {found.cases_name}."


def _legend(found: Departments) -> Component:
    """Say what the marks mean, before they are met."""
    few = f"{found.small.hidden_below} tot {found.small.verdict_from} gevallen: geen oordeel"
    words = [(one, one.value) for one in Verdict] + [(None, few)]
    entries = [html.Li([key_mark(one), word]) for one, word in words]
    more = "De lijn is het 95%-interval: daarbinnen ligt het aandeel vrijwel zeker. "
    return html.Div(
        [
            html.P(
                f"{more}Raakt de lijn de norm, dan kan het verschil toeval zijn.",
                className="bijschrift",
            ),
            html.Ul(entries, className="merken"),
        ]
    )


def _total(found: Departments, scale: Scale) -> Sequence[Any]:
    total = found.total
    if not total.shown:
        return ALL, axis(scale, None, found.norm), _hidden_text(found), "", "", ""
    return (ALL, axis(scale, total.value, found.norm), total.text, "", _cases(total), "")


def _row(found: Departments, row: Department, scale: Scale) -> Sequence[Any]:
    name = _linked(row)
    if row.interval is None or row.value is None:
        return (
            name,
            html.Span(_hidden_text(found), className="verborgen"),
            NO_VALUE,
            "",
            NO_VALUE,
            "",
        )
    return (
        name,
        strip(scale, row.value, row.interval, found.norm, row.verdict),
        row.text,
        _between(row.interval.low, row.interval.high),
        _cases(row),
        html.Span([key_mark(row.verdict), _word(row)], className="oordeel"),
    )


def _between(low: float, high: float) -> Component:
    ends = f"{Unit.PERCENTAGE.text(low).rstrip('%')} tot {Unit.PERCENTAGE.text(high)}"
    return html.Span(ends, className="bij-elkaar")


def _word(row: Department) -> str:
    return row.verdict.value if row.verdict else NO_VERDICT[row.size]


def _cases(row: Department) -> str:
    return Unit.AANTAL.text(row.noemer)


def _hidden_text(found: Departments) -> str:
    """The same for all that is hidden: which of them are small would help to find them."""
    return f"minder dan {found.small.hidden_below}, of daartoe te herleiden: niet getoond"


def _linked(row: Department) -> Any:
    if not row.naam:
        return row.label
    return html.A(row.naam, href=f"/vragen?{urlencode({'afdeling': row.naam})}")


def _csv(found: Departments) -> str:
    asked = {"cijfer": found.kpi.key, "maand": month_key(found.month), "vorm": "csv"}
    return f"/api/v1/afdelingen?{urlencode(asked)}"


def _notes(found: Departments) -> list[Component]:
    """What is not whole about the month, and the caveat of the figure."""
    told = [*found.whole.gaps, found.kpi.caveat]
    return [html.P(f"Let op: {one}", className="bijschrift") for one in told if one]


def _further(found: Departments) -> Component:
    cut = _deeper(found.kpi)
    asked = {"doel": found.kpi.key, "op": cut.value, "maand": month_key(found.month)}
    goal = html.A(f"Dit doel per {cut.value}", href=f"/doelen?{urlencode(asked)}")
    told: Any = {"aria-label": "Verder kijken"}
    return html.Nav(html.Ul([html.Li(goal)], className="verder"), **told)


def _deeper(kpi: Kpi) -> Cut:
    cuts = kpi.measure.fact.cuts
    return Cut.ONDERWERP if Cut.ONDERWERP in cuts else Cut.WACHTRIJ
