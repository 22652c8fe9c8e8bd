"""The dwangsom: the worked examples, day by day, and when none is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from data.dwangsom import dwangsom
from data.termijn import UnknownRule
from tests.terms_cast import LAW, d, shown, with_switch

DEADLINE, NOTICE = d("ma 2026-03-30"), d("wo 2026-04-01")


def test_example_26_from_the_first_day_to_the_last() -> None:
    found = dwangsom(LAW, DEADLINE, NOTICE)
    assert found.geldig
    assert shown(found.eerste_dag) == "do 2026-04-16"
    assert shown(found.laatste_dag) == "wo 2026-05-27"
    assert (found.bedrag, found.maximum) == (None, 1_442)


@pytest.mark.parametrize(
    ("number", "owed"),
    [(0, 0), (1, 23), (14, 322), (15, 357), (28, 812), (29, 857), (42, 1_442), (43, 1_442)],
)
def test_example_26_adds_up_by_day(number: int, owed: int) -> None:
    day = d("do 2026-04-16") + timedelta(number - 1)
    assert dwangsom(LAW, DEADLINE, NOTICE, day).bedrag == owed


def test_every_day_costs_what_its_stretch_costs() -> None:
    amounts = [dwangsom(LAW, DEADLINE, NOTICE, NOTICE + timedelta(n)).bedrag for n in range(80)]
    steps = [(after or 0) - (before or 0) for before, after in pairwise(amounts)]
    assert [step for step in steps if step] == [23] * 14 + [35] * 14 + [45] * 14


def test_example_28_a_notice_on_the_last_day_is_too_early() -> None:
    for early in (DEADLINE, DEADLINE - timedelta(10)):
        found = dwangsom(LAW, DEADLINE, early, d("vr 2026-05-29"))
        assert (found.geldig, found.eerste_dag, found.bedrag) == (False, None, 0)
        assert "te vroeg" in found.stappen[0].regel
    assert dwangsom(LAW, DEADLINE, DEADLINE + timedelta(1)).geldig


def test_a_woo_request_knows_none_and_a_rule_must_exist() -> None:
    found = dwangsom(LAW, DEADLINE, NOTICE, regel="woo")
    assert (found.geldig, found.bedrag) == (False, 0)
    assert found.stappen[0].artikel == "Woo art. 8.2"
    assert dwangsom(LAW, DEADLINE, NOTICE, regel="aanvraag").geldig
    with pytest.raises(UnknownRule, match="bedoelde u 'woo'"):
        dwangsom(LAW, DEADLINE, NOTICE, regel="wooo")


def test_the_first_day_can_be_read_otherwise() -> None:
    (told,) = dwangsom(LAW, DEADLINE, NOTICE).omstreden
    assert told.endswith("anders wo 15 april 2026")
    other = dwangsom(with_switch("dwangsom_eerste_dag", "14"), DEADLINE, NOTICE)
    assert shown(other.eerste_dag) == "wo 2026-04-15"


def test_the_atw_on_the_two_weeks_can_be_read_otherwise() -> None:
    notice = d("za 2026-04-11")  # two weeks end on Saturday 25 April, before Koningsdag
    found = dwangsom(LAW, DEADLINE, notice)
    assert shown(found.eerste_dag) == "zo 2026-04-26"
    assert [text.rpartition("anders ")[2] for text in found.omstreden] == [
        "za 25 april 2026",
        "wo 29 april 2026",
    ]
    switch = with_switch("atw_op_twee_weken_na_ingebrekestelling", "true")
    assert dwangsom(switch, DEADLINE, notice).eerste_dag == date(2026, 4, 29)
