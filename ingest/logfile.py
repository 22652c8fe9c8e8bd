"""Follows a growing log file over its rotations: rename, copytruncate, compressed or not."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from ingest.source import SourceDown

CHUNK = 1 << 20
HEAD = 1024
LONGEST_LINE = 32 << 20


@dataclass(frozen=True)
class Mark:
    """A place in a log: the file is known by a digest of the `head` bytes that it begins with."""

    head: int
    digest: str
    offset: int
    line: int
    inode: int = 0
    size: int = 0

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


def mark_from(cursor: Mapping[str, Any] | None) -> Mark | None:
    """Restore a mark from a cursor."""
    return Mark(**cursor) if cursor else None


def follow(path: Path, mark: Mark | None) -> Iterator[Chunk]:
    """Yield what stands after the mark, oldest file first; the last chunk is `complete`."""
    try:
        yield from _follow(path, mark)
    except OSError as error:
        raise SourceDown(f"{path}: niet te lezen: {error.strerror or error}") from error


def _follow(path: Path, mark: Mark | None) -> Iterator[Chunk]:
    if mark and _unchanged(path, mark):
        yield Chunk([], mark.line, "", mark, complete=True)
        return
    files = [path] if mark and _is_marked(path, mark) else _oldest_first(path)
    if not files:
        raise SourceDown(f"{path}: bestaat niet; controleer `pad` en de rechten op de map")
    start, lost = _place(files, mark)
    if lost:
        yield Chunk([], 0, path.name, mark, lost=True)
    for index, file in enumerate(files[start:], start):
        resumed = mark if index == start and not lost else None
        finished = any(later.stat().st_size for later in files[index + 1 :])
        for chunk in _chunks(file, resumed, finished):
            mark = chunk.mark
            yield chunk
    if files[-1] != path:
        raise SourceDown(f"{path}: bestaat niet (meer); de gedraaide bestanden zijn wel gelezen")
    yield Chunk([], mark.line if mark else 0, "", mark, complete=True)


def _unchanged(path: Path, mark: Mark) -> bool:
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    same = (found.st_ino, found.st_size) == (mark.inode, mark.size)
    return same and mark.offset == mark.size and _is_marked(path, mark)


def _place(files: list[Path], mark: Mark | None) -> tuple[int, bool]:
    """Return the file to go on in, and whether the marked file is gone.

    When it is gone all files are read again: what was read before is then a repeated delivery.
    """
    if mark is None:
        return 0, False
    for index in reversed(range(len(files))):
        if _is_marked(files[index], mark):
            return index, False
    return 0, True


def _is_marked(path: Path, mark: Mark) -> bool:
    try:
        with _opened(path) as file:
            begin = file.read(mark.head)
            grown = path.suffix == ".gz" or path.stat().st_size >= mark.offset
    except (FileNotFoundError, gzip.BadGzipFile, EOFError):
        return False
    return grown and _digest(begin) == mark.digest


def _oldest_first(path: Path) -> list[Path]:
    """Return the rotated neighbours by the time of their first line, then the live file."""
    rotated = re.compile(
        re.escape(path.name) + r"([.-]\d+)+(\.gz)?|" + re.escape(path.name) + r"\.gz"
    )
    dated = []
    for file in path.parent.iterdir() if path.parent.is_dir() else ():
        if rotated.fullmatch(file.name) and (first := _first_time(file)) is not None:
            dated.append((first, file.stat().st_mtime, file))
    return [file for _, _, file in sorted(dated)] + ([path] if path.exists() else [])


def _first_time(path: Path) -> int | None:
    with _opened(path) as file:
        match = re.match(rb"\0*(\d+)\|", file.read(HEAD))
    return int(match[1]) if match else None


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _digest(begin: bytes) -> str:
    return hashlib.sha256(begin).hexdigest()[:32]


def _chunks(path: Path, mark: Mark | None, finished: bool) -> Iterator[Chunk]:
    """Yield the whole lines after the mark; the loose end only of a file that is finished."""
    with _opened(path) as file:
        identity = _identity(file, path)
        mark = mark or Mark(0, _digest(b""), 0, 0)
        file.seek(mark.offset)
        while block := _block(file, finished):
            lines = _lines(block)
            offset = mark.offset + len(block)
            first = mark.line + 1
            mark = _moved(file, path, mark, offset, mark.line + len(lines))
            yield Chunk(lines, first, identity, mark)


def _identity(file: IO[bytes], path: Path) -> str:
    """Name a file by its first line, which no rotation changes."""
    return f"{path.name.partition('.')[0]}-{_digest(file.readline(HEAD))[:8]}"


def _moved(file: IO[bytes], path: Path, mark: Mark, offset: int, line: int) -> Mark:
    found = os.fstat(file.fileno())
    place = replace(mark, offset=offset, line=line, inode=found.st_ino, size=found.st_size)
    if mark.head >= HEAD:
        return place
    head = min(offset, HEAD)
    return replace(place, head=head, digest=_digest(_begin(file, path, head)))


def _begin(file: IO[bytes], path: Path, length: int) -> bytes:
    if path.suffix != ".gz":
        return os.pread(file.fileno(), length, 0)
    with _opened(path) as again:
        return again.read(length)


def _block(file: IO[bytes], finished: bool) -> bytes:
    """Read up to the last line end of a chunk; more when one line is longer than that."""
    block = file.read(CHUNK)
    while block and b"\n" not in block:
        more = file.read(CHUNK)
        if len(block) > LONGEST_LINE:
            return block
        if not more:
            return block if finished else b""
        block += more
    end = block.rfind(b"\n") + 1
    if finished and len(block) < CHUNK:
        end = len(block)
    file.seek(end - len(block), os.SEEK_CUR)
    return block[:end]


def _lines(block: bytes) -> list[str]:
    text = block.decode("utf-8", "replace")
    lines = text.removesuffix("\n").split("\n")
    return [line.rstrip("\r") for line in lines] if "\r" in text else lines
