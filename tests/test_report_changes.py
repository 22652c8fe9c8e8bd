"""What differs between two reports is told once, and as numbers that a reader can tell apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from metrics.published.comparing import changes, effect, now_and_then, same, turned
from metrics.published.edition import Change
from metrics.published.snapshot import Code, Snapshot
from tests.report_cast import EMPTY, MADE, SNAPSHOT, figure
from tests.report_town import later

VALUES = st.one_of(st.none(), st.floats(0, 1, allow_nan=False))


def with_figure(**new: Any) -> Snapshot:
    """The sample month, with another reachability."""
    figures = tuple(
        replace(one, **new) if one.key == "bereikbaarheid" else one for one in SNAPSHOT.figures
    )
    return replace(SNAPSHOT, figures=figures)


def only(found: tuple[Change, ...]) -> Change:
    (change,) = found
    return change


def test_a_report_differs_in_nothing_from_itself() -> None:
    assert changes(SNAPSHOT, SNAPSHOT) == ()
    later_made = replace(SNAPSHOT, made_at=later(9), code=Code(version="9"), sources=())
    assert later(9) != MADE
    assert same(SNAPSHOT, later_made)
    assert not same(SNAPSHOT, with_figure(value=0.9))


def test_a_number_is_told_with_the_decimals_that_tell_it_from_the_other() -> None:
    change = only(changes(SNAPSHOT, with_figure(value=0.8712)))
    assert (change.old_text, change.new_text) == ("87,10%", "87,12%")
    assert now_and_then(change) == (
        "Telefonische bereikbaarheid, waarde: nu 87,12%, vastgesteld 87,10%"
    )


def test_seconds_that_read_the_same_are_told_as_numbers() -> None:
    wait = tuple(replace(one, value=125.4) if one.key == "wachttijd" else one
                 for one in SNAPSHOT.figures)  # fmt: skip
    change = only(changes(SNAPSHOT, replace(SNAPSHOT, figures=wait)))
    assert (change.old_text, change.new_text) == ("125,000000", "125,400000")


@given(VALUES, VALUES)
def test_two_values_that_differ_never_read_the_same(old: float | None, new: float | None) -> None:
    if old is not None and new is not None and 0 < abs(old - new) < 1e-5:
        return
    before, after = (
        with_figure(value=one, text="87%" if one is not None else "–") for one in (old, new)
    )
    found = changes(before, after)
    assert bool(found) == (old != new)
    assert all(change.old_text != change.new_text for change in found)


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (True, "De conclusie blijft gelijk."),
        (False, "Het oordeel over de norm is nu: niet gehaald. Eerder was het: gehaald."),
        (None, "Het oordeel over de norm is nu: geen oordeel. Eerder was het: gehaald."),
    ],
    ids=["same", "turned", "none"],
)
def test_a_change_says_what_it_does_to_the_conclusion(met: bool | None, told: str) -> None:
    change = only(changes(SNAPSHOT, with_figure(value=0.84, text="84%", met=met)))
    assert change.effect == told
    assert turned((change,)) == (met is not True)


def test_another_meaning_is_a_change_though_every_number_is_the_same() -> None:
    first, *others = SNAPSHOT.definitions
    anew = replace(SNAPSHOT, definitions=(replace(first, fingerprint="f" * 64), *others))
    change = only(changes(SNAPSHOT, anew))
    assert (change.field, change.new_text) == ("definitie", "f" * 12)
    assert effect((change,)) == "Geen enkele conclusie verandert."


def test_what_one_of_the_two_does_not_tell_is_told_as_such() -> None:
    found = changes(SNAPSHOT, EMPTY)
    parts = [change for change in found if change.field == "waarde van afdeling Burgerzaken"]
    assert only(tuple(parts)).new_text == "niet vermeld"
    assert effect(found) == "De conclusies over 5 cijfers veranderen."
    extra = figure("nieuw", 1.0, 2.0, "50%", met=None)
    meaning = replace(SNAPSHOT.definitions[0], key="nieuw")
    more = replace(
        SNAPSHOT,
        figures=(*SNAPSHOT.figures, extra),
        definitions=(*SNAPSHOT.definitions, meaning),
    )
    assert {change.old_text for change in changes(SNAPSHOT, more)} == {"niet vermeld"}
