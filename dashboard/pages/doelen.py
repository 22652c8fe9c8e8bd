"""Steering by targets: where each stands, whether that is real, and where to act."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Asked, Filter, form, link
from dashboard.month_choice import month_filter
from dashboard.site import Contents, Site
from dashboard.targets.breakdown import BY, breakdown, to_parts, ways
from dashboard.targets.detail import csv_of, definition, facts, months, recorded, trail
from dashboard.targets.overview import overview
from metrics import Cut, Kpi
from metrics.command import BadQuestion, parse_cut, parse_goal, parse_month, parse_part
from metrics.parts import UNKNOWN
from metrics.targets import Target

KEPT = ("doel", "op", "alleen")


def doelen(site: Site, asked: Asked) -> Contents:
    """Answer for the address: all targets of a month, or one."""
    now = site.clock()
    choice = month_filter(now)
    month = parse_month(choice.chosen(asked), now)
    return (_one if asked.get("doel") else _all)(site, asked, month, choice)


def _all(site: Site, asked: Asked, month: date, choice: Filter) -> list[Component]:
    title = _head(html.H1(f"Doelen {month.year}"), form([choice], asked))
    targets = site.board.targets(month, site.clock())
    if not targets:
        return [title, html.P("Er is nog geen norm ingesteld; dat kan in normen.toml.")]
    file = f"/api/v1/doelen?maand={month:%Y-%m}&vorm=csv"
    return [title, *overview(targets, asked), html.A("CSV", href=file, className="bestand")]


def _one(site: Site, asked: Asked, month: date, choice: Filter) -> list[Component]:
    kpi = parse_goal(site.board.catalogue, asked["doel"])
    part = parse_part(kpi, asked["alleen"]) if asked.get("alleen") else None
    cut = part[0] if part else parse_cut(kpi, asked["op"]) if asked.get("op") else None
    target = _target(site, kpi, month, part)
    title = part[1] or UNKNOWN if part else kpi.name
    return [
        _trail(kpi, asked, cut, part),
        _head(html.H1(title), form([choice], asked, kept=KEPT)),
        html.P(kpi.question, className="kernzin"),
        facts(target),
        *(_parts(site, target, asked, cut) if cut and not part else []),
        months(target, csv_of(target, asked)),
        *([] if cut and not part else _ways(target, asked, None)),
        *recorded(target),
        *definition(target),
    ]


def _target(site: Site, kpi: Kpi, month: date, part: tuple[Cut, str] | None) -> Target:
    found = site.board.targets(month, site.clock(), kpi.key, part)
    if not found and part:
        raise BadQuestion("alleen", part[1], "dit komt in deze maanden niet voor")
    return found[0]


def _trail(kpi: Kpi, asked: Asked, cut: Cut | None, part: tuple[Cut, str] | None) -> Component:
    steps = [link("Doelen", asked, doel=None, op=None, alleen=None)]
    if cut:
        steps.append(link(kpi.name, asked, op=None, alleen=None))
    if cut and part:
        return trail([*steps, to_parts(cut, asked)], part[1] or UNKNOWN)
    return trail(steps, BY[cut] if cut else kpi.name)


def _parts(site: Site, target: Target, asked: Asked, cut: Cut) -> list[Component]:
    found = site.board.parts(target.reading.kpi.key, cut, target.month, site.clock())
    if not found:
        return [*_ways(target, asked, cut), html.P("In deze maand is er niets te verdelen.")]
    return [*_ways(target, asked, cut), breakdown(found, cut, target, asked)]


def _ways(target: Target, asked: Asked, cut: Cut | None) -> list[Component]:
    return [html.H2("Waar zit het?", className="h4"), ways(target, asked, cut)]


def _head(title: Component, choice: Component) -> Component:
    return html.Div([title, choice], className="kop")
