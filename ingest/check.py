"""Tries each source without storing anything and says what it would give."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.codes import Complexity
from data.settings import Settings
from ingest.check_unknown import unknown
from ingest.source import AccessDenied, Batch, Source, SourceChanged, SourceDown
from ingest.trial import trial

BATCHES = 3
SHOWN = 5
MOST_AHEAD_S = 60
YES, NO, UNTRIED = "ja", "nee", "-"
HEADINGS = ("bron", "bereikbaar", "toegang", "velden", "eerste regel", "klok", "wat te doen")
STAGES = ("adres", "toegang", "velden", "regel")
"""What a trial goes through; `Finding.reached` is how many of these it got through."""
NEXT = (
    "controleer adres of pad, netwerk en de toestand van de bron",
    "controleer sleutel of wachtwoord, en de rechten aan de andere kant",
    "pas de instellingen van deze bron aan; de melding zegt wat er veranderd is",
    "kijk hierboven waarom elke regel apart is gezet, en pas kolommen of tijdzone aan",
)


@dataclass(frozen=True)
class Finding:
    """What the trial of one source showed; `ahead` is by how many seconds its clock is."""

    source: str
    reached: int
    lines: tuple[str, ...]
    empty: bool = False
    ahead: int | None = None
    unknown: bool = False
    bug: bool = False

    @property
    def good(self) -> bool:
        """Whether it can be read."""
        return self.reached == len(STAGES)

    def __str__(self) -> str:
        head = f"{self.source}: {'in orde' if self.good else 'NIET IN ORDE'}"
        return "\n  ".join((head, *self.lines))

    def cells(self) -> tuple[str, ...]:
        """Return the row of this source in the table."""
        tried = [YES] * self.reached + [NO] + [UNTRIED] * len(STAGES)
        if self.empty:
            tried[len(STAGES) - 1] = UNTRIED
        clock = UNTRIED if self.ahead is None else f"{self.ahead:+d} s"
        return (self.source, *tried[: len(STAGES)], clock, self.advice())

    def advice(self) -> str:
        """Say what to do next."""
        if self.bug:
            return "meld deze fout van ons, zonder de gegevens"
        if not self.good:
            return NEXT[self.reached]
        if self.ahead is not None and abs(self.ahead) > MOST_AHEAD_S:
            return "zet de klok van deze machine of die van de bron gelijk (NTP)"
        if self.empty:
            return "de proef trof geen regel; kijk na een eerste `once` opnieuw"
        return "vul aan wat hierboven onbekend is" if self.unknown else "niets"


def table(findings: Sequence[Finding]) -> list[str]:
    """Return the lines of the table of all findings, with what to do next."""
    rows = [HEADINGS, *(finding.cells() for finding in findings)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def check(settings: Settings, sources: Sequence[Source], clock: Callable[[], int]) -> list[Finding]:
    """Read the first batches of each source, with a few requests each."""
    return [_try(settings, source, clock) for source in sources if source.feeds]


def _try(settings: Settings, source: Source, clock: Callable[[], int]) -> Finding:
    with trial(clock) as tried:
        try:
            batches = list(islice(source.batches({}, clock()), BATCHES))
        except (SourceDown, SourceChanged) as error:
            return Finding(source.naam, _reached(error), (str(error),), ahead=tried.ahead)
        except Exception as error:
            return Finding(source.naam, 2, (_unforeseen(error),), bug=True)
    return _found(settings, source.naam, batches, tried.ahead)


def _reached(error: Exception) -> int:
    if isinstance(error, SourceChanged):
        return STAGES.index("velden")
    return STAGES.index("toegang" if isinstance(error, AccessDenied) else "adres")


def _unforeseen(error: Exception) -> str:
    """Name a bug of ours by its place; its text may hold data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} regel {place.lineno}"
    return f"onverwachte fout: {type(error).__name__} in {where}"


def _found(settings: Settings, naam: str, batches: Sequence[Batch], ahead: int | None) -> Finding:
    records = sum(len(batch.calls) + len(batch.tickets) for batch in batches)
    rejected = [row for batch in batches for row in batch.rejected]
    missing = [*_topics(settings, batches), *_unlisted(batches), *unknown(settings, batches)]
    lines = [*_lines(batches), *missing]
    parsed = bool(records) or not rejected
    reached = len(STAGES) if parsed else STAGES.index("regel")
    empty = not records and not rejected
    return Finding(naam, reached, tuple(lines), empty, ahead, bool(missing))


def _lines(batches: Sequence[Batch]) -> list[str]:
    rejected = [row for batch in batches for row in batch.rejected]
    calls = sum(len(batch.calls) for batch in batches)
    tickets = sum(len(batch.tickets) for batch in batches)
    lines = [
        f"gelezen: {sum(batch.read for batch in batches)} regels (een proef van het begin)",
        f"gesprekken: {calls}, vragen: {tickets}, apart gezet: {len(rejected)}",
    ]
    lines += [f"apart: {row.place}: {row.reason}" for row in rejected[:SHOWN]]
    queues = {call.wachtrij for batch in batches for call in batch.calls if not call.afdeling}
    return lines + [f"wachtrij zonder afdeling: {queue}" for queue in sorted(queues)]


def _topics(settings: Settings, batches: Sequence[Batch]) -> list[str]:
    """Name the topics that the catalogue does not know, largest first."""
    told = Counter(
        ticket.onderwerp
        for batch in batches
        for ticket in batch.tickets
        if _class(settings, ticket.onderwerp, ticket.received_at) == Complexity.ONBEKEND
    )
    largest = told.most_common(SHOWN)
    return [f"onderwerp niet in onderwerpen.toml: {name!r} ({count})" for name, count in largest]


def _unlisted(batches: Sequence[Batch]) -> list[str]:
    """Name the topics that are not kept as they are in no list, largest first."""
    typed = Counter(topic for batch in batches for topic in batch.unlisted)
    largest = typed.most_common(SHOWN)
    return [f"onderwerp in geen lijst, en niet bewaard: {name!r} ({n})" for name, n in largest]


def _class(settings: Settings, topic: str, at: int) -> Complexity:
    return settings.topics.find(topic, settings.calendar.stamp(at).day).complexity
