"""What each figure means, written from the catalogue; and one figure counted in five ways."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.definition_view import definition
from dashboard.filters import form, search
from dashboard.site import Asked, Contents, Site
from dashboard.variants_view import chosen, variants
from metrics import Kpi
from metrics.describe import found_in

SAME_ROWS = (
    "Leveranciers tellen het servicelevel verschillend. Leg hun rapport naast de manier die bij hen"
    " past. Alle vijf komen uit dezelfde oproepen; wij sturen op de bovenste, die het strengst is."
)


def definities(site: Site, asked: Asked) -> Contents:
    """Answer for the address."""
    filters, asked, period, name = chosen(site, asked)
    words = asked.get("zoek", "")
    every = site.board.catalogue.values()
    found = [kpi for kpi in every if found_in(kpi, words)]
    return [
        html.H1("Definities"),
        form(filters, asked, search("zoek", "Zoek in de definities", asked)),
        html.P(_told(found, len(every), words), className="kernzin", role="status"),
        *_listed(found),
        html.H2("Servicelevel op vijf manieren", id="varianten", tabIndex="-1"),
        html.P(SAME_ROWS, className="bijschrift"),
        variants(site, period, name),
        html.H2("Alle cijfers" if not words else f"Cijfers met '{words}'"),
        *[definition(kpi) for kpi in found],
    ]


def _told(found: Sequence[Kpi], every: int, words: str) -> str:
    if not words:
        return f"Het regiebord kent {every} cijfers. Elk heeft één definitie, overal dezelfde."
    known = dutch.count_text(len(found), "cijfer", "cijfers")
    return f"{known} van de {every} met '{words}'." if found else f"Geen cijfer met '{words}'."


def _listed(found: Sequence[Kpi]) -> list[Component]:
    links = [html.Li(html.A(kpi.name, href=f"#{kpi.key}")) for kpi in found]
    return [html.Ul(links, className="inhoudsopgave")] if links else []
