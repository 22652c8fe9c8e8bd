"""A reading says what it knows: no value without a reason, never a false zero, gaps and norms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data.mistakes import ConfigMistakes
from data.norms import NormSettings
from data.store import Store
from metrics import Cut, Grain, Kpi, Norm, Period, Query, Reading, Status
from metrics.catalogue import catalogue
from metrics.engine import Engine, NotCuttable
from tests.oracle import LEVELS, Phone, Question, Shift
from tests.test_figures import CATALOGUE, query_of
from tests.worlds import World, instant, know_source, moment, write

TUESDAY = Period.days(date(2026, 11, 24), date(2026, 11, 25))
NOON = moment(instant("2026-11-24 12:00"))
NIGHT = moment(instant("2026-11-25 03:00"))
NO_COUNT = (None, None, None, 0)


def call_at(text: str, outcome: str | None = "opgenomen", wait: int = 10) -> Phone:
    """A call in the queue for waste that ended at once, or still waits."""
    at = instant(text)
    left = None if outcome is None else at + wait
    waited = None if outcome is None else wait
    return Phone(arrived=at, wachtrij="afval", outcome=outcome, wait=waited, left=left)


def answered(*shares: tuple[str, int]) -> World:
    """Ten calls on each of these days (tuesdays), so many of them answered."""
    return World(
        {
            f"{day}-{number}": call_at(
                f"{day} 10:00:{number:02d}", "opgenomen" if number < good else "afgehaakt"
            )
            for day, good in shares
            for number in range(10)
        }
    )


def ask(
    store: Store, *keys: str, period: Period = TUESDAY, now: datetime = NOON, **how: object
) -> list[Reading]:
    """Ask figures over a tuesday at noon, unless told otherwise."""
    return Engine(store, CATALOGUE).ask(query_of(keys, period, now, **how))


def counts(reading: Reading) -> tuple[object, ...]:
    """Everything that could be mistaken for a measurement."""
    return reading.value, reading.teller, reading.noemer, reading.cases


# ── no value has a reason ──────────────────────────────────────────────────────────────────


def test_without_a_source_every_figure_is_unknown_for_that_reason(store: Store) -> None:
    for reading in ask(store, *CATALOGUE):
        assert counts(reading) == NO_COUNT
        assert reading.reason == f"er is geen bron die {reading.kpi.measure.fact.plural} levert"
        assert reading.status is Status.GEEN_DATA
        assert (reading.as_of, reading.gaps) == (None, ())


def test_a_source_that_never_gave_anything_is_named(store: Store) -> None:
    know_source(store, "telefonie", earliest=None, checked_at=instant("2026-11-24 11:59"))
    (reading,) = ask(store, "aangeboden")
    assert counts(reading) == NO_COUNT
    assert reading.reason == "telefonie heeft nog geen gegevens geleverd"


def test_before_the_source_begins_nothing_is_zero(store: Store) -> None:
    know_source(store, "telefonie", earliest=instant("2026-11-25 00:00"))
    for reading in ask(store, *CATALOGUE, now=NIGHT):
        assert counts(reading) == NO_COUNT
        assert reading.reason == "telefonie begint op 2026-11-25T00:00:00+01:00"


def test_the_future_has_no_value(store: Store) -> None:
    know_source(store)
    write(store, World({"a": call_at("2026-11-24 10:00"), "b": call_at("2026-11-24 12:10")}))
    readings = ask(store, "ontvangen", "wachtenden", grain=Grain.UUR)
    hours = {reading.period.start: reading for reading in readings if not reading.value}
    assert hours[NOON].reason == "deze periode is nog niet begonnen"
    assert {counts(hours[hour]) for hour in hours if hour >= NOON} == {NO_COUNT}
    assert readings[10].value == 1
    assert readings[9].value == 0  # before noon nothing happened, and that is known


def test_a_day_without_calls_has_counts_of_zero_but_no_shares(store: Store) -> None:
    know_source(store)
    told = {reading.kpi.key: reading for reading in ask(store, *CATALOGUE)}
    assert (told["aangeboden"].value, told["aangeboden"].reason) == (0, "")
    assert told["bereikbaarheid"].value is None
    assert told["bereikbaarheid"].reason == "geen aangeboden oproepen in deze periode"
    assert told["wachttijd"].reason == "geen opgenomen oproepen in deze periode"
    assert told["wachttijd_p90"].reason == "geen aangeboden oproepen in deze periode"
    assert told["binnen_termijn"].reason == "geen verstreken termijnen in deze periode"
    assert told["wachtenden"].value == 0
    assert told["langst_wachtende"].value == 0


def test_every_reading_without_a_value_says_why(store: Store) -> None:
    know_source(store)
    write(store, answered(("2026-11-24", 7)))
    for grain in Grain:
        for reading in ask(store, *CATALOGUE, grain=grain):
            assert (reading.value is None) == bool(reading.reason)


# ── how far the sources were read ──────────────────────────────────────────────────────────


def test_a_period_after_the_last_reading_is_unknown(store: Store) -> None:
    know_source(store, "telefonie", checked_at=instant("2026-11-23 17:00"))
    for reading in ask(store, "aangeboden", "bereikbaarheid", *LEVELS):
        assert counts(reading) == NO_COUNT
        assert reading.reason == "telefonie is gelezen tot 2026-11-23T17:00:00+01:00"


def test_a_period_that_was_read_in_part_names_the_gap(store: Store) -> None:
    begins, checked = instant("2026-11-24 08:00"), instant("2026-11-24 11:00")
    know_source(store, "telefonie", earliest=begins, checked_at=checked)
    (reading,) = ask(store, "aangeboden")
    assert reading.value == 0
    assert reading.as_of == moment(checked)
    assert reading.gaps == (
        "telefonie: begint op 2026-11-24T08:00:00+01:00",
        "telefonie: gelezen tot 2026-11-24T11:00:00+01:00",
    )


@pytest.mark.parametrize(("seconds", "gaps"), [(30, 0), (31, 1)])
def test_a_source_that_is_read_every_half_minute_has_no_gap(
    store: Store, seconds: int, gaps: int
) -> None:
    know_source(store, checked_at=instant("2026-11-24 12:00") - seconds)
    (reading,) = ask(store, "aangeboden")
    assert len(reading.gaps) == gaps


@pytest.mark.parametrize(("minutes", "known"), [(15, True), (16, False)])
def test_who_waits_now_is_unknown_once_the_source_fell_silent(
    store: Store, minutes: int, known: bool
) -> None:
    checked = instant("2026-11-24 12:00") - minutes * 60
    know_source(store, "telefonie", checked_at=checked)
    write(store, World({"a": call_at("2026-11-24 11:30", None)}))
    waiting, *_others = ask(store, *LEVELS)
    assert waiting.value == (1 if known else None)
    assert waiting.gaps == ("telefonie: gelezen tot " + waiting.as_json()["as_of"],)
    # the same day asked for what came in is known in part
    (received,) = ask(store, "ontvangen")
    assert received.value == 0


def test_calls_that_were_lost_are_a_gap_and_in_no_other_figure(store: Store) -> None:
    know_source(store)
    lost = {"x": call_at("2026-11-24 09:00", "onbekend")}
    write(store, World(answered(("2026-11-24", 9)).calls | lost))
    share, unknown, received = ask(store, "bereikbaarheid", "afloop_onbekend", "ontvangen")
    assert (share.value, unknown.value, received.value) == (0.9, 1, 10)
    assert share.gaps == ("1 gesprekken zonder bekende afloop",)
    # the hour in which it was lost has the gap, the other hours have not
    hours = ask(store, "bereikbaarheid", grain=Grain.UUR, now=NIGHT)
    with_gap = [reading.period.start for reading in hours if reading.gaps]
    assert with_gap == [moment(instant("2026-11-24 09:00"))]


def test_as_of_is_the_source_that_was_read_least_far(store: Store) -> None:
    know_source(store, "een", 1, checked_at=instant("2026-11-24 11:59:50"))
    know_source(store, "twee", 2, checked_at=instant("2026-11-24 11:20"))
    know_source(store, "zaken", 3, feeds="vraag,termijn", checked_at=instant("2026-11-24 09:00"))
    calls, questions = ask(store, "aangeboden", "vragen")
    assert calls.as_of == moment(instant("2026-11-24 11:20"))
    assert calls.gaps == ("twee: gelezen tot 2026-11-24T11:20:00+01:00",)
    assert questions.as_of == moment(instant("2026-11-24 09:00"))


def test_a_source_that_was_never_read_to_its_end_leaves_as_of_open(store: Store) -> None:
    know_source(store, "telefonie", checked_at=None)
    (reading,) = ask(store, "aangeboden")
    assert reading.as_of is None
    assert reading.gaps == ("telefonie: nog nooit helemaal gelezen",)


def test_as_of_never_lies_after_the_question(store: Store) -> None:
    know_source(store)
    (reading,) = ask(store, "aangeboden")
    assert reading.as_of == NOON


# ── norms ──────────────────────────────────────────────────────────────────────────────────


def normed(*norms: tuple[str, float, date, float]) -> dict[str, Kpi]:
    """The catalogue with these norms: figure, value, since, margin."""
    return dict(catalogue([NormSettings(k, v, since, "besluit", m) for k, v, since, m in norms]))


@pytest.mark.parametrize(
    ("good", "margin", "status"),
    [
        (9, 0.05, Status.OP_NORM),  # equal to the norm
        (8, 0.10, Status.LET_OP),  # exactly on the margin: 0.9 - 0.1 as written, not as floats
        (8, 0.05, Status.ONDER_NORM),
        (0, 0.90, Status.LET_OP),
    ],
)
def test_status_judges_by_norm_and_margin(
    store: Store, good: int, margin: float, status: Status
) -> None:
    know_source(store)
    write(store, answered(("2026-11-24", good)))
    figures = normed(("bereikbaarheid", 0.9, date(2026, 1, 1), margin))
    query = Query(kpis=(figures["bereikbaarheid"],), period=TUESDAY, now=NIGHT)
    (reading,) = Engine(store, figures).ask(query)
    assert reading.status is status


def of_value(key: str, value: float, norm: float, margin: float = 0.0) -> Reading:
    """A reading made by hand."""
    kpi = normed((key, norm, date(2026, 1, 1), margin))[key]
    return Reading(kpi=kpi, period=TUESDAY, value=value, norm=kpi.norms[0])


def test_status_looks_at_the_unrounded_value() -> None:
    almost = of_value("bereikbaarheid", 0.8996, 0.9)
    assert (almost.text, almost.status) == ("89,96%", Status.ONDER_NORM)


def test_lower_is_better_for_waiting() -> None:
    assert of_value("wachttijd", 30, 30).status is Status.OP_NORM
    assert of_value("wachttijd", 30.4, 30, 15).status is Status.LET_OP
    assert of_value("wachttijd", 45, 30, 15).status is Status.LET_OP
    assert of_value("wachttijd", 45.1, 30, 15).status is Status.ONDER_NORM
    assert of_value("afhakers", 0.07, 0.05, 0.02).status is Status.LET_OP


def test_a_neutral_figure_is_never_judged() -> None:
    assert of_value("gesprekstijd", 30, 300).status is Status.GEEN_NORM


def test_the_past_is_judged_by_the_norm_of_its_day(store: Store) -> None:
    know_source(store)
    write(store, answered(("2026-11-10", 8), ("2026-11-17", 8)))
    since = date(2026, 11, 17)
    figures = normed(
        ("bereikbaarheid", 0.9, since, 0), ("bereikbaarheid", 0.8, date(2026, 11, 10), 0)
    )
    period = Period.days(date(2026, 11, 9), date(2026, 11, 18))
    kpis = (figures["bereikbaarheid"],)
    query = Query(kpis=kpis, period=period, now=NIGHT, grain=Grain.DAG)
    readings = Engine(store, figures).ask(query)
    judged = {r.period.start.astimezone(UTC).date(): r.status for r in readings if r.cases}
    assert list(judged.values()) == [Status.OP_NORM, Status.ONDER_NORM]
    assert readings[0].norm is None  # the day before the first norm


def test_a_norm_for_a_figure_that_does_not_exist_stops_the_program() -> None:
    with pytest.raises(ConfigMistakes, match="bereikbaarheid"):
        normed(("bereikbaarheit", 0.9, date(2026, 1, 1), 0))


# ── small groups, cuts ─────────────────────────────────────────────────────────────────────


def crew(people: int, pausing: int = 0, queue: str = "afval") -> dict[str, Shift]:
    """So many people at work since nine, some of them pausing."""
    nine = instant("2026-11-24 09:00")
    return {
        f"{queue}{who}": Shift(who=who, wachtrij=queue, pauze=who < pausing, begins=nine)
        for who in range(people)
    }


STAFF = ("medewerkers_beschikbaar", "medewerkers_pauze")


def test_fewer_than_five_employees_are_not_shown(store: Store) -> None:
    know_source(store)
    write(store, World(shifts=crew(4, pausing=2)))
    for reading in ask(store, *STAFF):
        assert counts(reading) == NO_COUNT
        assert reading.reason == "minder dan 5 medewerkers: niet getoond"


def test_of_five_employees_it_is_told_how_many_pause_and_how_many_do_not(store: Store) -> None:
    know_source(store)
    write(store, World(shifts=crew(5, pausing=2)))
    assert [reading.value for reading in ask(store, *STAFF)] == [3, 2]


def test_who_pauses_in_one_queue_and_not_in_another_is_available(store: Store) -> None:
    know_source(store)
    write(store, World(shifts=crew(6, pausing=4) | crew(1, queue="klein")))
    assert [reading.value for reading in ask(store, *STAFF)] == [3, 3]


def test_someone_in_two_queues_is_one_employee(store: Store) -> None:
    know_source(store)
    write(store, World(shifts=crew(5) | crew(5, queue="burgerzaken") | crew(2, queue="klein")))
    assert [reading.value for reading in ask(store, *STAFF)] == [5, 0]


@pytest.mark.parametrize("key", STAFF)
def test_staffing_is_a_total_that_cannot_be_cut(store: Store, key: str) -> None:
    know_source(store)
    with pytest.raises(NotCuttable):
        ask(store, key, by=(Cut.WACHTRIJ,))


def test_a_figure_cannot_be_cut_by_what_it_does_not_know(store: Store) -> None:
    for how in ({"by": (Cut.WACHTRIJ,)}, {"only": {Cut.WACHTRIJ: frozenset({"afval"})}}):
        with pytest.raises(NotCuttable, match="vragen is niet te verdelen naar wachtrij; wel naar"):
            ask(store, "vragen", **how)


def test_a_term_counts_once_it_has_passed(store: Store) -> None:
    know_source(store)
    due = instant("2026-11-24 12:00")
    write(store, World(questions={"a": Question(received=due - 86400, due=due)}))
    for seconds, told in ((0, None), (1, 0.0)):
        (reading,) = ask(store, "binnen_termijn", now=NOON + timedelta(seconds=seconds))
        assert reading.value == told


def test_bounds_and_coverage_tell_what_is_not_known(store: Store) -> None:
    at = instant("2026-11-24 10:00")
    known: dict[str, Any] = {"received": at, "closed": at}
    asked = [
        *(Question(**known, door="kcc") for _ in range(6)),
        *(Question(**known, door="afdeling") for _ in range(2)),
        Question(**known),  # simple, but nobody knows by whom
        Question(**known, onderwerp="iets anders", door="kcc"),  # perhaps simple
        Question(**known, onderwerp="vergunning", door="afdeling"),  # complex
    ]
    know_source(store)
    write(store, World(questions={str(number): one for number, one in enumerate(asked)}))
    (reading,) = ask(store, "digitaal_of_kcc")
    assert (reading.teller, reading.noemer, reading.value) == (6, 8, 0.75)
    assert (reading.lower, reading.upper) == (6 / 10, 8 / 10)
    assert reading.coverage == 9 / 11


def test_json_has_the_agreed_names(store: Store) -> None:
    know_source(store)
    write(store, answered(("2026-11-24", 9)))
    by_queue = ask(store, "bereikbaarheid", by=(Cut.WACHTRIJ,), grain=Grain.DAG)
    told = by_queue[0].as_json()
    assert told == {
        "status_cel": None,
        "kpi": "bereikbaarheid",
        "van": "2026-11-24T00:00:00+01:00",
        "tot": "2026-11-25T00:00:00+01:00",
        "per": "2026-11-24T00:00:00+01:00",
        "cut": {"wachtrij": "afval"},
        "value": 0.9,
        "unit": "percentage",
        "teller": 9,
        "noemer": 10,
        "cases": 10,
        "norm": None,
        "grondslag": None,
        "status": "geen norm",
        "as_of": "2026-11-24T12:00:00+01:00",
        "gaps": [],
        "reason": None,
        "dekking": None,
        "ondergrens": None,
        "bovengrens": None,
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.80, "80%"),
        (0.796, "79,6%"),
        (0.7996, "79,96%"),
        (0.79, "79%"),
        (0.804, "80%"),
        (0.79999, "79,999%"),
    ],
)
def test_a_share_shows_the_decimals_that_its_verdict_needs(value: float, text: str) -> None:
    norm = Norm(0.80, date(2016, 1, 1), "Informatienota 2016/237290")
    period = Period.days(date(2026, 11, 1), date(2026, 12, 1))
    reading = Reading(kpi=CATALOGUE["digitaal_of_kcc"], period=period, value=value, norm=norm)
    assert reading.text == text


@pytest.mark.parametrize(
    ("key", "norm", "value", "text"),
    [
        ("wachttijd", 120.0, 120.3, "2:00,3"),
        ("wachttijd", 120.0, 120.0, "2:00"),
        ("wachttijd", 120.0, 119.8, "2:00"),
        ("wachttijd", 120.0, 130.2, "2:10"),
        ("doorlooptijd_p50", 5.0, 5.2, "5,2 werkdagen"),
        ("openstaand", 100.0, 140.0, "140"),
    ],
)
def test_whatever_it_counts_a_figure_shows_the_decimals_that_its_verdict_needs(
    key: str, norm: float, value: float, text: str
) -> None:
    period = Period.days(date(2026, 11, 1), date(2026, 12, 1))
    held = Norm(norm, date(2016, 1, 1), "voor de tests")
    assert Reading(kpi=CATALOGUE[key], period=period, value=value, norm=held).text == text


def test_a_source_is_behind_only_when_it_missed_its_own_interval(store: Store) -> None:
    know_source(store, "zaken", 4, interval_s=600, checked_at=instant("2026-11-24 08:45"))
    for minute, behind in (("09:04", False), ("09:06", True)):
        (reading,) = ask(store, "vragen", now=moment(instant(f"2026-11-24 {minute}")))
        assert any(gap.startswith("zaken: gelezen tot") for gap in reading.gaps) is behind
