"""Turns the rows of a table of calls into legs, as the configuration says what is where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from data.codes import Exit, Outcome
from data.mistakes import nearest
from ingest.calls import Leg, made_of
from ingest.csv_rows import Row
from ingest.durations import UNITS, parse_duration
from ingest.layout import Cells, Layout
from ingest.layout_options import layout
from ingest.options import Options, QueueOptions
from ingest.privacy import Pseudonyms
from ingest.records import Call, Rejected
from ingest.source import RowRejected

NAMES = ("wachtrij", "afdeling", "gemeente")
LONGEST_NAME = 100
MOMENTS = ("opgenomen", "beeindigd", "gewijzigd")
DURATIONS = ("wachttijd", "gesprekstijd")
COLUMNS = (
    *("id", "ontvangen", *MOMENTS, *DURATIONS),
    *("afloop", "doorverbonden", "telefoon", *NAMES),
)
REQUIRED = ("id", "ontvangen")
VALUED = ("afloop", "doorverbonden", *NAMES)
OUTCOMES: Mapping[str, tuple[Outcome, Exit | None]] = {
    **{outcome.name.lower(): (outcome, None) for outcome in Outcome},
    **{reason.name.lower(): (Outcome.OVERGELOPEN, reason) for reason in Exit},
}
UNNAMED = "onbekend"
UNKNOWN = (Outcome.ONBEKEND, None)
Legs = dict[str, dict[int, Leg]]
"""Key of a call -> its rows; one that stands in the file twice counts once."""


@dataclass(frozen=True)
class CallTable:
    """How a table of calls is written, and what is agreed per queue.

    `unit` is how many seconds a bare number counts for, `queue` the name where no column holds one.
    With `named_only` other queues are none, as they may be an employee's extension.
    """

    layout: Layout
    queues: Mapping[str, QueueOptions]
    unit: float
    queue: str
    named_only: bool

    def call(self, legs: Iterable[Leg]) -> Call | None:
        """Make a call of its legs; None when it was in no queue that counts."""
        known = list(legs)
        if self.named_only:
            known = [
                leg if leg.wachtrij in self.queues else leg._replace(wachtrij="") for leg in known
            ]
        call = made_of(known, self.queues)
        if call.wachtrij:
            return call
        return None if self.named_only else call._replace(wachtrij=UNNAMED)


@dataclass(frozen=True)
class CallParser:
    """Turns rows of one table into legs of calls."""

    cells: Cells
    table: CallTable
    pseudonym: Pseudonyms

    def one(self, row: Row) -> Leg | None:
        """Parse one row, unless it does not count or is not over yet.

        Raises RowRejected with the column at fault.
        """
        if row.problem:
            raise RowRejected(row.problem)
        cells = self.cells
        if not cells.wanted(row):
            return None
        key, arrived = cells.key(row), cells.moment(row, "ontvangen")[0]
        if arrived is None:
            raise RowRejected("ontvangen: is leeg")
        answered, ended = (self._later(row, name, arrived) for name in ("opgenomen", "beeindigd"))
        if self._goes_on(row, answered, ended):
            return None
        outcome, reason = self._outcome(row, answered)
        wait, talk = (self._duration(row, name) for name in DURATIONS)
        queue, afdeling, gemeente = (cells.name(row, name, LONGEST_NAME) for name in NAMES)
        return Leg(
            key=key,
            version=cells.moment(row, "gewijzigd")[0] or 0,
            arrived=arrived,
            wachtrij=queue or self.table.queue,
            afdeling=afdeling,
            gemeente=gemeente,
            outcome=outcome,
            exit=reason,
            wait=wait,
            talk=talk,
            answered=answered,
            ended=ended,
            transferred=cells.flag(row, "doorverbonden"),
            caller=self.pseudonym(cells.text(row, "telefoon")),
        )

    def _outcome(self, row: Row, answered: int | None) -> tuple[Outcome, Exit | None]:
        """Who has a moment of answer was answered, whatever the reason for the end says."""
        if answered is not None:
            return Outcome.OPGENOMEN, None
        return OUTCOMES.get(self.cells.text(row, "afloop").casefold(), UNKNOWN)

    def _goes_on(self, row: Row, answered: int | None, ended: int | None) -> bool:
        """Tell whether the row is about a call that is still waiting."""
        if "beeindigd" not in self.cells.places or answered is not None or ended is not None:
            return False
        return not self.cells.text(row, "afloop")

    def _later(self, row: Row, name: str, arrived: int) -> int | None:
        """Return a moment after the arrival; of a doubled local time the first that fits."""
        at = self.cells.moment(row, name)[0]
        if at is not None and at < arrived:
            at = second_time(at, self.cells.layout.zone)
            if at < arrived:
                raise RowRejected(f"{self.cells.layout.named(name)}: ligt voor het begin")
        return at

    def _duration(self, row: Row, name: str) -> int | None:
        text = self.cells.text(row, name)
        if not text:
            return None
        try:
            return parse_duration(text, self.table.unit)
        except RowRejected as reason:
            raise RowRejected(f"{self.cells.layout.named(name)}: {reason}") from None


def take(
    parser: CallParser, chunk: Sequence[Row], file: str, legs: Legs
) -> tuple[int, list[Rejected]]:
    """Add the rows to the calls; return how many were added, and those set aside."""
    kept, rejected = 0, []
    for row in chunk:
        try:
            if (leg := parser.one(row)) is not None:
                rows = legs.setdefault(leg.key, {})
                kept -= len(rows)
                rows[hash(tuple(row.fields))] = leg
                kept += len(rows)
        except RowRejected as reason:
            place = f"{file} regel {row.line}"
            rejected.append(Rejected(f"{file}:{row.line}", place, str(reason)))
    return kept, rejected


def second_time(at: int, zone: ZoneInfo) -> int:
    """Return the second instant with this local time where the clock is put back, else the same."""
    return int(datetime.fromtimestamp(at, zone).replace(fold=1).timestamp())


def call_table(options: Options) -> CallTable:
    """Read how calls are laid out, with the unit of durations and the queues."""
    unit = options.text("duur", "seconden")
    if unit not in UNITS:
        options.wrong("duur", f"kies uit: {', '.join(UNITS)}", unit)
    named_only = options.flag("alleen_genoemde", False)
    queues = options.queues()
    if named_only and not queues:
        options.wrong("alleen_genoemde", "noem de wachtrijen die tellen in [bron.wachtrijen]", True)
    return CallTable(_layout(options), queues, UNITS.get(unit, 1.0), _queue(options), named_only)


def _queue(options: Options) -> str:
    """Read the one queue of all calls, where no column names it."""
    queue = options.text("wachtrij", "")
    if bool(queue) == ("wachtrij" in options.table("kolommen")):
        hint = "noem een kolom in [bron.kolommen], of geef hier een naam voor alles: een van beide"
        options.wrong("wachtrij", hint, queue or None)
    if len(queue) > LONGEST_NAME:
        options.wrong("wachtrij", f"geef een tekst van hoogstens {LONGEST_NAME} tekens", queue)
    return queue


def _layout(options: Options) -> Layout:
    """Read the columns and values; an outcome that we do not have is a mistake."""
    found = layout(options, COLUMNS, REQUIRED, VALUED)
    for theirs, ours in found.values.get("afloop", {}).items():
        if ours.casefold() not in OUTCOMES:
            options.wrong(f"waarden.afloop.{theirs}", f"onbekend; {nearest(ours, OUTCOMES)}", ours)
    return found
