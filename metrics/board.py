"""All that a surface may read: questions, freshness, opening hours and what is normal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from data.calendar import Calendar, Hours
from data.history import History
from data.settings import Settings
from data.store import Store, open_engine
from data.thresholds import Thresholds
from metrics.catalogue import catalogue, check_history
from metrics.engine import Engine, Look
from metrics.freshness import SourceState
from metrics.kpi import Kpi
from metrics.periods import local_day
from metrics.readings import Query, Reading
from metrics.typical import TypicalDay, typical


@dataclass
class Board:
    """One organisation's figures."""

    store: Store
    engine: Engine
    calendar: Calendar
    gemeente: str
    history: History = field(default_factory=History)
    thresholds: Thresholds = field(default_factory=Thresholds)
    normal: dict[str, tuple[date, TypicalDay]] = field(default_factory=dict)

    @property
    def catalogue(self) -> Mapping[str, Kpi]:
        """The figures by key, with their norms."""
        return self.engine.catalogue

    def ask(self, query: Query) -> list[Reading]:
        """Answer a question."""
        return self.engine.ask(query)

    @contextmanager
    def look(self) -> Iterator[BoardLook]:
        """Look at one moment of the store."""
        with self.engine.look() as look:
            yield BoardLook(self, look)

    def revision(self) -> int:
        """Return a number that rises whenever anything shown may have changed."""
        return self.store.revision()

    def sources(self) -> Sequence[SourceState]:
        """Return the state of every source."""
        with self.look() as look:
            return look.sources()

    def hours(self, now: datetime) -> Hours:
        """Tell whether the municipality is open."""
        return self.calendar.hours(now)

    def forget(self) -> None:
        """Drop what was looked up once a day."""
        self.normal.clear()


@dataclass(frozen=True)
class BoardLook:
    """One moment of the board: all that is asked of it agrees."""

    board: Board
    look: Look

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        """Answer several questions."""
        return self.look.ask_many(queries)

    def sources(self) -> Sequence[SourceState]:
        """Return the state of every source."""
        return self.look.states

    def typical(self, key: str, now: datetime) -> TypicalDay:
        """Return what is normal for a day like this; a band once found holds for the day."""
        day, found = local_day(now), self.board.normal
        known = found.get(key)
        if known is None or known[0] != day or not known[1].band:
            known = found[key] = (day, typical(self.look, self.board.calendar, key, now))
        return known[1]


def open_board(settings: Settings) -> Board:
    """Open the board of the configured organisation."""
    store = Store(open_engine(settings.database_url), settings.organisation)
    engine = Engine(store, catalogue(settings.norms, settings.paths))
    check_history(settings.history)
    return Board(
        store,
        engine,
        settings.calendar,
        settings.gemeente,
        settings.history,
        settings.thresholds,
    )
