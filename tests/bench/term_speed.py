"""Deadlines in bulk against one by one, with and without the reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from data.settings import load
from data.termijn import Course, Terms
from tests.bench.timing import goal, line, rounds, title

CASES, PART = 1_000_000, 20_000
BULK = "bulk, plain cases"
NORM = "bulk, servicenorm"
LOOP = f"due in a loop, {PART:,} of them"
PAUSED = f"due of suspended and extended cases, {PART:,}"
REASONS = f"compute in a loop, with the reasons, {PART:,}"
LEAD = f"werkdagen_tussen in a loop, {PART:,}"


def run(_folder: Path) -> None:
    """Measure terms; ten years of receipts."""
    terms = load({}).terms
    title(f"Terms, {CASES:,} receipts")
    days = np.arange("2017-01-01", "2027-01-01", dtype="datetime64[D]")
    received = np.random.default_rng(2016).choice(days, CASES)
    part: list[date] = received[:PART].tolist()
    found = rounds(
        {
            BULK: lambda: terms.bulk("aanvraag", received),
            NORM: lambda: terms.bulk("servicenorm", received, 5),
            LOOP: lambda: [terms.due("aanvraag", Course(day)) for day in part],
            PAUSED: lambda: _paused(terms, part),
            REASONS: lambda: [terms.compute("aanvraag", Course(day)) for day in part],
            LEAD: lambda: [terms.werkdagen_tussen(part[0], day) for day in part],
        },
        3,
    )
    for name, seconds in found.items():
        line(name, seconds, CASES if name in (BULK, NORM) else PART)
    each = CASES / PART
    goal("seconds for a million in bulk", found[BULK], most=2)
    goal("loop / bulk, each a million", each * found[LOOP] / found[BULK], least=10)
    goal("loop / bulk of service norms", each * found[LOOP] / found[NORM], least=10)
    goal("with the reasons / without", found[REASONS] / found[LOOP], most=20)


def _paused(terms: Terms, received: list[date]) -> list[object]:
    week = np.timedelta64(7, "D").item()
    return [
        terms.due("woo", Course(day, verdaagd=day + week, opgeschort=((day, day + 2 * week),)))
        for day in received
    ]
