"""What a report says of a figure over its period: its value, its cases, its norm."""

from __future__ import annotations

from datetime import date

from dashboard.report.sentences import Say
from dashboard.report.spoken import counted, spoken
from dashboard.report.subject import Subject
from data.dutch_days import date_text
from metrics.intervals import wilson
from metrics.published.goal import Point
from metrics.published.snapshot import Figure
from metrics.units import Unit, decimal_text


def worth(subject: Subject, sure_from: int) -> list[str]:
    """Say the value with its cases, and how unsure few cases make it."""
    figure = subject.figure
    if figure.value is None:
        why = [Say.REASON(reason=figure.reason)] if figure.reason else []
        return [Say.NO_VALUE(period=subject.period), *why]
    value = valued(subject, subject.period, figure.text)
    return [value, *cases(subject, figure), *_few(subject, sure_from), *_covered(figure)]


def valued(subject: Subject, period: str, text: str) -> str:
    """Say a value; a stock is what there was at the end."""
    say = Say.AT_END if subject.meaning.stock else Say.VALUE
    return say(period=period, value=subject.say(text))


def cases(subject: Subject, found: Figure | Point) -> list[str]:
    """Say of how many cases a value is told."""
    meaning = subject.meaning
    if not meaning.cases_name:
        return []
    whole = counted(found.cases, meaning.cases_name)
    if meaning.unit is not Unit.PERCENTAGE or found.teller is None or found.cases == 1:
        return [Say.CASES(cases=whole)]
    say = Say.PART_ONE if found.teller == 1 else Say.PART
    return [say(part=decimal_text(found.teller, 0), cases=whole)]


def _few(subject: Subject, sure_from: int) -> list[str]:
    """Of few cases a share is not sure; say between what it lies."""
    figure = subject.figure
    if subject.meaning.unit is not Unit.PERCENTAGE or not 0 < figure.cases < sure_from:
        return []
    around = wilson(figure.teller or 0, figure.noemer or 0)
    if around is None:
        return []
    return [Say.FEW(low=_share(around.low), high=_share(around.high))]


def _share(value: float) -> str:
    return spoken(Unit.PERCENTAGE.text(value), Unit.PERCENTAGE)


def _covered(figure: Figure) -> list[str]:
    if figure.coverage is None or figure.lower is None or figure.upper is None:
        return []
    low, high = _share(figure.lower), _share(figure.upper)
    return [Say.COVERED(share=_share(figure.coverage)), Say.BOUNDS(low=low, high=high)]


def judged(subject: Subject, first: date) -> list[str]:
    """Say the norm and whether it was met, and what of it changed on the way."""
    return [_verdict(subject), *_changes(subject, first)]


def _verdict(subject: Subject) -> str:
    norm, met = subject.figure.norm, subject.figure.met
    if norm is None:
        return Say.NO_NORM()
    say = {True: Say.NORM_MET, False: Say.NORM_MISSED, None: Say.NORM_ONLY}[met]
    return say(norm=subject.say(norm.text))


def _changes(subject: Subject, first: date) -> list[str]:
    figure = subject.figure
    norms = [
        Say.NEW_NORM(day=date_text(one.since), norm=subject.say(one.text), first=date_text(first))
        for one in figure.norms_within
    ]
    meanings = [
        Say.NEW_MEANING(day=date_text(one.day), what=one.what) for one in figure.revisions_within
    ]
    return norms + meanings
