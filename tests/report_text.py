"""The texts of a report, for who reads them in a test; and editions beside those of the cast."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dashboard.report.document import (
    Block,
    Chart,
    Document,
    Erratum,
    Explanation,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Table,
)
from metrics.published.edition import Edition
from metrics.published.quality import Parts
from tests.report_cast import CONCEPT, CORRECTED, EDITIONS, FINAL, GOALS, SNAPSHOT, goal

HOSTILE = 'Kosten: $5, 50% #let x = 1; *vet* _schuin_ @bron [link](x) <b> "\\"\\\\ `c` // = kop'
"""Every letter that means something to Typst, HTML or a sheet."""
LONG = f"https://voorbeeld.invalid/{'lang' * 60}"
"""An address that is longer than a line."""
SECTION_TEXTS = ("kernboodschap", "financien", "vervolg")


def _better(edition: Edition) -> Edition:
    """The same of an invented town: an improvement, a month that is missing, no row set aside."""
    risen = goal("bereikbaarheid", variation="verbetering", variation_text="Verbetering", lasting=7)
    first = replace(risen.points[0], value=None, text="–")
    broken = replace(risen, points=(first, *risen.points[1:]))
    snapshot = replace(edition.snapshot, goals=(broken, *GOALS[1:]), rejected=(), demo=True)
    return replace(edition, snapshot=snapshot)


def _one_goal(edition: Edition) -> Edition:
    """The same, with one target and no department that may be told of."""
    parts = (Parts(key="wachttijd", axis="afdeling", rows=(), withheld="geen afdelingen bekend"),)
    snapshot = replace(edition.snapshot, goals=GOALS[1:2], parts=parts, years=())
    return replace(edition, snapshot=snapshot)


def hostile(edition: Edition) -> Edition:
    """The same, with marks of every kind in what people wrote and in every name."""
    snapshot = edition.snapshot
    named = tuple(
        replace(one, name=f"{HOSTILE} {one.key}", question=HOSTILE) for one in snapshot.definitions
    )
    notes = tuple(
        replace(note, about=about, text=f"{HOSTILE}\n\n{LONG}", role=HOSTILE)
        for note, about in zip(edition.notes * 2, (*SECTION_TEXTS, "wachttijd"), strict=True)
    )
    header = replace(snapshot.header, kenmerk=HOSTILE, email="a@b.nl")
    changed = replace(snapshot, definitions=named, header=header, gemeente=HOSTILE)
    return replace(edition, notes=(*edition.notes, *notes), snapshot=changed)


ALL: dict[str, Edition] = {
    **EDITIONS,
    "beter": _better(CONCEPT),
    "één doel": _one_goal(FINAL),
    "zonder naam": replace(CONCEPT, snapshot=replace(SNAPSHOT, gemeente="")),
    "vreemde tekens": hostile(CORRECTED),
}


def texts_of(document: Document) -> list[str]:
    """Return every text of a report, in order of reading."""
    front = [document.title, document.subtitle, document.summary, *document.notices]
    blocks = (text for one in document.blocks for text in _in(one))
    return [*front, *_pairs(document.header), *blocks]


def _pairs(rows: tuple[tuple[str, str], ...]) -> list[str]:
    return [text for row in rows for text in row]


def _in(one: Block) -> Iterator[str]:
    match one:
        case Heading() | Paragraph():
            yield one.text
        case Lines():
            yield from one.items
        case Facts():
            yield from _pairs(one.rows)
        case Table():
            yield from _table(one)
        case Chart():
            yield one.alt
        case Explanation():
            yield from (one.title, one.text)
        case Erratum():
            yield from (one.title, *_pairs(one.facts))
            yield from _table(one.figures) if one.figures else ()


def _table(table: Table) -> Iterator[str]:
    yield from (table.caption, *table.head)
    yield from (cell.text for row in table.rows for cell in row)
