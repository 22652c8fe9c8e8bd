"""A walk is read one step ahead: in the same order, its errors in their place, and no further."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from ingest.ahead import ahead
from ingest.source import SourceDown


class Walk:
    """Steps 1 to 4, of which the last may fail; it knows what was asked of it, and by whom."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked = error, [0]
        self.readers: set[int] = set()
        self.stopped = threading.Event()

    def steps(self) -> Iterator[int]:
        for number in (1, 2, 3):
            self.asked.append(number)
            self.readers.add(threading.get_ident())
            yield number
        if self.error:
            raise self.error
        yield 4


def test_steps_come_in_their_order_from_one_other_thread() -> None:
    walk = Walk()
    assert list(ahead(walk.steps(), walk.stopped.set)) == [1, 2, 3, 4]
    assert len(walk.readers) == 1
    assert threading.get_ident() not in walk.readers


def test_an_error_comes_after_what_was_read_before_it() -> None:
    walk = Walk(SourceDown("weg"))
    reading = ahead(walk.steps(), walk.stopped.set)
    assert [next(reading) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(SourceDown, match="weg"):
        next(reading)


def test_who_leaves_early_stops_the_walk_one_step_further() -> None:
    walk = Walk()
    reading = ahead(walk.steps(), walk.stopped.set)
    assert next(reading) == 1
    assert not walk.stopped.is_set()
    reading.close()
    assert walk.stopped.is_set()
    assert max(walk.asked) == 2
