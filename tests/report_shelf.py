"""Reports made by hand on the shelves of a real store, for pages that must show any of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dashboard.report.files import files_of
from data.store import Store
from metrics.published.edition import Edition
from metrics.published.reports import Reports
from tests.report_cast import CONCEPT, CORRECTED, FINAL, SNAPSHOT
from tests.report_town import CODE, HEADER, board_of

SEPTEMBER = replace(
    CONCEPT,
    snapshot=replace(SNAPSHOT, span=replace(SNAPSHOT.span, key="2026-09", name="september 2026")),
)
SHELVES = (FINAL, CORRECTED, SEPTEMBER)
"""October, established and then corrected; September, a concept."""


def reports_of(store: Store, editions: Sequence[Edition] = SHELVES) -> Reports:
    """Keep these versions, each after the ones of its period before it."""
    reports = Reports(board_of(store), CODE, HEADER, files_of)
    for edition in editions:
        with reports.shelf.turn(edition.snapshot.span.key) as turn:
            number = turn.add_version(edition.snapshot, edition.erratum, edition.notes)
            for place, step in enumerate(edition.steps, 1):
                turn.add_step(number, place, step)
    return reports
