"""Makes the document of a report out of one version of it, and of nothing else."""

from __future__ import annotations

from dashboard.report.annexes import meanings, tables
from dashboard.report.chapters import by_people, message, overview
from dashboard.report.departments import departments
from dashboard.report.document import Block, Document
from dashboard.report.front import (
    colophon,
    erratum,
    header,
    mark,
    municipality,
    notices,
    subtitle,
)
from dashboard.report.goal_page import goal_pages
from dashboard.report.quality import quality
from dashboard.report.sentences import Say
from dashboard.report.subject import in_words, subjects
from metrics.published.edition import Edition


def report(edition: Edition, replaced_by: int | None = None) -> Document:
    """Return a version as a document; one that was replaced says by which version."""
    snapshot = edition.snapshot
    where = municipality(snapshot)
    return Document(
        title=Say.TITLE(period=in_words(snapshot.span)),
        subtitle=subtitle(snapshot, edition.version),
        summary=Say.SUMMARY(municipality=where, period=in_words(snapshot.span)),
        organisation=where[0].upper() + where[1:],
        version=edition.version,
        theme=snapshot.header.thema,
        moment=snapshot.made_at,
        mark=mark(edition, replaced_by),
        notices=notices(edition, replaced_by),
        header=header(snapshot),
        blocks=tuple(_blocks(edition)),
    )


def _blocks(edition: Edition) -> list[Block]:
    snapshot = edition.snapshot
    told = subjects(snapshot)
    return [
        *erratum(edition),
        *message(edition, told),
        *overview(snapshot, told),
        *goal_pages(edition, told),
        *departments(snapshot),
        *by_people(edition),
        *tables(snapshot, told),
        *meanings(snapshot, told),
        *quality(edition),
        *colophon(edition),
    ]
