"""Writes the ticket export: a CSV file per month of receipt that tells what is known by now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from heapq import heappop, heappush
from pathlib import Path

from ingest.simulation.daytime import day_text
from ingest.simulation.record import COLUMNS, Question

CURRENT_S, OLDER_S = 15, 900
"""A file is written no more often than this: that of the current month, and older ones."""
HEADER = ",".join(COLUMNS) + "\n"


class MonthFile:
    """The questions received in one month, and the changes to them that are still to come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[str, str] = {}
        self.coming: list[tuple[int, str, Question]] = []
        self.changed = False
        self.saved_at: int | None = None

    def add(self, questions: Iterable[Question], now: int) -> None:
        """Add the next questions as they are now; what is later comes when it is time."""
        self.advance(now)
        for question in questions:
            self._take(question, now)

    def advance(self, now: int) -> None:
        """Take in the changes up to now."""
        while self.coming and self.coming[0][0] <= now:
            self._take(heappop(self.coming)[2], now)

    def _take(self, question: Question, now: int) -> None:
        """Tell what is known of a question, and wait for its next change."""
        if question.received <= now:
            self.lines[question.number] = question.line(now)
            self.changed = True
        later = question.next_change(now)
        if later is not None:
            heappush(self.coming, (later, question.number, question))

    def save(self, now: int, pause: int) -> None:
        """Write the file when it changed and was not written a moment ago."""
        if self.changed and (self.saved_at is None or now - self.saved_at >= pause):
            content = (HEADER + "".join(self.lines.values())).encode()
            if not self.path.exists() or self.path.read_bytes() != content:
                _replace(self.path, content)
            self.changed = False
            self.saved_at = now

    def is_settled(self) -> bool:
        """Tell whether nothing will change any more."""
        return not self.coming and not self.changed


class Export:
    """The files of all months that can still change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.months: dict[str, MonthFile] = {}

    def add(self, day: int, questions: Iterable[Question], now: int) -> None:
        """Add the questions of a day."""
        month = day_text(day)[:7]
        if month not in self.months:
            self.months[month] = MonthFile(month_path(self.folder, day))
        self.months[month].add(questions, now)

    def save(self, now: int) -> None:
        """Write the files that changed, and forget the months in which nothing will."""
        newest = max(self.months, default="")
        for month, file in list(self.months.items()):
            file.advance(now)
            file.save(now, CURRENT_S if month == newest else OLDER_S)
            if month != newest and file.is_settled():
                del self.months[month]


def month_path(folder: Path, day: int) -> Path:
    """Return the file of the month in which a day lies."""
    return folder / f"vragen-{day_text(day)[:7]}.csv"


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
