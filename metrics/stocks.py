"""Figures that have a value at an instant: how many are there, and how long the first one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, literal

from metrics.facts import Fact, Sql
from metrics.measures import Count, Folded, count

EVERY = literal(True)


@dataclass(frozen=True)
class Level:
    """How many are present at an instant: begun, and not yet ended.

    Nobody is present longer than `longest_s` after `fact.at`. With `others` those are counted for
    whom `where` holds nowhere.
    """

    fact: Fact
    begins: Sql
    ends: Sql
    longest_s: int
    where: Sql = EVERY
    distinct: Sql | None = None
    smallest_group: int = 0
    others: bool = False

    def columns(self) -> tuple[Sql, ...]:
        """The number that is asked for, and the size of the group it is part of."""
        number, group = self._number(self.where), self._number(EVERY)
        return (group - number if self.others else number), group

    def _number(self, where: Sql) -> Sql:
        if self.distinct is None:
            return count(where)
        return func.count(func.distinct(case((where, self.distinct))))

    def fold(self, values: Sequence[int], _instant: int) -> Folded:
        """A stock of 0 is a value; a group that is too small to show is not."""
        number, group = values
        if group < self.smallest_group:
            reason = f"minder dan {self.smallest_group} medewerkers: niet getoond"
            return Folded(None, reason=reason)
        return Folded(number, teller=number, cases=number)


@dataclass(frozen=True)
class Longest:
    """How long the one who has been present longest is there, at an instant."""

    fact: Fact
    begins: Sql
    ends: Sql
    longest_s: int
    where: Sql

    def columns(self) -> tuple[Sql, ...]:
        """The first beginning (0 when there is none) and the number present."""
        first = func.min(case((self.where, self.begins)))
        return func.coalesce(first, 0), count(self.where)

    def fold(self, values: Sequence[int], instant: int) -> Folded:
        """Where nobody is, nobody has been for any time at all."""
        first, number = values
        return Folded(instant - first if number else 0, cases=number)


@dataclass(frozen=True)
class Balance:
    """How many came and have not gone, just before an instant: all that entered less all that left.

    Unlike a Level it is added up like a flow, so that years of history cost what the tally costs.
    `since` is the column by which a row entered; while a question was closed for a while, between
    a closing and its reopening, it is not there.
    """

    enters: Count
    leaves: Count
    since: Sql

    @property
    def fact(self) -> Fact:
        """Where its cuts and its sources are found."""
        return self.enters.fact

    def fold(self, entered: int, left: int, away: int) -> Folded:
        """A stock of 0 is a value."""
        number = entered - left - away
        return Folded(number, teller=number, cases=number)


Stock = Level | Longest | Balance
