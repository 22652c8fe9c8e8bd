"""When a source counts as late, stale or gone; the browser applies it, server or no server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dashboard.board import SourceState
from dashboard.limits import Limits


def epoch_ms(instant: datetime | None) -> int | None:
    """Write an instant as JavaScript counts time."""
    return None if instant is None else round(instant.timestamp() * 1000)


def browser_table(sources: Sequence[SourceState], limits: Limits) -> list[dict[str, Any]]:
    """Tell the browser of each source what it feeds, when it was read and when that is too old."""
    return [_row(source, limits) for source in sources]


def _row(source: SourceState, limits: Limits) -> dict[str, Any]:
    return {
        "naam": source.naam,
        "voedt": list(source.feeds),
        "gelezen": epoch_ms(source.checked_at),
        "laat": late_after(source, limits),
        "oud": stale_after(source, limits),
        "weg": max(limits.age_gone, 10 * source.interval_s),
    }


def late_after(source: SourceState, limits: Limits) -> float:
    """Seconds after which a source is late: at the latest when it missed its own interval."""
    return max(limits.age_attention, 2 * source.interval_s)


def stale_after(source: SourceState, limits: Limits) -> float:
    """Seconds after which nothing that rests on a source is judged."""
    return max(limits.age_stale, 4 * source.interval_s)


def stale_facts(sources: Sequence[SourceState], limits: Limits, now: datetime) -> frozenset[str]:
    """Name the facts of which a source is stale, or was never read to its end."""
    ages = [(source, age_of(source, now)) for source in sources]
    stale = [one for one, age in ages if age is None or age > stale_after(one, limits)]
    return frozenset(fact for source in stale for fact in source.feeds)


def age_of(source: SourceState, now: datetime) -> float | None:
    """Seconds since the source was last read without trouble."""
    return None if source.checked_at is None else (now - source.checked_at).total_seconds()
