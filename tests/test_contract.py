"""What every kind of source promises, tried on recorded samples; a new kind is found by itself."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from data.store import Store
from ingest.kinds import KINDS
from ingest.options import Options
from ingest.source import Batch, Source, SourceDown, Surroundings
from tests.ingest_cast import KEY, NOON, facts, ingest, read_all, source_row, versions
from tests.web_cases import CASES

SAMPLES = Path(__file__).parent / "samples"
NOW = NOON + 10 * 86_400
NUMBER = re.compile(r"(?<!\d)(?:\+31|0031|0)[1-9]\d{8}(?!\d)")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


@dataclass(frozen=True)
class Sample:
    """One recorded file with the options that read it, and the lines that begin each row."""

    kind: str
    file: Path

    def options(self) -> dict[str, Any]:
        beside = self.file.with_name(f"{self.file.name}.json")
        return json.loads(beside.read_text()) if beside.exists() else {}

    def source(self, folder: Path) -> Source:
        """Build the source on a copy that this test may change."""
        where, environment = self._where(folder / self.file.name)
        options = Options("proef", {**where, **self.options()}, folder, folder)
        module = import_module(f"ingest.sources.{self.kind}")
        source: Source = module.build("proef", options, Surroundings(KEY, environment))
        options.finish()
        assert options.mistakes == []
        return source

    def _where(self, file: Path) -> tuple[dict[str, str], dict[str, str]]:
        """Return the options that say where it is, and the environment; SQL becomes a database."""
        if file.suffix != ".sql":
            return {"pad": file.name}, {}
        database = file.with_suffix(".sqlite")
        database.unlink(missing_ok=True)
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(file.read_text().rpartition("\n")[0])
        return {"adres_omgeving": "ADRES"}, {"ADRES": f"sqlite:///{database}"}


def samples() -> list[Sample]:
    """Every recorded file under tests/samples/<kind>/; a .json beside it holds its options."""
    found = sorted(SAMPLES.glob("*/*"))
    return [Sample(file.parent.name, file) for file in found if file.suffix != ".json"]


@pytest.fixture(params=samples(), ids=lambda sample: f"{sample.kind}-{sample.file.name}")
def sample(request: pytest.FixtureRequest) -> Sample:
    found: Sample = request.param
    return found


@pytest.fixture
def source(sample: Sample, tmp_path: Path) -> Source:
    (tmp_path / sample.file.name).write_bytes(sample.file.read_bytes())
    return sample.source(tmp_path)


def records(batches: Iterable[Batch]) -> list[Any]:
    return [
        record
        for batch in batches
        for record in (*batch.calls, *batch.tickets, *batch.staffing, *batch.rejected)
    ]


def test_every_kind_that_reads_is_tried_here_or_on_a_service() -> None:
    kept = {sample.kind for sample in samples()}
    assert kept | CASES.keys() == set(KINDS) - {"demo"}
    assert not kept & CASES.keys()


def test_every_row_is_parsed_or_set_aside_with_a_place_and_a_reason(source: Source) -> None:
    batches = read_all(source, now=NOW)
    assert sum(batch.read for batch in batches) > 20
    for batch in batches:
        for row in batch.rejected:
            assert row.key
            assert row.place
            assert row.reason
    assert any(batch.calls or batch.tickets for batch in batches)
    assert batches[-1].complete
    assert not any(batch.complete for batch in batches[:-1])


def test_twice_equals_once(source: Source, store: Store) -> None:
    ingest(store, source, NOW)
    once, days = facts(store), versions(store)
    assert days
    assert ingest(store, source, NOW).read == 0
    assert ingest(store, source, NOW, since=0).written == 0
    assert (facts(store), versions(store)) == (once, days)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_two_halves_equal_one(
    sample: Sample, source: Source, store: Store, tmp_path: Path, share: float
) -> None:
    ingest(store, source, NOW)
    whole = facts(store)
    half = Store(store.engine, store.organisation + 2_000_000)
    content = sample.file.read_bytes()
    (tmp_path / sample.file.name).write_bytes(content[: int(len(content) * share)])
    ingest(half, sample.source(tmp_path), NOW)
    assert facts(half) != whole
    (tmp_path / sample.file.name).write_bytes(content)
    ingest(half, sample.source(tmp_path), NOW)
    assert facts(half) == whole


def test_any_cursor_on_the_way_goes_on_to_the_same_end(source: Source, store: Store) -> None:
    ingest(store, source, NOW)
    whole = facts(store)
    batches = read_all(source, now=NOW)
    for batch in batches:
        cursor = json.loads(json.dumps(batch.cursor))
        assert cursor == batch.cursor
        again = read_all(source, cursor, NOW)
        assert again[-1].cursor == batches[-1].cursor
    assert facts(store) == whole


def test_times_are_whole_seconds_and_in_order(source: Source) -> None:
    for batch in read_all(source, now=NOW):
        for call in batch.calls:
            moments = [call.arrived_at, call.left_at, call.ended_at]
            known = [at for at in moments if at is not None]
            assert all(type(at) is int for at in known)
            assert all(sooner <= later for sooner, later in pairwise(known))
        for ticket in batch.tickets:
            moments = [ticket.received_at, ticket.due_at, ticket.closed_at]
            assert all(at is None or type(at) is int for at in moments)
        for interval in batch.staffing:
            assert interval.ends_at is None or interval.begins_at <= interval.ends_at
        if batch.oldest is not None and batch.newest is not None:
            assert batch.oldest <= batch.newest <= NOW


def test_nothing_in_a_record_or_cursor_looks_like_a_number_or_an_address(source: Source) -> None:
    batches = read_all(source, now=NOW)
    for record in (*records(batches), *(json.dumps(batch.cursor) for batch in batches)):
        texts = [record] if isinstance(record, str) else [x for x in record if isinstance(x, str)]
        for text in texts:
            assert not NUMBER.search(text), text
            assert not ADDRESS.search(text), text


def test_the_samples_hold_numbers_so_that_the_test_above_means_something() -> None:
    assert all(NUMBER.search(sample.file.read_text("cp1252")) for sample in samples())


@dataclass
class Interrupted:
    """A source whose reading raises after so many batches."""

    source: Source
    after: int
    error: Exception

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)

    def batches(self, cursor: Any, now: int) -> Any:
        for number, batch in enumerate(self.source.batches(cursor, now)):
            if number == self.after:
                raise self.error
            yield batch


@pytest.mark.parametrize(
    "error", [SourceDown("weg"), ValueError("stuk"), KeyboardInterrupt()], ids=repr
)
def test_the_cursor_stays_put_when_reading_raises(
    source: Source, store: Store, error: Exception
) -> None:
    def attempt(after: int) -> None:
        ingest(store, Interrupted(source, after, error), NOW)  # type: ignore[arg-type]

    _swallow(lambda: attempt(0))
    assert source_row(store)["cursor"] == "{}"
    assert facts(store) == {"call": [], "ticket": [], "staffing": [], "rejected": []}
    _swallow(lambda: attempt(1))
    ingest(store, source, NOW)
    whole = Store(store.engine, store.organisation + 3_000_000)
    ingest(whole, source, NOW)
    assert facts(store) == facts(whole)
    assert source_row(store)["error"] == ""


def _swallow(attempt: Callable[[], None]) -> None:
    with suppress(ValueError, KeyboardInterrupt):
        attempt()
