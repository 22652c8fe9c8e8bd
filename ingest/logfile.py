"""Follows a growing log file over its rotations: rename, copytruncate, compressed or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ingest.log_parts import BEGIN, Part, open_all, open_live
from ingest.os_errors import what_is_wrong
from ingest.source import SourceDown

CHUNK = 1 << 20
LONGEST_LINE = 1 << 20
TAIL = 64
GONE = "het bestand dat half gelezen was is verdwenen; alles wordt opnieuw gelezen"
BROKEN = "het gecomprimeerde bestand is beschadigd; wat na deze regel komt is niet te lezen"


@dataclass(frozen=True)
class Mark:
    """A place in a log: the file is known by its begin and by what stands before the place.

    Both are kept as keyed digests, as the first line of a file may hold a caller's number.
    """

    head: int
    digest: str
    offset: int
    line: int
    tail: int = 0
    last: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what a cursor keeps."""
        return asdict(self)


@dataclass(frozen=True)
class Chunk:
    """Whole lines of one file, without line ends; `lost` says that the marked file is gone."""

    lines: list[str]
    first_line: int
    file: str
    mark: Mark | None
    complete: bool = False
    lost: bool = False
    problem: str = ""


def mark_from(cursor: Mapping[str, Any] | None) -> Mark | None:
    """Restore a mark from a cursor."""
    if not cursor:
        return None
    return Mark(
        **{field.name: cursor[field.name] for field in fields(Mark) if field.name in cursor}
    )


def follow(path: Path, mark: Mark | None, key: bytes = b"") -> Iterator[Chunk]:
    """Yield what stands after the mark, oldest file first; the last chunk is `complete`."""
    try:
        with ExitStack() as stack:
            yield from Follower(path, key, stack).chunks(mark)
    except OSError as error:
        raise SourceDown(f"{error.filename or path}: {what_is_wrong(error)}") from error


@dataclass(frozen=True)
class Follower:
    """One pass over the files of a log."""

    path: Path
    key: bytes
    stack: ExitStack

    def chunks(self, mark: Mark | None) -> Iterator[Chunk]:
        """Yield what stands after the mark, then a chunk that is complete."""
        live = open_live(self.path, self.stack)
        if live and mark and self._is_marked(live, mark):
            parts, start = [live], 0
        else:
            parts = open_all(self.path, self.stack)
            start = self._place(parts, mark)
        if live is None and not parts:
            raise SourceDown(f"{self.path}: bestaat niet; controleer `pad` en de rechten op de map")
        if start < 0:
            yield Chunk([], 0, self.path.name, None, lost=True, problem=GONE)
            start, mark = 0, None
        for chunk in self._rest(parts[start:], mark):
            mark = chunk.mark
            yield chunk
        if live is None and parts[-1].path != self.path:
            raise SourceDown(f"{self.path}: bestaat niet (meer); wat gedraaid is is wel gelezen")
        yield Chunk([], mark.line if mark else 0, "", mark, complete=True)

    def _rest(self, parts: list[Part], mark: Mark | None) -> Iterator[Chunk]:
        """Yield the first part from the mark on, the others whole."""
        resumed = mark
        for index, part in enumerate(parts):
            name = f"{self.path.name}-{self._digest(_first_line(part))[:8]}"
            for chunk in self._chunks(part, name, resumed, index < len(parts) - 1):
                mark = chunk.mark
                yield chunk
            if part.broken:
                line = mark.line if mark else 0
                yield Chunk([], line, name, mark, problem=BROKEN)
            resumed = None

    def _chunks(self, part: Part, name: str, mark: Mark | None, finished: bool) -> Iterator[Chunk]:
        """Yield the whole lines after the mark; the loose end only of a file that is finished."""
        begin = part.between(0, BEGIN)
        offset, line = (mark.offset, mark.line) if mark else (0, 0)
        part.seek(offset)
        for block in _blocks(part, finished):
            lines = _lines(block)
            offset += len(block)
            head, tail = begin[:offset], block[-TAIL:]
            mark = Mark(
                head=len(head),
                digest=self._digest(head),
                offset=offset,
                line=line + len(lines),
                tail=len(tail),
                last=self._digest(tail),
            )
            yield Chunk(lines, line + 1, name, mark)
            line = mark.line

    def _place(self, parts: list[Part], mark: Mark | None) -> int:
        """Return the part to go on in; -1 when the marked one is gone.

        Then all files are read again: what was read before is a repeated delivery.
        """
        if mark is None:
            return 0
        for index in reversed(range(len(parts))):
            if self._is_marked(parts[index], mark):
                return index
        return -1

    def _is_marked(self, part: Part, mark: Mark) -> bool:
        if self._digest(part.between(0, mark.head)) != mark.digest:
            return False
        return self._digest(part.between(mark.offset - mark.tail, mark.offset)) == mark.last

    def _digest(self, content: bytes) -> str:
        return hashlib.blake2b(content, key=self.key[:64], digest_size=16).hexdigest()


def _first_line(part: Part) -> bytes:
    """Return what names a file and is changed by no rotation."""
    return part.between(0, BEGIN).partition(b"\n")[0]


def _blocks(part: Part, finished: bool) -> Iterator[bytes]:
    """Cut at line ends; a line longer than any real one is cut in pieces."""
    rest = b""
    while piece := part.read(CHUNK):
        rest += piece
        end = rest.rfind(b"\n") + 1
        if not end and len(rest) > LONGEST_LINE:
            end = len(rest)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest and (finished or part.broken):
        yield rest


def _lines(block: bytes) -> list[str]:
    text = block.decode("utf-8", "replace")
    lines = text.removesuffix("\n").split("\n")
    if "\r" in text or "\0" in text:  # NULs: what copytruncate leaves before the first new line
        return [line.lstrip("\0").rstrip("\r") for line in lines]
    return lines
