"""Targets in every state that the page must draw: staged months of five figures, and of parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from data.history import Event, History, Recalibration
from data.norms import GrowthPath, NormSettings
from data.thresholds import SmallNumbers
from metrics import Cut, Kpi, Period, Reading
from metrics.catalogue import catalogue
from metrics.months import last_months, year_earlier
from metrics.parts import Part, parts
from metrics.periods import next_month
from tests.fake_board import FakeBoard
from tests.told_cast import told

SET_BY = "Collegebesluit 2016, voor de tests"
SINCE, LAST = date(2016, 1, 1), date(2026, 10, 1)
NORMS = {
    "bereikbaarheid": 0.85,
    "wachttijd": 120.0,
    "doorverbonden": 0.20,
    "digitaal_of_kcc": 0.80,
    "binnen_termijn": 0.85,
    "terugbellen": 0.90,
    "in_een_keer_goed": 0.80,
}
PATH = GrowthPath("digitaal_of_kcc", date(2026, 1, 1), 0.76, date(2026, 12, 1), 0.80, "jaarplan")
CATALOGUE = catalogue([NormSettings(key, worth, SINCE, SET_BY, 0) for key, worth in NORMS.items()],
                      [PATH])  # fmt: skip
HISTORY = History(
    recalibrations=(
        Recalibration("binnen_termijn", date(2025, 9, 1), "nieuw zaaksysteem", "adviseur",
                      "teammanager"),
    ),
    events=(
        Event(date(2026, 1, 5), date(2026, 1, 7), "Sneeuw en ijzel", "teammanager"),
        Event(date(2026, 3, 2), date(2026, 3, 2), "Nieuwe website", "adviseur",
              ("digitaal_of_kcc",)),
    ),
)  # fmt: skip


def noisy(seed: int, middle: float, noise: float, drift: Sequence[float] = ()) -> list[float]:
    """The 34 months up to October 2026 around a middle, the last of them moved."""
    random = Random(seed)
    steady = [middle + random.uniform(-noise, noise) for _ in range(34)]
    return [*steady[: 34 - len(drift)], *(middle + step for step in drift)]


WORSE = (0.0, -0.01, -0.02, -0.035, -0.05, -0.06, -0.08, -0.1)
BETTER = (0.02, 0.03, 0.02, 0.035, 0.03, 0.036, 0.031, 0.028)
SERIES: dict[str, list[float | None]] = {
    "bereikbaarheid": [*noisy(5, 0.86, 0.025)],
    "wachttijd": [*noisy(2, 108.0, 16.0)],
    "doorverbonden": [*noisy(3, 0.12, 0.012)],
    "digitaal_of_kcc": [*noisy(4, 0.76, 0.015, BETTER)],
    "binnen_termijn": [*noisy(7, 0.88, 0.015)[:20], *noisy(8, 0.93, 0.012)[20:]],
    "terugbellen": [*noisy(6, 0.85, 0.015, WORSE)],
    "in_een_keer_goed": [*noisy(9, 0.81, 0.02)[:26], None, *noisy(9, 0.81, 0.02)[27:33], None],
}


def staged(kpi: Kpi, month: date, part: tuple[Cut, str] | None = None) -> list[Reading]:
    """The months of a figure up to one, or of a part that has a tenth of the cases."""
    recent = [*reversed(last_months(LAST))]
    firsts = [*(year_earlier(year_earlier(first)) for first in recent[14:]), *recent]
    cut = {part[0]: part[1]} if part else {}
    values = zip(firsts, SERIES[kpi.key], strict=True)
    return [
        replace(monthly(kpi, first, worth), cut=cut) for first, worth in values if first <= month
    ]


def monthly(kpi: Kpi, first: date, value: float | None, cases: int = 4000) -> Reading:
    """The reading of a month."""
    period = Period.days(first, next_month(first))
    known = 0 if value is None else cases
    reason = "" if value is not None else "geen vragen waarvan de persoon bekend is in deze periode"
    return Reading(kpi=kpi, period=period, bucket=period.start, value=value, cases=known,
                   teller=round((value or 0) * known), noemer=known, norm=kpi.norm_on(first),
                   as_of=period.end, reason=reason)  # fmt: skip


def departments() -> list[Part]:
    """Departments of every size: large, small, too small, and the one that guards it."""
    shares = {"Belastingen": (0.83, 900), "Burgerzaken": (0.86, 2400), "Omgevingsrecht": (0.74, 23),
              "Vergunningen": (0.76, 310), "Wmo en jeugd": (0.72, 520), "Archief": (0.8, 5),
              "Griffie": (0.9, 11)}  # fmt: skip
    kpi = CATALOGUE["digitaal_of_kcc"]
    found = [
        replace(monthly(kpi, LAST, round(share * cases) / cases, cases), cut={Cut.AFDELING: name})
        for name, (share, cases) in shares.items()
    ]
    small = SmallNumbers()
    return parts(told(found, Cut.AFDELING, small.hidden_below), Cut.AFDELING, small)


def targets_board() -> FakeBoard:
    """A board with all of them."""
    return FakeBoard(catalogue=CATALOGUE, months=staged, history=HISTORY, parts_=departments())
