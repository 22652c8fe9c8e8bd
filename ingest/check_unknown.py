"""Counts what a trial would leave unknown, and says which setting would tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.codes import Handler, Outcome
from data.settings import Settings
from ingest.records import Ticket
from ingest.source import Batch


def unknown(settings: Settings, batches: Sequence[Batch]) -> list[str]:
    """Return a line per field that stays unknown in some records, with what to do."""
    return [line for line in (*_of_questions(settings, batches), *_of_calls(batches)) if line]


def _of_questions(settings: Settings, batches: Sequence[Batch]) -> Iterator[str]:
    tickets = [ticket for batch in batches for ticket in batch.tickets]
    closed = [ticket for ticket in tickets if ticket.closed_at is not None]
    channels = sum(not ticket.kanaal for ticket in tickets)
    yield _line("kanaal", channels, len(tickets), "vragen", "noem de kolom of het veld")
    departments = sum(not _department(settings, ticket) for ticket in tickets)
    hint = "noem de kolom, of de afdeling per onderwerp in onderwerpen.toml"
    yield _line("afdeling", departments, len(tickets), "vragen", hint)
    handlers = sum(ticket.handler == Handler.ONBEKEND for ticket in closed)
    hint = "vul [bron.waarden.afgehandeld_door]"
    yield _line("afgehandeld_door", handlers, len(closed), "gesloten vragen", hint)


def _of_calls(batches: Sequence[Batch]) -> Iterator[str]:
    over = [call for batch in batches for call in batch.calls if call.outcome is not None]
    lost = sum(call.outcome == Outcome.ONBEKEND for call in over)
    yield _line("afloop", lost, len(over), "gesprekken", "vul [bron.waarden.afloop]")


def _line(name: str, count: int, total: int, plural: str, hint: str) -> str:
    return f"{name} onbekend: {count} van {total} {plural}; {hint}" if count else ""


def _department(settings: Settings, ticket: Ticket) -> str:
    """Return the department that a question gets: its own, else that of its topic."""
    day = settings.calendar.stamp(ticket.received_at).day
    return ticket.afdeling or settings.topics.find(ticket.onderwerp, day).afdeling
