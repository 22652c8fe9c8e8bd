"""The values of a report: written and read again they are the same, to the byte."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.json import decode

from data import schema
from data.reports import put
from data.store import Store
from metrics.published.canonical import digest, read, written
from metrics.published.edition import Edition
from metrics.published.leaves import seals
from metrics.published.snapshot import Snapshot
from tests.report_cast import EDITIONS, SNAPSHOT
from tests.report_town import NOW, empty_board, reports_of


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


def test_a_report_of_before_can_still_be_read_and_drawn_and_checked(on_warm_sqlite: Store) -> None:
    """This file is never written anew: what is added to the types has a default."""
    content = (Path(__file__).parent / "report_of_before.json").read_bytes()
    reports = reports_of(empty_board(on_warm_sqlite))
    made_at = datetime.fromisoformat(decode(content)["made_at"])
    row = {
        **{"period": "2026-10", "version": 1, "made_at": int(made_at.timestamp())},
        **{"sha256": digest(content), "snapshot": content},
        "seals": seals(decode(content)),
    }
    with on_warm_sqlite.writing() as connection:
        put(on_warm_sqlite, connection, schema.report, [row])
    entry = reports.entry("2026-10")
    assert entry.sha256.startswith("86cc78d2697ec9a0")
    assert reports.snapshot(entry) == content
    assert reports.edition(entry).snapshot.figure("terugbellen").teller == 451
    assert reports.check(entry, NOW) == ()
    assert len(reports.files(entry)) == 2
