"""Turns a ticket of Zammad into one of ours; who is who, titles and articles stay behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.codes import Happening
from data.mistakes import nearest
from ingest.json_item import Item
from ingest.options import Options
from ingest.privacy import People
from ingest.records import Event, Ticket
from ingest.source import RowRejected
from ingest.wording import SHUT, STATE, VOID, Wording, wording

USUAL = {
    "kanaal": {"phone": "telefoon", "email": "e-mail", "web": "formulier"},
    STATE: {"closed": SHUT, "merged": VOID, "removed": VOID},
}
NAMES = ("kanaal", "onderwerp", "afdeling", "soort", STATE)
OWN = ("onderwerp", "soort")
DEADLINES = ("close_escalation_at", "first_response_escalation_at")
NEVER = frozenset({"title", "note", "owner", "customer", "created_by", "updated_by", "preferences"})
SYSTEM = "1"
"""The customer of a ticket that nobody asked."""


@dataclass(frozen=True)
class Parser:
    """How this Zammad writes a ticket: its words, its deadline, and the fields that it added."""

    wording: Wording
    due: str
    fields: Mapping[str, str]
    people: People = field(repr=False)

    def __call__(self, item: Item) -> Ticket | None:
        """Make a ticket; None when it is merged into another or removed."""
        state = self.wording.listed(STATE, item, "state")
        if not item.raw("state"):
            raise RowRejected("state: ontbreekt; is `expand` hier niet bekend?")
        if state == VOID:
            return None
        shut = state == SHUT
        return Ticket(
            key=item.key("id"),
            version=item.moment("updated_at"),
            received_at=item.moment("created_at"),
            due_at=item.instant(self.due),
            closed_at=_closed(item) if shut else None,
            kanaal=self.wording.text("kanaal", item, "create_article_type"),
            onderwerp=self._own("onderwerp", item),
            afdeling=self.wording.text("afdeling", item, "group"),
            soort=self._own("soort", item),
            person=self._person(item),
            told_late=_late(item.raw(self.due.replace("escalation_at", "diff_in_min"))),
            events=tuple(_events(item, shut)),
        )

    def _own(self, name: str, item: Item) -> str:
        return self.wording.text(name, item, self.fields[name]) if name in self.fields else ""

    def _person(self, item: Item) -> int | None:
        client = item.key("customer_id") if item.raw("customer_id") is not None else SYSTEM
        return None if client == SYSTEM else self.people.of("", f"zammad:{client}")


def _late(minutes: object) -> int | None:
    """Return what Zammad itself says: the minutes that were left of its SLA, negative when late."""
    if isinstance(minutes, int | float) and not isinstance(minutes, bool):
        return int(minutes < 0)
    return None


def _closed(item: Item) -> int:
    """Return the last close; `close_at` is that of the first, and older versions have no other."""
    closed = item.instant("last_close_at", up=True)
    return item.moment("close_at") if closed is None else closed


def _events(item: Item, shut: bool) -> Iterator[Event]:
    """Yield the first response, and a reopening as far as it shows: until when, nobody says."""
    first, closed = item.instant("first_response_at"), item.instant("close_at")
    if first is not None:
        yield Event(int(Happening.BEVESTIGD), first)
    if closed is not None and (not shut or _closed(item) > closed + 1):
        yield Event(int(Happening.HEROPEND), closed)


def parser(options: Options, people: People) -> Parser:
    """Read from the options of a source how to make its tickets."""
    return Parser(wording(options, NAMES, USUAL), _deadline(options), _fields(options), people)


def _deadline(options: Options) -> str:
    written = options.text("uiterlijk", DEADLINES[0])
    if written not in DEADLINES:
        options.wrong("uiterlijk", f"onbekend; {nearest(written, DEADLINES)}", written)
    return written


def _fields(options: Options) -> dict[str, str]:
    """Return the added fields that hold a topic and a kind; never one that holds free text."""
    found = {}
    for ours, theirs in options.table("velden").items():
        if ours not in OWN:
            options.wrong(f"velden.{ours}", f"onbekend; {nearest(ours, OWN)}", theirs)
        elif not isinstance(theirs, str) or theirs.partition(".")[0] in NEVER:
            hint = "noem een veld met een keuzelijst; vrije tekst en namen worden niet gelezen"
            options.wrong(f"velden.{ours}", hint, theirs)
        else:
            found[ours] = theirs
    return found
