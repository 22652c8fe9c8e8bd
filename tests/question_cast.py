"""The cast of the tests about questions: tickets in plain times, delivered as the runner does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from data import schema
from data.codes import Happening
from data.settings import Settings, load
from data.store import Store
from ingest.life import Stamped, rules_of
from ingest.questions import write_questions
from ingest.records import Call, Event, Ticket
from ingest.stamps import Stamps
from tests.ingest_cast import rows
from tests.rules import rules
from tests.worlds import instant

LATE = instant("2030-01-01")
"""So late that no question still waits for its call."""


def day(text: str) -> int:
    """A local day as an ordinal."""
    return date.fromisoformat(text).toordinal()


def end_of(text: str) -> int:
    """The last second of a local day."""
    return instant(f"{text} 23:59:59")


def happened(what: str, at: str, until: str | None = None) -> Event:
    """An event at a local time."""
    return Event(int(Happening[what]), instant(at), None if until is None else instant(until))


def asked(received: str, *events: Event, **told: Any) -> Ticket:
    """A question at a local time; `closed` and `due` are local times as well."""
    for ours, plain in (("closed_at", "closed"), ("due_at", "due")):
        if plain in told:
            told[ours] = instant(told.pop(plain))
    return Ticket(
        **{"key": "Z1", "version": 1} | told, received_at=instant(received), events=events
    )


def configured(folder: Path, **files: str) -> Settings:
    """The settings of a folder with these files; a name stands for name.toml."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, "utf-8")
    return load({"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder)})


def of(store: Store, settings: Settings) -> Stamps:
    """The stamps that these settings give."""
    return Stamps(store.organisation, "Haarlem", rules_of(settings))


def stamped(ticket: Ticket, settings: Settings | None = None) -> Stamped:
    """What a municipality makes of a question; without settings nothing is agreed on."""
    return (rules() if settings is None else rules_of(settings)).stamp(ticket)


def deliver(
    store: Store,
    *said: Ticket | Call,
    by: Stamps | None = None,
    source: int = 1,
    now: int = LATE,
) -> dict[str, set[int]]:
    """Write calls and questions in one transaction; return the days that were touched."""
    by = by or Stamps(store.organisation, "Haarlem", rules())
    calls = [one for one in said if isinstance(one, Call)]
    tickets = [one for one in said if isinstance(one, Ticket)]
    days: dict[str, set[int]] = {}
    with store.writing() as connection:
        parts = [
            store.upsert(connection, schema.call, source, by.calls(source, calls)),
            write_questions(connection, store, source, by.tickets(source, tickets), tickets, now),
        ]
        for part in parts:
            for fact, found in part.days.items():
                days.setdefault(fact, set()).update(found)
        store.mark(connection, days)
    return days


def told(store: Store, *names: str) -> dict[str, Any]:
    """What stands in these columns, by the key of the question."""
    found = rows(store, schema.ticket)
    if len(names) == 1:
        return {row["key"]: row[names[0]] for row in found}
    return {row["key"]: tuple(row[name] for name in names) for row in found}
