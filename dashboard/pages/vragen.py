"""The follow-up of questions: where the 80 % is lost, what is open, what residents ask again."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.csv_link import csv_link
from dashboard.filters import form
from dashboard.lost_view import lead, losses
from dashboard.markup import plain
from dashboard.month_choice import KEY
from dashboard.narrowing import CUTS, Narrowed, narrowed
from dashboard.repeat_view import repeat_table
from dashboard.site import Asked, Contents, Site
from dashboard.work_view import WITHIN, expiring_list, open_tables, sentence
from metrics import Cut
from metrics.concealment import MOST_CUTS
from metrics.target_words import month_text

PARTS = {
    "verlies": "Waar verliezen we de 80%?",
    "open": "Wat staat er open?",
    "vervalt": "Wat vervalt er binnenkort?",
    "herhaald": "Waar komen inwoners voor terug?",
}

PARTS_OF = tuple(cut.value for cut in CUTS)
TOO_MANY = (
    "Bij zoveel keuzes tegelijk zijn kleine aantallen te herleiden. Kies er minder om cijfers te"
    " zien."
)


def vragen(site: Site, asked: Asked) -> Contents:
    """Answer for the address."""
    chosen = narrowed(site, asked)
    return [
        html.H1("Vragen volgen"),
        _contents(),
        form([*chosen.filters, WITHIN], chosen.asked),
        plain(
            *_lost(site, chosen),
            *_open(site, chosen),
            *_expiring(site, chosen),
            *_repeated(site, chosen),
        ),
    ]


def _contents() -> Component:
    told: Any = {"aria-label": "Op deze pagina"}
    links = [html.Li(html.A(title, href=f"#{key}")) for key, title in PARTS.items()]
    return html.Nav(html.Ul(links, className="op-deze-pagina"), **told)


def _heading(key: str) -> Component:
    return html.H2(PARTS[key], id=key, tabIndex="-1")


def _lost(site: Site, chosen: Narrowed) -> list[Component]:
    if len(chosen.only) > MOST_CUTS:
        return [_heading("verlies"), html.P(TOO_MANY)]
    found = site.board.shortfall(chosen.period, site.clock(), chosen.only)
    file = csv_link("verlies", chosen.asked, KEY, *PARTS_OF)
    return [_heading("verlies"), lead(found, chosen), *losses(found, chosen), file]


def _open(site: Site, chosen: Narrowed) -> list[Component]:
    now = site.clock()
    found = site.board.follow_up.open_work(now, chosen.only)
    told_at = f"{dutch.day_text(now)} {dutch.clock_time(now)}"
    return [
        _heading("open"),
        html.P(sentence(found), className="kernzin"),
        *open_tables(found, chosen.asked, told_at),
        csv_link("werk/open", chosen.asked, *PARTS_OF),
    ]


def _expiring(site: Site, chosen: Narrowed) -> list[Component]:
    within = WITHIN.chosen(chosen.asked)
    found = site.board.follow_up.expiring(site.clock(), int(within), chosen.only)
    file = csv_link("werk/vervalt", chosen.asked, WITHIN.key, *PARTS_OF)
    return [_heading("vervalt"), *expiring_list(found, chosen.asked), file]


def _repeated(site: Site, chosen: Narrowed) -> list[Component]:
    if len({Cut.ONDERWERP, *chosen.only}) > MOST_CUTS:
        return [_heading("herhaald"), html.P(TOO_MANY)]
    found = site.board.repeats(chosen.period, site.clock(), chosen.only)
    caption = f"Per onderwerp, {month_text(chosen.month)}. Het vaakst opnieuw gevraagd eerst."
    file = csv_link("herhaald", chosen.asked, KEY, *PARTS_OF)
    return [_heading("herhaald"), *repeat_table(found, caption), file]
