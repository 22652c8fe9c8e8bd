"""How far each source has been read, and what that leaves unknown about a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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

    @property
    def as_of(self) -> datetime | None:
        """The instant up to which every source was read; None when one never was."""
        checked = [source.checked_at for source in self.sources]
        known = [at for at in checked if at is not None]
        return min(*known, self.now) if known and len(known) == len(checked) else None

    def unknown(self, period: Period) -> str:
        """Say why nothing at all is known of a period; empty when something is."""
        if period.start >= self.now.astimezone(UTC):
            return "deze periode is nog niet begonnen"
        if not self.sources:
            return f"er is geen bron die {self.fact.plural} levert"
        begun = [source.earliest for source in self.sources if source.earliest is not None]
        if not begun:
            return f"{_names(self.sources)} heeft nog geen gegevens geleverd"
        if min(begun) >= period.end:
            return f"{_names(self.sources)} begint op {local_text(min(begun))}"
        checked = [source.checked_at for source in self.sources if source.checked_at is not None]
        if checked and max(checked) <= period.start:
            return f"{_names(self.sources)} is gelezen tot {local_text(max(checked))}"
        return ""

    def outdated(self, instant: datetime) -> str:
        """Say why a level at an instant is not known although its period is; or nothing."""
        checked = [source.checked_at for source in self.sources if source.checked_at is not None]
        patience = max((s.interval_s * MISSED for s in self.sources), default=0)
        if not checked or (instant - max(checked)).total_seconds() <= max(GONE_S, patience):
            return ""
        return f"{_names(self.sources)} is gelezen tot {local_text(max(checked))}"

    def gaps(self, period: Period) -> tuple[str, ...]:
        """Name what a period lacks: a source that begins later, or was not read to its end."""
        return tuple(gap for source in self.sources for gap in _gaps(source, period, self.now))


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
