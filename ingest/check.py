"""Tries each source without storing anything and says what it would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from data.codes import Complexity
from data.settings import Settings
from ingest.records import Ticket
from ingest.source import Batch, Source, SourceChanged, SourceDown

BATCHES = 3
SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """What the trial of one source showed."""

    source: str
    good: bool
    lines: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{self.source}: {'in orde' if self.good else 'NIET IN ORDE'}"
        return "\n  ".join((head, *self.lines))


def check(settings: Settings, sources: Sequence[Source], now: int) -> list[Finding]:
    """Read the first batches of each source."""
    return [_try(settings, source, now) for source in sources if source.feeds]


def _try(settings: Settings, source: Source, now: int) -> Finding:
    try:
        batches = list(islice(source.batches({}, now), BATCHES))
    except (SourceDown, SourceChanged) as error:
        return Finding(source.naam, False, (str(error),))
    return Finding(source.naam, True, tuple(_lines(settings, batches)))


def _lines(settings: Settings, batches: Sequence[Batch]) -> list[str]:
    rejected = [row for batch in batches for row in batch.rejected]
    calls = sum(len(batch.calls) for batch in batches)
    tickets = sum(len(batch.tickets) for batch in batches)
    lines = [
        f"gelezen: {sum(batch.read for batch in batches)} regels (een proef van het begin)",
        f"gesprekken: {calls}, vragen: {tickets}, apart gezet: {len(rejected)}",
    ]
    lines += [f"apart: {row.place}: {row.reason}" for row in rejected[:SHOWN]]
    queues = {call.wachtrij for batch in batches for call in batch.calls if not call.afdeling}
    lines += [f"wachtrij zonder afdeling: {queue}" for queue in sorted(queues)]
    return lines + _unmapped(settings, batches)


def _unmapped(settings: Settings, batches: Sequence[Batch]) -> list[str]:
    """Name the topics that the catalogue does not know, largest first."""
    unknown = Counter(
        ticket.onderwerp
        for batch in batches
        for ticket in batch.tickets
        if _is_unknown(settings, ticket)
    )
    largest = unknown.most_common(SHOWN)
    return [f"onderwerp niet in onderwerpen.toml: {name!r} ({count})" for name, count in largest]


def _is_unknown(settings: Settings, ticket: Ticket) -> bool:
    day = settings.calendar.stamp(ticket.received_at).day
    return settings.topics.find(ticket.onderwerp, day).complexity == Complexity.ONBEKEND
