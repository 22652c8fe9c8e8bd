"""The chart of a target on paper: each month, signal and line, in roles that a theme fills in."""

from __future__ import annotations

import itertools
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from dashboard.report.drawing import coloured, drawing
from dashboard.report.subject import Subject, subjects
from dashboard.theme import themes, tokens
from metrics.published.goal import Goal
from tests.report_cast import SNAPSHOT

SVG = "{http://www.w3.org/2000/svg}"
SUBJECTS = {one.goal.key: one for one in subjects(SNAPSHOT)}


def drawn(subject: Subject) -> ElementTree.Element:
    """The chart, as a program reads it."""
    return ElementTree.fromstring(drawing(subject, 'Een <tekst> met "tekens" & meer.'))  # noqa: S314


def words(subject: Subject) -> list[str]:
    """The texts in a chart."""
    return [str(one.text) for one in drawn(subject).iter(f"{SVG}text")]


def anew(subject: Subject, goal: Goal) -> Subject:
    """The target with another course."""
    return Subject(subject.figure, goal, subject.meaning, subject.period)


def test_each_month_has_a_dot_and_each_signal_a_diamond() -> None:
    falling = drawn(SUBJECTS["terugbellen"])
    dots = list(falling.iter(f"{SVG}circle"))
    diamonds = [one for one in falling.iter(f"{SVG}path") if one.get("fill", "").count("concern")]
    assert (len(dots), len(diamonds)) == (16, 8)


def test_a_missing_month_breaks_the_line() -> None:
    goal = SUBJECTS["bereikbaarheid"].goal
    hole = replace(goal.points[9], value=None)
    broken = replace(goal, points=(*goal.points[:9], hole, *goal.points[10:]))
    lines = drawn(anew(SUBJECTS["bereikbaarheid"], broken)).iter(f"{SVG}polyline")
    assert [len(str(line.get("points")).split()) for line in lines] == [9, 14]


def test_lines_are_named_at_their_end_and_no_name_lies_over_another() -> None:
    texts = drawn(SUBJECTS["digitaal_of_kcc"]).iter(f"{SVG}text")
    named = {str(one.text): float(one.get("y", 0)) for one in texts if float(one.get("x", 0)) > 512}
    assert set(named) == {
        "okt 79,6%",
        "norm 80%",
        "grens 82,8%",
        "gemiddeld 79,6%",
        "grens 76,4%",
        "verwacht 79,6%",
        "groeipad 79,3%",
    }
    heights = sorted(named.values())
    assert min(after - before for before, after in itertools.pairwise(heights)) > 14.9


def test_what_happened_stands_above() -> None:
    told = words(SUBJECTS["binnen_termijn"])
    assert "Sneeuw en ijzel" in told
    assert "nieuwe grenzen: nieuw zaaksysteem" in told


def test_words_above_lie_beside_or_under_each_other() -> None:
    goal = SUBJECTS["bereikbaarheid"].goal
    snow = goal.events[0]
    days = ("2025-01-05", "2025-02-05", "2025-03-05", "2026-02-01", "2026-10-01")
    many = tuple(replace(snow, day=date.fromisoformat(day), text=f"Op {day}") for day in days)
    texts = drawn(anew(SUBJECTS["bereikbaarheid"], replace(goal, events=many))).iter(f"{SVG}text")
    rows = {str(one.text): one.get("y") for one in texts if str(one.text).startswith("Op")}
    assert rows == dict(
        zip((f"Op {day}" for day in days), ("14.0", "26.0", "38.0", "14.0", "14.0"), strict=True)
    )


def test_a_long_text_above_is_cut() -> None:
    goal = SUBJECTS["bereikbaarheid"].goal
    long = replace(goal, events=(replace(goal.events[0], text="x" * 60),))
    assert "x" * 37 + "…" in words(anew(SUBJECTS["bereikbaarheid"], long))


def test_the_axis_tells_its_values_apart_and_names_no_unit() -> None:
    steady = SUBJECTS["bereikbaarheid"]
    axis = [word for word in words(steady) if re.fullmatch(r"[\d,]+%", word)]
    assert len(axis) == len(set(axis)) > 2


def test_a_small_difference_is_not_drawn_as_a_large_one() -> None:
    goal = SUBJECTS["bereikbaarheid"].goal
    flat = [replace(one, value=0.85 + at / 100_000) for at, one in enumerate(goal.points)]
    segment = replace(goal.active, low=None, high=None, mean=None)
    forecast = replace(goal.forecast, months=(), level=None, low=None, high=None)
    still = replace(goal, points=tuple(flat), segments=(segment,), forecast=forecast)
    (line,) = drawn(anew(SUBJECTS["bereikbaarheid"], still)).iter(f"{SVG}polyline")
    heights = [float(place.partition(",")[2]) for place in str(line.get("points")).split()]
    assert max(heights) - min(heights) < 2


def test_without_a_single_month_nothing_is_drawn() -> None:
    assert list(drawn(SUBJECTS["in_een_keer_goed"])) == []


def test_its_text_is_its_name() -> None:
    assert drawn(SUBJECTS["wachttijd"]).get("aria-label") == 'Een <tekst> met "tekens" & meer.'


@pytest.mark.parametrize("theme", themes())
def test_every_colour_is_a_role_of_each_theme(theme: str) -> None:
    for subject in SUBJECTS.values():
        svg = drawing(subject, "")
        assert not re.search(r"#[0-9a-fA-F]{3}", svg)
        assert "var(" not in coloured(svg, tokens(theme, "light"))
