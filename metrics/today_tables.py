"""Writes today out as the tables that the API gives: quarter-hours, staffing, norms."""

from __future__ import annotations

from typing import Any

from metrics.periods import local_text
from metrics.today import Today


def quarters_json(found: Today) -> list[dict[str, Any]]:
    """The stable shape of the API: a row per quarter-hour in which it is open."""
    return [
        {
            "van": local_text(one.at),
            "aangeboden": one.offered,
            "opgenomen": one.answered,
            "gemist": one.missed,
            "verwacht": one.usually.mean if one.usually else None,
            "verwacht_p10": one.usually.low if one.usually else None,
            "verwacht_p90": one.usually.high if one.usually else None,
            "vergelijkbare_dagen": found.days,
        }
        for one in found.quarters
    ]


def crews_json(found: Today) -> list[dict[str, Any]]:
    """A row per half-hour in which it is open."""
    reason = found.plan.reason
    return [
        {
            "van": local_text(one.at),
            "nodig": one.needed,
            "aanwezig": one.present,
            "tekort": one.short,
            "reden": one.reason or (reason if one.needed is None else "") or None,
        }
        for one in found.crews
    ]


def goals_json(found: Today) -> list[dict[str, Any]]:
    """A row per figure and per number of calls that may still come."""
    return [
        {
            "kpi": goal.reading.kpi.key,
            "teller": goal.reading.teller,
            "noemer": goal.reading.noemer,
            "norm": goal.reading.norm.value if goal.reading.norm else None,
            "drukte": name,
            "komen_nog": rest.calls if rest else None,
            "nodig": rest.needed if rest else None,
            "kans": rest.chance.value if rest else None,
            "reden": goal.reason or None,
        }
        for goal in found.goals
        for name, rest in goal.rests
    ]
