"""The register of corrections: every number that a new version of a report changed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.report.asking import address
from dashboard.report.telling import MOST_CHANGES
from dashboard.report.tidy import csv_of, short
from dashboard.report.version_view import crumbs
from data.dutch_days import date_text
from metrics.frames import plain
from metrics.periods import local_day
from metrics.published.edition import Erratum
from metrics.published.entry import Entry
from metrics.published.spans import span_of

COLUMNS = ("Rapportage", "Datum", "Wat was fout", "Oorzaak", "Wat er verandert", "Geïnformeerd")
NOTHING = (
    "Er is nog geen correctie. Staat er een fout in een vastgestelde rapportage, dan komt er een"
    " nieuwe versie, en staat hier wat er fout was. De oude versie blijft te lezen."
)
FILES = (("CSV", "/rapportages/correcties.csv"), ("JSON", "/api/v1/rapportages/correcties"))


class Row(NamedTuple):
    """A number that was corrected; a correction without one has a row too."""

    periode: str
    versie: int
    vervangt: int
    datum: str
    wezenlijk: bool
    maatstaf: str | None
    getal: str | None
    oud: float | None
    nieuw: float | None
    gevolg: str
    wat: str
    oorzaak: str
    geinformeerd: str
    rol: str


def rows(found: Sequence[Entry]) -> list[Row]:
    """Return the register in the order of the versions."""
    return [row for entry in found if entry.erratum for row in _rows(entry, entry.erratum)]


def _rows(entry: Entry, told: Erratum) -> Iterator[Row]:
    changes = told.changes or (None,)
    for change in changes:
        yield Row(
            periode=entry.key,
            versie=entry.number,
            vervangt=told.replaces,
            datum=local_day(told.at).isoformat(),
            wezenlijk=told.substantial,
            maatstaf=change.key if change else None,
            getal=change.field if change else None,
            oud=short(change.old) if change else None,
            nieuw=short(change.new) if change else None,
            gevolg=change.effect if change else told.effect,
            wat=told.what,
            oorzaak=told.cause,
            geinformeerd=told.informed,
            rol=told.role,
        )


def register_csv(found: Sequence[Entry]) -> str:
    """Write the register as CSV; a text that a spreadsheet would run gets an apostrophe."""
    return csv_of(Row._fields, ([_cell(cell) for cell in row] for row in rows(found)))


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    return plain(cell) if isinstance(cell, str) else cell


def register_page(found: Sequence[Entry]) -> list[Component]:
    """Draw the register: a row per correction, the newest first."""
    told = [(one, one.erratum) for one in reversed(found) if one.erratum]
    content = Table(
        caption="Correcties op vastgestelde rapportages",
        columns=COLUMNS,
        rows=[_told(entry, erratum) for entry, erratum in told],
    )
    files = [html.Li(html.A(name, href=href)) for name, href in FILES]
    return [
        crumbs("register van correcties"),
        html.H1("Register van correcties"),
        html.P(_lead(len(told)), className="kernzin"),
        *([table(content)] if told else []),
        html.H2("Bestanden"),
        html.Ul(files, className="bestanden"),
    ]


def _lead(number: int) -> str:
    if not number:
        return NOTHING
    known = dutch.count_text(number, "correctie", "correcties")
    return (
        f"Er is {known} op een vastgestelde rapportage."
        if number == 1
        else f"Er zijn {known} op vastgestelde rapportages."
    )


def _told(entry: Entry, erratum: Erratum) -> Sequence[Any]:
    name = f"{span_of(entry.key).name}, versie {entry.number}"
    return (
        html.A(name, href=address(entry)),
        date_text(local_day(erratum.at)),
        erratum.what,
        erratum.cause,
        html.Div([erratum.effect, *_changed(erratum)]),
        erratum.informed,
    )


def _changed(erratum: Erratum) -> list[Component]:
    """The first of the numbers that changed; the files have them all."""
    told = [
        f"{one.name}, {one.field}: was {one.old_text}, is {one.new_text}"
        for one in erratum.changes[:MOST_CHANGES]
    ]
    left = len(erratum.changes) - len(told)
    more = [f"en nog {dutch.count_text(left, 'ander getal', 'andere getallen')}"] * bool(left)
    return [html.Ul([html.Li(one) for one in (*told, *more)], className="delen")] if told else []
