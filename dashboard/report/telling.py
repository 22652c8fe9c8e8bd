"""Tells of reports on a command line: lines for a reader, values for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from dashboard.dutch import clock_time
from data.dutch_days import date_text
from metrics.periods import local_day, local_text
from metrics.published.checking import Finding
from metrics.published.comparing import now_and_then
from metrics.published.edition import Change, Edition, Erratum
from metrics.published.entry import Entry
from metrics.published.snapshot import Figure, Snapshot
from metrics.published.spans import span_of
from metrics.target_words import MET
from metrics.units import NO_VALUE

MOST_CHANGES = 20


def moment(instant: datetime) -> str:
    """Write a moment: 6 november 2026 9:00."""
    return f"{date_text(local_day(instant))} {clock_time(instant)}"


def title(entry: Entry) -> str:
    """Name a version, and how far it has come."""
    replaced = f", vervangen door versie {entry.replaced_by}" if entry.replaced_by else ""
    name = span_of(entry.key).name
    return f"Rapportage {name} ({entry.key}), versie {entry.number}: {entry.state.value}{replaced}"


def entry_lines(entry: Entry) -> Iterator[str]:
    """Tell of a version: when it was made, who signed it, what it corrects."""
    yield title(entry)
    yield f"  gemaakt op {moment(entry.made_at)}"
    yield f"  momentopname {entry.sha256}"
    yield f"  inhoud       {entry.content}"
    for step in entry.steps:
        yield f"  {step.state.value}: {moment(step.at)}, {step.person} ({step.role})"
    for note in entry.notes:
        first, *more = note.text.splitlines()
        tail = " ..." if more else ""
        yield f"  toelichting {note.about}: {first}{tail} ({note.role}, {moment(note.at)})"
    if entry.erratum:
        yield from erratum_lines(entry.erratum)


def erratum_lines(erratum: Erratum) -> Iterator[str]:
    """Tell what a version corrects."""
    yield f"  erratum op versie {erratum.replaces}: {erratum.what}"
    yield f"    oorzaak: {erratum.cause}"
    yield f"    gevolg: {erratum.effect}"


def figure_lines(edition: Edition) -> Iterator[str]:
    """Tell each target of a version beside its norm."""
    snapshot = edition.snapshot
    for goal in snapshot.goals:
        yield f"  {figure_line(snapshot, snapshot.figure(goal.key))}"


def figure_line(snapshot: Snapshot, figure: Figure) -> str:
    """Tell one figure beside its norm."""
    name = snapshot.definition(figure.key).name
    if figure.value is None:
        return f"{name}: geen cijfer ({figure.reason})"
    norm = f"norm {figure.norm.text}, {MET[figure.met]}" if figure.norm else "geen norm"
    return f"{name}: {figure.text}; {norm}"


def change_lines(changes: Sequence[Change], then: str) -> Iterator[str]:
    """Tell what is different now from what it was then, the first of it in full."""
    for change in changes[:MOST_CHANGES]:
        yield f"  {now_and_then(change, then)}. {change.effect}".rstrip(". ") + "."
    if len(changes) > MOST_CHANGES:
        yield f"  en nog {len(changes) - MOST_CHANGES} andere getallen (--json noemt ze alle)"


def finding_lines(entry: Entry, findings: Sequence[Finding]) -> Iterator[str]:
    """Tell what is not as it was, or that all is."""
    yield title(entry)
    if not findings:
        yield "  in orde: cijfers, handtekeningen en bestanden zijn zoals ze zijn vastgelegd"
    for found in findings:
        yield f"  {found.where}"
        yield f"    opgeslagen: {found.stored or NO_VALUE}"
        yield f"    berekend:   {found.computed or NO_VALUE} ({found.rule})"


def entry_json(entry: Entry) -> dict[str, Any]:
    """The stable shape of a version."""
    return {
        "periode": entry.key,
        "versie": entry.number,
        "toestand": entry.state.value,
        "gemaakt": local_text(entry.made_at),
        "sha256": entry.sha256,
        "inhoud": entry.content,
        "vervangen_door": entry.replaced_by,
        "stappen": [
            {
                "toestand": step.state.value,
                "door": step.person,
                "rol": step.role,
                "tijdstip": local_text(step.at),
                "inhoud": step.content,
                "zegel": step.seal,
            }
            for step in entry.steps
        ],
        "toelichtingen": [
            {
                "over": note.about,
                "tekst": note.text,
                "rol": note.role,
                "tijdstip": local_text(note.at),
            }
            for note in entry.notes
        ],
        "erratum": erratum_json(entry.erratum) if entry.erratum else None,
    }


def erratum_json(erratum: Erratum) -> dict[str, Any]:
    """The stable shape of what a version corrects."""
    return {
        "vervangt": erratum.replaces,
        "tijdstip": local_text(erratum.at),
        "wat": erratum.what,
        "oorzaak": erratum.cause,
        "geinformeerd": erratum.informed,
        "rol": erratum.role,
        "gevolg": erratum.effect,
        "wezenlijk": erratum.substantial,
        "wijzigingen": changes_json(erratum.changes),
    }


def changes_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The stable shape of numbers that changed."""
    return [
        {
            "kpi": change.key,
            "veld": change.field,
            "oud": change.old,
            "nieuw": change.new,
            "oud_tekst": change.old_text,
            "nieuw_tekst": change.new_text,
            "gevolg": change.effect,
        }
        for change in changes
    ]


def findings_json(entry: Entry, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The stable shape of what is not as it was."""
    return [
        {
            "periode": entry.key,
            "versie": entry.number,
            "waar": found.where,
            "opgeslagen": found.stored,
            "berekend": found.computed,
            "regel": found.rule,
        }
        for found in findings
    ]
