"""What the wall says, without a browser: verdicts, words, pictures, parts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard import dutch
from dashboard.course import course_today, until_closing
from dashboard.frame import month_line
from dashboard.judging import Memory, judged, verdict_of
from dashboard.limits import Limits
from dashboard.lists import lines
from dashboard.live import compact
from dashboard.measures import shown
from dashboard.pages.start import source_verdict
from dashboard.questions import Answers, ask_all
from dashboard.shown import Shown
from dashboard.tiles import distance_text, message
from dashboard.verdict import ACTION, ATTENTION, State, Verdict
from dashboard.views import LABEL_GAP, Course, course_svg
from dashboard.wall import compose, view
from data.walls import Damping, Limit, Wall
from metrics.periods import ZONE
from tests.fake_board import (
    MONDAY_1432,
    FakeBoard,
    FakeHours,
    FakeNeed,
    FakePlan,
    FakeSource,
    FakeTypical,
    FakeUsual,
)

WALL = Wall()
TEAM = Wall(tegels=("wachtenden", "langst_wachtende", "bezetting"))
AT_ONCE = Damping(let_op_na=0, actie_na=0)
SVG = "{http://www.w3.org/2000/svg}"


def answers(board: FakeBoard | None = None, wall: Wall = WALL, **values: float | None) -> Answers:
    board = board or FakeBoard()
    board.change(**values)
    return ask_all(board, wall, MONDAY_1432)


def settled(answered: Answers, wall: Wall) -> Memory:
    """What the wall remembers once all delays are over."""
    measures = view(answered, wall).measures
    first = judged({}, measures, answered.now)
    return judged(first, measures, answered.now + timedelta(minutes=10))


def part(answered: Answers, name: str, wall: Wall = WALL) -> str:
    parts = compose("KCC", view(answered, wall), wall, settled(answered, wall))
    return re.sub(r"<[^>]+>|[{}\[\]\"]", " ", compact(parts[name]))


def word(answered: Answers, key: str, wall: Wall = WALL) -> str:
    """The state of a measure once all delays are over."""
    measure = shown(key, answered, wall).measure
    return verdict_of(measure, settled(answered, wall)).word


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0, "Binnen grens"),
        (180.0, "Binnen grens"),
        (180.5, "Let op"),
        (300.0, "Let op"),
        (301.0, "Actie nodig"),
        (None, "Onbekend"),
    ],
)
def test_the_longest_wait_is_judged_by_its_limits(seconds: float | None, told: str) -> None:
    assert word(answers(langst_wachtende=seconds), "langst_wachtende") == told


def test_a_limit_that_was_just_passed_is_said_and_not_yet_an_alarm() -> None:
    asked = answers(langst_wachtende=301.0)
    measure = shown("langst_wachtende", asked, WALL).measure
    just = verdict_of(measure, judged({}, [measure], asked.now))
    assert (just.state, just.word) == (State.WACHT, "Net boven grens")
    assert not just.state.abnormal


@pytest.mark.parametrize(
    ("number", "employees", "told"),
    [
        (8.0, 6.0, "Binnen grens"),
        (12.0, 6.0, "Binnen grens"),
        (13.0, 6.0, "Let op"),
        (1.0, 0.0, "Actie nodig"),
        (0.0, 0.0, "Binnen grens"),
        (8.0, None, "Geen grens"),
        (None, 6.0, "Onbekend"),
    ],
)
def test_waiting_is_judged_by_who_can_answer_while_normal_is_unknown(
    number: float | None, employees: float | None, told: str
) -> None:
    asked = answers(wachtenden=number, medewerkers_beschikbaar=employees)
    assert word(asked, "wachtenden") == told


@pytest.mark.parametrize(
    ("number", "usual", "told", "context"),
    [
        (8.0, (3.0, 9.0), "Normaal", "normaal nu 3 tot 9"),
        (9.0, (3.0, 9.0), "Normaal", "normaal nu 3 tot 9"),
        (10.0, (3.0, 9.0), "Let op", "normaal nu 3 tot 9"),
        (3.0, (0.0, 0.0), "Normaal", "normaal nu 0"),
        (4.0, (0.0, 1.0), "Let op", "normaal nu 0 tot 1"),
    ],
)
def test_waiting_is_judged_by_what_is_normal_for_this_quarter_hour(
    number: float, usual: tuple[float, float], told: str, context: str
) -> None:
    asked = answers(FakeBoard(usual_=FakeUsual(*usual)), wachtenden=number)
    assert word(asked, "wachtenden") == told
    assert tile(asked, "wachtenden").tile.context == context


def test_nobody_at_work_and_someone_waiting_needs_action_whatever_is_normal() -> None:
    board = FakeBoard(usual_=FakeUsual(3, 9))
    asked = answers(board, wachtenden=1.0, medewerkers_beschikbaar=0.0)
    assert word(asked, "wachtenden") == "Actie nodig"


def tile(answered: Answers, key: str, wall: Wall = WALL) -> Shown:
    return shown(key, answered, wall)


def plan(*needs: tuple[int, int | None]) -> FakeBoard:
    """A board that says how many are needed from so many minutes on."""
    listed = [FakeNeed(MONDAY_1432 + timedelta(minutes=at), needed) for at, needed in needs]
    return FakeBoard(staffing_=FakePlan(tuple(listed)))


@pytest.mark.parametrize(
    ("needs", "told", "context"),
    [
        ([(-2, 6), (28, 5)], "Genoeg", "genoeg voor de norm"),
        ([(-2, 8), (28, 9)], "Let op", "2 medewerkers te weinig voor de norm nu"),
        ([(-2, 6), (28, 8)], "Let op", "2 medewerkers te weinig voor de norm om 15:00"),
        ([(-2, 6), (88, 8)], "Genoeg", "2 medewerkers te weinig voor de norm om 16:00"),
        ([(-2, None), (28, 5)], "Genoeg", "genoeg voor de norm"),
        ([], "Genoeg", "genoeg voor de norm"),
    ],
)
def test_staffing_stands_beside_what_the_norm_needs(
    needs: list[tuple[int, int | None]], told: str, context: str
) -> None:
    asked = answers(plan(*needs), TEAM)
    assert word(asked, "bezetting", TEAM) == told
    assert tile(asked, "bezetting", TEAM).tile.context == context


def test_staffing_is_a_total_with_who_is_busy_and_who_pauses() -> None:
    board = plan((-2, 6))
    shown_ = tile(answers(board, TEAM), "bezetting", TEAM).tile
    assert (shown_.value, shown_.beside) == ("6", ("4 in gesprek", "1 pauze"))
    board.reason = "minder dan 5 medewerkers: niet getoond"
    few = tile(answers(board, TEAM, medewerkers_beschikbaar=None), "bezetting", TEAM).tile
    assert (few.value, few.beside) == ("–", ())
    assert few.context == "minder dan 5 medewerkers: niet getoond"


def test_it_says_why_the_need_is_not_known() -> None:
    asked = answers(FakeBoard(), TEAM)
    assert tile(asked, "bezetting", TEAM).tile.context == "nog te weinig dagen om te vergelijken"
    assert word(asked, "bezetting", TEAM) == "Geen grens"


@pytest.mark.parametrize(
    ("share", "cases", "told"),
    [
        (0.9, 20, "Binnen norm"),
        (0.8999, 20, "Let op"),
        (0.5, 19, "Nog geen oordeel"),
        (None, 0, "Onbekend"),
    ],
)
def test_a_share_is_judged_by_its_norm_once_it_rests_on_enough(
    share: float | None, cases: int, told: str
) -> None:
    asked = answers(FakeBoard(cases=cases), bereikbaarheid=share)
    assert word(asked, "bereikbaarheid") == told


@pytest.mark.parametrize(("minutes", "told"), [(14, "Net open"), (15, "Actie nodig")])
def test_the_first_quarter_after_opening_is_not_judged(minutes: int, told: str) -> None:
    opened = MONDAY_1432 - timedelta(minutes=minutes)
    asked = answers(FakeBoard(hours_=FakeHours(opened_at=opened)), langst_wachtende=400.0)
    assert word(asked, "langst_wachtende") == told


def test_a_limit_that_is_not_set_is_never_passed() -> None:
    calm = Wall(limits={**WALL.limits, "langst_wachtende": Limit(180, None)})
    asked = answers(langst_wachtende=4000.0)
    assert word(asked, "langst_wachtende", calm) == "Let op"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (18.0, "nog 0:12 tot norm 0:30"),
        (29.6, "op norm 0:30"),
        (30.4, "net boven norm 0:30"),
        (44.0, "0:14 boven norm 0:30"),
    ],
)
def test_the_way_to_a_limit_is_told_in_words(seconds: float, text: str) -> None:
    assert distance_text(seconds, 30.0, "norm") == text


def test_rounding_never_hides_that_the_norm_is_missed() -> None:
    for share, text in ((0.8996, "89,96%"), (0.896, "89,6%"), (0.904, "90%")):
        assert tile(answers(bereikbaarheid=share), "bereikbaarheid").tile.value == text


def test_nobody_waiting_is_a_zero_and_no_unknown() -> None:
    quiet = answers(wachtenden=0.0, langst_wachtende=0.0)
    assert tile(quiet, "wachtenden").tile.value == "0"
    assert tile(quiet, "langst_wachtende").tile.value == "0:00"
    assert tile(quiet, "langst_wachtende").tile.context == "niemand wacht"


def test_unknown_is_a_dash_with_its_reason_and_no_zero() -> None:
    unknown = answers(wachtenden=None, langst_wachtende=None, wachttijd=None)
    for key in WALL.tegels:
        assert tile(unknown, key).tile.value == "–"
        assert tile(unknown, key).tile.context == "geen gegevens van telefonie"
    assert "Geen live cijfers" in part(unknown, "melding")


def test_the_browser_counts_from_the_instant_at_which_the_wait_began() -> None:
    began = MONDAY_1432 - timedelta(seconds=72)
    assert tile(answers(), "langst_wachtende").tile.since_ms == began.timestamp() * 1000


def test_a_small_group_is_not_shown_and_gives_no_limit() -> None:
    board = FakeBoard(reason="minder dan 5 medewerkers: niet getoond")
    few = tile(answers(board, medewerkers_beschikbaar=None), "wachtenden").tile
    assert few.context == "minder dan 5 medewerkers: niet getoond"
    assert few.limit is None


def test_closed_judges_nothing_until_someone_waits() -> None:
    board = FakeBoard(hours_=FakeHours(False, MONDAY_1432 + timedelta(days=1)))
    shut = answers(board, wachtenden=0.0, langst_wachtende=0.0, bereikbaarheid=0.5)
    keys = ("wachtenden", "langst_wachtende", "bereikbaarheid")
    assert {word(shut, key) for key in keys} == {"Gesloten"}
    assert "Gesloten tot morgen 14:32" in part(shut, "melding")
    late = answers(board, wachtenden=1.0, langst_wachtende=400.0)
    assert word(late, "langst_wachtende") == "Actie nodig"


def test_a_queue_without_anyone_waiting_shows_a_zero() -> None:
    asked = answers()
    asked = replace(
        asked, rows={"afval": {"bereikbaarheid": asked.rows["afval"]["bereikbaarheid"]}}
    )
    assert [line.count for line in lines(asked, WALL)] == ["0"]


def test_the_queues_that_need_attention_are_shown_first_in_the_order_of_their_names() -> None:
    board = FakeBoard()
    board.queues = {name: (0.0, 0.5 if name in "ef" else 0.95) for name in "abcdef"}
    listed = part(answers(board), "wachtrijen")
    assert "en 3 andere wachtrijen" in listed
    assert re.findall(r"title : ([A-F]) ", listed.replace(",", " ")) == ["A", "E", "F"]


def test_callbacks_are_listed_per_department_and_judged_by_how_many_are_late() -> None:
    wall = Wall(lijst="terugbelverzoeken")
    asked = answers(None, wall)
    told = [(line.measure.name, line.count, line.judged) for line in lines(asked, wall)]
    assert told == [
        ("Belastingen", "7", "1"),
        ("Burgerzaken", "9", "0"),
        ("Vergunningen", "5", "0"),
        ("Wmo en jeugd", "14", "6"),
    ]
    assert "Let op" in part(asked, "melding", wall)
    assert "Wmo en jeugd" in part(asked, "melding", wall)


def words(*exceptions: tuple[Verdict, str]) -> str:
    drawn = message(exceptions, Verdict(State.NORMAAL, "Geen actie nodig"))
    return " | ".join(_text(one) for one in drawn)


def _text(component: Any) -> str:
    if isinstance(component, str):
        return component
    children = getattr(component, "children", None) or []
    return "".join(
        _text(child) for child in (children if isinstance(children, list) else [children])
    )


def test_the_message_line_names_two_and_counts_the_rest() -> None:
    assert words() == "Geen actie nodig"
    assert words((ATTENTION, "Wachttijd")) == "Let op: Wachttijd"
    assert words((ATTENTION, "Wachttijd"), (ACTION, "Langst wachtende")) == (
        "Actie nodig: Langst wachtende | Let op: Wachttijd"
    )
    assert words(*[(ATTENTION, name) for name in "abc"]) == "Let op: a en b + 1 ander"
    assert words((ACTION, "x"), *[(ATTENTION, name) for name in "abc"]) == (
        "Actie nodig: x | Let op: a + 2 andere"
    )


def test_the_course_is_cumulative_per_half_hour() -> None:
    asked = answers()
    course = course_today(asked.quarters, asked.figures["bereikbaarheid"], FakeTypical(), asked.now)
    assert course.points[0] == (36.0, pytest.approx(0.97))
    assert course.points[-1][0] == pytest.approx(58 + 2 / 15)
    assert [share for _, share in course.points] == pytest.approx(list(FakeBoard().reached))


def test_the_band_ends_when_a_normal_day_does() -> None:
    band = [(17, 0.8, 0.9), (18, 0.81, 0.9), (19, 0.82, 0.91), (20, 0.82, 0.91), (48, 0.82, 0.91)]
    assert until_closing(band) == band[:3]
    assert until_closing([]) == []


def test_few_calls_draw_no_line() -> None:
    asked = answers(FakeBoard(reached=()))
    course = course_today(asked.quarters, asked.figures["bereikbaarheid"], FakeTypical(), asked.now)
    assert course.points == []
    assert 'class="lijn"' not in course_svg(course)


@pytest.mark.parametrize("norm", [None, 0.7, 0.85, 0.9, 0.99])
@pytest.mark.parametrize("low", [0.0, 0.5, 0.8, 0.9])
def test_the_picture_is_well_formed_and_its_labels_do_not_touch(
    norm: float | None, low: float
) -> None:
    course = Course(
        points=[(36.0, low), (38.0, 1.0)],
        band=[(36.0, low, 1.0), (60.0, low, (1 + low) / 2)],
        norm=norm,
        first=32,
        last=68,
        band_label="normale maandag",
        summary='Nu "goed" & <wel>',
    )
    root = ElementTree.fromstring(course_svg(course))  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'Nu "goed" & <wel>'
    labels = [
        float(e.attrib["y"])
        for e in root.iter("text")
        if e.attrib.get("text-anchor") is None and e.text != "uur"
    ]
    gaps = [
        after - before for before, after in zip(sorted(labels), sorted(labels)[1:], strict=False)
    ]
    assert all(gap >= LABEL_GAP - 2 for gap in gaps)
    assert all(0 < y < 262 for y in labels)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (MONDAY_1432, "14:32:00"),
        (MONDAY_1432 - timedelta(days=1), "gisteren 14:32"),
        (MONDAY_1432 - timedelta(days=9), "14 nov 14:32"),
        (None, "nog geen"),
    ],
)
def test_a_moment_carries_its_day_when_that_is_another(instant: datetime | None, text: str) -> None:
    assert dutch.moment_text(instant, MONDAY_1432) == text


def test_dates_are_local_and_dutch() -> None:
    night = datetime(2026, 3, 29, 3, 30, tzinfo=ZONE)  # zondag, the clock has just gone forward
    assert dutch.day_text(night) == "zondag 29 maart"
    assert dutch.day_text(MONDAY_1432, short=True) == "ma 23 november"
    assert dutch.opening_text(night + timedelta(days=1, hours=5), night) == " tot morgen 8:30"
    assert dutch.opening_text(night + timedelta(hours=5), night) == " tot 8:30"
    assert dutch.opening_text(night + timedelta(days=3, hours=5), night) == " tot woensdag 8:30"


def test_a_figure_of_the_month_fits_its_half_of_the_line_with_what_is_known() -> None:
    (reading,) = [r for r in answers().month if r.kpi.key == "binnen_termijn"]

    def told(coverage: float) -> str:
        return compact(month_line([replace(reading, coverage=coverage)], MONDAY_1432))

    assert "Binnen termijn beantwoord" in told(0.999)
    assert "bekend" not in told(0.999)  # it reads 100%
    assert "Binnen termijn beantwoord" not in told(0.97)
    assert "97% bekend" in told(0.97)


@pytest.mark.parametrize(
    ("read_ago", "interval", "word"),
    [
        (20, 0, "Actueel"),
        (60, 0, "Vertraagd"),
        (121, 0, "Geen verbinding"),
        (1200, 900, "Actueel"),
        (1900, 900, "Vertraagd"),
        (3700, 900, "Geen verbinding"),
    ],
)
def test_how_a_source_does_is_judged_by_how_often_it_is_read(
    read_ago: int, interval: int, word: str
) -> None:
    read = MONDAY_1432 - timedelta(seconds=read_ago)
    source = FakeSource(checked_at=read, interval_s=interval)
    assert source_verdict(source, MONDAY_1432, Limits()).word == word
