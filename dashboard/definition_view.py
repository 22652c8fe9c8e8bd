"""Draws one figure of the catalogue: everything that is fixed about it."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from data.dutch_days import date_text
from metrics import Kpi, Norm, Unit
from metrics.describe import terms_of
from metrics.target_words import month_text

SOURCES = {"gesprek": "de telefooncentrale", "vraag": "de systemen met vragen en zaken"}


def definition(kpi: Kpi) -> Component:
    """Draw a figure under its name; its key is the anchor that every tile can name."""
    told = {
        "Vraag": kpi.question,
        **_formula(kpi),
        "Let op": kpi.caveat,
        "Eenheid": _unit(kpi),
        "Te verdelen naar": ", ".join(cut.value for cut in kpi.measure.fact.cuts),
        "Bron": SOURCES[kpi.measure.fact.feed],
        "Normen": _lines([_norm(kpi, norm) for norm in kpi.norms]),
        "Groeipad": _lines(_paths(kpi)),
        "Voorlopig": f"de laatste {kpi.provisional_days} dagen" if kpi.provisional_days else "",
        "Wijzigingen": _lines([f"{date_text(day)}: {what}" for day, what in kpi.revisions]),
        "Eigenaar": f"{kpi.owner}, nagekeken op {date_text(kpi.reviewed)}",
    }
    rows = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in told.items() if text]
    head = [html.H3(kpi.name), _links(kpi)]
    return html.Article([*head, html.Dl(rows)], id=kpi.key, className="definitie", tabIndex="-1")


def _links(kpi: Kpi) -> Component:
    named: Any = {"aria-label": f"{kpi.name} als CSV"}
    anchor: Any = {"aria-label": f"Vaste plek van {kpi.name}"}
    file = html.A("CSV van vandaag", href=f"/api/v1/kpis/{kpi.key}?vorm=csv", **named)
    return html.P(
        [html.A(html.Code(kpi.key), href=f"#{kpi.key}", **anchor), file], className="verwijzingen"
    )


def _formula(kpi: Kpi) -> dict[str, str]:
    """Tell a ratio in its two parts; anything else as it is."""
    parts = terms_of(kpi)
    if parts is None:
        return {"Berekening": kpi.formula}
    return {"Teller": parts[0], "Noemer": parts[1]}


def _unit(kpi: Kpi) -> str:
    better = {"hoger": "hoger is beter", "lager": "lager is beter"}.get(kpi.better.value)
    return ", ".join(filter(None, (kpi.unit.value, better)))


def _lines(texts: list[str]) -> Any:
    return html.Ul([html.Li(text) for text in texts]) if texts else ""


def _norm(kpi: Kpi, norm: Norm) -> str:
    points = "-punt" if kpi.unit is Unit.PERCENTAGE else ""
    margin = f", marge {kpi.unit.text(norm.margin)}{points}" if norm.margin else ""
    since = date_text(norm.since)
    return f"{kpi.unit.text(norm.value)} sinds {since}{margin}. Grondslag: {norm.grondslag}"


def _paths(kpi: Kpi) -> list[str]:
    text = kpi.unit.text
    return [
        f"van {text(path.start)} in {month_text(path.first)} naar {text(path.end)} in"
        f" {month_text(path.last)}. Grondslag: {path.grondslag}"
        for path in kpi.paths
    ]
