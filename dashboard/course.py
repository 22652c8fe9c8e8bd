"""The course of a share over today, cumulated from the counts that the readings carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from dashboard.board import TypicalDay
from dashboard.dutch import weekday
from dashboard.views import Course
from metrics import Reading
from metrics.periods import ZONE

HALF_HOUR = 2  # quarter-hours
Band = tuple[int, float, float]
USUAL_DAY = (32, 68)  # 8:00 to 17:00, when neither today nor a normal day says otherwise
FEW = 5  # no line on fewer calls than this


def slot_of(instant: datetime) -> float:
    """Place an instant on the local day, in quarter-hours."""
    local = instant.astimezone(ZONE)
    return local.hour * 4 + local.minute / 15


def cumulated(readings: Sequence[Reading], now: datetime) -> Iterator[tuple[float, float]]:
    """Yield (end of each half hour, share of the day so far)."""
    part = whole = 0.0
    end_of_line = slot_of(now)
    dated = [(slot_of(reading.bucket), reading) for reading in readings if reading.bucket]
    for half, group in groupby(dated, key=lambda item: int(item[0]) // HALF_HOUR):
        for _, reading in group:
            part += reading.teller or 0.0
            whole += reading.noemer or 0.0
        if whole >= FEW and half * HALF_HOUR < end_of_line:
            yield min((half + 1) * HALF_HOUR, end_of_line), part / whole


def until_closing(band: Sequence[Band]) -> Sequence[Band]:
    """Leave out the end of the day in which nothing comes in any more and the band stands still."""
    last = len(band)
    while last > 1 and band[last - 1][1:] == band[last - 2][1:]:
        last -= 1
    return band[:last]


def course_today(
    readings: Sequence[Reading], total: Reading, typical: TypicalDay | None, now: datetime
) -> Course:
    """Compose what the picture shows and the sentence that tells the same."""
    points = list(cumulated(readings, now))
    known = () if typical is None else until_closing(typical.band)
    band = [(half * HALF_HOUR, low, high) for half, low, high in known]
    slots = [slot for slot, _ in points] + [slot for slot, _, _ in band]
    normal = f"normale {weekday(now)}" if band else ""
    return Course(
        points=points,
        band=band,
        norm=None if total.norm is None else total.norm.value,
        first=min([USUAL_DAY[0], *slots]),
        last=max([USUAL_DAY[1], *slots]),
        band_label=normal,
        summary=_sentence(total, normal),
    )


def _sentence(total: Reading, normal: str) -> str:
    told = f"{total.kpi.name} vandaag per half uur, nu {total.text}."
    if total.norm is not None:
        told += f" De norm is {total.kpi.unit.text(total.norm.value)}."
    return f"{told} De band is een {normal}." if normal else told
