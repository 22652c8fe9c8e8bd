"""What a report says of a target beside other months: last year, chance, the rest of the year."""

from __future__ import annotations

from dashboard.report.sentences import Say
from dashboard.report.spoken import counted, difference
from dashboard.report.stand import cases, valued
from dashboard.report.subject import Subject
from metrics.forecast import YEAR_ENDED
from metrics.kpi import Better
from metrics.months import year_earlier
from metrics.published.goal import Forecast, Goal
from metrics.target_words import month_text

MEANT = {
    "verbetering": Say.IMPROVED,
    "verslechtering": Say.WORSENED,
    "verandering": Say.CHANGED,
}
SURE = {"steeds": Say.ALWAYS, "soms": Say.SOMETIMES, "niet": Say.NEVER}


def compared(subject: Subject) -> list[str]:
    """Say how far the month is from the same one a year before: two points prove nothing.

    In a report of a longer period it is the last month that is compared.
    """
    goal, unit = subject.goal, subject.meaning.unit
    if goal.point.value is None:
        return []
    month, now = month_text(year_earlier(goal.point.month)), month_text(goal.point.month)
    value = valued(subject, now, goal.point.text)
    about = [value, *cases(subject, goal.point)] if now != subject.period else []
    if goal.before is None or goal.before.value is None:
        return [*about, Say.NO_BEFORE(month=month)]
    apart = difference(goal.point.value, goal.before.value, unit)
    same = Say.EQUALS(month=month)
    return [*about, Say.DIFFERS(difference=apart, month=month) if apart else same]


def chance(subject: Subject) -> list[str]:
    """Say whether the last month is more than chance, and by what rule."""
    goal = subject.goal
    if goal.variation is None:
        return []
    if goal.variation == "te_weinig":
        return [Say.TOO_FEW(months=counted(goal.active.known, "maanden"))]
    meant = MEANT.get(goal.variation)
    said = [meant(), _rule(subject)] if meant else [Say.CHANCE()]
    few = Say.PROVISIONAL(months=counted(goal.active.known, "maanden"))
    return [*said, *[few] * goal.active.provisional]


def _rule(subject: Subject) -> str:
    goal, active = subject.goal, subject.goal.active
    up, months = goal.point.side > 0, counted(goal.lasting, "maanden")
    low, high, mean = map(subject.say_fine, (active.low, active.high, active.mean))
    if goal.point.rule == "buiten":
        return Say.OUTSIDE(month=month_text(goal.point.month).capitalize(), low=low, high=high)
    if goal.point.rule == "trend":
        return (Say.RISES if up else Say.FALLS)(months=months)
    if goal.point.rule == "twee_van_drie":
        return Say.NEAR_HIGH(high=high) if up else Say.NEAR_LOW(low=low)
    return (Say.ABOVE if up else Say.BELOW)(months=months, mean=mean)


def sure(goal: Goal) -> list[str]:
    """Say whether the process can be relied on; after a signal its limits are those of before."""
    return [SURE[goal.assurance]()] if goal.assurance and goal.variation == "geen" else []


def of_the_year(subject: Subject) -> list[str]:
    """Say what the year comes to, and what its other months must still bring."""
    goal = subject.goal
    so_far, month = goal.year.so_far, goal.point.month
    name = month_text(month).removesuffix(f" {month.year}")
    said = [] if so_far is None else [
        Say.SO_FAR(year=month.year, month=name, value=subject.say_fine(so_far))
    ]  # fmt: skip
    return [*said, *_path(subject), *_needed(subject)]


def _path(subject: Subject) -> list[str]:
    goal = subject.goal
    if goal.on_path is None:
        return []
    say = Say.ON_PATH if goal.on_path else Say.OFF_PATH
    return [say(value=subject.say_fine(goal.point.path))]


def _needed(subject: Subject) -> list[str]:
    year = subject.goal.year
    if year.reach == "zeker":
        return [Say.CERTAIN(year=subject.goal.point.month.year)]
    if year.reach == "niet_meer":
        return [Say.OUT_OF_REACH()]
    if year.reach is None or year.needed is None:
        return []
    say = Say.AT_LEAST if subject.meaning.better is Better.HOGER else Say.AT_MOST
    return [say(value=subject.say_fine(year.needed))]


def expected(subject: Subject) -> list[str]:
    """Say what December is expected to be, and how often such words came true."""
    made = subject.goal.forecast
    if subject.goal.point.value is None or made.reason == YEAR_ENDED:
        return []
    if made.level is None:
        return [Say.NO_FORECAST(reason=made.reason.removeprefix("geen prognose: "))]
    level, low, high = map(subject.say_fine, (made.level, made.low, made.high))
    return [Say.EXPECTED(value=level, low=low, high=high), *_hits(made)]


def _hits(made: Forecast) -> list[str]:
    if not made.tested:
        return []
    return [Say.HITS(hits=made.hits, tested=made.tested)]
