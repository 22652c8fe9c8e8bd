"""What the Klantinteracties standard says of a contact and of the tasks that it led to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from data.agreements import CALLBACK
from data.codes import Handler
from data.topics import Topics
from ingest.json_item import Item
from ingest.json_rows import Parsed, parsed
from ingest.privacy import People
from ingest.records import Ticket
from ingest.source import RowRejected
from ingest.wording import Wording

CONTACTS, TASKS = "klantcontacten", "internetaken"
CONTACT, TASK = "contact:", "taak:"
"""What the keys of the two begin with."""
UNIT = "organisatorische_eenheid"
OPEN, DONE = "te_verwerken", "verwerkt"
LONGEST_TYPED = 5000


class Task(NamedTuple):
    """An open task: the contact that led to it, and the department that it stands with."""

    key: str
    contact: str
    afdeling: str


@dataclass(frozen=True)
class Reader:
    """Makes questions of contacts and tasks; `units` names the departments by their id.

    A contact is a question that is settled at once, unless it led to a task: that is a request to
    be called back, with the topic and channel of its contact.
    """

    wording: Wording
    people: People
    topics: Topics
    units: Mapping[str, str]
    department: str
    contacts: bool = True

    def page(self, rows: list[Any]) -> Parsed:
        """Read contacts with their tasks; what is no question of ours is parsed all the same."""
        contacts = parsed(rows, CONTACTS, "uuid", self._contact, CONTACT)
        tasks = parsed(list(tasks_of(rows)), TASKS, "uuid", self._task, TASK)
        if not self.contacts:
            contacts = Parsed([], contacts.rejected, [])
        return Parsed(
            contacts.tickets + tasks.tickets,
            contacts.rejected + tasks.rejected,
            contacts.keys + tasks.keys,
        )

    def _contact(self, item: Item) -> Ticket:
        at = item.moment("plaatsgevondenOp")
        return Ticket(
            key=CONTACT + item.key("uuid"),
            version=0,
            received_at=at,
            closed_at=at,
            kanaal=self._channel(item),
            onderwerp=self._topic(item),
            afdeling=self.wording.text("afdeling", item, self.department),
            handler=_handler(item),
            person=self._person(item),
        )

    def _task(self, item: Item) -> Ticket:
        contact = Item.of(item.raw("contact"))
        return Ticket(
            key=TASK + item.key("uuid"),
            version=0,
            received_at=item.moment("toegewezenOp"),
            closed_at=_closed(item),
            kanaal=self._channel(contact),
            onderwerp=self._topic(contact),
            afdeling=self.unit(item),
            soort=CALLBACK,
            handler=Handler.AFDELING,
            person=None if self.contacts else self._person(contact),
        )

    def unit(self, task: Item) -> str:
        """Return the department of a task, in our words; an employee is never looked up."""
        actors = task.several("toegewezenAanActoren")
        names = (self.units.get(actor.key("uuid"), "") for actor in actors)
        return self.wording.text("afdeling", Item({"naam": next(filter(None, names), "")}), "naam")

    def open_tasks(self, rows: Iterable[object]) -> Iterator[Task]:
        """Yield those of these tasks that are open and say what they belong to."""
        for row in rows:
            with suppress(RowRejected):
                item = Item.of(row)
                if item.raw("status") == OPEN:
                    contact = _identity(item, "aanleidinggevendKlantcontact.uuid")
                    yield Task(item.key("uuid"), contact, self.unit(item))

    def _channel(self, contact: Item) -> str:
        return self.wording.text("kanaal", contact, "kanaal").lower()

    def _topic(self, contact: Item) -> str:
        """Return a subject that is listed; what else was typed may be anybody's and is not kept.

        KISS writes "title (specific question)", and without a title only what was typed.
        """
        subject = contact.text("onderwerp", LONGEST_TYPED)
        return next(filter(None, map(self._listed, (subject, _title(subject)))), "")

    def _listed(self, written: str) -> str:
        ours = self.wording.values["onderwerp"]
        return ours.get(written) or (written if self.topics.knows(written) else "")

    def unlisted(self, rows: Iterable[object]) -> Iterator[str]:
        """Yield the subjects of contacts that no list knows, without numbers and addresses."""
        for row in rows:
            with suppress(RowRejected):
                item = Item.of(row)
                if not self._topic(item):
                    yield _title(item.text("onderwerp", LONGEST_TYPED))

    def _person(self, contact: Item) -> int | None:
        """Return the pseudonym of who asked, if that is a known party."""
        there = contact.several("_expand.hadBetrokkenen")
        if not there:
            return None
        parties = (str(who.raw("wasPartij.uuid") or "") for who in there)
        return self.people.of("", next(filter(None, parties), ""))


def _title(subject: str) -> str:
    return subject.partition(" (")[0]


def _identity(item: Item, path: str) -> str:
    """Return an id that may stand in an address; raise RowRejected when it is none."""
    try:
        return str(UUID(item.key(path)))
    except ValueError:
        raise RowRejected(f"{path}: geen uuid") from None


def tasks_of(rows: Iterable[object]) -> Iterator[object]:
    """Yield the tasks that a page tells, each with its contact."""
    for row in rows:
        expanded = row.get("_expand") if isinstance(row, dict) else None
        told = expanded.get("leiddeTotInterneTaken") if isinstance(expanded, dict) else None
        for task in told if isinstance(told, list) else ():
            yield {**task, "contact": row} if isinstance(task, dict) else task


def _handler(contact: Item) -> int:
    """Say who settled it; a contact in which nobody was reached settled nothing."""
    if contact.several("leiddeTotInterneTaken"):
        if contact.raw("_expand.leiddeTotInterneTaken") is None:
            raise RowRejected("_expand.leiddeTotInterneTaken: ontbreekt; `expand` werkt daar niet")
        return Handler.DOORGEZET
    reached = contact.flag("indicatieContactGelukt")
    return Handler.ONBEKEND if reached is False else Handler.KCC


def _closed(task: Item) -> int | None:
    status = task.text("status")
    if status not in (OPEN, DONE):
        raise RowRejected("status: geen te_verwerken of verwerkt")
    if status == OPEN:
        return None
    closed = task.instant("afgehandeldOp", up=True)
    if closed is None:
        raise RowRejected("afgehandeldOp: ontbreekt, terwijl de taak verwerkt is")
    return closed
