"""The files of an export: one, or several that a pattern names; each is read when it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from ingest.csv_rows import Row, rows
from ingest.layout_options import delimiter, encoding
from ingest.options import Options
from ingest.os_errors import what_is_wrong
from ingest.source import Batch, Cursor, SourceDown

Read = Callable[[Path, Cursor], Iterator[Batch]]


@dataclass(frozen=True)
class CsvFiles:
    """Where an export is and how it is written; empty `delimiter` or `encoding`: found out."""

    pattern: Path
    delimiter: str = ""
    encoding: str = ""
    header: bool = True

    @classmethod
    def of(cls, options: Options) -> CsvFiles:
        """Read the options `pad`, `scheiding`, `codering` and `kop`."""
        return cls(
            options.path("pad"), delimiter(options), encoding(options), options.flag("kop", True)
        )

    def table(self, file: Path) -> tuple[list[str], Iterator[Row]]:
        """Return the names of the columns, and the rows; without header they are 1, 2, 3 ..."""
        lines = rows(file, self.delimiter, self.encoding)
        first = next(lines)
        if self.header:
            return first.fields, lines
        numbers = [str(number + 1) for number in range(len(first.fields))]
        return numbers, chain([first], lines)

    def batches(self, cursor: Cursor, read: Read) -> Iterator[Batch]:
        """Yield what `read` makes of each file that changed since the cursor."""
        try:
            yield from self._changed(dict(cursor), read)
        except OSError as error:
            raise SourceDown(f"{error.filename or self.pattern}: {what_is_wrong(error)}") from error

    def _changed(self, cursor: dict[str, Any], read: Read) -> Iterator[Batch]:
        unreadable: SourceDown | None = None
        for file in self._files():
            state = _state(file)
            if cursor.get(file.name) == state:
                continue
            try:
                yield from read(file, cursor)
            except SourceDown as error:
                unreadable = unreadable or error
            else:
                if _state(file) == state:
                    cursor = {**cursor, file.name: state}
                    yield Batch(cursor=cursor)
        if unreadable:
            raise unreadable
        yield Batch(cursor=cursor, complete=True)

    def _files(self) -> list[Path]:
        if self.pattern.is_file():
            return [self.pattern]
        found = self.pattern.parent.glob(self.pattern.name)
        files = sorted(file for file in found if file.is_file())
        if not files:
            raise SourceDown(f"{self.pattern}: geen bestand gevonden; controleer `pad`")
        return files


def _state(file: Path) -> list[int]:
    found = file.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]
