"""The concept is there on its working day, once, and only when something is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.monthly import look_hourly
from data.mistakes import Mistake
from data.report_file import ReportSettings, read_report
from data.store import Store
from data.workdays import Workdays
from metrics.published.due import concept, due
from tests.report_town import board_of, calls, reports_of
from tests.rules import shipped
from tests.worlds import write

WORKDAYS: Workdays = shipped().terms.workdays


def at(day: str, hour: int = 8) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "workday", "month"),
    [
        ("2026-11-05", 5, None),
        ("2026-11-06", 5, "2026-10"),
        ("2026-11-30", 5, "2026-10"),
        ("2026-12-01", 5, None),
        ("2026-05-07", 5, None),
        ("2026-05-08", 5, "2026-04"),
        ("2027-01-08", 5, "2026-12"),
        ("2026-11-02", 1, "2026-10"),
        ("2026-11-01", 1, None),
        ("2026-11-30", 0, None),
    ],
)
def test_a_concept_is_due_on_a_working_day_of_the_next_month(
    day: str, workday: int, month: str | None
) -> None:
    assert due(at(day), workday, WORKDAYS) == month


def test_the_day_is_the_local_one() -> None:
    assert due(at("2026-11-05", 22), 5, WORKDAYS) is None
    assert due(at("2026-11-05", 23), 5, WORKDAYS) == "2026-10"


def test_the_concept_is_made_once(on_warm_sqlite: Store) -> None:
    reports = reports_of(board_of(on_warm_sqlite))
    write(on_warm_sqlite, calls())
    assert concept(reports, 5, at("2026-11-02")) is None
    made = concept(reports, 5, at("2026-11-06"))
    assert made is not None
    assert (made.key, made.number, made.made_at) == ("2026-10", 1, at("2026-11-06"))
    assert concept(reports, 5, at("2026-11-06", 9)) is None
    assert len(reports.entries()) == 1


def test_the_dashboard_looks_by_itself(on_warm_sqlite: Store) -> None:
    reports = reports_of(board_of(on_warm_sqlite))
    write(on_warm_sqlite, calls())
    scheduler = look_hourly(reports, 5, lambda: at("2026-11-06"))
    try:
        (job,) = scheduler.get_jobs()
        job.func()
    finally:
        scheduler.shutdown()
    assert [entry.key for entry in reports.entries()] == ["2026-10"]


def test_no_concept_is_made_of_a_month_of_which_nothing_is_known(on_warm_sqlite: Store) -> None:
    reports = reports_of(board_of(on_warm_sqlite))
    assert concept(reports, 5, at("2026-11-06")) is None
    assert reports.entries() == ()


def test_a_store_that_is_away_is_a_line_in_the_log(
    on_warm_sqlite: Store, caplog: pytest.LogCaptureFixture
) -> None:
    reports = reports_of(board_of(on_warm_sqlite))
    on_warm_sqlite.engine.dispose()
    with on_warm_sqlite.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE report RENAME TO weg")
    try:
        assert concept(reports, 5, at("2026-11-06")) is None
    finally:
        with on_warm_sqlite.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE weg RENAME TO report")
    assert "het concept van 2026-10 is nog niet gemaakt: opslag:" in caplog.text


def read(text: dict[str, object]) -> tuple[ReportSettings, list[str]]:
    mistakes: list[Mistake] = []
    return read_report(text, mistakes), [str(mistake) for mistake in mistakes]


def test_the_settings_say_when_and_under_which_header() -> None:
    kop = {"kenmerk": "2026/1", "eerdere_besluiten": ["besluit"]}
    found, wrong = read({"rapport": {"concept_op_werkdag": 3}, "kop": kop})
    assert (found.concept_on_workday, found.header["kenmerk"]) == (3, "2026/1")
    assert (found.header["programma"], found.decisions, wrong) == ("", ("besluit",), [])
    assert read({})[0].concept_on_workday == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ({"rapport": {"concept_op_werkdag": 21}}, "geef een heel getal van 0 tot en met 20"),
        ({"rapport": {"werkdag": 5}}, "kies uit: concept_op_werkdag"),
        ({"kop": {"kenmrek": "1"}}, "bedoelde u 'kenmerk'"),
        ({"kop": {"kenmerk": "x" * 501}}, "hoogstens 500 tekens"),
        ({"kop": {"eerdere_besluiten": "besluit"}}, "geef een lijst van teksten"),
        ({"kopje": {}}, "bedoelde u 'kop'"),
    ],
    ids=["day", "key", "header key", "length", "list", "table"],
)
def test_a_mistake_in_the_settings_is_told(text: dict[str, object], told: str) -> None:
    _, wrong = read(text)
    assert len(wrong) == 1
    assert wrong[0].startswith("rapport.toml")
    assert told in wrong[0]
