"""The few shapes that a number can have: what it adds up in SQL, and how the sums fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, func, true

from metrics.facts import Fact, Sql

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Folded:
    """A value with what it is made of; a value that cannot be has a reason."""

    value: float | None
    teller: float | None = None
    noemer: float | None = None
    cases: int = 0
    reason: str = ""
    coverage: float | None = None
    lower: float | None = None
    upper: float | None = None


class Flow(Protocol):
    """A measure that adds up over days and cuts."""

    @property
    def fact(self) -> Fact: ...

    def sums(self) -> tuple[Sql, ...]:
        """The aggregates over a set of rows; the only SQL that a figure owns."""
        ...

    def fold(self, sums: Sequence[int]) -> Folded:
        """Make the value of the added-up sums, in the order of `sums()`."""
        ...


def count(where: Sql) -> Sql:
    """Count the rows for which the condition is true (an unknown condition is not true)."""
    return func.count().filter(where)


def total(of: Sql, where: Sql) -> Sql:
    """Add up a column over the rows for which the condition is true."""
    return func.coalesce(func.sum(of).filter(where), 0)


@dataclass(frozen=True)
class Count:
    """How many rows."""

    fact: Fact
    where: Sql

    def sums(self) -> tuple[Sql, ...]:
        """One count."""
        return (count(self.where),)

    def fold(self, sums: Sequence[int]) -> Folded:
        """A count is its own value; 0 is a value."""
        return Folded(sums[0], teller=sums[0], cases=sums[0])


@dataclass(frozen=True)
class Share:
    """Which part of a whole, as a ratio of sums; `part` is counted within `whole`."""

    fact: Fact
    part: Sql
    whole: Sql
    whole_name: str

    def sums(self) -> tuple[Sql, ...]:
        """The part and the whole."""
        return count(and_(self.part, self.whole)), count(self.whole)

    def fold(self, sums: Sequence[int]) -> Folded:
        """Divide; without a whole there is no share."""
        part, whole = sums
        if not whole:
            return Folded(None, 0, 0, reason=f"geen {self.whole_name} in deze periode")
        return Folded(part / whole, part, whole, whole)


@dataclass(frozen=True)
class Mean:
    """The average of a column over some rows."""

    fact: Fact
    of: Sql
    where: Sql
    where_name: str

    def sums(self) -> tuple[Sql, ...]:
        """The total and the number of rows that have a value."""
        known = and_(self.where, self.of.is_not(None))
        return total(self.of, known), count(known)

    def fold(self, sums: Sequence[int]) -> Folded:
        """Divide; an average of nothing is no value."""
        whole, number = sums
        if not number:
            return Folded(None, 0, 0, reason=f"geen {self.where_name} in deze periode")
        return Folded(whole / number, whole, number, number)


@dataclass(frozen=True)
class CoveredShare:
    """A share of the rows that could be classified, with the share that could (coverage).

    Bounds: all rows whose class is not known counted badly, and all of them counted well.
    """

    fact: Fact
    part: Sql
    whole: Sql
    unclear: Sql
    classified: Sql
    whole_name: str

    def sums(self) -> tuple[Sql, ...]:
        """Part, whole, the rows that may or may not belong, the classified and all rows."""
        return (
            count(and_(self.part, self.whole)),
            count(self.whole),
            count(self.unclear),
            count(self.classified),
            count(true()),
        )

    def fold(self, sums: Sequence[int]) -> Folded:
        """Divide and say how sure that is."""
        part, whole, unclear, classified, everything = sums
        outer = whole + unclear
        value = part / whole if whole else None
        reason = "" if whole else f"geen {self.whole_name} in deze periode"
        return Folded(
            value,
            part,
            whole,
            whole,
            reason,
            coverage=classified / everything if everything else None,
            lower=part / outer if outer else None,
            upper=(part + unclear) / outer if outer else None,
        )


@dataclass(frozen=True)
class Spread:
    """A quantile of whole numbers: the smallest value that `quantile` of the rows do not exceed."""

    fact: Fact
    of: Sql
    where: Sql
    quantile: float
    where_name: str

    def fold_counts(self, values: Ints, counts: Ints) -> Folded:
        """Find the quantile in exact counts per value (any order, repeats allowed)."""
        number = int(counts.sum())
        if not number:
            return Folded(None, reason=f"geen {self.where_name} in deze periode")
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(counts[order])
        at = int(np.searchsorted(reached, rank(self.quantile, number)))
        return Folded(int(values[order[at]]), noemer=number, cases=number)


def rank(quantile: float, number: int) -> int:
    """Return the rank (from 1) of a quantile, exact for quantiles written in whole percents."""
    percent = round(quantile * 100)
    return max(1, -(-percent * number // 100))
