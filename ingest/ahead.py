"""Reads one step ahead in a thread of its own, while what came before it is being stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Told = TypeVar("Told")


def ahead(steps: Iterator[Told], stop: Callable[[], None]) -> Iterator[Told]:
    """Yield what the steps yield, in their order; an error comes where it came.

    Who leaves early has `stop` called, and waits until the step under way has ended.
    """
    with ThreadPoolExecutor(1, "vooruit") as reader:
        try:
            coming = reader.submit(next, steps, None)
            while (found := coming.result()) is not None:
                coming = reader.submit(next, steps, None)
                yield found
        finally:
            stop()
