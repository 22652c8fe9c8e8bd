"""The arithmetic of terms, once: every date and every reason comes from the same walk."""

from __future__ import annotations

from data.term_course import LAST_DAY, Course, Did, Leg, Mark, Walk, as_counted
from data.term_law import Law
from data.term_longer import Longer
from data.term_rules import Begin, Counting, Rule

MOST_WORKDAYS = 1000


def walk(law: Law, rule: Rule, course: Course) -> Walk:
    """Compute when a case is due; where that cannot be said, the last mark says why."""
    marks: list[Mark] = []
    if rule.counting is Counting.WORKDAYS:
        day = _norm(law, rule, course, marks)
        return Walk(day, day, marks)
    start = _start(law, rule, course, marks)
    term = rule.term_of(course.commissie, course.instemming)
    if start is None or term is None:
        return Walk(None, None, marks)
    leg = first = Leg(term.span.after(start), law.ending(rule.counting, start, term.span))
    marks.append(Mark(Did.COUNTED, first.raw, term))
    if not course.is_plain:
        leg, longer = Longer(law, rule, course, start, term).way()
        marks += longer
    return Walk(first.end, _closed(law, rule, leg, marks), marks)


def _start(law: Law, rule: Rule, course: Course, marks: list[Mark]) -> int | None:
    """Return the last day that does not count yet."""
    announced = rule.begin is Begin.ANNOUNCEMENT
    begin = course.bekendgemaakt if announced else course.ontvangen
    if begin is None:
        marks.append(Mark(Did.NO_ANNOUNCEMENT, None))
        return None
    start = begin.toordinal() - rule.begin_counts
    if start >= LAST_DAY:
        marks.append(Mark(Did.OUT_OF_SIGHT, None))
        return None
    if rule.before is None:
        return start
    before = Leg(rule.before.span.after(start), law.ending(rule.counting, start, rule.before.span))
    marks.append(Mark(Did.BEFORE, before.raw, rule.before))
    return _closed(law, rule, before, marks)


def _closed(law: Law, rule: Rule, leg: Leg, marks: list[Mark]) -> int | None:
    """End a term by law, and say what that did."""
    if leg.raw >= LAST_DAY:
        if marks[-1].day is not None:
            marks.append(Mark(Did.OUT_OF_SIGHT, None))
        return None
    end, through = leg.end, law.holidays.running_through(leg.raw)
    if leg.raw < through <= end:
        marks.append(Mark(Did.RUNS_THROUGH, through, leg.raw))
    if through < end:
        marks.append(Mark(Did.TWO_WORKDAYS, end, through))
    if end < through and leg.ending is as_counted and rule.counting is Counting.ATW:
        marks.append(Mark(Did.NOT_MOVED, end))
    return end


def _norm(law: Law, rule: Rule, course: Course, marks: list[Mark]) -> int | None:
    """Count working days from the day that a message counts for."""
    own = None if rule.term is None else rule.term.span.days
    count = own if course.werkdagen is None else course.werkdagen
    received = course.ontvangen.toordinal()
    if count is None or not 0 <= count <= MOST_WORKDAYS or received >= LAST_DAY:
        marks.append(Mark(Did.NO_WORKDAYS if received < LAST_DAY else Did.OUT_OF_SIGHT, None))
        return None
    start = law.workdays.received_on(received) if rule.next_day_after_closing else received
    if start != received:
        marks.append(Mark(Did.RECEIVED_SHUT, start, received))
    end = law.workdays.after(start, count)
    marks.append(Mark(Did.WORKDAYS, end, (start, count)))
    return end
