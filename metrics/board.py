"""All that a surface may read: questions, freshness, opening hours and what is normal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from data.calendar import Calendar, Hours
from data.history import History
from data.settings import Settings
from data.store import Store, open_engine
from data.termijn import Terms
from data.thresholds import Thresholds
from data.workdays import Workdays
from metrics import repeats
from metrics.background import Background
from metrics.board_look import BoardLook
from metrics.catalogue import catalogue, check_history
from metrics.concealment import tell
from metrics.departments import Departments, departments, questions
from metrics.engine import Engine
from metrics.expiring import EVERYTHING
from metrics.facts import Cut, Only
from metrics.follow_up import FollowUp
from metrics.freshness import SourceState
from metrics.kpi import Kpi
from metrics.memory import Memory
from metrics.parts import Part, parts
from metrics.periods import Period, whole_month
from metrics.readings import Query, Reading
from metrics.repeats import Repeat
from metrics.shortfall import Scope, Shortfall, shortfall
from metrics.targets import Target, goals, question, targets
from metrics.today import Today, today
from metrics.transitions import Transition, last_of_each, record, recorded
from metrics.typical import Past


@dataclass
class Board:
    """One organisation's figures."""

    store: Store
    engine: Engine
    calendar: Calendar
    gemeente: str
    history: History = field(default_factory=History)
    thresholds: Thresholds = field(default_factory=Thresholds)
    memory: Memory = field(default_factory=Memory)
    terms: Terms | None = None

    @property
    def follow_up(self) -> FollowUp:
        """The questions themselves: what is open, what falls due, who had to ask again."""
        return FollowUp(self.store, self.workdays)

    @property
    def background(self) -> Background:
        """Where the figures come from."""
        return Background(self.store, self.workdays)

    @property
    def past(self) -> Past:
        """The days to compare with."""
        return Past(self.calendar, self.history.events)

    @property
    def workdays(self) -> Workdays:
        """The days on which the municipality works."""
        return self.terms.workdays if self.terms else Workdays(self.calendar)

    @property
    def catalogue(self) -> Mapping[str, Kpi]:
        """The figures by key, with their norms."""
        return self.engine.catalogue

    def ask(self, query: Query) -> list[Reading]:
        """Answer a question, whatever its parts are."""
        return self.engine.ask(query)

    def tell(self, query: Query) -> list[Reading]:
        """Answer a question; of parts only what may be told of a month that is over."""
        with self._telling() as told:
            return told(query)

    @contextmanager
    def _telling(self) -> Iterator[Callable[[Query], list[Reading]]]:
        """Answer questions in that way at one moment of the store."""
        with self.engine.look() as look:
            yield lambda query: tell(look.ask_many, query, self.thresholds.small.hidden_below)

    def targets(
        self, month: date, now: datetime, key: str = "", part: tuple[Cut, str] | None = None
    ) -> list[Target]:
        """Return how each figure with a norm, or one, stands in a month that is over.

        Of a part the months in which it is hidden have no value.
        """
        kpis = [self.catalogue[key]] if key else goals(self.catalogue)
        query = question(kpis, month, now)
        if part is not None:
            query = replace(query, by=part[:1], only={part[0]: frozenset({part[1]})})
        readings = self.tell(query)
        return targets(readings, self.history, self.thresholds.signals)

    def parts(
        self, key: str, cut: Cut, month: date, now: datetime, only: Only = EVERYTHING
    ) -> list[Part]:
        """Return the parts of a figure in a month that is over, the small ones hidden."""
        kpis, period = (self.catalogue[key],), whole_month(month)
        query = Query(kpis=kpis, period=period, now=now, by=(cut,), only=only)
        return parts(self.tell(query), cut, self.thresholds.small)

    def per_department(self, key: str, month: date, now: datetime) -> Departments:
        """Return a share of each department in a month that is over, the small ones hidden."""
        with self._telling() as told:
            parts, (whole,) = map(told, questions(self.catalogue[key], month, now))
        return departments(parts, whole, self.thresholds.small)

    def today(self, now: datetime, within_s: float = 30, after_call_s: float = 0) -> Today:
        """Return all that is told of today, at one instant."""
        with self.look() as look:
            usual, plan = look.volume(now), look.day_plan(now, within_s, after_call_s)
            return today(look.look, self.calendar, now, usual, plan)

    @contextmanager
    def look(self) -> Iterator[BoardLook]:
        """Look at one moment of the store."""
        with self.engine.look() as look:
            yield BoardLook(look, self.past, self.memory)

    def shortfall(self, period: Period, now: datetime, only: Only) -> Shortfall:
        """Return where simple questions were lost, the largest loss first."""
        with self._telling() as told:
            return shortfall(told, self.catalogue, Scope(period, now, only))

    def repeats(self, period: Period, now: datetime, only: Only) -> list[Repeat]:
        """Return how often residents had to ask again, per topic."""
        query = Query(kpis=(self.catalogue[repeats.KEY],), period=period, now=now, only=only)
        chains = self.follow_up.chains(period, repeats.cuts_of(query))
        with self._telling() as told:
            return repeats.repeats(told, query, chains, self.thresholds.small.hidden_below)

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

    def record(self, transitions: Sequence[Transition]) -> bool:
        """Keep transitions of walls; the revision stays as it is."""
        return record(self.store, transitions)

    def transitions(self, since: datetime, wand: str | None = None) -> list[Transition]:
        """Return the transitions from an instant on, of one wall or of all, the oldest first."""
        return recorded(self.store, since, wand)

    def last_transitions(self, since: datetime) -> Mapping[tuple[str, str], Transition]:
        """Return the last transition from an instant on, per wall and what it judges."""
        return last_of_each(recorded(self.store, since))

    def forget(self) -> None:
        """Drop what was looked up for a day or a part of it."""
        self.memory.forget()


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
        terms=settings.terms,
    )
