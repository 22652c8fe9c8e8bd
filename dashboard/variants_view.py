"""Draws the five ways in which a service level is counted, from the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.filters import Asked, Filter
from dashboard.month_choice import chosen_month, month_filter, month_key
from dashboard.numbers import bar, number, percent
from dashboard.site import Site
from metrics import Period, Query, Reading
from metrics.describe import terms_of
from metrics.kpis.servicelevel import VARIANTS
from metrics.periods import local_day, next_month, whole_month
from metrics.target_words import month_text

WHOLE = "Hele maand"
COLUMNS = ("Manier van tellen", "Uitkomst", "Teller", "Noemer", "Wat gedeeld door wat")


def chosen(site: Site, asked: Asked) -> tuple[list[Filter], Asked, Period, str]:
    """Read which month or day of it is asked for, with the filters to choose another."""
    now = site.clock()
    months = month_filter(now, running=True)
    month = chosen_month(months, asked)
    last = min(next_month(month) - timedelta(days=1), local_day(now))
    days = [month + timedelta(days=ahead) for ahead in range((last - month).days + 1)]
    choices = {"": WHOLE, **{day.isoformat(): dutch.weekday_text(day) for day in days}}
    by_day = Filter(key="dag", label="Dag", choices=choices)
    if not asked.get("dag", "").startswith(month_key(month)):
        asked = {key: value for key, value in asked.items() if key != "dag"}
    day = by_day.chosen(asked)
    if not day:
        return [months, by_day], asked, whole_month(month), month_text(month)
    first = date.fromisoformat(day)
    period = Period.days(first, first + timedelta(days=1))
    return [months, by_day], asked, period, dutch.weekday_text(first)


def variants(site: Site, period: Period, name: str) -> Component:
    """Draw the five ways side by side, our own first."""
    kpis = tuple(site.board.catalogue[key] for key in VARIANTS)
    found = site.board.ask(Query(kpis=kpis, period=period, now=site.clock()))
    if found[0].value is None:
        return html.P(f"Van {name} is er geen servicelevel: {found[0].reason}.")
    caption = f"Servicelevel op vijf manieren, uit dezelfde oproepen: {name}"
    content = Table(caption=caption, columns=COLUMNS, rows=[_row(one) for one in found])
    return table(content, "table varianten")


def _row(reading: Reading) -> Sequence[Component | str]:
    above, below = terms_of(reading.kpi) or ("", "")
    return (
        html.A(reading.kpi.name, href=f"#{reading.kpi.key}"),
        bar(reading.value or 0, percent(reading.value), "cijfer"),
        number(reading.teller),
        number(reading.noemer),
        f"{above} gedeeld door {below}",
    )
