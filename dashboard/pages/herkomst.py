"""Where the figures come from: sources, complete days, rows set aside, sums that are met."""

from __future__ import annotations

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.calendar_view import calendar
from dashboard.csv_link import csv_link
from dashboard.filters import form
from dashboard.markup import plain
from dashboard.month_choice import KEY, chosen_month, month_filter, month_key
from dashboard.site import Asked, Contents, Site
from dashboard.source_view import checks_table, refused_table, runs_table, sources_table
from dashboard.tables_background import FACTS, year_before
from metrics import Query
from metrics.periods import local_day, whole_month
from metrics.sum_checks import KEYS, checks
from metrics.target_words import month_text


def herkomst(site: Site, asked: Asked) -> Contents:
    """Answer for the address."""
    now, background = site.clock(), site.board.background
    return [
        html.H1("Herkomst"),
        plain(
            html.H2("Bronnen"),
            sources_table(site.board.sources(), now),
            csv_link("herkomst/bronnen", {}),
            html.H2("Welke dagen zijn compleet?"),
            *_calendars(site, now),
        ),
        html.H2("Klopt de telling?"),
        *_sums(site, asked, now),
        plain(
            html.H2("Wat is er opzij gelegd?"),
            *refused_table(background.refused(), now),
            csv_link("herkomst/opzij", {}),
            html.H2("Wat is er het laatst gelezen?"),
            *runs_table(background.last_runs(), now),
            csv_link("herkomst/gelezen", {}),
        ),
    ]


def _calendars(site: Site, now: datetime) -> list[Component]:
    first = year_before(local_day(now))
    return [
        drawn
        for key, fact in FACTS.items()
        for drawn in (
            calendar(key, key.capitalize(), site.board.background.days(fact, first, now)),
            csv_link("herkomst/dagen", {"soort": key}, "soort"),
        )
    ]


def _sums(site: Site, asked: Asked, now: datetime) -> list[Component]:
    months = month_filter(now, running=True)
    month = chosen_month(months, asked)
    kpis = tuple(site.board.catalogue[key] for key in KEYS)
    found = checks(site.board.ask(Query(kpis=kpis, period=whole_month(month), now=now)))
    caption = f"Elke rij telt één keer, {month_text(month)}"
    over = whole_month(month).end <= now  # of the running month the API tells no sums
    file = [csv_link("herkomst/sommen", {KEY: month_key(month)}, KEY)] if over else []
    return [form([months], asked), checks_table(found, caption), *file]
