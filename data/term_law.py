"""How the law ends a term that was counted: the Atw, Regulation 1182/71, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from data.holidays import Holidays
from data.term_course import Ending, as_counted
from data.term_rules import Contested, Counting, Span
from data.workdays import Workdays


@dataclass(frozen=True)
class Law:
    """All that a term depends on besides its own rule."""

    holidays: Holidays
    workdays: Workdays
    contested: Contested

    def ending(
        self, counting: Counting, start: int, span: Span, first: Span | None = None
    ) -> Ending:
        """Return how a term of this length ends; `first`: its length before it was extended."""
        if counting is Counting.REGULATION:
            return self.holidays.running_through
        if counting is Counting.NONE or not self._is_under_atw(span, first or span):
            return as_counted
        if span.months or span.weeks > 1:  # always holds the two days of Atw art. 2
            return self.holidays.running_through
        return lambda raw: self._with_two_workdays(start, raw)

    def _is_under_atw(self, span: Span, first: Span) -> bool:
        """Atw art. 4: not when it is more than 3 months, 12 weeks or 90 days."""
        decisive = first if self.contested.atw_beyond_twelve_weeks else span
        return not decisive.too_long_for_atw

    def _with_two_workdays(self, start: int, raw: int) -> int:
        """Atw art. 2: a term of at least three days holds two days that are not free."""
        end = self.holidays.running_through(raw)
        if raw - start < 3:
            return end
        while sum(not self.holidays.is_free(day) for day in range(start + 1, end + 1)) < 2:
            end = self.holidays.running_through(end + 1)
        return end
