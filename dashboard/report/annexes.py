"""Annexes A and B: all tables, and what the figures and words mean."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.departments import part_tables
from dashboard.report.document import (
    Block,
    Cell,
    Facts,
    Heading,
    Paragraph,
    Table,
    count,
    number,
)
from dashboard.report.months import all_months, has_months, year_table
from dashboard.report.sentences import Say, Word
from dashboard.report.subject import MET, Subject
from data.dutch_days import date_text
from metrics.published.meaning import Definition, Norm
from metrics.published.snapshot import Figure, Snapshot
from metrics.target_words import month_text
from metrics.units import NO_VALUE


def tables(snapshot: Snapshot, told: Sequence[Subject]) -> list[Block]:
    """Annex A: every figure, the years and months of the targets, and their parts."""
    return [
        Heading("Bijlage A Tabellen", new_page=True),
        Heading("Alle cijfers", 2),
        _figures(snapshot),
        *_years(snapshot, told),
        *_months(told),
        *_parts(snapshot),
    ]


def _figures(snapshot: Snapshot) -> Table:
    head = ("Cijfer", snapshot.span.name, "Teller", "Noemer", "Norm", "Norm gehaald?")
    rows = tuple(_figure(snapshot.definition(one.key), one) for one in snapshot.figures)
    return Table("cijfers", f"Alle cijfers over {snapshot.span.name}", head, rows)


def _figure(meaning: Definition, one: Figure) -> tuple[Cell, ...]:
    norm = number(one.norm.text, one.norm.value) if one.norm else number(NO_VALUE, None)
    return (Cell(meaning.name), number(one.text, one.value), count(one.teller), count(one.noemer),
            norm, Cell(MET[one.met]))  # fmt: skip


def _years(snapshot: Snapshot, told: Sequence[Subject]) -> list[Block]:
    years = {one.key: one for one in snapshot.years}
    known = [(one, years[one.goal.key]) for one in told if one.goal.key in years]
    if not known:
        return []
    return [Heading("Per jaar", 2), year_table(known), Paragraph(Say.UNKNOWN_YEAR())]


def _months(told: Sequence[Subject]) -> list[Block]:
    known = [one for one in told if has_months(one)]
    return [Heading("Per maand", 2), all_months(known)] if known else []


def _parts(snapshot: Snapshot) -> list[Block]:
    found = part_tables(snapshot)
    return [Heading("In delen", 2), Paragraph(Say.HIDDEN()), *found] if found else []


def meanings(snapshot: Snapshot, told: Sequence[Subject]) -> list[Block]:
    """Annex B: what the words and figures mean, by what norms, and what changed."""
    goals = {one.goal.key for one in told}
    others = [one for one in snapshot.definitions if one.key not in goals]
    return [
        Heading("Bijlage B Definities en wijzigingen", new_page=True),
        Heading("Woorden", 2),
        Facts(tuple((word.word, word.value) for word in Word)),
        *(block for one in told for block in _meaning(one.meaning)),
        *_others(others),
    ]


def _meaning(one: Definition) -> list[Block]:
    rows = (
        ("Vraag", one.question),
        ("Berekening", one.formula),
        ("Let op", one.caveat),
        ("Norm", "\n".join(map(_norm, one.norms))),
        ("Groeipad", "\n".join(
            f"{one.unit.text(path.start, 1)} in {month_text(path.first)}, "
            f"{one.unit.text(path.end, 1)} in {month_text(path.last)} ({path.grondslag})"
            for path in one.paths)),
        ("Gewijzigd", "\n".join(f"{date_text(at.day)}: {at.what}" for at in one.revisions)),
        ("Eigenaar", one.owner),
        ("Bijgewerkt", date_text(one.reviewed)),
        ("Kenmerk definitie", one.fingerprint[:16]),
    )  # fmt: skip
    return [Heading(one.name, 2), Facts(tuple((name, said) for name, said in rows if said))]


def _norm(norm: Norm) -> str:
    return f"{norm.text} sinds {date_text(norm.since)} ({norm.grondslag})"


def _others(found: Sequence[Definition]) -> list[Block]:
    if not found:
        return []
    rows = tuple((Cell(one.name), Cell(one.formula), Cell(one.owner)) for one in found)
    head = ("Cijfer", "Berekening", "Eigenaar")
    return [Heading("Andere cijfers", 2), Table("definities", "Wat zij betekenen", head, rows)]
