"""What the wall says, without a browser: verdicts, words, pictures, parts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard import dutch, verdict
from dashboard.course import course_today, until_closing
from dashboard.frame import month_line
from dashboard.limits import Limits
from dashboard.live import compact
from dashboard.questions import Answers, ask_all
from dashboard.tiles import distance_text, message
from dashboard.verdict import ACTION, ATTENTION, State, Verdict
from dashboard.views import LABEL_GAP, Course, course_svg
from dashboard.wall import compose, longest, queue_rows, reached, wait_today, waiting
from metrics.periods import ZONE
from tests.fake_board import MONDAY_1432, FakeBoard, FakeHours, FakeTypical

LIMITS = Limits()
SVG = "{http://www.w3.org/2000/svg}"


def answers(board: FakeBoard | None = None, **values: float | None) -> Answers:
    board = board or FakeBoard()
    board.change(**values)
    return ask_all(board, MONDAY_1432)


def part(answered: Answers, name: str) -> str:
    return re.sub(r"<[^>]+>|[{}\[\]\"]", " ", compact(compose("KCC", answered, LIMITS)[name]))


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (0.0, State.NORMAAL),
        (180.0, State.NORMAAL),
        (180.5, State.LET_OP),
        (300.0, State.LET_OP),
        (301.0, State.ACTIE),
        (None, State.ONBEKEND),
    ],
)
def test_the_longest_wait_is_judged_by_its_limits(seconds: float | None, state: State) -> None:
    assert verdict.longest_wait(seconds, LIMITS).state is state


@pytest.mark.parametrize(
    ("number", "employees", "word"),
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
def test_waiting_is_judged_by_who_can_answer(
    number: float | None, employees: float | None, word: str
) -> None:
    assert verdict.waiting(number, employees, LIMITS).word == word


@pytest.mark.parametrize(
    ("share", "cases", "word"),
    [
        (0.9, 20, "Binnen norm"),
        (0.8999, 20, "Let op"),
        (0.5, 19, "Nog geen oordeel"),
        (None, 0, "Onbekend"),
    ],
)
def test_a_share_is_judged_by_its_norm_once_it_rests_on_enough(
    share: float | None, cases: int, word: str
) -> None:
    assert (
        reached(answers(FakeBoard(cases=cases), bereikbaarheid=share), LIMITS).verdict.word == word
    )


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
    assert reached(answers(bereikbaarheid=0.8996), LIMITS).value == "89,96%"
    assert reached(answers(bereikbaarheid=0.896), LIMITS).value == "89,6%"
    assert reached(answers(bereikbaarheid=0.904), LIMITS).value == "90%"


def test_nobody_waiting_is_a_zero_and_no_unknown() -> None:
    quiet = answers(wachtenden=0.0, langst_wachtende=0.0)
    assert waiting(quiet, LIMITS).value == "0"
    assert longest(quiet, LIMITS).value == "0:00"
    assert longest(quiet, LIMITS).context == "niemand wacht"


def test_unknown_is_a_dash_with_its_reason_and_no_zero() -> None:
    unknown = answers(wachtenden=None, langst_wachtende=None, wachttijd=None)
    for tile in (waiting, longest, wait_today):
        assert tile(unknown, LIMITS).value == "–"
        assert tile(unknown, LIMITS).context == "geen gegevens van telefonie"
    assert "Geen live cijfers" in part(unknown, "melding")


def test_the_browser_counts_from_the_instant_at_which_the_wait_began() -> None:
    began = MONDAY_1432 - timedelta(seconds=72)
    assert longest(answers(), LIMITS).since_ms == began.timestamp() * 1000


def test_a_small_group_is_not_shown_and_gives_no_limit() -> None:
    board = FakeBoard(reason="minder dan 5 medewerkers: niet getoond")
    few = waiting(answers(board, medewerkers_beschikbaar=None), LIMITS)
    assert few.context == "minder dan 5 medewerkers: niet getoond"
    assert few.limit is None


def test_closed_judges_nothing_until_someone_waits() -> None:
    board = FakeBoard(hours_=FakeHours(False, MONDAY_1432 + timedelta(days=1)))
    shut = answers(board, wachtenden=0.0, langst_wachtende=0.0, bereikbaarheid=0.5)
    assert {tile(shut, LIMITS).verdict.word for tile in (waiting, longest, reached)} == {"Gesloten"}
    assert "Gesloten tot morgen 14:32" in part(shut, "melding")
    late = answers(board, wachtenden=1.0, langst_wachtende=400.0)
    assert longest(late, LIMITS).verdict is ACTION


def test_a_queue_without_anyone_waiting_shows_a_zero() -> None:
    asked = answers()
    asked = replace(
        asked, queues={"afval": {"bereikbaarheid": asked.queues["afval"]["bereikbaarheid"]}}
    )
    assert [row.waiting for row in queue_rows(asked, LIMITS)] == ["0"]


def test_the_queues_that_need_attention_are_shown_first_in_the_order_of_their_names() -> None:
    board = FakeBoard()
    board.queues = {name: (0.0, 0.5 if name in "ef" else 0.95) for name in "abcdef"}
    shown = part(answers(board), "wachtrijen")
    assert "en 3 andere wachtrijen" in shown
    assert re.findall(r"title : ([A-F]) ", shown.replace(",", " ")) == ["A", "E", "F"]


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
