"""Readings of the parts of a month as they are told, without a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics import Cut, Query, Reading
from metrics.concealment import tell


def told(readings: Sequence[Reading], cut: Cut, below: int) -> list[Reading]:
    """Hide what is too small, and what would give that away."""
    if not readings:
        return []
    first = readings[0]
    table = [replace(one, bucket=one.period.start) for one in readings]
    query = Query(kpis=(first.kpi,), period=first.period, now=first.period.end, by=(cut,))
    return tell(lambda queries: [table for _ in queries], query, below)
