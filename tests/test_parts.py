"""The parts of a figure: the small ones hidden with what guards them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.thresholds import SmallNumbers
from metrics import Cut, Kpi, Reading
from metrics.intervals import Size, Verdict
from metrics.parts import Part, parts
from tests.target_cast import CATALOGUE, LAST, monthly
from tests.told_cast import told

SHARE, WAIT = CATALOGUE["digitaal_of_kcc"], CATALOGUE["wachttijd"]
SMALL = SmallNumbers()
LARGE = {"Belastingen": (0.83, 900), "Burgerzaken": (0.9, 2400)}
Cells = Mapping[str, tuple[float, int]]


def readings(cells: Cells, kpi: Kpi) -> list[Reading]:
    """The reading of each part in a month."""
    return [
        replace(monthly(kpi, LAST, value, cases), cut={Cut.AFDELING: name})
        for name, (value, cases) in cells.items()
    ]


def found(cells: Cells, kpi: Kpi = SHARE) -> dict[str, Part]:
    read = told(readings(cells, kpi), Cut.AFDELING, SMALL.hidden_below)
    return {part.name: part for part in parts(read, Cut.AFDELING, SMALL)}


def hidden(found: Mapping[str, Part]) -> set[str]:
    return {name for name, part in found.items() if part.reading is None}


def test_parts_come_by_name_and_those_without_a_case_stay_away() -> None:
    assert list(found({**LARGE, "Archief": (0.0, 0)})) == ["Belastingen", "Burgerzaken"]


def test_a_small_part_is_hidden_with_the_one_that_would_give_it_away() -> None:
    small = found({**LARGE, "Archief": (0.8, 5), "Griffie": (0.9, 11)})
    assert hidden(small) == {"Archief", "Griffie"}
    assert small["Archief"] == Part(value="Archief")


def test_where_nothing_can_guard_it_all_are_hidden() -> None:
    assert hidden(found({"Archief": (0.8, 5)})) == {"Archief"}


def test_few_cases_are_shown_without_a_verdict() -> None:
    part = found({**LARGE, "Omgevingsrecht": (0.74, 23)})["Omgevingsrecht"]
    assert (part.size, part.verdict) == (Size.OPEN, None)
    assert part.interval is not None


def test_a_share_is_judged_by_how_sure_it_is() -> None:
    judged = found({**LARGE, "Vergunningen": (0.78, 310)})
    assert judged["Burgerzaken"].verdict is Verdict.GEHAALD
    assert judged["Vergunningen"].verdict is Verdict.ONBESLIST


def test_what_is_no_share_has_no_interval() -> None:
    part = found({"afval": (40.0, 500), "belastingen": (70.0, 800)}, WAIT)["afval"]
    assert (part.interval, part.verdict, part.size) == (None, None, Size.GEWOON)


def test_a_part_without_a_name_is_called_unknown() -> None:
    assert list(found({**LARGE, "": (0.5, 100)})) == ["niet bekend", *LARGE]
