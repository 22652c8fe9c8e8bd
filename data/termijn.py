"""STUB, replaced at the merge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Course:
    ontvangen: date
    bekendgemaakt: date | None = None
    verdaagd: date | None = None
    verdaagd_tot: date | None = None
    opgeschort: tuple[tuple[date, date | None], ...] = ()
    commissie: bool = False
    instemming: bool = False
    werkdagen: int | None = None


@dataclass(frozen=True)
class Terms:
    rules: tuple[str, ...] = tuple(
        [
            "aanvraag",
            "servicenorm",
            "bezwaar",
            "omgevingsvergunning",
            "wmo_onderzoek",
            "klacht",
            "woo",
        ]
    )

    def fingerprint(self, rule: str) -> int:
        return 1

    def received(self, rule: str, at: int) -> date:
        return datetime.fromtimestamp(at, ZoneInfo("Europe/Amsterdam")).date()

    def due(self, rule: str, c: Course) -> tuple[date | None, date | None]:
        if rule == "bezwaar" and c.bekendgemaakt is None:
            return None, None
        d = c.ontvangen + timedelta(days=c.werkdagen or 56)
        return d, d

    def werkdagen_tussen(self, a: date, b: date) -> int:
        return (b - a).days
