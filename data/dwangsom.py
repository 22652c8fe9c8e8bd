"""The dwangsom: what a municipality owes when it decides too late and was put in default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from data.dutch_days import day_text
from data.term_rules import Contested, Penalty
from data.term_text import Step
from data.termijn import Terms

FIRST_DAY = "welke dag de eerste van de dwangsom is (Awb art. 4:17 lid 3)"
ATW = "of de Atw geldt voor de twee weken na de ingebrekestelling"


@dataclass(frozen=True)
class Dwangsom:
    """Whether one is due, from when until when, and how much; amounts are whole euros."""

    geldig: bool
    eerste_dag: date | None
    laatste_dag: date | None
    bedrag: int | None
    """Owed up to and including the day that was asked about; None when none was."""
    maximum: int
    stappen: tuple[Step, ...]
    omstreden: tuple[str, ...] = ()


def dwangsom(
    terms: Terms,
    uiterlijk: date,
    ingebrekestelling: date,
    dag: date | None = None,
    regel: str | None = None,
) -> Dwangsom:
    """Return what is owed after a notice of default received on a day.

    The notice is valid only after the deadline has passed (Awb 4:17 lid 3); under a rule that knows
    no dwangsom nothing is owed. Raise UnknownRule for a rule that does not exist.
    """
    excluded = terms.rule(regel).no_penalty if regel else ""
    if excluded or ingebrekestelling <= uiterlijk:
        return _nothing(terms.penalty, uiterlijk, ingebrekestelling, excluded)
    first = _first_day(terms, terms.contested, ingebrekestelling)
    last = first + _days(terms.penalty) - 1
    steps = [
        _step(ingebrekestelling, "ingebrekestelling na afloop van de termijn: geldig", terms),
        _step(date.fromordinal(first), f"eerste dag van de dwangsom: {day_text(first)}", terms),
        _step(date.fromordinal(last), f"laatste dag van de dwangsom: {day_text(last)}", terms),
    ]
    return Dwangsom(
        True,
        date.fromordinal(first),
        date.fromordinal(last),
        None if dag is None else owed(terms.penalty, dag.toordinal() - first + 1),
        owed(terms.penalty, _days(terms.penalty)),
        tuple(steps),
        tuple(_contested(terms, ingebrekestelling, first)),
    )


def owed(penalty: Penalty, days: int) -> int:
    """Return the euros owed over so many days, the first of them included."""
    total, before = 0, 0
    for length, rate in penalty.steps:
        total += rate * min(max(days - before, 0), length)
        before += length
    return total


def _nothing(penalty: Penalty, uiterlijk: date, notice: date, excluded: str) -> Dwangsom:
    early = (
        f"ingebrekestelling van {day_text(notice.toordinal())} is te vroeg: "
        f"de termijn loopt tot en met {day_text(uiterlijk.toordinal())}"
    )
    why = Step(notice, "geen dwangsom bij deze termijn", excluded)
    step = why if excluded else Step(notice, early, penalty.article)
    return Dwangsom(False, None, None, 0, 0, (step,))


def _first_day(terms: Terms, contested: Contested, notice: date) -> int:
    grace = terms.penalty.grace.after(notice.toordinal())
    if contested.atw_on_grace:
        grace = terms.holidays.running_through(grace)
    return grace + contested.penalty_from - 14


def _contested(terms: Terms, notice: date, first: int) -> Iterator[str]:
    used = terms.contested
    others = (
        (FIRST_DAY, replace(used, penalty_from=29 - used.penalty_from)),
        (ATW, replace(used, atw_on_grace=not used.atw_on_grace)),
    )
    for question, other in others:
        day = _first_day(terms, other, notice)
        if day != first:
            yield f"omstreden is {question}; anders {day_text(day)}"


def _days(penalty: Penalty) -> int:
    return sum(length for length, _ in penalty.steps)


def _step(day: date, text: str, terms: Terms) -> Step:
    return Step(day, text, terms.penalty.article)
