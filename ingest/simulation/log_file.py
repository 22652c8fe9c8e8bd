"""Writes the simulated queue_log: the file is always a prefix of the bytes that the town gives."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

from data.calendar import local_day
from ingest.simulation.day import DayLog, Days


class Diverged(RuntimeError):
    """The file does not hold what the town would have written."""


class LogFile:
    """The log on disk; `day` is written up to byte `written` of its lines, which begin at `offset`.

    Bytes are written at their own place, never appended: to write one twice changes nothing, not
    after a crash in mid-line and not with two writers.
    """

    def __init__(self, path: Path, days: Days, day: int, offset: int) -> None:
        self.path = path
        self.days = days
        self.newest: int | None = None
        self._open(day, offset)

    def is_whole(self) -> bool:
        """Tell whether the file still holds all that was written."""
        return size_of(self.path) >= self.offset + self.written

    def write(self, until: int) -> int:
        """Write what happened up to an instant; return the number of lines."""
        lines = self._write_day(until)
        while self.day < local_day(until):
            self._open(self.day + 1, self.offset + len(self.log.data))
            lines += self._write_day(until)
        return lines

    def _open(self, day: int, offset: int) -> None:
        """Turn to a day: find how many of its bytes are there, and check that they are its own."""
        self.day = day
        self.offset = offset
        self.log: DayLog = self.days.log(day)
        there = _read(self.path, offset, len(self.log.data))
        if not self.log.data.startswith(there):
            raise Diverged(f"{self.path}: other bytes than expected after byte {offset}")
        self.written = len(there)

    def _write_day(self, until: int) -> int:
        moments, ends, data = self.log
        count = bisect_right(moments, until)
        if not count:
            return 0
        self.newest = moments[count - 1]
        end = ends[count - 1]
        if end <= self.written:
            return 0
        _write(self.path, self.offset + self.written, data[self.written : end])
        lines = count - bisect_right(ends, self.written)
        self.written = end
        return lines


def size_of(path: Path) -> int:
    """Return the size of a file, 0 when it is not there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _read(path: Path, offset: int, length: int) -> bytes:
    if size_of(path) <= offset:
        return b""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


def _write(path: Path, offset: int, data: bytes) -> None:
    path.touch()
    with path.open("r+b", buffering=0) as file:
        file.seek(offset)
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
