"""A table for other programs: its address, parameters, columns, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dashboard.board import Board, Clock
from dashboard.paging import Stretch
from data.walls import Staffing
from metrics import Cut
from metrics.command import BadQuestion, parse_month
from metrics.facts import Only

FORMS = ("json", "csv")
PAGING = ("aantal", "na")
CUTS = (Cut.ONDERWERP, Cut.AFDELING, Cut.KANAAL, Cut.SOORT)
MONTH: Mapping[str, Sequence[str]] = {"maand": ()}
PARTS: Mapping[str, Sequence[str]] = {cut.value: () for cut in CUTS}
"""The parameters that many tables share."""
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Column:
    """A column: its name, what it says, its datatype in CSVW, and whether it is always there.

    A `foreign` text comes from a source; in a file it can never become a formula.
    """

    name: str
    told: str
    datatype: str = "string"
    required: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class Question:
    """What an address asks of a table, and all that an answer is made of."""

    board: Board
    clock: Clock
    staffing: Staffing
    asked: Mapping[str, str]

    @property
    def now(self) -> datetime:
        """The present."""
        return self.clock()

    @property
    def month(self) -> date:
        """The month that is asked for, of those that are over."""
        return parse_month(self.asked.get("maand"), self.now)

    @property
    def only(self) -> Only:
        """The part that is asked for."""
        given = {cut: self.asked[cut.value] for cut in CUTS if cut.value in self.asked}
        return {cut: frozenset({value}) for cut, value in given.items()}

    def chosen(self, name: str, choices: Sequence[str]) -> str:
        """Return one of the choices; the first when nothing is asked."""
        value = self.asked.get(name, choices[0])
        if value not in choices:
            raise BadQuestion(name, value, f"kies uit {', '.join(choices)}")
        return value


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """One table; `parameters` have the choices there are, or none when any text will do."""

    path: str
    summary: str
    columns: Sequence[Column]
    rows: Callable[[Question], Rows | Stretch[Mapping[str, Any]]]
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    key: Sequence[str] = ()

    @property
    def address(self) -> str:
        """Where it is found."""
        return f"/api/v1/{self.path}"

    @property
    def foreign(self) -> list[str]:
        """The columns with texts from a source."""
        return [column.name for column in self.columns if column.foreign]

    @property
    def known(self) -> tuple[str, ...]:
        """All parameters, those of every table included."""
        return (*self.parameters, "vorm", *PAGING)
