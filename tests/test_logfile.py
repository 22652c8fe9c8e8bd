"""A log is followed over every kind of rotation: each line once, in order, in constant memory."""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ingest import log_parts
from ingest.logfile import CHUNK, Mark, follow, mark_from
from ingest.source import SourceDown
from tests.ingest_cast import ROOT

START = 1_795_000_000


class Reader:
    """Reads what is new, as the runner does: the mark goes through JSON between reads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mark: Mark | None = None
        self.lines: list[str] = []
        self.problems: list[str] = []
        self.numbers: list[int] = []

    def read(self) -> list[str]:
        """Return the lines that are new."""
        before = len(self.lines)
        for chunk in follow(self.path, self.mark, b"key"):
            self.lines += chunk.lines
            self.problems += [chunk.problem] * bool(chunk.problem)
            self.numbers += range(chunk.first_line, chunk.first_line + len(chunk.lines))
            kept = json.dumps(chunk.mark.as_json()) if chunk.mark else "null"
            self.mark = mark_from(json.loads(kept))
        return self.lines[before:]


class Writer:
    """Writes a log line by line, and rotates it in every way that is in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written: list[str] = []
        self.file = path.open("ab", buffering=0)

    def line(self) -> str:
        number = len(self.written)
        self.written.append(
            f"{START + number}|{number}|burgerzaken|NONE|INFO|{'x' * (number % 90)}"
        )
        return self.written[-1]

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            self.file.write(f"{self.line()}\n".encode())

    def rename(self) -> None:
        """Asterisk's own way, and logrotate's: rename all, then open a new file."""
        self._make_room()
        self.path.rename(self.path.with_name("queue_log.1"))
        self.file.close()
        self.file = self.path.open("ab", buffering=0)

    def copytruncate(self, append: bool = True) -> None:
        """Copy, then make empty; a writer that does not append leaves a hole of NUL bytes."""
        self._make_room()
        shutil.copy(self.path, self.path.with_name("queue_log.1"))
        if not append:
            self.file.close()
            self.file = self.path.open("r+b", buffering=0)
            self.file.seek(0, os.SEEK_END)
        os.truncate(self.path, 0)

    def compress(self) -> None:
        """Compress the newest rotated file."""
        plain = self.path.with_name("queue_log.1")
        if plain.exists():
            packed = self.path.with_name("queue_log.1.gz")
            packed.write_bytes(gzip.compress(plain.read_bytes()))
            plain.unlink()

    def _make_room(self) -> None:
        for number in range(30, 0, -1):
            for end in ("", ".gz"):
                file = self.path.with_name(f"queue_log.{number}{end}")
                if file.exists():
                    file.rename(self.path.with_name(f"queue_log.{number + 1}{end}"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue_log"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    writer = Writer(path)
    yield writer
    writer.file.close()


@pytest.fixture
def reader(path: Path, writer: Writer) -> Reader:
    writer.write(40)
    reader = Reader(path)
    reader.read()
    return reader


def assert_each_line_once(reader: Reader, writer: Writer) -> None:
    reader.read()
    assert reader.lines == writer.written
    assert reader.problems == []
    assert reader.read() == []


# ── rotations ──────────────────────────────────────────────────────────────────────────────


def test_new_lines_are_read_once(reader: Reader, writer: Writer) -> None:
    for _ in range(5):
        writer.write(3)
        assert reader.read() == writer.written[-3:]
        assert reader.read() == []
    assert reader.numbers == list(range(1, 56))


@pytest.mark.parametrize("rotations", [1, 2, 5])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("way", ["rename", "copytruncate"])
def test_rotations_between_two_reads_lose_and_repeat_nothing(
    reader: Reader, writer: Writer, way: str, rotations: int, packed: bool
) -> None:
    for _ in range(rotations):
        writer.write(7)
        getattr(writer, way)()
        if packed:
            writer.compress()
    writer.write(2)
    assert_each_line_once(reader, writer)


@pytest.mark.parametrize("way", ["rename", "copytruncate"])
@pytest.mark.parametrize("more", [0, 1, 500])
def test_a_new_live_file_of_any_size_goes_on_after_the_old_one(
    reader: Reader, writer: Writer, way: str, more: int
) -> None:
    writer.write(2)
    getattr(writer, way)()
    writer.write(more)
    assert_each_line_once(reader, writer)
    writer.write(5)
    assert_each_line_once(reader, writer)


def test_a_hole_of_nul_bytes_after_copytruncate_costs_no_line(
    reader: Reader, writer: Writer
) -> None:
    writer.write(3)
    writer.copytruncate(append=False)
    writer.write(3)
    assert writer.path.read_bytes().startswith(b"\0" * 100)
    reader.read()
    assert reader.lines == writer.written
    # and again, while a line waits in the file that had a hole already
    writer.write(3)
    writer.copytruncate(append=False)
    writer.write(3)
    reader.read()
    assert reader.lines == writer.written


def test_a_hole_of_megabytes_is_passed_over(path: Path) -> None:
    with path.open("wb") as file:
        file.seek(5 * CHUNK)
        file.write(b"1795000000|1|q|NONE|INFO|a\n1795000001|1|q|NONE|INFO|b\n")
    reader = Reader(path)
    assert [line for line in reader.read() if line] == [
        "1795000000|1|q|NONE|INFO|a",
        "1795000001|1|q|NONE|INFO|b",
    ]


@pytest.mark.parametrize("way", ["rename", "copytruncate"])
def test_a_line_that_is_half_written_when_the_log_rotates(
    reader: Reader, writer: Writer, way: str
) -> None:
    half = writer.line()
    writer.file.write(half[:20].encode())
    assert reader.read() == []
    getattr(writer, way)()
    assert reader.read() == []  # the new file is empty: the writer may not be done
    if way == "rename":
        with writer.path.with_name("queue_log.1").open("ab") as old:
            old.write(f"{half[20:]}\n".encode())
        writer.write(3)
        assert_each_line_once(reader, writer)
    else:  # the rest of the line comes in the new file: both halves are lines of their own
        writer.file.write(f"{half[20:]}\n".encode())
        writer.write(3)
        assert reader.read() == [half[:20], half[20:], *writer.written[-3:]]


def test_a_rotated_file_is_finished_though_its_last_line_never_ended(
    reader: Reader, writer: Writer
) -> None:
    half = writer.line()
    writer.file.write(half.encode())
    writer.rename()
    writer.write(1)
    assert_each_line_once(reader, writer)


def test_lines_written_to_the_old_file_after_the_rename_are_read(
    reader: Reader, writer: Writer
) -> None:
    writer.path.rename(writer.path.with_name("queue_log.1"))
    writer.write(3)  # the exchange still has the old file open
    with pytest.raises(SourceDown, match="bestaat niet"):
        reader.read()
    assert reader.lines == writer.written
    writer.path.touch()
    writer.write(2)
    assert_each_line_once(reader, writer)


def test_rotated_files_are_read_oldest_first_whatever_they_are_called(path: Path) -> None:
    names = ["queue_log-20261117", "queue_log.1795300000", "queue_log.0", "queue_log.2.gz"]
    for number, name in enumerate([*names, "queue_log"]):
        content = f"{START + number}|{number}\n".encode()
        packed = name.endswith(".gz")
        path.with_name(name).write_bytes(gzip.compress(content, mtime=0) if packed else content)
    for name in ("queue_log.bak", "queue_log_old", "queue_logs", "full", "queue_log.1~"):
        path.with_name(name).write_text("1|not ours\n")
    assert Reader(path).read() == [f"{START + number}|{number}" for number in range(5)]


def test_a_file_and_its_copy_that_is_being_compressed_are_read_once(path: Path) -> None:
    old = path.with_name("queue_log.1")
    old.write_bytes(b"1795000000|a\n" * 500)
    path.with_name("queue_log.1.gz").write_bytes(gzip.compress(old.read_bytes())[:30])
    path.write_bytes(b"1795000001|b\n")
    assert len(Reader(path).read()) == 501


# ── files that vanish, are replaced or cannot be read ──────────────────────────────────────


def test_a_log_that_does_not_exist_is_a_source_that_is_down(path: Path) -> None:
    with pytest.raises(SourceDown, match="bestaat niet"):
        Reader(path).read()
    with pytest.raises(SourceDown, match="bestaat niet"):
        Reader(path / "geen" / "map").read()


def test_a_log_that_vanishes_is_down_and_goes_on_when_it_is_back(
    reader: Reader, writer: Writer
) -> None:
    aside = writer.path.with_name("elders")
    writer.path.rename(aside)
    with pytest.raises(SourceDown):
        reader.read()
    aside.rename(writer.path)
    writer.write(2)
    assert_each_line_once(reader, writer)


def test_a_folder_in_the_place_of_the_log_is_said_in_dutch(path: Path) -> None:
    path.mkdir()
    with pytest.raises(SourceDown, match="is een map en geen bestand"):
        Reader(path).read()


def test_when_the_marked_file_is_gone_all_is_read_again_and_that_is_told_once(
    reader: Reader, writer: Writer
) -> None:
    writer.rename()
    writer.path.with_name("queue_log.1").unlink()
    writer.write(2)
    assert reader.read() == writer.written[-2:]
    assert len(reader.problems) == 1
    assert "verdwenen" in reader.problems[0]
    writer.write(2)
    assert reader.read() == writer.written[-2:]
    assert len(reader.problems) == 1


def test_a_log_that_is_emptied_without_a_copy_begins_anew(reader: Reader, writer: Writer) -> None:
    os.truncate(writer.path, 0)
    assert reader.read() == []
    assert reader.read() == []
    assert len(reader.problems) == 1
    writer.write(2)
    assert reader.read() == writer.written[-2:]


def test_another_file_of_the_same_size_and_begin_is_not_taken_for_the_marked_one(
    path: Path,
) -> None:
    begin = "".join(f"{START}|same begin {number}\n" for number in range(100))
    path.write_text(begin + "1|a\n" * 50)
    reader = Reader(path)
    reader.read()
    path.write_text(begin + "2|b\n" * 50 + "3|c\n")
    assert len(reader.read()) == 151
    assert len(reader.problems) == 1


def test_a_file_that_is_replaced_while_it_is_read_is_read_to_its_end(
    path: Path,
) -> None:
    old = [f"{START}|{number}|{'x' * 100}" for number in range(30_000)]
    path.write_text("".join(f"{line}\n" for line in old))
    reading = follow(path, None)
    found = next(reading).lines
    path.unlink()
    path.write_text("1795000009|new\n")
    for chunk in reading:
        found += chunk.lines
    assert found == old


def test_a_compressed_file_that_is_cut_off_gives_what_it_holds_and_a_reason(path: Path) -> None:
    noise = random.Random(1)
    old = [f"{START + number}|{noise.random()}" for number in range(20_000)]
    packed = gzip.compress("".join(f"{line}\n" for line in old).encode())
    path.with_name("queue_log.1.gz").write_bytes(packed[: len(packed) // 2])
    path.write_text(f"{START + 30_000}|live\n")
    reader = Reader(path)
    lines = reader.read()
    assert lines[-1].endswith("live")
    assert len(lines) > 8_000
    assert lines[:-2] == old[: len(lines) - 2]  # the last line before the damage is half
    assert [problem for problem in reader.problems if "beschadigd" in problem] == reader.problems
    assert reader.read() == []


@pytest.mark.parametrize(
    "content", [b"", b"no gzip at all", gzip.compress(b"x" * 99, mtime=0)[:12]]
)
def test_a_rotated_file_that_is_no_gzip_costs_nothing_else(path: Path, content: bytes) -> None:
    path.with_name("queue_log.1.gz").write_bytes(content)
    path.write_text(f"{START}|live\n")
    assert Reader(path).read()[-1] == f"{START}|live"


def test_a_broken_stream_inside_a_gzip_is_no_traceback(path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(random.Random(2).randbytes(5_000))))
    packed[500:900] = b"\xff" * 400
    with pytest.raises((zlib.error, OSError, EOFError)):
        gzip.decompress(bytes(packed))
    path.with_name("queue_log.1.gz").write_bytes(bytes(packed))
    path.write_text(f"{START}|live\n")
    assert Reader(path).read()[-1] == f"{START}|live"


def test_a_line_that_never_ends_is_cut_in_pieces_and_the_next_is_whole(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"x" * (5 * CHUNK) + f"\n{START}|next\n".encode())
    reader = Reader(path)
    lines = reader.read()
    assert lines[-1] == f"{START}|next"
    assert "".join(lines[:-1]) == "x" * (5 * CHUNK)
    assert max(map(len, lines)) <= 2 * CHUNK


@given(content=st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_are_cut_at_line_ends_and_nowhere_else(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("log") / "queue_log"
    path.write_bytes(content)
    whole, _, _ = content.rpartition(b"\n")
    expected = whole.decode("utf-8", "replace").split("\n") if b"\n" in content else []
    assert [line.strip("\0\r") for line in Reader(path).read()] == [
        line.strip("\0\r") for line in expected
    ]


# ── any order of writes, rotations and reads ───────────────────────────────────────────────


class Life(RuleBasedStateMachine):
    """A log through its life, followed by a reader that looks now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rb-life-"))
        self.writer = Writer(self.folder / "queue_log")
        self.reader = Reader(self.folder / "queue_log")
        self.half = ""

    @rule(count=st.integers(1, 60))
    def write(self, count: int) -> None:
        self._finish()
        self.writer.write(count)

    @rule()
    def write_much(self) -> None:
        self._finish()
        self.writer.write(400)

    @rule(cut=st.integers(1, 20))
    def write_half(self, cut: int) -> None:
        self._finish()
        line = self.writer.line() + "\n"
        self.writer.file.write(line[:cut].encode())
        self.half = line[cut:]

    def _finish(self) -> None:
        self.writer.file.write(self.half.encode())
        self.half = ""

    @rule()
    def rename(self) -> None:
        self._finish()
        self.writer.rename()

    @rule(append=st.booleans())
    @precondition(lambda self: self.writer.path.stat().st_size)
    def copytruncate(self, append: bool) -> None:
        self._finish()
        self.writer.copytruncate(append)

    @rule()
    def compress(self) -> None:
        self.writer.compress()

    @rule()
    def read(self) -> None:
        self.reader.read()

    @invariant()
    def what_was_read_is_what_was_written(self) -> None:
        found = [line for line in self.reader.lines if line]
        assert found == self.writer.written[: len(found)]

    def teardown(self) -> None:
        try:
            self._finish()
            self.writer.write(1)
            self.reader.read()
            assert [line for line in self.reader.lines if line] == self.writer.written
            assert self.reader.problems == []
        finally:
            self.writer.file.close()
            shutil.rmtree(self.folder)


def test_in_any_order_of_writes_and_rotations_each_line_is_read_once() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life, settings=settings(max_examples=120, stateful_step_count=25, deadline=None)
    )


def test_a_log_that_is_written_and_rotated_all_the_time_is_read_whole(path: Path) -> None:
    """A process writes and renames as fast as it can, while this one reads."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.test_logfile import Writer\n"
        "writer = Writer(Path(sys.argv[1]))\n"
        "for _ in range(25):\n"
        "    writer.write(400)\n"
        "    writer.rename()\n"
        "writer.write(1)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    reader = Reader(path)
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            with suppress(SourceDown):  # no file at this moment, or renamed all the time
                reader.read()
        assert process.returncode == 0
    reader.read()
    assert reader.problems == []
    assert [int(line.split("|")[1]) for line in reader.lines] == list(range(10_001))


# ── memory ─────────────────────────────────────────────────────────────────────────────────

MEASURED = """
import resource, sys
from pathlib import Path
from tests.ingest_cast import queue_log
source = queue_log(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read = sum(batch.read for batch in source.batches({}, 1_795_000_000))
print(read, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_log_of_60_megabytes_is_read_in_constant_memory(path: Path) -> None:
    small = peak_growth(path, 10)
    large = peak_growth(path, 60)
    assert large < 40_000  # kilobytes
    assert large < small + 8_000


def peak_growth(path: Path, megabytes: int) -> int:
    """How many kilobytes reading so many megabytes takes at its peak."""
    lines = 0
    with path.open("w") as file:
        while file.tell() < megabytes * 1_000_000:
            file.write(_stretch(lines))
            lines += 20_000
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    read, before, after = map(int, done.stdout.split())
    assert read == lines
    return after - before


def _stretch(first: int) -> str:
    """Ten thousand calls of two lines each."""
    calls = range(first // 2, first // 2 + 10_000)
    return "".join(
        f"{START + n}|{START + n}.{n}|burgerzaken|NONE|ENTERQUEUE||0235{n % 1_000_000:06}|1\n"
        f"{START + n}|{START + n}.{n}|burgerzaken|NONE|ABANDON|1|1|{n % 60}\n"
        for n in calls
    )


def test_the_measure_of_memory_is_in_kilobytes_here() -> None:
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 20_000


def test_a_log_that_is_renamed_at_each_look_is_left_for_the_next_round(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To go on with the files that happened to be found would lose the others for ever."""
    look = log_parts._listed
    writer = Writer(path)
    writer.write(3)

    def renamed_after(path: Path) -> dict[Path, int]:
        listed = look(path)
        writer.rename()
        return listed

    reader = Reader(path)
    with monkeypatch.context() as patch:
        patch.setattr(log_parts, "_listed", renamed_after)
        with pytest.raises(SourceDown, match="volgende ronde"):
            reader.read()
    assert reader.lines == []
    assert reader.read() == writer.written
    writer.file.close()
