"""How far each source has been read, and what that leaves unknown about a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Connection, select

from data import schema
from metrics.facts import Fact
from metrics.periods import Period, local_text

SLACK_S = 30
"""A source is read to its end at least this often, or at its own interval; less is not a gap."""
GONE_S = 900
"""A level at an instant that no source was read up to, by so much, is not known."""
MISSED = 2
"""So many of its own intervals a source may miss before either is said."""
DEMO = "demo"


@dataclass(frozen=True)
class SourceState:
    """What is known of one source; times are None when it never got that far."""

    naam: str
    soort: str
    feeds: tuple[str, ...]
    earliest: datetime | None
    newest: datetime | None
    checked_at: datetime | None
    error: str
    error_since: datetime | None
    interval_s: int = 5

    @property
    def demo(self) -> bool:
        """Tell whether this source makes up its data."""
        return self.soort == DEMO


def source_states(connection: Connection, organisation: int) -> list[SourceState]:
    """Read the state of every configured source, in order of registration."""
    table = schema.source
    here = table.c.organisation == organisation, table.c.configured == 1
    query = select(table).where(*here).order_by(table.c.id)
    return [
        SourceState(
            naam=row.naam,
            soort=row.soort,
            feeds=tuple(filter(None, row.feeds.split(","))),
            earliest=_instant(row.earliest),
            newest=_instant(row.newest),
            checked_at=_instant(row.checked_at),
            error=row.error,
            error_since=_instant(row.error_since),
            interval_s=row.interval_s,
        )
        for row in connection.execute(query)
    ]


@dataclass(frozen=True)
class Reach:
    """What the sources of one fact can say of a period, as seen at `now`."""

    fact: Fact
    sources: Sequence[SourceState]
    now: datetime

    @cached_property
    def as_of(self) -> datetime | None:
        """The instant up to which every source was read; None when one never was."""
        whole = self._checked and len(self._checked) == len(self.sources)
        return min(*self._checked, self.now) if whole else None

    def unknown(self, period: Period) -> str:
        """Say why nothing at all is known of a period; empty when something is."""
        if period.start >= self.now.astimezone(UTC):
            return "deze periode is nog niet begonnen"
        if not self.sources:
            return f"er is geen bron die {self.fact.plural} levert"
        if self._begun is None:
            return f"{_names(self.sources)} heeft nog geen gegevens geleverd"
        if self._begun >= period.end:
            return f"{_names(self.sources)} begint op {local_text(self._begun)}"
        if self._checked and max(self._checked) <= period.start:
            return self._read_until
        return ""

    def outdated(self, instant: datetime) -> str:
        """Say why a level at an instant is not known although its period is; or nothing."""
        patience = max([GONE_S, *(source.interval_s * MISSED for source in self.sources)])
        gone = self._checked and (instant - max(self._checked)).total_seconds() > patience
        return self._read_until if gone else ""

    def gaps(self, period: Period) -> tuple[str, ...]:
        """Name what a period lacks: a source that begins later, or was not read to its end."""
        return tuple(gap for source in self.sources for gap in _gaps(source, period, self.now))

    @cached_property
    def _begun(self) -> datetime | None:
        begun = (source.earliest for source in self.sources)
        return min((at for at in begun if at is not None), default=None)

    @cached_property
    def _checked(self) -> list[datetime]:
        return [source.checked_at for source in self.sources if source.checked_at is not None]

    @property
    def _read_until(self) -> str:
        return f"{_names(self.sources)} is gelezen tot {local_text(max(self._checked))}"


def reach(fact: Fact, states: Iterable[SourceState], now: datetime) -> Reach:
    """Gather the sources that feed a fact."""
    return Reach(fact, [state for state in states if fact.feed in state.feeds], now)


def _gaps(source: SourceState, period: Period, now: datetime) -> Iterable[str]:
    if source.earliest is not None and source.earliest > period.start:
        yield f"{source.naam}: begint op {local_text(source.earliest)}"
    end = min(period.end, now)
    if source.checked_at is None:
        yield f"{source.naam}: nog nooit helemaal gelezen"
    elif (end - source.checked_at).total_seconds() > max(SLACK_S, source.interval_s * MISSED):
        yield f"{source.naam}: gelezen tot {local_text(source.checked_at)}"


def _names(sources: Sequence[SourceState]) -> str:
    return ", ".join(source.naam for source in sources)


def _instant(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)
