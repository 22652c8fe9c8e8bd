"""What the pages of reports ask of their keeper, as a shape that a test can fake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from metrics.published.edition import Edition, Rendered
from metrics.published.entry import Entry
from metrics.published.reports import Made
from metrics.published.snapshot import Snapshot, Span


class Reports(Protocol):
    """The reports that were kept, and what the store says now of the same period."""

    def entries(self, key: str | None = None) -> Sequence[Entry]: ...
    def corrections(self) -> Sequence[Entry]: ...
    def snapshot(self, entry: Entry) -> bytes: ...
    def edition(self, entry: Entry) -> Edition: ...
    def files(self, entry: Entry) -> Sequence[Rendered]: ...
    def now(self, key: str, now: datetime) -> Snapshot: ...
    def make(self, span: Span, now: datetime) -> Made: ...


def valid(versions: Sequence[Entry]) -> Entry:
    """Return the version that holds: the last that was established, or else the last concept."""
    established = [one for one in versions if one.frozen]
    return (established or versions)[-1]


def address(entry: Entry) -> str:
    """Where a version is found, and stays."""
    return f"/rapportages/{entry.key}/v{entry.number}"
