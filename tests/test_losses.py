"""Where the norm is lost: the parts are the gap, to the last digit."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.losses import Part, gap

NORMS = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def parts(draw: st.DrawFn, least: int = 1) -> list[Part]:
    sizes = draw(st.lists(st.integers(1, 400), min_size=least, max_size=12))
    return [Part(f"o{place}", draw(st.integers(0, n)), n) for place, n in enumerate(sizes)]


def test_a_month_as_one_would_work_it_out_on_paper() -> None:
    """700 of 1000 simple questions, 80 % is 800: one hundred short, ten points."""
    month = [Part("paspoort", 380, 400), Part("parkeren", 200, 400), Part("woz", 120, 200)]
    found = gap(month, 0.8)
    assert found is not None
    assert (found.share, found.points) == (Fraction(7, 10), Fraction(1, 10))
    told = [(one.part.name, float(one.points), float(one.if_met)) for one in found.losses]
    assert told == [("parkeren", 0.12, 0.82), ("woz", 0.04, 0.74), ("paspoort", -0.06, 0.7)]


def test_a_part_in_points_of_the_whole() -> None:
    """The 400 questions about parking by department: together the 12 points that they cost."""
    departments = [Part("Vergunningen", 150, 350), Part("Burgerzaken", 50, 50)]
    found = gap(departments, 0.8, whole=Part("alles", 700, 1000))
    assert found is not None
    assert [(one.part.name, one.points) for one in found.losses] == [
        ("Vergunningen", Fraction(13, 100)),
        ("Burgerzaken", Fraction(-1, 100)),
    ]
    assert found.points == Fraction(12, 100)


def test_of_nothing_there_is_no_gap() -> None:
    assert gap([], 0.8) is None


@given(parts(), NORMS)
def test_the_parts_add_up_exactly_to_the_gap(month: list[Part], norm: float) -> None:
    found = gap(month, norm)
    assert found is not None
    good, cases = sum(part.good for part in month), sum(part.cases for part in month)
    assert found.points == Fraction(str(norm)) - Fraction(good, cases)
    assert sum(one.points for one in found.losses) == found.points
    assert [one.points for one in found.losses] == sorted(
        (one.points for one in found.losses), reverse=True
    )


@given(parts(), NORMS)
def test_what_it_would_be_is_what_it_is_with_that_part_on_the_norm(
    month: list[Part], norm: float
) -> None:
    """The oracle does the month over with as many good cases as the norm asks of one part."""
    found = gap(month, norm)
    assert found is not None
    for one in found.losses:
        reached = max(Fraction(one.part.good), Fraction(str(norm)) * one.part.cases)
        others = sum(part.good for part in month if part.name != one.part.name)
        assert one.if_met == Fraction(others + reached) / found.whole.cases


@given(parts(), parts(), NORMS)
def test_the_parts_of_a_part_add_up_to_what_it_costs(
    rest: list[Part], pieces: list[Part], norm: float
) -> None:
    piece = Part("stuk", sum(p.good for p in pieces), sum(p.cases for p in pieces))
    whole = gap([*rest, piece], norm)
    assert whole is not None
    within = gap(pieces, norm, whole.whole)
    assert within is not None
    (costs,) = [one.points for one in whole.losses if one.part.name == "stuk"]
    assert sum(one.points for one in within.losses) == within.points == costs
