"""Steering by targets: where each stands, whether that is real, and where to act."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Asked, Filter, form, link
from dashboard.month_choice import month_filter
from dashboard.site import Contents, Site
from dashboard.targets.breakdown import BY, breakdown, ways
from dashboard.targets.detail import csv_of, definition, facts, months, recorded, trail
from dashboard.targets.overview import overview
from dashboard.work_link import to_questions
from metrics import Cut, Kpi
from metrics.command import BadQuestion, parse_cut, parse_goal, parse_month, parse_part
from metrics.parts import UNKNOWN
from metrics.question_list import listable
from metrics.targets import Target

KEPT = ("doel", "op", "alleen")
Part = tuple[Cut, str]


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
    cut = parse_cut(kpi, asked["op"]) if asked.get("op") else None
    target = _target(site, kpi, month, part)
    title = part[1] or UNKNOWN if part else kpi.name
    return [
        _trail(kpi, asked, cut, part),
        _head(html.H1(title), form([choice], asked, kept=KEPT)),
        html.P(kpi.question, className="kernzin"),
        facts(target),
        *(_parts(site, target, asked, cut, part) if cut else []),
        months(target, csv_of(target, asked)),
        *([] if cut else _ways(target, asked, None, part)),
        *_questions(site, target, part),
        *recorded(target),
        *definition(target),
    ]


def _target(site: Site, kpi: Kpi, month: date, part: Part | None) -> Target:
    found = site.board.targets(month, site.clock(), kpi.key, part)
    if not found and part:
        raise BadQuestion("alleen", part[1], "dit komt in deze maanden niet voor")
    return found[0]


def _trail(kpi: Kpi, asked: Asked, cut: Cut | None, part: Part | None) -> Component:
    steps = [link("Doelen", asked, doel=None, op=None, alleen=None)]
    here = kpi.name
    if part:
        steps.append(link(here, asked, op=None, alleen=None))
        steps.append(link(BY[part[0]], asked, op=part[0].value, alleen=None))
        here = part[1] or UNKNOWN
    if cut:
        steps.append(link(here, asked, op=None))
        here = BY[cut]
    return trail(steps, here)


def _parts(
    site: Site, target: Target, asked: Asked, cut: Cut, part: Part | None
) -> list[Component]:
    only = {part[0]: frozenset({part[1]})} if part else {}
    found = site.board.parts(target.reading.kpi.key, cut, target.month, site.clock(), only)
    if not found:
        nothing = html.P("In deze maand is er niets te verdelen.")
        return [*_ways(target, asked, cut, part), nothing]
    return [*_ways(target, asked, cut, part), breakdown(found, cut, target, asked, part)]


def _ways(target: Target, asked: Asked, cut: Cut | None, part: Part | None) -> list[Component]:
    title = html.H2("Waar zit het?", className="h4")
    return [title, ways(target, asked, cut, part[0] if part else None)]


def _questions(site: Site, target: Target, part: Part | None) -> list[Component]:
    """Lead to the questions themselves, where the figure is about questions."""
    kpi = target.reading.kpi
    if kpi.key not in listable(site.board.catalogue):
        return []
    only = dict([part]) if part else {}
    return [html.P(to_questions("De vragen achter dit cijfer", kpi, target.month, only))]


def _head(title: Component, choice: Component) -> Component:
    return html.Div([title, choice], className="kop")
