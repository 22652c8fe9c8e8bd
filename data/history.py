"""What was recorded about the past: limits that were computed anew, and events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from data.fields import Fields, blocks
from data.mistakes import Mistake

RECALIBRATIONS, EVENTS = "herijkingen.toml", "gebeurtenissen.toml"


@dataclass(frozen=True)
class Recalibration:
    """One [[herijking]]: from this month on the process of a figure is another one."""

    kpi: str
    day: date
    reason: str
    author: str
    approved_by: str


@dataclass(frozen=True)
class Event:
    """One [[gebeurtenis]]: what happened, up to and including a last day; () means all figures."""

    day: date
    until: date
    text: str
    owner: str
    kpis: tuple[str, ...] = ()

    def touches(self, kpi: str) -> bool:
        """Tell whether it may have changed a figure."""
        return self.touches_any((kpi,))

    def touches_any(self, kpis: Collection[str]) -> bool:
        """Tell whether it may have changed one of these figures."""
        return not self.kpis or any(kpi in self.kpis for kpi in kpis)

    def covers(self, day: date) -> bool:
        """Tell whether it was going on on a day."""
        return self.day <= day <= self.until


class History(NamedTuple):
    """All that was recorded, in order of time."""

    recalibrations: tuple[Recalibration, ...] = ()
    events: tuple[Event, ...] = ()

    def recalibrated(self, kpi: str) -> list[Recalibration]:
        """Return the recalibrations of a figure."""
        return [found for found in self.recalibrations if found.kpi == kpi]

    def touching(self, kpi: str) -> list[Event]:
        """Return the events that may have changed a figure."""
        return [event for event in self.events if event.touches(kpi)]


def read_history(
    recalibrations: Mapping[str, Any], events: Mapping[str, Any], mistakes: list[Mistake]
) -> History:
    """Read both files; what is wrong is added to `mistakes` and left out."""
    Fields(recalibrations, RECALIBRATIONS, "", mistakes).rest(("herijking",))
    Fields(events, EVENTS, "", mistakes).rest(("gebeurtenis",))
    found = blocks(recalibrations, "herijking", RECALIBRATIONS, "kpi", _recalibration, mistakes)
    happened = blocks(events, "gebeurtenis", EVENTS, "datum", _event, mistakes)
    return History(
        tuple(sorted(found, key=lambda found: found.day)),
        tuple(sorted(happened, key=lambda event: event.day)),
    )


def _recalibration(fields: Fields) -> Recalibration:
    found = Recalibration(
        kpi=fields.text("kpi"),
        day=fields.date_of("datum"),
        reason=fields.text("reden", hint="ontbreekt; noem de verandering in het proces"),
        author=fields.text("auteur"),
        approved_by=fields.text("goedgekeurd_door"),
    )
    if found.author and found.author.casefold() == found.approved_by.casefold():
        fields.wrong("goedgekeurd_door", "is de auteur zelf; laat een ander het goedkeuren")
    return found


def _event(fields: Fields) -> Event:
    day = fields.date_of("datum")
    event = Event(
        day=day,
        until=fields.date_of("tot_en_met", day),
        text=fields.name("tekst"),
        owner=fields.text("eigenaar"),
        kpis=tuple(fields.texts("cijfers")),
    )
    if event.until < event.day:
        fields.wrong("tot_en_met", "ligt voor datum")
    return event
