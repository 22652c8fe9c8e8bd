"""What is judged by which edges, and what is not judged at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.judging import norm_edge
from data.norms import NormSettings
from data.walls import Damping
from metrics import Reading
from metrics.catalogue import catalogue
from metrics.periods import today
from tests.fake_board import MONDAY_1432


def reading_with(key: str, norm: float) -> Reading:
    settings = NormSettings(key, norm, date(2016, 1, 1), "Voor de tests", 0.0)
    kpi = catalogue([settings])[key]
    period = today(MONDAY_1432)
    known = Reading(kpi=kpi, period=period, value=0.5, cases=100, norm=None, as_of=MONDAY_1432)
    return replace(known, norm=kpi.norm_on(period.start.date() + timedelta(days=1)))


@pytest.mark.parametrize(
    ("told", "key", "norm", "damping", "bad", "good"),
    [
        ("room of two points", "bereikbaarheid", 0.9, Damping(), 0.89, 0.92),
        ("no room asked for", "bereikbaarheid", 0.9, Damping(punten=0), 0.89, 0.91),
        ("no room above a norm of all", "bereikbaarheid", 1.0, Damping(), 0.99, 1.0),
        ("less is better", "afhakers", 0.05, Damping(), 0.06, 0.02),
        ("less is better, no room asked for", "afhakers", 0.05, Damping(punten=0), 0.06, 0.05),
        ("no room under a norm of none", "afhakers", 0.0, Damping(), 0.01, 0.0),
        ("seconds", "wachttijd", 30, Damping(speling=0), 31, 30),
    ],
)
def test_the_bad_side_of_a_norm_is_the_bad_side(
    told: str, key: str, norm: float, damping: Damping, bad: float, good: float
) -> None:
    edge = norm_edge(reading_with(key, norm), damping)
    assert edge is not None
    assert (edge.beyond(bad), edge.calm(bad)) == (True, False), told
    assert (edge.beyond(good), edge.calm(good)) == (False, True), told
