"""Months as they are: empty, with days missing, with one contact, with a norm that changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data.norms import NormSettings
from data.store import Store
from metrics.board import Board
from metrics.catalogue import catalogue
from metrics.concealment import too_few
from metrics.engine import Engine
from metrics.published.canonical import read, written
from metrics.published.frozen_meaning import fingerprint
from metrics.published.quality import Cell
from metrics.published.snapshot import Snapshot, Span
from metrics.published.spans import parse_span, span_of
from metrics.published.taking import take
from tests.oracle import Phone
from tests.report_town import (
    CODE,
    FIRST,
    HEADER,
    NORMS,
    NOW,
    board_of,
    calls,
    contact,
    empty_board,
    phone,
)
from tests.worlds import CALENDAR, World, instant, moment, write

OCTOBER = span_of("2026-10")
NEW = NormSettings("bereikbaarheid", 0.75, date(2026, 10, 16), "Raadsbesluit, voor de tests", 0.0)


def frozen(board: Board, span: Span = OCTOBER, now: datetime = NOW) -> Snapshot:
    """Take a snapshot, and see to it that it can be kept."""
    snapshot = take(board, span, now, CODE, HEADER)
    assert read(written(snapshot), Snapshot) == snapshot
    return snapshot


def test_a_month_of_a_store_without_sources_says_why_there_is_nothing(store: Store) -> None:
    snapshot = frozen(empty_board(store))
    assert {figure.value for figure in snapshot.figures} == {None}
    assert all(figure.reason for figure in snapshot.figures)
    assert snapshot.figure("bereikbaarheid").reason == "er is geen bron die gesprekken levert"
    assert {goal.point.value for goal in snapshot.goals} == {None}
    assert snapshot.sources == ()
    assert [gap.sources for gap in snapshot.gaps] == [(), ()]
    assert {year.so_far.value for year in snapshot.years} == {None}


def test_a_month_in_which_nothing_happened_is_no_zero(store: Store) -> None:
    snapshot = frozen(board_of(store))
    figure = snapshot.figure("bereikbaarheid")
    assert (figure.value, figure.reason) == (None, "geen aangeboden oproepen in deze periode")
    assert snapshot.figure("ontvangen").value == 0
    (gap, _) = snapshot.gaps
    assert len(gap.missing) == gap.open_days > 0


def test_a_month_without_cases_says_that_there_is_nothing_to_divide(
    on_warm_sqlite: Store,
) -> None:
    parts = frozen(board_of(on_warm_sqlite)).parts
    assert {one.withheld for one in parts} == {"er is niets om te verdelen"}


def test_a_month_before_the_store_begins_says_since_when_it_knows(store: Store) -> None:
    begins = instant("2026-10-01 00:00")
    snapshot = frozen(board_of(store, earliest=begins), span_of("2026-03"))
    figure = snapshot.figure("bereikbaarheid")
    assert figure.reason == "telefonie begint op 2026-10-01T00:00:00+02:00"
    years = next(one for one in snapshot.years if one.key == "bereikbaarheid")
    assert [year.year for year in years.past] == [2023, 2024, 2025]
    told = {year.reason for year in (*years.past, years.so_far)}
    assert told == {"telefonie begint op 1 oktober 2026"}


def test_a_source_that_was_silent_for_nine_days_is_named_with_the_days(store: Store) -> None:
    board = board_of(store, checked_at=instant("2026-10-21 00:00"))
    write(store, World(calls={k: c for k, c in calls().calls.items() if day_of(c) < 21}))
    snapshot = frozen(board)
    (gap, _) = snapshot.gaps
    assert [day.day for day in gap.missing[-9:]] == [21, 22, 23, 25, 26, 27, 28, 29, 30]
    assert gap.sources == ("telefonie",)
    figure = snapshot.figure("bereikbaarheid")
    assert figure.gaps == ("telefonie: gelezen tot 2026-10-21T00:00:00+02:00",)
    assert snapshot.sources[0].checked_at == moment(instant("2026-10-21 00:00"))


def day_of(call: Phone) -> int:
    return datetime.fromtimestamp(call.arrived, UTC).day


def test_what_was_wrong_with_a_source_names_no_place_on_a_server(on_warm_sqlite: Store) -> None:
    board = board_of(
        on_warm_sqlite, error="/var/log/asterisk/queue_log: bestaat niet", error_since=0
    )
    snapshot = frozen(board)
    assert [one.error for one in snapshot.sources] == ["niet te lezen"]
    assert b"/var/log" not in written(snapshot)


def test_a_year_of_which_the_store_knows_only_the_end_has_no_sum(on_warm_sqlite: Store) -> None:
    board = board_of(on_warm_sqlite, earliest=instant("2026-10-05 09:00"))
    write(on_warm_sqlite, calls())
    snapshot = frozen(board)
    reached, years = snapshot.goals[0], snapshot.years[0]
    assert (reached.point.value, years.so_far.value, reached.year.so_far) == (0.796, None, None)
    assert (reached.year.needed, reached.year.reach) == (None, None)
    assert reached.year.reason == years.so_far.reason == "telefonie begint op 5 oktober 2026"


def test_one_contact_is_one_case(store: Store) -> None:
    board = board_of(store)
    write(store, World(questions={"v": contact(instant("2026-10-01 10:00"))}))
    snapshot = frozen(board)
    figure = snapshot.figure("digitaal_of_kcc")
    assert (figure.value, figure.teller, figure.noemer, figure.cases) == (1.0, 1.0, 1.0, 1)
    table = snapshot.parts_of("digitaal_of_kcc", "afdeling")
    assert table is not None
    assert (table.rows, table.withheld) == ((), too_few(10))


def test_a_norm_that_changed_half_way_holds_from_the_next_month(store: Store) -> None:
    board = board_of(store)
    board = Board(store, Engine(store, catalogue([*NORMS, NEW])), CALENDAR, "Haarlem")
    write(store, calls())
    october = frozen(board).figure("bereikbaarheid")
    assert october.norm is not None
    assert (october.norm.value, october.met) == (0.80, False)
    assert [(norm.value, norm.since) for norm in october.norms_within] == [
        (0.75, date(2026, 10, 16))
    ]
    quarter = frozen(board, span_of("2026-K4"), datetime(2027, 1, 8, tzinfo=UTC))
    assert [point.norm for point in quarter.goals[0].points[-3:]] == [0.80, 0.75, 0.75]
    assert quarter.years[0].so_far.norm == 0.80, "that of the first day of the period"


def test_a_definition_that_changed_half_way_is_told_with_its_month(store: Store) -> None:
    board = board_of(store)
    kpi = next(kpi for kpi in board.catalogue.values() if kpi.revisions)
    day, what = kpi.revisions[-1]
    first = day.replace(day=1)
    span = span_of(f"{first:%Y-%m}")
    snapshot = frozen(board, span, datetime(2027, 1, 8, tzinfo=UTC))
    told = [(one.day, one.what) for one in snapshot.figure(kpi.key).revisions_within]
    assert told == ([(day, what)] if day > first else [])


def test_another_meaning_has_another_fingerprint(store: Store) -> None:
    shown = board_of(store).catalogue
    prints = {fingerprint(kpi) for kpi in shown.values()}
    assert len(prints) == len(shown)


# ── small numbers ──────────────────────────────────────────────────────────────────────────


def test_a_hidden_department_has_nothing_but_its_name_in_the_snapshot(store: Store) -> None:
    board = board_of(store)
    sizes = {"Burgerzaken": 400, "Belastingen": 61, 'Team "Zuid" <&>': 13, "Griffie": 7}
    start = instant("2026-10-01 09:00")
    write(store, World(calls={
        f"{naam} {n}": phone(start + n, answered=n % 5 > 0, afdeling=naam)
        for naam, number in sizes.items() for n in range(number)
    }))  # fmt: skip
    snapshot = frozen(board)
    table = snapshot.parts_of("bereikbaarheid", "afdeling")
    assert table is not None
    rows = {row.name: row for row in table.rows}
    assert rows["Griffie"] == Cell(name="Griffie")
    hidden = [row for row in table.rows if not row.shown]
    assert len(hidden) > 1, "one that is hidden alone follows from the total"
    assert all(row == Cell(name=row.name) for row in hidden)
    assert rows["Burgerzaken"].noemer == 400
    assert {'Team "Zuid" <&>', "Belastingen"} <= rows.keys()


def test_no_topics_are_told_beside_departments_that_they_would_add_up_to(
    on_warm_sqlite: Store,
) -> None:
    parts = frozen(board_of(on_warm_sqlite)).parts
    assert {one.axis for one in parts} == {"afdeling", "kanaal"}


def test_a_quarter_tells_no_parts_from_which_those_of_a_month_would_follow(store: Store) -> None:
    board = board_of(store)
    write(store, calls())
    assert frozen(board, OCTOBER).parts != ()
    assert frozen(board, span_of("2026-K4"), datetime(2027, 1, 8, tzinfo=UTC)).parts == ()


# ── quarters and years ─────────────────────────────────────────────────────────────────────


def test_a_quarter_and_a_year_weigh_their_cases_by_the_same_path(store: Store) -> None:
    board = board_of(store)
    write(store, calls())
    write(store, calls(10, 90, FIRST + timedelta(weeks=5), "november"))
    later = datetime(2027, 1, 8, tzinfo=UTC)
    for key, kind in (("2026-K4", "kwartaal"), ("2026", "jaar")):
        snapshot = frozen(board, parse_span(key, later), later)
        figure = snapshot.figure("bereikbaarheid")
        assert (figure.teller, figure.noemer) == (806, 1100)
        assert (snapshot.span.kind, snapshot.goals[0].point.month) == (kind, date(2026, 12, 1))
        years = next(one for one in snapshot.years if one.key == "bereikbaarheid")
        assert (years.so_far.year, years.so_far.value) == (2026, 806 / 1100)
        assert [year.value for year in years.past] == [None, None, None]
        assert {year.reason for year in years.past} == {"geen aangeboden oproepen in deze periode"}


@pytest.mark.parametrize(
    ("key", "name", "first", "after"),
    [
        ("2026-10", "oktober 2026", date(2026, 10, 1), date(2026, 11, 1)),
        ("2026-12", "december 2026", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-K1", "eerste kwartaal 2026", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-K4", "vierde kwartaal 2026", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026", "2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_named_by_its_key(key: str, name: str, first: date, after: date) -> None:
    span = span_of(key)
    assert (span.key, span.name, span.first, span.after) == (key, name, first, after)


def test_without_a_period_the_last_month_is_meant() -> None:
    assert parse_span(None, NOW).key == "2026-10"
    assert parse_span(None, datetime(2026, 10, 31, 22, 59, tzinfo=UTC)).key == "2026-09"
    assert parse_span(None, datetime(2026, 10, 31, 23, 0, tzinfo=UTC)).key == "2026-10"
