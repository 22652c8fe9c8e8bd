"""What a report says of the quality of its figures: days without news, sources, rows set aside."""

from __future__ import annotations

from dashboard.report.document import Block, Cell, Heading, Lines, Paragraph, Table
from dashboard.report.sentences import Say
from dashboard.report.spoken import counted, days_text, moment
from data.dutch_days import date_text
from metrics.published.edition import Edition
from metrics.published.quality import DayGaps, Source
from metrics.published.snapshot import Snapshot
from metrics.units import NO_VALUE

MOST_DAYS = 31
READ = ("Bron", "Cijfers vanaf", "Gelezen tot", "Laatst gekeken")


def incomplete(found: DayGaps) -> bool:
    """Tell whether days have no figures, or not all."""
    return bool(found.missing or found.partial)


def gap_sentences(found: DayGaps) -> list[str]:
    """Say which days have no figures, and which not all; nothing when all is there."""
    said = _missing(found)
    if found.partial:
        said.append(Say.DAYS_PARTIAL(things=found.plural, days=days_text(found.partial)))
    return said


def _missing(found: DayGaps) -> list[str]:
    """Say which days have no figures: all, or each that is, or that they are too many to name."""
    number, days = len(found.missing), found.open_days
    if not number:
        return []
    if number == days > 1:
        return [Say.ALL_MISSING(things=found.plural, days=days)]
    said = Say.DAYS_MISSING(things=found.plural, missing=number, days=days)
    named = Say.WHICH_DAYS(days=days_text(found.missing))
    return [said, named if number <= MOST_DAYS else Say.MANY_DAYS()]


def quality(edition: Edition) -> list[Block]:
    """Annex C: how complete the figures are, and what was corrected."""
    snapshot = edition.snapshot
    return [
        Heading("Bijlage C Kwaliteit van de cijfers en correcties", new_page=True),
        Heading("Hoe compleet zijn de cijfers?", 2),
        Lines(tuple(_completeness(snapshot))),
        *_sources(snapshot),
        Heading("Kleine aantallen", 2),
        Paragraph(_small(snapshot)),
        Heading("Correcties", 2),
        Paragraph(_corrections(edition)),
    ]


def _completeness(snapshot: Snapshot) -> list[str]:
    told = [
        " ".join(gap_sentences(one)) or Say.COMPLETE(things=one.plural) for one in snapshot.gaps
    ]
    return [*told, *(Say.NOT_READ(name=one.naam)
                     for one in snapshot.sources if one.error), *_rejected(snapshot)]  # fmt: skip


def _rejected(snapshot: Snapshot) -> list[str]:
    found = [one for one in snapshot.rejected if one.number]
    first = date_text(snapshot.span.first)
    told = [
        Say.REJECTED(first=first, name=one.naam, rows=counted(one.number, "regels"))
        for one in found
    ]
    return told or [Say.NOTHING_REJECTED(first=first)]


def _sources(snapshot: Snapshot) -> list[Table | Paragraph]:
    if not snapshot.sources:
        return [Paragraph(Say.NO_SOURCES())]
    rows = tuple(_source(one) for one in snapshot.sources)
    return [Table("bronnen", "De bronnen van dit rapport", READ, rows)]


def _source(one: Source) -> tuple[Cell, ...]:
    times = (one.earliest, one.newest, one.checked_at)
    return (Cell(one.naam), *(Cell(moment(at) if at else NO_VALUE) for at in times))


def _small(snapshot: Snapshot) -> str:
    hidden, judged = snapshot.thresholds.hidden_below, snapshot.thresholds.verdict_from
    return " ".join((Say.HIDDEN_BELOW(number=hidden), Say.GUARDED(),
                     Say.JUDGED_FROM(number=judged)))  # fmt: skip


def _corrections(edition: Edition) -> str:
    found = edition.erratum
    said = Say.REPLACES(version=found.replaces) if found else Say.NO_CORRECTION()
    return f"{said} {Say.FROZEN(moment=moment(edition.snapshot.made_at))}"
