"""Interleaved rounds: every round runs every method once, so that peers are side by side."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Method = Callable[[], object]


def rounds(
    methods: Mapping[str, Method], count: int, before: Callable[[str], object] = lambda _name: None
) -> dict[str, float]:
    """Return the median seconds of each method, after one round to warm up.

    `before` is called, untimed, with the name of the method that comes.
    """
    times: dict[str, list[float]] = {name: [] for name in methods}
    for number in range(count + 1):
        for name, method in methods.items():
            before(name)
            gc.collect()
            begun = time.perf_counter()
            method()
            if number:
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(found) for name, found in times.items()}


def title(text: str) -> None:
    """Print the heading of a section."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def line(name: str, seconds: float, rows: int = 0) -> None:
    """Print what one method took, and its rate."""
    rate = f"{rows / seconds:12,.0f} rows/s" if rows else ""
    print(f"  {name:<58}{seconds * 1000:12,.2f} ms{rate}", flush=True)


def goal(name: str, value: float, *, least: float | None = None, most: float | None = None) -> None:
    """Print a ratio (or another measured value) beside its goal."""
    good = (least is None or value >= least) and (most is None or value <= most)
    wanted = f"at least {least:g}" if least is not None else f"at most {most:g}"
    print(f"  {'ok ' if good else 'NOT'} {name:<55}{value:12,.2f}  ({wanted})", flush=True)


def peak_kb() -> int:
    """Return this program's own peak memory; that of getrusage begins at the peak of its parent."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])
