"""Reads the rows of one CSV file; one broken row or quote never costs the rows after it."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.source import SourceChanged, SourceDown

BLOCK = 1 << 20
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Row:
    """One record with the line on which it begins; a row that does not fit has no fields."""

    line: int
    fields: list[str]
    problem: str = ""


def rows(path: Path, delimiter: str, encoding: str) -> Iterator[Row]:
    """Yield the header first, then each row. Empty `delimiter` or `encoding`: found out."""
    with _text(path, encoding or _encoding(path)) as text:
        first = text.readline()
        if not first.strip("\ufeff\r\n\0 "):
            raise SourceDown(f"{path.name}: is leeg; wordt er nog aan geschreven?")
        delimiter = delimiter or max(DELIMITERS, key=first.count)
        text.seek(0)
        yield from _recovering(text, delimiter)


def _recovering(text: IO[str], delimiter: str) -> Iterator[Row]:
    """Parse; when a row swallowed lines and does not fit, give up its first line only."""
    waiting: deque[str] = deque()
    taken: list[str] = []

    def feed() -> Iterator[str]:
        while line := waiting.popleft() if waiting else text.readline():
            taken.append(line)
            yield line.replace("\0", "")

    reader, line, width = csv.reader(feed(), delimiter=delimiter), 1, 0
    while True:
        taken.clear()
        try:
            fields = next(reader, None)
        except csv.Error as error:
            fields, problem = [], f"niet te lezen als CSV: {error}"
        else:
            problem = ""
        if fields is None:
            return
        width = width or len(fields)
        problem = problem or _misfit(fields, width)
        if problem and len(taken) > 1:
            waiting.extendleft(reversed(taken[1:]))
            del taken[1:]
            problem = "een aanhalingsteken zonder einde"
        if problem or any(fields):
            yield Row(line, [] if problem else fields, problem)
        line += len(taken)


def _misfit(fields: list[str], width: int) -> str:
    if not any(fields) or len(fields) == width:
        return ""
    if len(fields) > width and not any(fields[width:]):
        return ""
    return f"{len(fields)} velden in plaats van {width}"


def _encoding(path: Path) -> str:
    """Return utf-8 when the whole file is that, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _bytes(path) as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _text(path: Path, encoding: str) -> IO[str]:
    try:
        return io.TextIOWrapper(_bytes(path), encoding, errors="replace", newline="")
    except LookupError:
        raise SourceChanged(f"codering {encoding!r} bestaat niet") from None


def _bytes(path: Path) -> io.BufferedReader:
    file = gzip.open(path) if path.suffix == ".gz" else path.open("rb")
    return io.BufferedReader(file)  # type: ignore[type-var]
