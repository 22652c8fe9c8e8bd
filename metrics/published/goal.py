"""How a target of a report stands: its months, signals, forecast and years, as values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from metrics.published.meaning import Norm

Variation = Literal["geen", "verbetering", "verslechtering", "verandering", "te_weinig"]
Assurance = Literal["steeds", "niet", "soms"]
Signal = Literal["buiten", "trend", "twee_van_drie", "verschuiving"]
Reach = Literal["haalbaar", "niet_meer", "zeker"]


class Point(Struct, frozen=True, kw_only=True):
    """One month of a target. A signal has a rule, a side (1 is up) and a meaning."""

    month: date
    value: float | None
    text: str
    teller: float | None
    noemer: float | None
    cases: int
    norm: float | None
    met: bool | None
    path: float | None
    reason: str
    gaps: tuple[str, ...]
    rule: Signal | None = None
    side: int = 0
    meaning: Variation | None = None


class Segment(Struct, frozen=True, kw_only=True):
    """Months from `first` to `last` with one set of limits; `known` of them have a value.

    Limits stay within what the unit can be; too few months have none.
    """

    first: date
    last: date
    mean: float | None
    low: float | None
    high: float | None
    known: int
    provisional: bool


class Forecast(Struct, frozen=True, kw_only=True):
    """Each of these months is expected between `low` and `high`; without a level, why not.

    Of the months that were forecast before, `hits` out of `tested` came out within.
    """

    months: tuple[date, ...]
    level: float | None
    low: float | None
    high: float | None
    reason: str
    hits: int
    tested: int


class Year(Struct, frozen=True, kw_only=True):
    """The year so far, what it comes to, and the average that the months left must have."""

    so_far: float | None
    value: float | None
    low: float | None
    high: float | None
    reason: str
    needed: float | None
    reach: Reach | None
    needed_reason: str


class Event(Struct, frozen=True, kw_only=True):
    """What happened from a day up to and including another."""

    day: date
    until: date
    text: str
    owner: str


class Recalibration(Struct, frozen=True, kw_only=True):
    """From this month on the process is another one: why, by whom, approved by whom."""

    day: date
    reason: str
    author: str
    approved_by: str


class Goal(Struct, frozen=True, kw_only=True):
    """A figure with a norm in the last month of the period: up to 24 months, of which the last.

    `lasting` months the signal of the last month goes on. Met, variation and assurance are three
    facts. `before` is the same month a year earlier.
    """

    key: str
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    variation: Variation | None
    variation_text: str
    lasting: int
    assurance: Assurance | None
    to_do: str
    on_path: bool | None
    before: Point | None
    forecast: Forecast
    year: Year
    events: tuple[Event, ...]
    recalibrations: tuple[Recalibration, ...]

    @property
    def point(self) -> Point:
        """The month itself."""
        return self.points[-1]

    @property
    def active(self) -> Segment:
        """The segment of the month itself."""
        return self.segments[-1]


class YearValue(Struct, frozen=True, kw_only=True):
    """A figure in a year up to and including a month; no value (n.b.) has a reason."""

    year: int
    until: date
    value: float | None
    text: str
    teller: float | None
    noemer: float | None
    norm: float | None
    reason: str = ""


class Years(Struct, frozen=True, kw_only=True):
    """A target as budgets tell it: its norm, the last three whole years, and the year so far."""

    key: str
    norm: Norm | None
    past: tuple[YearValue, ...]
    so_far: YearValue
