"""Reads the rows of one CSV file; one broken row or quote never costs the rows after it."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

from ingest.source import SourceDown

BLOCK = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
NO_END = "een aanhalingsteken zonder einde"
BOM = "\ufeff"


@dataclass(frozen=True)
class Row:
    """One record with the line on which it begins; a row that does not fit has no fields."""

    line: int
    fields: list[str]
    problem: str = ""


def rows(path: Path, delimiter: str, encoding: str) -> Iterator[Row]:
    """Yield the header first, then each row. Empty `delimiter` or `encoding`: found out."""
    try:
        with ExitStack() as stack:
            text = _text(path, encoding or _encoding(path), stack)
            first = text.readline()
            if not first.strip(BOM + "\r\n\0 "):
                raise SourceDown(f"{path.name}: is leeg; wordt er nog aan geschreven?")
            text.seek(0)
            yield from _rows(Lines(text), delimiter or max(DELIMITERS, key=first.count))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        hint = "is geen heel gzip-bestand; wordt er nog aan geschreven?"
        raise SourceDown(f"{path.name}: {hint}") from None


class Lines:
    """The lines of a text, of which those that were taken too many can be given back."""

    def __init__(self, text: IO[str]) -> None:
        self.text = text
        self.taken: list[str] = []
        self.given_back: deque[str] = deque()

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self.given_back.popleft() if self.given_back else self.text.readline()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line.replace("\0", "")

    def keep_first(self) -> str:
        """Give back all lines of this row but the first; return that."""
        self.given_back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0]


def _rows(lines: Lines, delimiter: str) -> Iterator[Row]:
    """Parse; when a row swallowed lines and does not fit, give up its first line only."""
    reader, line, width = csv.reader(lines, delimiter=delimiter, strict=True), 1, 0
    while True:
        lines.taken.clear()
        try:
            fields, problem = next(reader), ""
        except StopIteration:
            return
        except csv.Error:
            fields, problem = _recovered(lines, delimiter)
        if not problem:
            width = width or len(fields)
            problem = _misfit(fields, width)
        if problem and len(lines.taken) > 1:
            lines.keep_first()
            problem = NO_END
        if problem or any(fields):
            yield Row(line, [] if problem else fields, problem)
        line += len(lines.taken)


def _recovered(lines: Lines, delimiter: str) -> tuple[list[str], str]:
    """Read a first line that is no strict CSV as it stands, unless a quote in it never ends."""
    alone = len(lines.taken) == 1
    first = lines.keep_first()
    if not alone or first.count('"') % 2:
        return [], NO_END
    try:
        return next(csv.reader([first], delimiter=delimiter)), ""
    except csv.Error:
        return [], "een veld is te lang"


def _misfit(fields: list[str], width: int) -> str:
    if not any(fields) or len(fields) == width:
        return ""
    if len(fields) > width and not any(fields[width:]):
        return ""
    return f"{len(fields)} velden in plaats van {width}"


def _encoding(path: Path) -> str:
    """Return utf-8 when the whole file is that, UTF-16 by its mark, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with ExitStack() as stack:
        file = _bytes(path, stack)
        begin = file.read(2)
        if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _text(path: Path, encoding: str, stack: ExitStack) -> IO[str]:
    file = _bytes(path, stack)
    return stack.enter_context(io.TextIOWrapper(file, encoding, errors="replace", newline=""))


def _bytes(path: Path, stack: ExitStack) -> gzip.GzipFile | BufferedReader:
    raw = stack.enter_context(path.open("rb"))
    if path.suffix != ".gz":
        return raw
    return stack.enter_context(gzip.GzipFile(fileobj=raw))
