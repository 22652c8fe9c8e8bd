"""The short chapters of a report: the message, the targets at a glance, what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.report.document import (
    Block,
    Cell,
    Explanation,
    Heading,
    Lines,
    Paragraph,
    Table,
    number,
)
from dashboard.report.quality import incomplete
from dashboard.report.sentences import Say
from dashboard.report.spoken import counted
from dashboard.report.subject import MET, Subject, in_words
from data.dutch_days import MONTHS, listed
from metrics.months import year_earlier
from metrics.periods import local_day
from metrics.published.edition import SECTIONS, Edition
from metrics.published.snapshot import Snapshot
from metrics.spc import Assurance
from metrics.target_words import month_text
from metrics.units import NO_VALUE

SURE = {"steeds": Assurance.STEEDS, "soms": Assurance.SOMS, "niet": Assurance.NIET}


def message(edition: Edition, told: Sequence[Subject]) -> list[Block]:
    """Say in at most five sentences what the period came to."""
    sentences = [
        _score(edition.snapshot, told),
        *_naming(Say.MISSED, (one for one in told if one.figure.met is False)),
        *_naming(Say.WORSE, (one for one in told if one.goal.variation == "verslechtering")),
        *_naming(Say.BETTER, (one for one in told if one.goal.variation == "verbetering")),
        *_incomplete(edition.snapshot),
    ]
    return [Heading("1 Kernboodschap"), Lines(tuple(sentences)), *written(edition, "kernboodschap")]


def _score(snapshot: Snapshot, told: Sequence[Subject]) -> str:
    judged = [one.figure.met for one in told if one.figure.met is not None]
    period = in_words(snapshot.span)
    if not judged:
        return Say.NO_SCORE(period=period)
    score = Say.SCORE(period=period, met=sum(judged), judged=counted(len(judged), "normen"))
    silent = len(told) - len(judged)
    return f"{score} {Say.SCORE_UNKNOWN(unknown=counted(silent, 'doelen'))}" if silent else score


def _naming(say: Say, found: Iterable[Subject]) -> list[str]:
    names = [one.name for one in found]
    return [say(names=listed(names))] if names else []


def _incomplete(snapshot: Snapshot) -> list[str]:
    things = [one.plural for one in snapshot.gaps if incomplete(one)]
    return [Say.INCOMPLETE(things=listed(things))] if things else []


def overview(snapshot: Snapshot, told: Sequence[Subject]) -> list[Block]:
    """Show where all targets stand, in one table, in their fixed order."""
    heading = Heading("2 Stand van de doelen")
    if not told:
        return [heading, Paragraph(Say.NO_SCORE(period=in_words(snapshot.span)))]
    month = told[0].goal.point.month
    earlier = month_text(year_earlier(month)) if monthly(snapshot) else str(month.year - 1)
    head = ("Doel", "Norm", snapshot.span.name, "Norm gehaald?", earlier,
            f"jaar {month.year}", "Verandering", "Haalbaarheid norm")  # fmt: skip
    rows = tuple(_row(snapshot, one) for one in told)
    until = MONTHS[month.month - 1]
    caption = Say.STAND(period=in_words(snapshot.span), until=until)
    return [heading, Table("doelen", caption, head, rows)]


def _row(snapshot: Snapshot, one: Subject) -> tuple[Cell, ...]:
    figure, goal = one.figure, one.goal
    return (
        Cell(one.name),
        number(one.norm_text, figure.norm.value if figure.norm else None),
        number(figure.text, figure.value),
        Cell(MET[figure.met]),
        _earlier(snapshot, one),
        number(one.fine(goal.year.so_far), goal.year.so_far),
        Cell(goal.variation_text or NO_VALUE),
        Cell(SURE[goal.assurance].value if goal.assurance else NO_VALUE),
    )


def _earlier(snapshot: Snapshot, one: Subject) -> Cell:
    """The same month of the year before; a longer period stands beside the whole year before."""
    if monthly(snapshot):
        before = one.goal.before
        return number(before.text, before.value) if before else number(NO_VALUE, None)
    years = [years.past[-1] for years in snapshot.years if years.key == one.goal.key and years.past]
    return number(years[0].text, years[0].value) if years else number(NO_VALUE, None)


def monthly(snapshot: Snapshot) -> bool:
    """Tell whether the report is about one month."""
    return snapshot.span.kind == "maand"


def by_people(edition: Edition) -> list[Block]:
    """The chapters that only people write."""
    return [
        Heading(f"5 {SECTIONS['wat_doen_we']}"),
        *_or_nothing(written(edition, "wat_doen_we")),
        Heading(f"6 {SECTIONS['financien']}"),
        *_or_nothing(written(edition, "financien")),
        Heading(f"7 {SECTIONS['vervolg']}"),
        *_or_nothing(written(edition, "vervolg")),
    ]


def written(edition: Edition, about: str) -> list[Block]:
    """Return what people wrote about a target or under a heading."""
    return [
        Explanation(note.role, local_day(note.at), note.text) for note in edition.notes_about(about)
    ]


def _or_nothing(blocks: list[Block]) -> list[Block]:
    return blocks or [Paragraph(Say.NOTHING_WRITTEN())]
