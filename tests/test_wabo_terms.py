"""1,434 permit cases of a Dutch municipality: its own deadlines against ours, each explained.

The figures of docs/wabo.md are these; what the page says is counted here again.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from data.calendar import ZONE
from data.termijn import Course, Deadline
from tests.terms_cast import LAW
from tests.wabo_cases import COLUMNS

PAGE = Path(__file__).parents[1] / "docs" / "wabo.md"
PERMIT = "omgevingsvergunning"
FIRST, EXTENDED = 56, 98


class Permit(NamedTuple):
    """The receipt and the municipality's own deadline, as local days."""

    received: date
    deadline: date

    @property
    def days(self) -> int:
        """How long it gave itself."""
        return (self.deadline - self.received).days

    def ours(self, **course: object) -> Deadline:
        """Compute the deadline, with what may have happened."""
        return LAW.compute(PERMIT, Course(self.received, **course))  # type: ignore[arg-type]

    def suspended(self, days: int) -> tuple[tuple[date, date], ...]:
        """A suspension of so many days that begins on the day after the receipt."""
        return ((self.received, self.received + timedelta(days + 1)),)


def local(text: str) -> date:
    """The day on which something was, in the Netherlands."""
    return datetime.fromisoformat(text).astimezone(ZONE).date()


@pytest.fixture
def permits(shared_data: Path) -> list[Permit]:
    """One per case."""
    log = shared_data / "wabo-receipt" / "receipt.csv"
    with log.open(encoding="utf-8", newline="") as file:
        cases = {event[COLUMNS["zaaknummer"]]: event for event in csv.DictReader(file)}
    return [
        Permit(local(case[COLUMNS["startdatum"]]), local(case[COLUMNS["deadline"]]))
        for case in cases.values()
    ]


def row(*cells: object) -> str:
    """A row of a table of the page."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def told(rows: Iterable[str]) -> None:
    """See that the page has these rows."""
    text = PAGE.read_text("utf-8")
    assert [line for line in rows if line not in text] == []


def those(permits: list[Permit], fits: Callable[[int], bool]) -> list[Permit]:
    """The permits of some length."""
    return [permit for permit in permits if fits(permit.days)]


def why(permit: Permit) -> str:
    """What kind of day a deadline falls on that the law moves."""
    names = LAW.holidays.names(permit.deadline.toordinal())
    return names[0] if names else ("Saturday", "Sunday")[permit.deadline.weekday() - 5]


def test_the_cases_of_eight_weeks_are_reproduced_and_the_atw_explains_the_rest(
    permits: list[Permit],
) -> None:
    eight_weeks = those(permits, lambda days: days == FIRST)
    ours = [(permit, permit.ours()) for permit in eight_weeks]
    # the count of weeks is the same for every one of them
    assert all(found.stappen[0].datum == permit.deadline for permit, found in ours)
    moved = [(permit, found) for permit, found in ours if found.uiterlijk != permit.deadline]
    assert all(found.stappen[-1].artikel == "Atw art. 1" for _, found in moved)
    assert all("onbevestigd" in found.onzeker[0] for _, found in ours)
    reasons = Counter(why(permit) for permit, _ in moved)
    shifts = {
        name: sorted({(found.uiterlijk - p.deadline).days for p, found in moved if why(p) == name})  # type: ignore[operator]
        for name in reasons
    }
    told(row(name, count, " or ".join(map(str, shifts[name]))) for name, count in reasons.items())
    told(
        [
            row("56 days", len(eight_weeks) - len(moved), "the same day", "8 weeks"),
            row("56 days", len(moved), "1 to 4 days later", "Atw art. 1: see below"),
        ]
    )


def test_the_cases_of_fourteen_weeks_were_extended(permits: list[Permit]) -> None:
    fourteen = those(permits, lambda days: days == EXTENDED)
    for permit in fourteen:
        assert permit.ours(verdaagd=permit.received).uiterlijk == permit.deadline
    told([row("98 days", len(fourteen), "the same day", "extended by 6 weeks, 42 days")])


def test_those_between_were_extended_by_less_or_suspended(permits: list[Permit]) -> None:
    between = those(permits, lambda days: FIRST < days < EXTENDED)
    for permit in between:
        named = permit.ours(verdaagd=permit.received, verdaagd_tot=permit.deadline)
        stood = permit.ours(opgeschort=permit.suspended(permit.days - FIRST))
        assert permit.deadline in (step.datum for step in stood.stappen)
        # on a free day that the Atw moved to, the named date lies within the first term
        assert named.uiterlijk in (permit.deadline, permit.ours().uiterlijk)
    how = "extended by 1 to 41 days, or suspended for as many"
    told([row("57 to 97 days", len(between), "the same day", how)])


def is_a_year_off(permit: Permit) -> bool:
    """Tell whether it has eight weeks, with the number of the year one too high."""
    due, theirs = permit.received + timedelta(FIRST), permit.deadline
    return (due.year + 1, due.month, due.day) == (theirs.year, theirs.month, theirs.day)


def test_two_have_the_wrong_year(permits: list[Permit]) -> None:
    wrong = [permit for permit in permits if is_a_year_off(permit)]
    assert sorted(permit.days for permit in wrong) == [421, 422]
    told([row("421 or 422 days", len(wrong), "a year sooner", "data error: 56 days and a year")])


def test_those_beyond_were_extended_and_suspended(permits: list[Permit]) -> None:
    beyond = [p for p in permits if p.days > EXTENDED and not is_a_year_off(p)]
    for permit in beyond:
        pause = permit.suspended(permit.days - EXTENDED)
        found = permit.ours(verdaagd=permit.received, opgeschort=pause)
        assert found.uiterlijk == permit.deadline
    longest = max(permit.days for permit in beyond)
    how = "extended by 6 weeks and suspended for the rest"
    told([row(f"99 to {longest} days", len(beyond), "the same day", how)])


def test_those_under_eight_weeks_are_no_outcome_of_the_law(permits: list[Permit]) -> None:
    short = those(permits, lambda days: days < FIRST)
    one_day = those(permits, lambda days: days == FIRST - 1)
    for permit in short:
        uiterlijk = permit.ours().uiterlijk
        assert uiterlijk is not None
        assert uiterlijk > permit.deadline
    told(
        [
            row("55 days", len(one_day), "later", "data error: a day short"),
            row(
                f"{min(permit.days for permit in short)} to 54 days",
                len(short) - len(one_day),
                "later",
                "data error: shorter than any term of the law",
            ),
        ]
    )


def test_the_municipality_did_not_apply_the_atw(permits: list[Permit]) -> None:
    weekend = [permit for permit in permits if permit.deadline.isoweekday() > 5]
    assert f"{len(weekend)} of the {len(permits):,}" in PAGE.read_text("utf-8")


def test_no_case_ends_on_the_last_koninginnedagen(permits: list[Permit]) -> None:
    birthdays = {date(year, 4, 30) for year in (2010, 2011, 2012, 2013)}
    ends = [permit for permit in permits if permit.received + timedelta(FIRST) in birthdays]
    assert len([permit for permit in ends if permit.days == FIRST]) == 0
