"""The front of a report: what it is, whether it is valid, who signed it, what was corrected."""

from __future__ import annotations

from dashboard.report.document import Cell, Erratum, Facts, Heading, Mark, Table, number
from dashboard.report.sentences import Say
from dashboard.report.spoken import moment
from data.dutch_days import date_text
from metrics.periods import local_day
from metrics.published.edition import Edition
from metrics.published.edition import Erratum as Correction
from metrics.published.snapshot import Snapshot

TEMPLATE = 1
"""The version of the texts, tables and look of a report."""
CHANGED = ("Doel", "Wat", "Stond er", "Moet zijn", "Gevolg")


def header(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Return the lines above the first chapter that the municipality filled in."""
    told = snapshot.header
    lines = (
        ("Kenmerk", told.kenmerk),
        ("Onderwerp", f"Rapportage dienstverlening {snapshot.span.name}"),
        ("Portefeuillehouder", told.portefeuillehouder),
        ("Programma", told.programma),
        ("Afdeling", told.afdeling),
        ("Auteur", told.auteur),
        ("Telefoonnummer", told.telefoon),
        ("E-mail", told.email),
        ("Behandelvoorstel", told.behandelvoorstel),
        ("Eerdere besluiten", "\n".join(told.eerdere_besluiten)),
    )
    return tuple((name, said) for name, said in lines if said.strip())


def mark(edition: Edition, replaced_by: int | None) -> Mark | None:
    """Say what must stand on every page."""
    if edition.is_concept:
        return Mark.CONCEPT
    return Mark.VERVANGEN if replaced_by else None


def notices(edition: Edition, replaced_by: int | None) -> tuple[str, ...]:
    """Say what a reader must know before reading on."""
    found = mark(edition, replaced_by)
    said = {
        Mark.CONCEPT: [Say.IS_CONCEPT()],
        Mark.VERVANGEN: [Say.IS_REPLACED(version=replaced_by)],
        None: [],
    }[found]
    return (*said, *[Say.IS_DEMO()] * edition.snapshot.demo)


def erratum(edition: Edition) -> list[Erratum]:
    """Say what this version corrects."""
    found = edition.erratum
    if found is None:
        return []
    facts = (
        ("Wat was fout", found.what),
        ("Gevolg", found.effect),
        ("Oorzaak", found.cause),
        ("Hersteld op", f"{date_text(local_day(found.at))}, {found.role}"),
        ("Geïnformeerd", found.informed),
    )
    title = f"Erratum: versie {edition.version} vervangt versie {found.replaces}"
    told = tuple((name, said) for name, said in facts if said)
    return [Erratum(title, told, _changed(found) if found.changes else None)]


def _changed(found: Correction) -> Table:
    rows = tuple(
        (Cell(one.name), Cell(one.field), number(one.old_text, one.old),
         number(one.new_text, one.new), Cell(one.effect))
        for one in found.changes
    )  # fmt: skip
    return Table("erratum", f"Wat er verandert tegenover versie {found.replaces}", CHANGED, rows)


def colophon(edition: Edition) -> list[Heading | Facts]:
    """Say of what this report was made, so that it can be made again and compared."""
    snapshot = edition.snapshot
    code = f"Regiebord {snapshot.code.version}"
    commit = f", code {snapshot.code.commit}" if snapshot.code.commit else ""
    rows = (
        ("Versie", f"{edition.version}, {edition.state.value}"),
        ("Cijfers bevroren", moment(snapshot.made_at)),
        *_signed(edition),
        ("Gemaakt met", f"{code}{commit}, sjabloon {TEMPLATE}, gegevens {snapshot.format}"),
        ("Controlegetal cijfers", _grouped(edition.sha256)),
        ("Controlegetal inhoud", _grouped(edition.content)),
    )
    return [Heading("Colofon"), Facts(rows)]


def _signed(edition: Edition) -> list[tuple[str, str]]:
    """Who took each step, by role: no names."""
    return [
        (step.state.value.capitalize(), f"{date_text(local_day(step.at))}, {step.role}")
        for step in edition.steps
    ]


def _grouped(digest: str) -> str:
    """Write a hash so that it can be read aloud and break over lines."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def subtitle(snapshot: Snapshot, version: int) -> str:
    """Say for whom it is, and which version."""
    said = Say.SUBTITLE(municipality=municipality(snapshot))
    return f"{said} · versie {version}"


def municipality(snapshot: Snapshot) -> str:
    """Name the municipality."""
    return f"gemeente {snapshot.gemeente}" if snapshot.gemeente else "de gemeente"
