"""Turns a report of Signalen into a question, asking for its history when it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from ingest.closings import shut
from ingest.follow_up import Answers
from ingest.json_item import Item
from ingest.json_rows import Parsed, parsed
from ingest.records import Ticket
from ingest.source import RowRejected
from ingest.wording import LENGTHS, Wording

PATH = "signals/"
KIND = "melding"
NEW, REOPENING_ASKED = "m", "reopen requested"
SHUT = ("o", "a", "s", REOPENING_ASKED)
"""Settled, cancelled and split; who asks to reopen a report has not done so yet."""
SHUT_LABELS = ("Afgehandeld", "Geannuleerd", "Gesplitst")
ASKED_LABEL = "Verzoek tot heropenen"
CHANGED, CHANGED_TO = "UPDATE_STATUS", "Status gewijzigd naar: "
SECOND = 1_000_000
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
KEPT = ("id", "source", "created_at", "updated_at")


def micros(item: Item, path: str) -> int:
    """Return an instant in microseconds: a report is reopened in the second that it was shut in."""
    try:
        moment = datetime.fromisoformat(item.key(path))
    except ValueError:
        raise RowRejected(f"{path}: geen tijd") from None
    if moment.tzinfo is None:
        raise RowRejected(f"{path}: zonder tijdzone")
    return (moment - EPOCH) // MICROSECOND


def trimmed(row: object) -> dict[str, Any] | None:
    """Keep of a report what is read: not what it says, who made it, where, or who handles it."""
    if not isinstance(row, Mapping):
        return None
    item = Item(row)
    return {
        **{name: row.get(name) for name in KEPT},
        "status": {name: item.raw(f"status.{name}") for name in ("state", "created_at")},
        "category": {name: item.raw(f"category.{name}") for name in ("sub", "deadline")},
        "departments": _departments(item),
    }


def _departments(item: Item) -> str:
    """Return the codes of who handles it: those it was sent to, else those of its category."""
    sent = item.raw("routing_departments")
    several = sent if isinstance(sent, list) else []
    codes = [each.get("code") for each in several if isinstance(each, Mapping)]
    return ", ".join(map(str, codes)) or item.raw("category.departments")


@dataclass(frozen=True)
class Reports:
    """Parses the reports of one Signalen."""

    wording: Wording

    def parsed(self, answers: Answers, row: object) -> Parsed:
        """Parse one report, or set it aside with the reason."""
        return parsed([row], PATH, "id", partial(self._ticket, answers))

    def _ticket(self, answers: Answers, item: Item) -> Ticket:
        number, state = _number(item), item.key("status.state")
        since = micros(item, "status.created_at")
        told: list[list[Any]] = []
        if state != NEW:
            asked = {"what": CHANGED}
            told = answers.about_row(f"{PATH}{number}/history", _history, asked) or []
        states = [(at, label in SHUT_LABELS) for at, label in told if label != ASKED_LABEL]
        closing = shut((at, shuts) for at, shuts in states if at <= since)
        closed = (closing.at or since) if state in SHUT else None
        return Ticket(
            key=number,
            version=micros(item, "updated_at"),
            received_at=item.moment("created_at"),
            due_at=item.instant("category.deadline", up=True),
            closed_at=None if closed is None else -(-closed // SECOND),
            kanaal=self.wording.text("kanaal", item, "source"),
            onderwerp=self.wording.text("onderwerp", item, "category.sub"),
            afdeling=self._department(item),
            soort=KIND,
            events=tuple(
                each._replace(at=each.at // SECOND, until=(each.until or 0) // SECOND)
                for each in closing.reopened
            ),
        )

    def _department(self, item: Item) -> str:
        """Return the first department that the configuration names, else the first code."""
        written = item.text("departments", LENGTHS["afdeling"])
        codes, ours = [code.strip() for code in written.split(",")], self.wording.values["afdeling"]
        named = (ours[code] for code in (written, *codes) if code in ours)
        return next(named, codes[0])


def _number(item: Item) -> str:
    number = item.key("id")
    if number.isdecimal():
        return number
    raise RowRejected("id: geen nummer")


def _history(body: object) -> list[list[Any]]:
    """Take the changes of state, in order; never who made them or what they wrote."""
    entries = Item({"history": body}).several("history")
    return sorted(
        [micros(entry, "when"), _label(entry)] for entry in entries if entry.raw("what") == CHANGED
    )


def _label(entry: Item) -> str:
    action = entry.text("action")
    if not action.startswith(CHANGED_TO):
        raise RowRejected("history: een statuswijziging zonder status")
    return action.removeprefix(CHANGED_TO)
