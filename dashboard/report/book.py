"""The workbook of a report: every number of a version, in sheets one can also follow by ear."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.book_about import definitions, errata, gaps, sources
from dashboard.report.book_parts import parts
from dashboard.report.book_sheets import figures, goals, months, years
from dashboard.report.months import NOT_KNOWN
from dashboard.report.names import title_of
from dashboard.report.sheets import Book, Column, Sheet, contents
from dashboard.report.tidy import COLUMNS, MARKS
from data.dutch_days import date_text
from metrics.periods import local_day
from metrics.published.edition import Edition

LICENCE = "Deze gegevens zijn vrij te gebruiken: CC0."
NOTES = (
    Column(key="teken", label="Teken of kolom"),
    Column(key="betekenis", label="Betekenis"),
)


def book(edition: Edition) -> Book:
    """Put the sheets of a version in their order; sheets that say nothing are left out."""
    told = edition.snapshot
    tables = [
        *errata(edition),
        goals(told),
        years(told),
        figures(told),
        months(told),
        *parts(told),
        definitions(told),
        sources(told),
        gaps(told),
    ]
    explained = [notes(), *tables]
    return Book(
        title=title_of(edition),
        author=f"Gemeente {told.gemeente}".strip(),
        subject=f"Versie {edition.version}, {edition.state.value}",
        issued=told.made_at,
        sheets=[cover(edition), contents(explained), *explained],
    )


def cover(edition: Edition) -> Sheet:
    """Say what this is, how far it has come, and what may be done with it."""
    told = edition.snapshot
    frozen = date_text(local_day(told.made_at))
    lines = [
        *(["CONCEPT. De cijfers zijn nog niet vastgesteld."] if edition.is_concept else []),
        *(["Demonstratiegegevens: deze cijfers zijn verzonnen."] if told.demo else []),
        f"Versie {edition.version}, {edition.state.value}.",
        f"De cijfers zijn vastgelegd op {frozen} en veranderen daarna niet.",
        *_replaced(edition),
        f"Controlegetal (SHA-256) van de vastgelegde cijfers: {edition.sha256}",
        LICENCE,
        "Het tabblad Inhoud noemt alle tabbladen. Het tabblad Toelichting legt de tekens uit.",
    ]
    return Sheet(name="Voorblad", title=title_of(edition), lines=lines)


def _replaced(edition: Edition) -> Sequence[str]:
    if edition.erratum is None:
        return []
    return [
        f"Deze versie vervangt versie {edition.erratum.replaces}. Het tabblad Erratum zegt waarom."
    ]


def notes() -> Sheet:
    """Explain the marks and the columns."""
    rows = [
        *MARKS.items(),
        (NOT_KNOWN, "Niet bekend: over dat jaar is er geen cijfer."),
        *((column.label, column.about) for column in COLUMNS if column.about),
    ]
    return Sheet(
        name="Toelichting",
        title="Toelichting op tekens en kolommen",
        lines=["Een percentage staat in een cel als getal van 0 tot 1, een duur in seconden."],
        columns=NOTES,
        rows=rows,
    )
