"""The values of a report: written and read again they are the same, to the byte."""

from __future__ import annotations

import pytest

from metrics.published.canonical import digest, read, written
from metrics.published.edition import Edition
from metrics.published.snapshot import Snapshot
from tests.report_cast import EDITIONS, SNAPSHOT


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_report_survives_being_written_and_read(edition: Edition) -> None:
    again = read(written(edition), Edition)
    assert again == edition
    assert written(again) == written(edition)


def test_a_report_is_written_as_the_same_bytes_on_every_machine() -> None:
    assert written(SNAPSHOT.span) == (
        b'{"key":"2026-10","kind":"maand","name":"oktober 2026","first":"2026-10-01",'
        b'"after":"2026-11-01","month":"2026-10-01"}'
    )
    expected = "3c9cdb99e208bd2c469858244b99f3dfc70b0be814cd80ef535ecadde0fa94c5"
    assert digest(written(SNAPSHOT.span)) == expected


def test_every_target_and_every_table_is_about_a_figure_that_is_explained() -> None:
    for edition in EDITIONS.values():
        found: Snapshot = edition.snapshot
        known = {one.key for one in found.definitions}
        told = [*found.figures, *found.goals, *found.parts, *found.years]
        assert {one.key for one in told} <= known
