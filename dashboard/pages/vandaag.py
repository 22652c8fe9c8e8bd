"""Today: how busy it is, whether there are enough people, and whether the norm can still be met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import day_words as words
from dashboard import dutch
from dashboard.charts import Table, chart, table
from dashboard.day_charts import calls_figure, staffing_figure
from dashboard.site import Asked, Contents, Site
from dashboard.strips import scale_of, strip
from metrics import Unit
from metrics.intervals import Interval, Verdict
from metrics.remaining import Chance
from metrics.today import Crew, Goal, Quarter, Today
from metrics.units import NO_VALUE, decimal_text

NORM = "Kunnen we de norm vandaag nog halen?"
STATES = {
    Chance.ZEKER: Verdict.GEHAALD,
    Chance.MOGELIJK: Verdict.ONBESLIST,
    Chance.NIET: Verdict.NIET_GEHAALD,
}
"""A day is drawn as a department is: sure, not sure, or not met."""
SCENARIOS = {"rustig": "Rustig (P10)", "verwacht": "Zoals verwacht", "druk": "Druk (P90)"}


def vandaag(site: Site, _asked: Asked) -> Contents:
    """Answer for the address."""
    own = site.staffing
    found = site.board.today(site.clock(), own.antwoordtijd, own.nawerk)
    parts = [_norms(found), _calls(found), _staffing(found)] if found.opens else []
    return [html.H1("Vandaag"), html.P(words.lead(found), className="kernzin"), *parts, _further()]


def _csv(part: str) -> str:
    return f"/api/v1/vandaag/{part}?vorm=csv"


def _norms(found: Today) -> Component:
    return html.Section(
        [
            html.H2(NORM, className="h4"),
            html.Div([_goal(found, goal) for goal in found.goals], className="opgaven"),
            html.A("CSV", href=_csv("normen"), className="bestand"),
        ]
    )


def _goal(found: Today, goal: Goal) -> Component:
    title = html.H3(words.goal_title(goal), className="h5")
    if goal.expected is None:
        return html.Article(title)
    told = [] if found.over else [_scenarios(goal)]
    return html.Article([title, html.P(_stand(goal), className="bijschrift"), *_range(goal), *told])


def _stand(goal: Goal) -> str:
    reading = goal.reading
    norm = Unit.PERCENTAGE.text(reading.norm.value if reading.norm else None)
    if reading.value is None:
        return f"Norm {norm}. Er is nog niemand geweest."
    so_far = (
        f"Tot nu toe {reading.text}: {Unit.AANTAL.text(reading.teller)} van"
        f" {Unit.AANTAL.text(reading.noemer)}. Norm {norm}."
    )
    if goal.ends is None or not goal.expected or not goal.expected.calls:
        return so_far
    low, high = map(Unit.PERCENTAGE.text, goal.ends)
    return f"{so_far} De dag eindigt tussen {low} en {high}, afhankelijk van wat nog komt."


def _range(goal: Goal) -> list[Component]:
    """Between what the day can end, with what it is now."""
    norm = goal.reading.norm
    if goal.ends is None or goal.expected is None or norm is None:
        return []
    low, high = goal.ends
    now = low if goal.reading.value is None else goal.reading.value
    scale = scale_of([low, norm.value])
    state = STATES[goal.expected.chance]
    return [strip(scale, now, Interval(low, high), norm.value, state, numbered=True)]


def _scenarios(goal: Goal) -> Component:
    verb = words.VERBS[goal.reading.kpi.key]
    columns = ("Als het verder", "Komen nog", f"Minstens {verb}", "Mag mislukken")
    rows = [(SCENARIOS[name], *words.rest_words(rest)) for name, rest in goal.rests]
    caption = "Wat de norm vraagt van de oproepen die nog komen, wie nu wacht meegeteld"
    return table(Table(caption=caption, columns=columns, rows=rows), "table table-sm")


def _calls(found: Today) -> Component:
    columns = ("Tijd", "Aangeboden", "Opgenomen", "Gemist", "Verwacht", "Gebruikelijk")
    return chart(
        "oproepen",
        calls_figure(found),
        conclusion=words.calls_title(found),
        told=words.calls_told(found),
        content=Table(
            caption="Oproepen per kwartier, naar het moment waarop zij binnenkwamen",
            columns=columns,
            rows=[_quarter(one) for one in found.quarters],
        ),
        csv=_csv("kwartieren"),
        height=360,
    )


def _quarter(one: Quarter) -> Sequence[Any]:
    usual = one.usually
    counts = [Unit.AANTAL.text(count) for count in (one.offered, one.answered, one.missed)]
    if usual is None:
        return dutch.clock_time(one.at), *counts, NO_VALUE, NO_VALUE
    band = f"{decimal_text(usual.low, 0)} tot {decimal_text(usual.high, 0)}"
    return dutch.clock_time(one.at), *counts, decimal_text(usual.mean, 1), band


def _staffing(found: Today) -> Component:
    title, told = words.staffing_title(found), words.staffing_told(found)
    if not found.crews:
        return html.Section([html.H3(title, className="h5"), html.P(told, className="bijschrift")])
    return chart(
        "bezetting",
        staffing_figure(found),
        conclusion=title,
        told=told,
        content=Table(
            caption="Mensen per halfuur, als totaal",
            columns=("Tijd", "Nodig", "Aanwezig", "Te weinig"),
            rows=[_crew(one) for one in found.crews],
        ),
        csv=_csv("bezetting"),
    )


def _crew(one: Crew) -> Sequence[Any]:
    present = one.reason or Unit.AANTAL.text(one.present)
    return (
        dutch.clock_time(one.at),
        Unit.AANTAL.text(one.needed),
        present,
        Unit.AANTAL.text(one.short),
    )


def _further() -> Component:
    told: Any = {"aria-label": "Verder kijken"}
    links = (("/wand", "Wat er nu speelt: de wand"), ("/afdelingen", "De maand per afdeling"))
    items = [html.Li(html.A(text, href=href)) for href, text in links]
    return html.Nav(html.Ul(items, className="verder"), **told)
