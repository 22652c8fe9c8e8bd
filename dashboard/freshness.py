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
        "oud": max(limits.age_stale, 4 * source.interval_s),
        "weg": max(limits.age_gone, 10 * source.interval_s),
    }


def late_after(source: SourceState, limits: Limits) -> float:
    """Seconds after which a source is late: at the latest when it missed its own interval."""
    return max(limits.age_attention, 2 * source.interval_s)


def age_of(source: SourceState, now: datetime) -> float | None:
    """Seconds since the source was last read without trouble."""
    return None if source.checked_at is None else (now - source.checked_at).total_seconds()
