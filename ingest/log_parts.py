"""The files of one log, opened as they are at one moment: rotated ones, oldest first, and live."""

from __future__ import annotations

import gzip
import os
import re
import time
import zlib
from contextlib import ExitStack
from pathlib import Path

from ingest.source import SourceDown

BEGIN = 1024
BLOCK = 1 << 16
TRIES = 5
PAUSE = 0.02  # seconds
_TIME = re.compile(rb"(?:^|[\n\0])(\d{9,11})\|")
_ROTATED = re.compile(r"(([.-]\d+)+(\.gz)?|\.gz)")


class Part:
    """One opened file; it stays readable when it is renamed, compressed or removed meanwhile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken = False
        self._raw = path.open("rb")
        packed = path.suffix == ".gz"
        self._file = gzip.GzipFile(fileobj=self._raw) if packed else self._raw

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._raw.close()

    @property
    def size(self) -> int:
        """The size on disk now; of a compressed file that of the compressed bytes."""
        return os.fstat(self._raw.fileno()).st_size

    def read(self, length: int) -> bytes:
        """Read so many bytes: fewer at the end, or where a compressed file is damaged."""
        pieces: list[bytes] = []
        try:
            while length and (piece := self._file.read1(length)):
                pieces.append(piece)
                length -= len(piece)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.broken = True
        return b"".join(pieces)

    def seek(self, offset: int) -> None:
        """Go to a place in the (uncompressed) content."""
        try:
            self._file.seek(offset)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.broken = True

    def between(self, start: int, end: int) -> bytes:
        """Return the bytes between two places."""
        self.seek(start)
        return self.read(end - start)

    def age(self) -> tuple[float, float, str]:
        """Return what sorts parts oldest first: the time of the first line that has one."""
        written = os.fstat(self._raw.fileno()).st_mtime
        found = _TIME.search(self._after_hole())
        return float(found[1]) if found else written, written, self.path.name

    def _after_hole(self) -> bytes:
        """Return the first content behind the NUL bytes that copytruncate may leave."""
        self.seek(0)
        while piece := self.read(BLOCK):
            if content := piece.lstrip(b"\0"):
                return (content + self.read(BEGIN))[:BEGIN]
        return b""


def open_live(path: Path, stack: ExitStack) -> Part | None:
    """Open the live file, if there is one."""
    try:
        part = Part(path)
    except FileNotFoundError:
        return None
    stack.callback(part.close)
    return part


def open_all(path: Path, stack: ExitStack) -> list[Part]:
    """Open all files, oldest first, the live one last; none is missed when they are renamed now.

    Raises `SourceDown` when they are renamed all the time: a file that is missed is lost for ever.
    """
    for _ in range(TRIES):
        listed = _listed(path)
        parts = [part for file in listed if (part := open_live(file, stack)) and part.size]
        if listed == _listed(path):
            live = [part for part in parts if part.path == path]
            return sorted((part for part in parts if part.path != path), key=Part.age) + live
        time.sleep(PAUSE)
    raise SourceDown(f"{path}: het logbestand wordt nu gedraaid; de volgende ronde leest verder")


def _listed(path: Path) -> dict[Path, int]:
    """Return the files and their inodes, without those that are being compressed."""
    found = {}
    with os.scandir(path.parent) as entries:
        for entry in entries:
            rest = entry.name.removeprefix(path.name)
            if entry.name == path.name or (rest != entry.name and _ROTATED.fullmatch(rest)):
                found[Path(entry.path)] = entry.inode()
    return {file: inode for file, inode in found.items() if not _is_doubled(file, found, path)}


def _is_doubled(file: Path, found: dict[Path, int], path: Path) -> bool:
    plain = file.with_suffix("")
    return file.suffix == ".gz" and plain != path and plain in found
