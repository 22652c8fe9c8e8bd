"""What the dashboard asks of the metrics, as shapes that a test can fake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from metrics import Kpi, Query, Reading

Clock = Callable[[], datetime]


class SourceState(Protocol):
    """A source of data and when it was last read."""

    @property
    def naam(self) -> str: ...
    @property
    def soort(self) -> str: ...
    @property
    def feeds(self) -> Sequence[str]: ...
    @property
    def newest(self) -> datetime | None: ...
    @property
    def checked_at(self) -> datetime | None: ...
    @property
    def error(self) -> str: ...
    @property
    def error_since(self) -> datetime | None: ...
    @property
    def demo(self) -> bool: ...


class Hours(Protocol):
    """Whether the contact centre is open, and when that changes."""

    @property
    def is_open(self) -> bool: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


class TypicalDay(Protocol):
    """P10-P90 of comparable days: (half-hours passed, low, high); too few days give no band."""

    @property
    def band(self) -> Sequence[tuple[int, float, float]]: ...
    @property
    def days(self) -> int: ...


class Board(Protocol):
    """All that the dashboard reads."""

    @property
    def catalogue(self) -> Mapping[str, Kpi]: ...
    def ask(self, query: Query) -> Sequence[Reading]: ...
    def revision(self) -> int: ...
    def sources(self) -> Sequence[SourceState]: ...
    def hours(self, now: datetime) -> Hours: ...
    def typical(self, key: str, now: datetime) -> TypicalDay: ...
