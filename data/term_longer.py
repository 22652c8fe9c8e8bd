"""What makes a term longer: a notice of extension, and days on which the clock stands still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.term_course import LAST_DAY, NEVER, Course, Did, Ending, Leg, Mark, as_named
from data.term_law import Law
from data.term_rules import Extension, Rule, Span, Term

Pause = tuple[int, int]
"""The first and the last day on which the clock stands still."""
Way = tuple[Leg, list[Mark]]
"""A term, and how it came to be that long."""


@dataclass(frozen=True)
class Longer:
    """A case that was extended or suspended, counted after `start`."""

    law: Law
    rule: Rule
    course: Course
    start: int
    term: Term

    def way(self) -> Way:
        """Return its term with all that made it longer."""
        pauses = self._pauses()
        counted = Leg(self.term.span.after(self.start), self._ending(self.term.span))
        first, paused = suspended(counted, pauses)
        notice = self._notice(first.end)
        if notice is None or first.end == NEVER:
            return first, paused
        if notice in (Did.NO_NOTICE, Did.NO_NEW_DATE):
            return Leg(NEVER, as_named), [Mark(notice, None)]
        if notice is not Did.EXTENDED or self.rule.extension is None:
            return first, [Mark(notice, counted.raw, first.end), *paused]
        longer, marks = self._extended(self.rule.extension, pauses, first.end)
        if longer.end < first.end:
            return first, [Mark(Did.NAMED_SOONER, counted.raw, first.end), *paused]
        return longer, marks

    def _notice(self, first_end: int) -> Did | None:
        """Judge the notice of extension; None when there is none, EXTENDED when it counts."""
        notice, named = self.course.verdaagd, self.course.verdaagd_tot
        extension = self.rule.extension
        if notice is None:
            return None if named is None or named.toordinal() <= first_end else Did.NO_NOTICE
        if extension is None:
            return Did.NOT_EXTENDABLE
        if notice < self.course.ontvangen:
            return Did.TOO_EARLY
        if notice.toordinal() > first_end:
            return Did.TOO_LATE
        return Did.NO_NEW_DATE if extension.most is None and named is None else Did.EXTENDED

    def _extended(self, extension: Extension, pauses: list[Pause], first_end: int) -> Way:
        """Return the soonest of the longest that the law allows and the date that was named."""
        ways: list[Way] = []
        if extension.most is not None:
            span = self.term.span + extension.most
            most = Leg(span.after(self.start), self._ending(span))
            ways.append(_marked(Mark(Did.EXTENDED, most.raw, first_end), most, pauses))
        if self.course.verdaagd and self.course.verdaagd_tot:
            named = Leg(self.course.verdaagd_tot.toordinal(), as_named)
            later = _since(pauses, self.course.verdaagd)
            ways.append(_marked(Mark(Did.NAMED, named.raw, first_end), named, later))
        return min(ways, key=lambda way: way[0].end)

    def _ending(self, span: Span) -> Ending:
        return self.law.ending(self.rule.counting, self.start, span, self.term.span)

    def _pauses(self) -> list[Pause]:
        """Return the days on which the clock stands still, each once, in order."""
        if self.rule.suspension is None:
            return []
        last_counts = self.rule.suspension.last_day_counts or self.law.contested.last_suspended_day
        return _joined(
            (
                max(invited.toordinal(), self.start) + 1,
                NEVER if completed is None else completed.toordinal() - (not last_counts),
            )
            for invited, completed in self.course.opgeschort
        )


def suspended(leg: Leg, pauses: list[Pause]) -> Way:
    """Add the days of each pause that begins before the term has ended.

    One that begins on a day that the Atw added to the term counts from that day on.
    """
    raw, marks = leg.raw, []
    for begin, last in pauses:
        end = Leg(raw, leg.ending).end
        if begin > end:
            marks.append(Mark(Did.PAUSED_TOO_LATE, raw, (begin, end)))
            break
        raw = (raw if begin <= raw else end) + last - begin + 1
        if raw >= LAST_DAY:
            marks.append(Mark(Did.STANDS_STILL, None, begin))
            break
        marks.append(Mark(Did.PAUSED, raw, (begin, last)))
    return Leg(raw, leg.ending), marks


def _marked(mark: Mark, leg: Leg, pauses: list[Pause]) -> Way:
    longer, marks = suspended(leg, pauses)
    return longer, [mark, *marks]


def _since(pauses: list[Pause], notice: date) -> list[Pause]:
    """Leave out the days that were known when the new date was named."""
    after = notice.toordinal() + 1
    return [(max(begin, after), last) for begin, last in pauses if last >= after]


def _joined(pauses: Iterable[Pause]) -> list[Pause]:
    joined: list[Pause] = []
    for begin, last in sorted(pauses):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif begin <= min(last, LAST_DAY):
            joined.append((begin, last))
    return joined
