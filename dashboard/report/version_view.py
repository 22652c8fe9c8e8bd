"""The page of one version: the document itself, its files, its steps, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.report.asking import address
from dashboard.report.document import Document
from dashboard.report.html import blocks, chapters, facts
from dashboard.report.late_view import late
from dashboard.report.steps_view import steps
from metrics.published.edition import Change, Rendered
from metrics.published.entry import Entry
from metrics.published.spans import span_of

BEYOND = (("Wat er nu anders is", "#nu"), ("Stappen", "#stappen"))
"""What comes after the document on its page."""
KINDS = {
    "pdf": "PDF, het rapport",
    "ods": "ODS, spreadsheet",
    "xlsx": "XLSX, spreadsheet voor Excel",
    "csv": "CSV, open data",
    "json": "CSVW, uitleg bij de CSV",
}


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version with all that its page shows; `beside` are the versions of the same period."""

    entry: Entry
    document: Document
    files: Sequence[Rendered]
    beside: Sequence[Entry]
    changed: Sequence[Change] | None


def version_page(shown: Version) -> list[Component]:
    """Draw the page."""
    document, entry = shown.document, shown.entry
    return [
        crumbs(span_of(entry.key).name, f"versie {entry.number}"),
        *_mark(document),
        html.H1(document.title),
        html.P([document.subtitle, f", {entry.state.value}"], className="bijschrift"),
        *_notices(shown),
        *([facts(document.header)] if document.header else []),
        *_files(shown),
        chapters(document, BEYOND),
        html.Article(blocks(document), className="rapport"),
        *late(shown.changed, entry),
        *steps(entry),
        *_versions(shown),
    ]


def crumbs(*names: str) -> Component:
    """Show the way back."""
    told: Any = {"aria-label": "Kruimelpad"}
    back = html.Li(html.A("Rapportages", href="/rapportages"))
    return html.Nav(
        html.Ol([back, *(html.Li(name) for name in names)], className="kruimels"), **told
    )


def _mark(document: Document) -> list[Component]:
    """In words, on the screen and on each sheet of paper."""
    if document.mark is None:
        return []
    return [html.P(document.mark.value, className="stempel")]


def _notices(shown: Version) -> list[Component]:
    newer = next((one for one in shown.beside if one.number == shown.entry.replaced_by), None)
    link = [html.P(html.A(f"Lees versie {newer.number}", href=address(newer)))] if newer else []
    said = [*_corrects(shown.entry), *(html.P(notice) for notice in shown.document.notices)]
    return [html.Div([*said, *link], className="mededeling")] if said else []


def _corrects(entry: Entry) -> list[Component]:
    if entry.erratum is None:
        return []
    told = f"Deze versie herstelt een fout in versie {entry.erratum.replaces}."
    return [html.P(html.A(told, href="#erratum"))]


def _files(shown: Version) -> list[Component]:
    entries = [html.Li(_file(shown.entry, one)) for one in shown.files]
    return [html.H2("Bestanden", id="bestanden"), html.Ul(entries, className="bestanden")]


def _file(entry: Entry, file: Rendered) -> list[Component | str]:
    kind = KINDS.get(file.name.rpartition(".")[2], file.media_type)
    size = max(1, round(len(file.content) / 1000))
    return [html.A(kind, href=f"{address(entry)}/{file.name}"), f" ({size} kB)"]


def _versions(shown: Version) -> list[Component]:
    if len(shown.beside) < 2:
        return []
    links = [
        html.Li([html.A(f"Versie {one.number}", href=address(one)), f", {one.state.value}"])
        for one in shown.beside
        if one.number != shown.entry.number
    ]
    return [html.H2("Andere versies"), html.Ul(links)]
