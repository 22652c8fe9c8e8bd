"""All that a surface may read: questions, freshness, opening hours and what is normal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from data.calendar import Calendar, Hours
from data.settings import Settings
from data.store import Store, open_engine
from metrics.catalogue import catalogue
from metrics.engine import Engine
from metrics.freshness import SourceState, source_states
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
    _typical: dict[str, tuple[date, TypicalDay]] = field(default_factory=dict)

    @property
    def catalogue(self) -> Mapping[str, Kpi]:
        """The figures by key, with their norms."""
        return self.engine.catalogue

    def ask(self, query: Query) -> list[Reading]:
        """Answer a question."""
        return self.engine.ask(query)

    def ask_many(self, queries: Sequence[Query]) -> list[list[Reading]]:
        """Answer several questions from one moment of the store."""
        return self.engine.ask_many(queries)

    def revision(self) -> int:
        """Return a number that rises whenever anything shown may have changed."""
        return self.store.revision()

    def sources(self) -> list[SourceState]:
        """Return the state of every source."""
        with self.store.reading() as connection:
            return source_states(connection, self.store.organisation)

    def hours(self, now: datetime) -> Hours:
        """Tell whether the municipality is open."""
        return self.calendar.hours(now)

    def forget(self) -> None:
        """Drop what was looked up once a day."""
        self._typical.clear()

    def typical(self, key: str, now: datetime) -> TypicalDay:
        """Return what is normal for a day like this; a band once found holds for the day."""
        day = local_day(now)
        known = self._typical.get(key)
        if known is None or known[0] != day or not known[1].band:
            known = self._typical[key] = (day, typical(self.engine, self.calendar, key, now))
        return known[1]


def open_board(settings: Settings) -> Board:
    """Open the board of the configured organisation."""
    store = Store(open_engine(settings.database_url), settings.organisation)
    engine = Engine(store, catalogue(settings.norms))
    return Board(store, engine, settings.calendar, settings.gemeente)
