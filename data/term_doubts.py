"""What is uncertain about a term: years of which too little is known, and contested law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data.dutch_days import day_text
from data.holidays import Holidays
from data.term_clock import walk
from data.term_course import Course, Walk
from data.term_law import Law
from data.term_rules import Counting, Rule

BEYOND = (
    "of de Atw geldt voor een termijn die pas door verdaging langer is dan 12 weken (Atw art. 4)"
)
LAST_DAY_OF_PAUSE = 'of "tot" bij een opschorting ook de laatste dag omvat (Awb art. 4:15)'


def unconfirmed(holidays: Holidays, rule: Rule, found: Walk) -> Iterator[str]:
    """Say of which years, in which a term ends, it is not known which days are equated."""
    if not rule.minds_holidays:
        return
    days = {mark.day for mark in found.marks} | {found.first, found.end}
    years = {date.fromordinal(day).year for day in days if day is not None}
    for year in sorted(years):
        if not holidays.is_confirmed(year):
            yield f"onbevestigd: welke dagen in {year} met feestdagen gelijkstaan (Atw art. 3)"


def unused(rule: Rule, course: Course) -> Iterator[str]:
    """Say which parts of a course made no difference because the rule does not know them."""
    given = (
        ("verdaging", course.verdaagd and rule.counting is Counting.WORKDAYS),
        ("opschorting", course.opgeschort and not rule.suspension),
        ("commissie", course.commissie and not rule.committee),
        ("instemming", course.instemming and not rule.consent),
        ("werkdagen", course.werkdagen is not None and rule.counting is not Counting.WORKDAYS),
    )
    for name, without_effect in given:
        if without_effect:
            yield f"{name}: niet gebruikt, deze termijn kent dat niet"
    for invited, completed in course.opgeschort:
        if completed is not None and completed < invited:
            yield f"opschorting eindigt ({completed}) voor zij begint ({invited}): telt niet"


def contested(law: Law, rule: Rule, course: Course, found: Walk) -> Iterator[str]:
    """Say which other reading of the law would give another date."""
    used = law.contested
    others = (
        (BEYOND, replace(used, atw_beyond_twelve_weeks=not used.atw_beyond_twelve_weeks)),
        (LAST_DAY_OF_PAUSE, replace(used, last_suspended_day=not used.last_suspended_day)),
    )
    for question, other in others:
        end = walk(replace(law, contested=other), rule, course).end
        if end is not None and end != found.end:
            yield f"omstreden is {question}; anders {day_text(end)}"
