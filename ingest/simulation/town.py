"""The simulated municipality: its queues, how busy each day is and how well it is staffed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random
from typing import NamedTuple

from ingest.simulation.daytime import half_hours, is_working_day


class Queue(NamedTuple):
    """A queue of the exchange and what stands behind it."""

    naam: str
    afdeling: str
    gemeente: str
    pool: str
    extension: int
    talk_s: int
    by_day: float
    by_evening: float
    by_night: float
    overflow_s: int
    season: tuple[float, ...]


FLAT = (1.0,) * 12
PASSPORTS = (0.95, 0.95, 1.0, 1.1, 1.25, 1.35, 1.25, 0.9, 0.95, 0.95, 0.9, 0.85)
TAXES = (1.4, 1.9, 1.7, 1.15, 0.9, 0.85, 0.7, 0.75, 0.85, 0.8, 0.8, 0.8)
WASTE = (1.15, 0.95, 1.0, 1.05, 1.05, 1.0, 0.95, 0.95, 1.0, 1.0, 1.05, 1.0)
PERMITS = (0.95, 1.0, 1.15, 1.2, 1.15, 1.0, 0.8, 0.8, 1.05, 1.0, 0.95, 0.8)

_AFVAL = "Afval en openbare ruimte"
_H, _Z = "Haarlem", "Zandvoort"
_KCC, _BEL, _WMO, _VER = "kcc", "belastingen", "wmo_jeugd", "vergunningen"
QUEUES = (
    Queue("burgerzaken", "Burgerzaken", _H, _KCC, 201, 215, 0.33, 0.5, 0.7, 0, PASSPORTS),
    Queue("belastingen", "Belastingen", _H, _BEL, 202, 265, 0.20, 0.10, 0.0, 240, TAXES),
    Queue("afval", _AFVAL, _H, _KCC, 203, 185, 0.18, 0.22, 0.2, 0, WASTE),
    Queue("wmo_jeugd", "Wmo en jeugd", _H, _WMO, 204, 330, 0.11, 0.08, 0.0, 240, FLAT),
    Queue("vergunningen", "Vergunningen", _H, _VER, 205, 300, 0.09, 0.0, 0.0, 180, PERMITS),
    Queue("zandvoort", "Burgerzaken", _Z, _KCC, 206, 220, 0.09, 0.1, 0.1, 0, FLAT),
)
"""Queue, department, municipality, pool of members, extension, talk, shares, overflow, season."""
AFVAL_PLACE, STORM = 2, 2.5

DAY, EVENING, NIGHT = 0, 1, 2
OPENS, CLOSES, CLOSES_LATE = 17, 34, 40
THURSDAY, SATURDAY = 4, 6
BUSY = (115, 155, 165, 165, 155, 127, 110, 83, 83, 105, 138, 138, 127, 105, 94, 83, 66)
"""Calls per hour on an average working day, per half hour from 08:30."""
QUIET = (30, 30, 30, 30, 30, 30, 32, 38, 44) + (48,) * 8 + (64, 62, 61, 60, 58, 50, 40)
"""Calls per hour outside those times, per hour of the day."""
WEEKDAY = (1.0, 1.22, 1.03, 0.97, 1.0, 0.8, 1.0)
"""How much busier than average by day, from Sunday on; the quiet hours know no weekdays."""


@dataclass(frozen=True)
class Town:
    """What determines every byte: the seed, the size and whether it answers day and night."""

    seed: int
    scale: float = 1.0
    always_open: bool = True

    def random(self, day: int, what: str) -> Random:
        """Return the chance of one thing on one day."""
        return chance_of(self.seed, day, what)

    def regime(self, day: int, half: int) -> int | None:
        """Return which crowd calls in a half hour: by day, evening or night; None is closed."""
        if is_working_day(day) and OPENS <= half < CLOSES:
            return DAY
        if self.always_open:
            return NIGHT if half < OPENS else EVENING
        late = day % 7 == THURSDAY and is_working_day(day) and CLOSES <= half < CLOSES_LATE
        return EVENING if late else None

    def expected(self, day: int, half: int) -> float:
        """Return the calls per second that a planner counts on, season apart."""
        regime = self.regime(day, half)
        if regime is None:
            return 0.0
        per_hour = BUSY[half - OPENS] if regime == DAY else QUIET[half // 2]
        return per_hour / 3600 * self.scale * (WEEKDAY[day % 7] if regime == DAY else 1.0)

    def rates(self, day: int) -> list[tuple[int, int, float]]:
        """Return the half hours with calls: when each begins, its regime, calls per second."""
        random = self.random(day, "drukte")
        level = random.lognormvariate(0.0, 0.07)
        busy = []
        for begins, half in half_hours(day):
            regime = self.regime(day, half)
            if regime is not None:
                crowd = sum(self.shares(day, regime))
                noise = level * random.lognormvariate(0.0, 0.12)
                busy.append((begins, regime, self.expected(day, half) * crowd * noise))
        return busy

    def shares(self, day: int, regime: int) -> list[float]:
        """Return the weight of each queue among the callers of a regime."""
        month = date.fromordinal(day).month - 1
        shares = [share_of(queue, regime) * queue.season[month] for queue in QUEUES]
        if self.is_stormy(day):
            shares[AFVAL_PLACE] *= STORM
        return shares

    def is_stormy(self, day: int) -> bool:
        """Tell whether a storm or another incident makes the day exceptional."""
        winter = date.fromordinal(day).month in (10, 11, 12, 1, 2, 3)
        return self.random(day, "storm").random() < (0.025 if winter else 0.008)

    def staffing(self, day: int, pool: str) -> float:
        """Return which part of the planned members is there; some days many are ill."""
        ill = self.random(day, f"ziek/{pool}").random()
        return (0.72 if ill < 0.05 else 1.0) * (1.0 + 0.15 * self.wave(day, pool))

    def wave(self, day: int, what: str) -> float:
        """Return a slow drift between -1 and 1."""
        slow, quick = _phases(self.seed, what)
        return 0.6 * math.sin(day / 61.0 + slow) + 0.4 * math.sin(day / 23.0 + quick)


def chance_of(*words: object) -> Random:
    """Return the chance that these words always give."""
    return Random("/".join(map(str, words)))  # noqa: S311 - a simulation, no secret


def share_of(queue: Queue, regime: int) -> float:
    """Return the part of a regime's callers that choose a queue in a flat season."""
    return (queue.by_day, queue.by_evening, queue.by_night)[regime]


@lru_cache(maxsize=64)
def _phases(seed: int, what: str) -> tuple[float, float]:
    random = chance_of(seed, "golf", what)
    return random.random() * math.tau, random.random() * math.tau
