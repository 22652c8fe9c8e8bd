"""Freezes how a target stands."""

from __future__ import annotations

from metrics.published import goal
from metrics.published.frozen_figures import number
from metrics.readings import Reading
from metrics.signals import Point, Rule
from metrics.spc import Assurance, Chart, Segment, Variation
from metrics.targets import Target, month_of, path_in
from metrics.units import Unit
from metrics.year import Reach

VARIATIONS: dict[Variation | None, goal.Variation | None] = {
    Variation.GEEN: "geen",
    Variation.VERBETERING: "verbetering",
    Variation.VERSLECHTERING: "verslechtering",
    Variation.VERANDERING: "verandering",
    Variation.TE_WEINIG: "te_weinig",
    None: None,
}
ASSURANCES: dict[Assurance | None, goal.Assurance | None] = {
    Assurance.STEEDS: "steeds",
    Assurance.NIET: "niet",
    Assurance.SOMS: "soms",
    None: None,
}
SIGNALS: dict[Rule, goal.Signal] = {
    Rule.BUITEN: "buiten",
    Rule.TREND: "trend",
    Rule.TWEE_VAN_DRIE: "twee_van_drie",
    Rule.VERSCHUIVING: "verschuiving",
}
REACHES: dict[Reach | None, goal.Reach | None] = {
    Reach.HAALBAAR: "haalbaar",
    Reach.NIET_MEER: "niet_meer",
    Reach.ZEKER: "zeker",
    None: None,
}


def frozen(target: Target) -> goal.Goal:
    """Freeze a target in its month."""
    chart, unit = target.chart, target.reading.kpi.unit
    pairs = zip(target.readings, chart.points, strict=True)
    return goal.Goal(
        key=target.reading.kpi.key,
        points=tuple(_point(reading, point, chart) for reading, point in pairs),
        segments=tuple(_segment(part, unit) for part in chart.segments),
        variation=VARIATIONS[chart.variation],
        variation_text=chart.variation_text,
        lasting=chart.lasting,
        assurance=ASSURANCES[target.assurance],
        to_do=target.to_do,
        on_path=target.on_path,
        before=_month(target.before) if target.before else None,
        forecast=_forecast(target),
        year=_year(target),
        events=tuple(
            goal.Event(day=event.day, until=event.until, text=event.text, owner=event.owner)
            for event in target.events
        ),
        recalibrations=tuple(
            goal.Recalibration(
                day=found.day,
                reason=found.reason,
                author=found.author,
                approved_by=found.approved_by,
            )
            for found in target.recalibrations
        ),
    )


def _point(reading: Reading, point: Point, chart: Chart) -> goal.Point:
    if point.rule is None:
        return _month(reading)
    return _month(reading, SIGNALS[point.rule], point.side, VARIATIONS[chart.meaning(point)])


def _month(
    reading: Reading,
    rule: goal.Signal | None = None,
    side: int = 0,
    meaning: goal.Variation | None = None,
) -> goal.Point:
    return goal.Point(
        month=month_of(reading),
        value=number(reading.value),
        text=reading.text,
        teller=number(reading.teller),
        noemer=number(reading.noemer),
        cases=int(reading.cases),
        norm=reading.norm.value if reading.norm else None,
        met=reading.met,
        path=path_in(reading.kpi, month_of(reading)),
        reason=reading.reason,
        gaps=reading.gaps,
        rule=rule,
        side=side,
        meaning=meaning,
    )


def _segment(part: Segment, unit: Unit) -> goal.Segment:
    low, high = part.limits.shown(unit) if part.limits else (None, None)
    return goal.Segment(
        first=part.points[0].month,
        last=part.points[-1].month,
        mean=number(part.limits.mean) if part.limits else None,
        low=number(low),
        high=number(high),
        known=part.known,
        provisional=part.provisional,
    )


def _forecast(target: Target) -> goal.Forecast:
    made, rate = target.forecast, target.hit_rate
    return goal.Forecast(
        months=made.months,
        level=number(made.level),
        low=number(made.low),
        high=number(made.high),
        reason=made.reason,
        hits=rate.hits,
        tested=rate.months,
    )


def no_year(reason: str) -> goal.Year:
    """The year of a target when it is not known, and why."""
    return goal.Year(
        so_far=None,
        value=None,
        low=None,
        high=None,
        reason=reason,
        needed=None,
        reach=None,
        needed_reason=reason,
    )


def _year(target: Target) -> goal.Year:
    year, needed = target.year, target.nodig
    return goal.Year(
        so_far=number(year.so_far),
        value=number(year.value),
        low=number(year.low),
        high=number(year.high),
        reason=year.reason,
        needed=number(needed.value),
        reach=REACHES[needed.reach],
        needed_reason=needed.reason,
    )
