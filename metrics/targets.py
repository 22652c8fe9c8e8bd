"""A target: where a figure stands against its norm, whether that is real, and what to do.

Page, API, report and command line show the same value; it is made of monthly readings alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from data.history import Event, History, Recalibration
from data.thresholds import SignalRules
from metrics.forecast import Forecast, HitRate, backtest, forecast
from metrics.kpi import Better, Kpi
from metrics.months import SHOWN, Month, Process, year_earlier
from metrics.periods import Grain, Period, local_day, next_month
from metrics.readings import Query, Reading
from metrics.spc import RULES, Assurance, Chart, Variation
from metrics.year import Nodig, Year, nodig, year_of

YEARS_BACK = 5
CONCERN, NONE, BETTER = Variation.VERSLECHTERING, Variation.GEEN, Variation.VERBETERING
ALWAYS, NEVER, SOMETIMES = Assurance.STEEDS, Assurance.NIET, Assurance.SOMS
TO_DO = {
    (CONCERN, NEVER): "nu ingrijpen",
    (CONCERN, SOMETIMES): "onderzoek de oorzaak",
    (CONCERN, ALWAYS): "onderzoek de oorzaak",
    (NONE, NEVER): "richt het proces anders in, wachten helpt niet",
    (NONE, SOMETIMES): "norm halen is toeval: verklein de spreiding of verhoog het niveau",
    (NONE, ALWAYS): "vasthouden",
    (BETTER, NEVER): "doorgaan, nog niet genoeg",
    (BETTER, SOMETIMES): "doorgaan, nog niet genoeg",
    (BETTER, ALWAYS): "vasthouden",
}

URGENT = (
    "nu ingrijpen",
    "onderzoek de oorzaak",
    "richt het proces anders in, wachten helpt niet",
    "norm halen is toeval: verklein de spreiding of verhoog het niveau",
)
"""What asks for action, the most pressing first."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One figure in one month. `readings` are the months of its chart, the last of them this one.

    Met or not, variation and assurance are three facts, and never one.
    """

    readings: tuple[Reading, ...]
    chart: Chart
    forecast: Forecast
    hit_rate: HitRate
    year: Year
    nodig: Nodig
    before: Reading | None
    events: tuple[Event, ...]
    recalibrations: tuple[Recalibration, ...]

    @property
    def reading(self) -> Reading:
        """The figure of the month."""
        return self.readings[-1]

    @property
    def month(self) -> date:
        """The first day of the month."""
        return month_of(self.reading)

    @property
    def met(self) -> bool | None:
        """Tell whether the month meets the norm of its day; None without a norm or a value."""
        return self.reading.met

    @property
    def assurance(self) -> Assurance | None:
        """Tell whether the process can be relied on to meet the norm."""
        norm = self.reading.norm
        return self.chart.assurance(norm.value if norm else None)

    @property
    def to_do(self) -> str:
        """Say what to do; nothing where variation or assurance is not known."""
        variation, assurance = self.chart.variation, self.assurance
        return TO_DO.get((variation, assurance), "") if variation and assurance else ""

    @property
    def path(self) -> float | None:
        """What the growth path expects of the month."""
        return path_in(self.reading.kpi, self.month)

    @property
    def on_path(self) -> bool | None:
        """Tell whether the month is as good as its growth path expects."""
        value, path, better = self.reading.value, self.path, self.reading.kpi.better
        if value is None or path is None or better is Better.NEUTRAAL:
            return None
        return value >= path if better is Better.HOGER else value <= path


def goals(catalogue: Mapping[str, Kpi]) -> list[Kpi]:
    """Return the figures that have a norm to reach."""
    return [kpi for kpi in catalogue.values() if kpi.norms and kpi.better is not Better.NEUTRAAL]


def question(kpis: Sequence[Kpi], month: date, now: datetime) -> Query:
    """Ask all that targets of a month rest on; cut and narrow it as you like."""
    first = date(month.year - YEARS_BACK, 1, 1)
    period = Period.days(first, next_month(month))
    return Query(kpis=tuple(kpis), period=period, now=now, grain=Grain.MAAND)


def targets(
    readings: Iterable[Reading], history: History, rules: SignalRules = RULES
) -> list[Target]:
    """Make a target of the months of each figure and cut, in the order in which they come."""

    def of_one(reading: Reading) -> tuple[str, tuple[str, ...]]:
        return reading.kpi.key, tuple(reading.cut.values())

    return [target(list(months), history, rules) for _, months in groupby(readings, of_one)]


def target(readings: Sequence[Reading], history: History, rules: SignalRules = RULES) -> Target:
    """Make a target of the consecutive months of one figure, up to the month that is asked for."""
    kpi, whole = readings[-1].kpi, _whole(readings)
    months = tuple(_month(reading) for reading in whole)
    recalibrations = tuple(history.recalibrated(kpi.key))
    events = tuple(history.touching(kpi.key))
    anew = tuple(found.day for found in recalibrations)
    process = Process(kpi.better, kpi.unit, anew, events, rules)
    made = forecast(months, process)
    norm = kpi.norm_on(date(months[-1].first.year, 12, 31))
    return Target(
        readings=tuple(whole[-SHOWN:]),
        chart=process.chart(months),
        forecast=made,
        hit_rate=backtest(months, process),
        year=year_of(months, made),
        nodig=nodig(months, process, norm.value if norm else None),
        before=_year_before(whole),
        events=events,
        recalibrations=recalibrations,
    )


def urgent(targets: Sequence[Target]) -> Target | None:
    """Return the target that needs action first; of equals one that missed its norm."""
    pressing = [target for target in targets if target.to_do in URGENT]
    return min(pressing, key=lambda one: (URGENT.index(one.to_do), one.met is True), default=None)


def month_of(reading: Reading) -> date:
    """Return the first day of the month of a reading."""
    return local_day(reading.period.start)


def path_in(kpi: Kpi, month: date) -> float | None:
    """Return what the growth path of a figure expects of a month."""
    path = kpi.path_in(month)
    return path.value_in(month) if path else None


def _whole(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Leave out the months before the first whole one; the month that is asked for stays."""
    known = [number for number, reading in enumerate(readings) if reading.value is not None]
    first = known[0] if known else len(readings)
    partial = first < len(readings) and bool(readings[first].gaps)
    return readings[min(first + partial, len(readings) - 1) :]


def _month(reading: Reading) -> Month:
    """Take a month; of one without a value that was not read whole nothing is known."""
    if reading.value is None and reading.gaps:
        return Month(month_of(reading), None)
    return Month(month_of(reading), reading.value, reading.teller, reading.noemer)


def _year_before(readings: Sequence[Reading]) -> Reading | None:
    asked = year_earlier(month_of(readings[-1]))
    return next((reading for reading in readings if month_of(reading) == asked), None)
