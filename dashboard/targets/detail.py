"""One target: its months as a chart, the words of it, its parts, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, chart, table
from dashboard.filters import Asked
from dashboard.targets.drawings import bullet
from dashboard.targets.figure import HEIGHT, figure
from dashboard.targets.notes import named
from dashboard.targets.overview import expected, met, norm_text, signs, to_do
from data.dutch_days import date_text
from metrics.periods import local_day
from metrics.target_story import conclusion, fine, signal, told
from metrics.target_words import month_text, name_of, path_text
from metrics.targets import Target, path_in
from metrics.units import NO_VALUE

Facts = Sequence[tuple[str, Any]]
COLUMNS = ("Maand", "Waarde", "Norm", "Groeipad", "Grenzen van het toeval", "Signaal")


def trail(steps: Sequence[Any], here: str) -> Component:
    """Lead back from here, level by level."""
    label: Any = {"aria-label": "Kruimelpad"}
    current: Any = {"aria-current": "page"}
    items = [*map(html.Li, steps), html.Li(here, **current)]
    return html.Nav(html.Ol(items), className="kruimels", **label)


def facts(target: Target) -> Component:
    """Say the three facts apart, and what follows from them."""
    so_far, reading = target.year.so_far, target.reading
    variation, assurance = signs(target)
    rows: Facts = (
        (month_text(target.month).capitalize(), html.B(reading.text)),
        ("Norm", norm_text(target)),
        ("Gehaald?", met(target)),
        ("Stand", bullet(target)),
        ("Verandering", variation),
        ("Haalbaarheid norm", assurance),
        ("Wat te doen", html.B(to_do(target))),
        ("Groeipad", path_text(target)),
        ("Prognose en nodig", expected(target)),
        (f"Jaar {target.month.year} tot nu", fine(target, so_far) if so_far is not None else ""),
        ("Let op", "; ".join(reading.gaps)),
    )
    return html.Dl([_fact(name, content) for name, content in rows if content != ""],
                   className="feiten")  # fmt: skip


def _fact(name: str, content: Any) -> Component:
    return html.Div([html.Dt(name), html.Dd(content)])


def months(target: Target, csv: str) -> Component:
    """Draw the chart under its conclusion, with its table and its file."""
    drawn = chart("verloop", figure(target), conclusion=conclusion(target), told=told(target),
                  content=_table(target), csv=csv, height=HEIGHT)  # fmt: skip
    title = html.H2("Signaal of toeval", className="visually-hidden")
    return html.Div([title, drawn, _lines(target)])


def _lines(target: Target) -> Component:
    """The names of the lines, for a screen without room beside the chart."""
    items = [html.Li(text) for text, _, _ in named(target)]
    return html.Ul(items, className="lijnen")


def _table(target: Target) -> Table:
    unit = target.reading.kpi.unit
    limits = [
        " tot ".join(fine(target, edge) for edge in part.limits.shown(unit)) if part.limits else ""
        for part in target.chart.segments
        for _ in part.points
    ]
    rows = [
        (
            month_text(point.month),
            reading.text,
            unit.text(reading.norm.value if reading.norm else None),
            fine(target, path_in(reading.kpi, point.month)),
            edge or NO_VALUE,
            signal(target, point) or NO_VALUE,
        )
        for reading, point, edge in zip(target.readings, target.chart.points, limits, strict=True)
    ]
    return Table(caption=f"{name_of(target)} per maand", columns=COLUMNS, rows=rows)


def recorded(target: Target) -> list[Component]:
    """List what was recorded: events, and limits that were computed anew."""
    rows = [(event.day, "gebeurtenis", event.text, event.owner) for event in target.events]
    rows += [
        (one.day, "nieuwe grenzen", one.reason, f"{one.author}; akkoord {one.approved_by}")
        for one in target.recalibrations
    ]
    if not rows:
        return []
    content = Table(
        caption="Gebeurtenissen en herijkingen",
        columns=("Datum", "Soort", "Wat", "Wie"),
        rows=[(date_text(day), *rest) for day, *rest in sorted(rows)],
    )
    return [html.H2("Vastgelegd", className="h4"), table(content)]


def definition(target: Target) -> list[Component]:
    """Say what is measured; the whole definition is one link away."""
    kpi, norm = target.reading.kpi, target.reading.norm
    rows: Facts = (
        ("Vraag", kpi.question),
        ("Berekening", kpi.formula),
        ("Let op", kpi.caveat),
        ("Norm gesteld door", norm.grondslag if norm else ""),
        ("Eigenaar", kpi.owner),
    )
    return [
        html.H2("Wat meten we?", className="h4"),
        html.Dl([_fact(name, text) for name, text in rows if text], className="feiten breed"),
        html.P(html.A("Hele definitie", href=f"/definities#{kpi.key}")),
    ]


def csv_of(target: Target, asked: Asked) -> str:
    """The address of the file with the months of the chart; of a part what may be shown of it."""
    month, key = f"{target.month:%Y-%m}", target.reading.kpi.key
    if asked.get("alleen"):
        query = {"doel": key, "maand": month, "alleen": asked["alleen"], "vorm": "csv"}
        return f"/api/v1/doelen?{urlencode(query)}"
    first, after = target.chart.points[0].month, local_day(target.reading.period.end)
    query = {"van": first.isoformat(), "tot": after.isoformat(), "per": "maand", "vorm": "csv"}
    return f"/api/v1/kpis/{key}?{urlencode(query)}"
