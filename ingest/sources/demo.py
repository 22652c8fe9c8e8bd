"""A seeded simulated municipality that writes a real queue_log and real ticket files to read."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from data.calendar import local_day
from ingest.about import About
from ingest.options import Options
from ingest.simulation.course import SETTLED_AFTER_DAYS
from ingest.simulation.day import Days
from ingest.simulation.daytime import day_start
from ingest.simulation.export import Export, month_path
from ingest.simulation.log_file import Diverged, LogFile, size_of
from ingest.simulation.town import Town
from ingest.source import Batch, Cursor, SourceChanged, SourceDown, Surroundings

SOORT = "demo"
ABOUT = About(
    title="An invented municipality",
    reads="Nothing: it writes a queue_log and exports of cases, which other sources then read.",
    feeds="Everything, by those files; none of it is real.",
    rights="Writing in its own folder.",
    cadence="Once a second (`interval`), as if it happened.",
    lag="None.",
    traps=("Invented and real data never share a store: choose another REGIEBORD_OPSLAG.",),
    example="""
[[bron]]
naam = "demonstratie"
soort = "demo"
maanden = 3
schaal = 0.5
""",
)
LOG = "queue_log"
OTHER_TOWN = (
    "{}: hier staan demonstratiegegevens met andere instellingen of van een andere versie; "
    "wis deze map en de opslag, of zet zaad, schaal en altijd_open terug"
)


class Place(NamedTuple):
    """The first day of all, the day that is being written and where its lines begin in the log."""

    begin: int
    day: int
    offset: int


class Demo:
    """Writes what happened since the last time; its batches carry a cursor and no records.

    The cursor says where a day begins in the log; how far that day is written, the log itself
    tells. So a crash at any moment loses nothing and repeats nothing.
    """

    soort = SOORT
    feeds: tuple[str, ...] = ()

    def __init__(
        self,
        naam: str,
        folder: Path,
        seed: int,
        months: int,
        scale: float,
        always_open: bool = True,
    ) -> None:
        self.naam = naam
        self.interval = 1.0
        self.folder = folder
        self.months = months
        self.town = Town(seed, scale, always_open)
        self.log: LogFile | None = None
        self.export = Export(folder)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Write what is due; a batch per month of history, then one that is complete."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            log = self.log
            if log is None or log.days.first != cursor.get("begin") or not log.is_whole():
                log = yield from self._caught_up(self._place(cursor, now), now)
            yield self._step(log, now)
        except Diverged as error:
            raise SourceChanged(OTHER_TOWN.format(self.folder)) from error
        except OSError as error:
            self.log = None
            raise SourceDown(f"{self.folder}: niet te schrijven: {error.strerror}") from error

    def _place(self, cursor: Cursor, now: int) -> Place:
        """Return where to go on: where the cursor says, or at the first day if the log is gone."""
        if cursor.get("stad", self._stad()) != self._stad():
            raise SourceChanged(OTHER_TOWN.format(self.folder))
        begin = cursor.get("begin") or _first_day(now, self.months)
        if "dag" not in cursor or size_of(self.folder / LOG) < cursor["offset"]:
            return Place(begin, begin, 0)
        return Place(begin, cursor["dag"], cursor["offset"])

    def _caught_up(self, place: Place, now: int) -> Generator[Batch, None, LogFile]:
        """Write the history that is missing; a log that is not ours is begun again."""
        self.log = None
        try:
            self.log = yield from self._history(place, now)
        except Diverged:
            if place.offset:
                raise
            (self.folder / LOG).unlink()
            self.log = yield from self._history(place, now)
        return self.log

    def _history(self, place: Place, now: int) -> Generator[Batch, None, LogFile]:
        days = Days(self.town, place.begin)
        log = LogFile(self.folder / LOG, days, place.day, place.offset)
        self.export = Export(self.folder)
        read = 0
        for day in range(self._first_open_day(place), local_day(now) + 1):
            if day >= log.day:
                read += log.write(min(now, day_start(day + 1) - 1))
            self.export.add(day, days.questions(day), now)
            if date.fromordinal(day + 1).day == 1:
                self.export.save(now)
                yield self._batch(log, read)
                read = 0
        if read:
            yield self._batch(log, read)
        return log

    def _first_open_day(self, place: Place) -> int:
        """Return the first day of the first month that can still change or has no file."""
        settled = _month_start(max(place.begin, place.day - SETTLED_AFTER_DAYS))
        firsts = (day for day in range(place.begin, settled) if day == _month_start(day))
        return next((day for day in firsts if not month_path(self.folder, day).exists()), settled)

    def _step(self, log: LogFile, now: int) -> Batch:
        yesterday = log.day
        read = log.write(now)
        for day in range(yesterday + 1, log.day + 1):
            self.export.add(day, log.days.questions(day), now)
        self.export.save(now)
        return self._batch(log, read, complete=True)

    def _batch(self, log: LogFile, read: int, complete: bool = False) -> Batch:
        cursor = {"begin": log.days.first, "dag": log.day, "offset": log.offset}
        return Batch(
            cursor={**cursor, "stad": self._stad()}, read=read, newest=log.newest, complete=complete
        )

    def _stad(self) -> list[float]:
        return [self.town.seed, self.town.scale, self.town.always_open]


def _first_day(now: int, months: int) -> int:
    """Return the first day of the month so many months before that of now."""
    day = local_day(now)
    for _ in range(months):
        day = _month_start(day) - 1
    return _month_start(day)


def _month_start(day: int) -> int:
    return date.fromordinal(day).replace(day=1).toordinal()


def build(naam: str, options: Options, _surroundings: Surroundings) -> Demo:
    """Build the source from its [[bron]] block."""
    return Demo(
        naam,
        options.path("map", "{opslag}/demo"),
        options.number("zaad", 2016),
        options.number("maanden", 14),
        options.seconds("schaal", 1.0),
        options.flag("altijd_open", True),
    )
