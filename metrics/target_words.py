"""Writes targets out: as a table for a reader, and as JSON can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.dutch_days import MONTHS, listed
from metrics.forecast import HitRate
from metrics.kpi import Better
from metrics.signals import Point
from metrics.spc import Segment
from metrics.targets import Target, path_in
from metrics.units import NO_VALUE, Unit
from metrics.year import Reach

HEAD = ("cijfer", "waarde", "norm", "", "variatie", "zekerheid", "prognose", "nodig", "wat te doen")
MOST_NAMED = 3
MET = {True: "gehaald", False: "niet gehaald", None: NO_VALUE}


def table(targets: Sequence[Target]) -> list[str]:
    """Return a line per target under a head, in columns; then what more must be known of each."""
    rows = [HEAD, *(_row(target) for target in targets)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return [*lines, *(remark for target in targets for remark in _remarks(target))]


def _remarks(target: Target) -> list[str]:
    """What a reader must know beside the figures of a target."""
    reading, active = target.reading, target.chart.active
    few = f"voorlopige grenzen, uit {active.known} maanden"
    remarks = [
        reading.reason,
        *reading.gaps,
        path_text(target),
        few if active.limits and active.provisional else "",
        hit_text(target.hit_rate) if target.forecast.months else "",
        missing_text(target),
    ]
    return [f"{name_of(target)}: {remark}" for remark in remarks if remark]


def name_of(target: Target) -> str:
    """Return the name of the figure, with the part that it is about."""
    return ", ".join((target.reading.kpi.name, *target.reading.cut.values()))


def forecast_text(target: Target) -> str:
    """Say what is expected of December, or why nothing is."""
    made, unit = target.forecast, target.reading.kpi.unit
    if made.level is None:
        return made.reason
    level, low, high = map(unit.text, (made.level, made.low, made.high))
    return f"dec. {level}, {low.rstrip('%')} tot {high}"


def hit_text(rate: HitRate) -> str:
    """Say how often the forecasts came true."""
    if not rate.months:
        return "er is nog geen prognose om te toetsen"
    return f"de prognose kwam {rate.hits} van de {rate.months} keer uit"


def nodig_text(target: Target) -> str:
    """Say which average the months left must have, or that no month ever had it."""
    found = target.nodig
    if found.reach is Reach.HAALBAAR:
        at_least = "minstens" if target.reading.kpi.better is Better.HOGER else "hoogstens"
        return f"{at_least} gemiddeld {target.reading.kpi.unit.text(found.value)}"
    return found.reach.value if found.reach else found.reason


def path_text(target: Target) -> str:
    """Say how the month stands beside its growth path."""
    if target.on_path is None:
        return ""
    expected = target.reading.kpi.unit.text(target.path, 1)
    return f"{'op' if target.on_path else 'niet op'} het groeipad ({expected})"


def missing_text(target: Target) -> str:
    """Say which months have no value, so that no run goes on across them."""
    months = target.chart.missing
    if len(months) > MOST_NAMED:
        return f"geen cijfer over {len(months)} van de {len(target.readings)} maanden"
    return f"geen cijfer over {listed(list(map(month_text, months)))}" if months else ""


def month_text(month: date) -> str:
    """Write a month out: oktober 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def as_json(target: Target) -> dict[str, Any]:
    """The stable shape of `metrics doelen --json`."""
    reading, made, rate = target.reading, target.forecast, target.hit_rate
    return {
        **reading.as_json(),
        "naam": reading.kpi.name,
        "maand": target.month.isoformat(),
        "tekst": reading.text,
        "gehaald": target.met,
        "vorig_jaar": target.before.value if target.before else None,
        "variatie": target.chart.variation_text or None,
        "zekerheid": target.assurance.value if target.assurance else None,
        "voorlopig": target.chart.active.provisional,
        "wat_te_doen": target.to_do or None,
        "groeipad": target.path,
        "op_groeipad": target.on_path,
        "prognose": {
            "maanden": [month.isoformat() for month in made.months],
            **_values(made.level, made.low, made.high, made.reason),
        },
        "trefkans": {"uitgekomen": rate.hits, "maanden": rate.months},
        "jaar": {"tot_nu": target.year.so_far, **_year(target)},
        "nodig": {
            "waarde": target.nodig.value,
            "haalbaarheid": target.nodig.reach.value if target.nodig.reach else None,
            "reden": target.nodig.reason or None,
        },
        "reeks": _months(target),
        "grenzen": [_segment(part, reading.kpi.unit) for part in target.chart.segments],
        **_recorded(target),
    }


def _row(target: Target) -> tuple[str, ...]:
    reading, norm = target.reading, target.reading.norm
    return (
        name_of(target),
        reading.text,
        reading.kpi.unit.text(norm.value) if norm else NO_VALUE,
        MET[target.met],
        target.chart.variation_text or NO_VALUE,
        target.assurance.value if target.assurance else NO_VALUE,
        forecast_text(target),
        nodig_text(target),
        target.to_do,
    )


def _values(
    value: float | None, low: float | None, high: float | None, reason: str
) -> dict[str, Any]:
    return {"waarde": value, "ondergrens": low, "bovengrens": high, "reden": reason or None}


def _year(target: Target) -> dict[str, Any]:
    year = target.year
    return _values(year.value, year.low, year.high, year.reason)


def _months(target: Target) -> list[dict[str, Any]]:
    pairs = zip(target.readings, target.chart.points, strict=True)
    return [
        {
            "maand": point.month.isoformat(),
            "waarde": reading.value,
            "teller": reading.teller,
            "noemer": reading.noemer,
            "norm": reading.norm.value if reading.norm else None,
            "groeipad": path_in(reading.kpi, point.month),
            **_signal(target, point),
        }
        for reading, point in pairs
    ]


def _signal(target: Target, point: Point) -> dict[str, Any]:
    if point.rule is None:
        return {"signaal": None, "betekenis": None}
    return {"signaal": point.rule.value, "betekenis": target.chart.meaning(point).value}


def _segment(part: Segment, unit: Unit) -> dict[str, Any]:
    low, high = part.limits.shown(unit) if part.limits else (None, None)
    return {
        "vanaf": part.points[0].month.isoformat(),
        "gemiddelde": part.limits.mean if part.limits else None,
        "ondergrens": low,
        "bovengrens": high,
        "voorlopig": part.provisional,
    }


def _recorded(target: Target) -> dict[str, Any]:
    return {
        "gebeurtenissen": [
            {
                "datum": event.day.isoformat(),
                "tot_en_met": event.until.isoformat(),
                "tekst": event.text,
                "eigenaar": event.owner,
            }
            for event in target.events
        ],
        "herijkingen": [
            {
                "datum": found.day.isoformat(),
                "reden": found.reason,
                "auteur": found.author,
                "goedgekeurd_door": found.approved_by,
            }
            for found in target.recalibrations
        ],
    }
