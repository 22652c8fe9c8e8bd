"""The page of a target: its conclusion as title, its chart, what is to be said, its last months."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.chapters import written
from dashboard.report.course import chance, compared, expected, of_the_year, sure
from dashboard.report.document import Block, Chart, Heading, Paragraph
from dashboard.report.drawing import drawing
from dashboard.report.months import has_months, recent
from dashboard.report.quality import gap_sentences
from dashboard.report.sentences import Say
from dashboard.report.stand import judged, worth
from dashboard.report.subject import Subject
from data.dutch_days import listed
from metrics.published.edition import Edition
from metrics.target_words import month_text

VERDICTS = {True: "norm gehaald", False: "norm niet gehaald", None: "geen oordeel"}
SHOWN = {
    "geen": "geen signaal",
    "verbetering": "verbetering",
    "verslechtering": "verslechtering",
    "verandering": "verandering",
    "te_weinig": "nog weinig maanden",
}


def goal_pages(edition: Edition, told: Sequence[Subject]) -> list[Block]:
    """Give each target its page, in their fixed order; those without any month share one."""
    pages = [
        _page(edition, one, new_page=bool(at) and (has_months(one) or has_months(told[at - 1])))
        for at, one in enumerate(told)
    ]
    return [Heading("3 Per doel", new_page=True), *(block for page in pages for block in page)]


def _page(edition: Edition, one: Subject, *, new_page: bool) -> list[Block]:
    return [
        Heading(conclusion(one), 2, new_page),
        Paragraph(one.meaning.question),
        *_drawn(one),
        *_paragraphs(edition, one),
        *([recent(one)] if has_months(one) else []),
        *written(edition, one.goal.key),
    ]


def _drawn(one: Subject) -> list[Block]:
    if not has_months(one):
        return [Paragraph(Say.EMPTY_CHART())]
    alt = described(one)
    return [Chart(one.goal.key, drawing(one, alt), alt)]


def conclusion(one: Subject) -> str:
    """Say in a line how a target stands."""
    if one.figure.value is None:
        return f"{one.name}: geen cijfer"
    shown = SHOWN.get(one.goal.variation or "")
    return f"{one.name}: {VERDICTS[one.figure.met]}{', ' if shown else ''}{shown or ''}"


def _paragraphs(edition: Edition, one: Subject) -> list[Paragraph]:
    """One message each; what there is nothing to say of is left out."""
    snapshot = edition.snapshot
    gaps = [found for found in snapshot.gaps if found.feed == one.meaning.bron]
    said = (
        worth(one, snapshot.thresholds.verdict_from),
        judged(one, snapshot.span.first),
        compared(one) + chance(one) + sure(one.goal),
        of_the_year(one) + expected(one),
        [sentence for found in gaps for sentence in gap_sentences(found)],
    )
    return [Paragraph(" ".join(sentences)) for sentences in said if sentences]


def described(one: Subject) -> str:
    """Say what the chart shows: the text under it, and for who cannot see it."""
    points = one.goal.points
    known = sorted((point.value, point.text) for point in points if point.value is not None)
    first, last = month_text(points[0].month), month_text(points[-1].month)
    said = [Say.SHOWS(name=one.name, first=first, last=last),
            Say.RANGE(low=one.say(known[0][1]), high=one.say(known[-1][1]))]  # fmt: skip
    if one.figure.norm:
        said.append(Say.NORM_LINE(norm=one.say(one.figure.norm.text)))
    active = one.goal.active
    if active.low is not None:
        said.append(Say.BAND(low=one.say_fine(active.low), high=one.say_fine(active.high)))
    return " ".join([*said, *_missing(one)])


def _missing(one: Subject) -> list[str]:
    months = [month_text(point.month) for point in one.goal.points if point.value is None]
    return [Say.MISSING(months=listed(months))] if months else []
