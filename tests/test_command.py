"""A question as people write it; every mistake says which part, which value and what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from metrics import Cut, Grain, Period, Query
from metrics.catalogue import catalogue
from metrics.command import BadQuestion, parse_now, parse_query

CATALOGUE = catalogue([])
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def parsed(*keys: str, **parts: Any) -> Query:
    """Parse a question put at noon."""
    return parse_query(CATALOGUE, keys or ("aangeboden",), NOW, **parts)


def test_without_dates_a_question_is_about_today() -> None:
    assert parsed().period == Period.days(date(2026, 11, 24), date(2026, 11, 25))


def test_from_a_date_on_it_runs_until_today_is_over() -> None:
    period = parsed(van="2026-11-01").period
    assert period == Period.days(date(2026, 11, 1), date(2026, 11, 25))


def test_from_a_date_to_come_it_is_that_day() -> None:
    period = parsed(van="2026-12-01").period
    assert period == Period.days(date(2026, 12, 1), date(2026, 12, 2))


def test_dates_are_local_and_the_end_is_exclusive() -> None:
    period = parsed(van="2026-03-29", tot="2026-03-30").period
    assert period.start == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert period.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-24T09:05:00+01:00", "2026-11-24T08:05:00Z"])
def test_an_instant_has_an_offset(text: str) -> None:
    assert parsed(van=text).period.start == datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


def test_the_parts_of_a_question_arrive() -> None:
    query = parsed(
        "aangeboden",
        "bereikbaarheid",
        per="kwartier",
        op=["wachtrij,afdeling", "gemeente"],
        alleen=["wachtrij=afval", "wachtrij:a=b", "afdeling=KCC"],
    )
    assert [kpi.key for kpi in query.kpis] == ["aangeboden", "bereikbaarheid"]
    assert query.grain is Grain.KWARTIER
    assert query.by == (Cut.WACHTRIJ, Cut.AFDELING, Cut.GEMEENTE)
    assert query.only == {
        Cut.WACHTRIJ: frozenset({"afval", "a=b"}),
        Cut.AFDELING: frozenset({"KCC"}),
    }
    assert query.now == NOW


def test_now_is_the_clock_unless_it_is_said() -> None:
    assert parse_now(None, NOW) == NOW
    assert parse_now("2026-11-24T09:05:00+01:00", NOW) == datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parts", "field", "value", "hint"),
    [
        ({"van": "gisteren"}, "van", "gisteren", "schrijf een datum"),
        ({"van": "24-11-2026"}, "van", "24-11-2026", "schrijf een datum"),
        ({"van": "2026-02-29"}, "van", "2026-02-29", "schrijf een datum"),
        ({"tot": "2026-11-31"}, "tot", "2026-11-31", "schrijf een datum"),
        ({"van": "2026-11-24T09:05:00"}, "van", "2026-11-24T09:05:00", "de offset ontbreekt"),
        ({"van": "2026-11-24T25:00:00+01:00"}, "van", "2026-11-24T25:00:00+01:00", "schrijf"),
        ({"van": "0001-01-01"}, "van", "0001-01-01", "het jaar ligt niet tussen 1970 en 2200"),
        ({"van": "9999-12-31"}, "van", "9999-12-31", "het jaar ligt niet tussen"),
        ({"tot": "9999-12-31T23:59:59Z"}, "tot", "9999-12-31T23:59:59Z", "het jaar ligt niet"),
        ({"van": "2026-11-24", "tot": "2026-11-24"}, "tot", "2026-11-24", "ligt niet na van"),
        ({"van": "2026-11-24", "tot": "2026-11-23"}, "tot", "2026-11-23", "tot is exclusief"),
        ({"per": "kwartaal"}, "per", "kwartaal", "bedoelde u 'kwartier'?"),
        ({"per": "xyz"}, "per", "xyz", "kies uit: dag, kwartier, maand, uur, week"),
        ({"op": ["wachtrijen"]}, "op", "wachtrijen", "bedoelde u 'wachtrij'?"),
        ({"op": ["wachtrij,x"]}, "op", "x", "kies uit: afdeling, gemeente, kanaal"),
        ({"alleen": ["afval"]}, "alleen", "afval", "schrijf verdeling=waarde"),
        ({"alleen": ["wachtrj=afval"]}, "alleen", "wachtrj", "bedoelde u 'wachtrij'?"),
    ],
)
def test_a_mistake_names_the_part_the_value_and_the_remedy(
    parts: dict[str, Any], field: str, value: str, hint: str
) -> None:
    with pytest.raises(BadQuestion) as caught:
        parsed(**parts)
    assert (caught.value.field, caught.value.value) == (field, value)
    assert hint in caught.value.hint
    assert field in str(caught.value)


def test_an_unknown_figure_gets_a_suggestion() -> None:
    with pytest.raises(BadQuestion, match="bedoelde u 'bereikbaarheid'"):
        parsed("bereikbaarheit")
    with pytest.raises(BadQuestion, match="kies uit: aangeboden"):
        parsed("zzz")


def test_now_can_be_wrong_too() -> None:
    with pytest.raises(BadQuestion, match="nu = 'straks'"):
        parse_now("straks", NOW)
