"""The only shapes that a source may hand over; the runner stamps and stores them.

Times are UTC epoch seconds. No name, number or free text fits in any of these fields.
"""

from __future__ import annotations

from typing import NamedTuple

from data.codes import Complexity, Handler


class Call(NamedTuple):
    """One caller in one queue, as far as it is known now; in the order of the call table."""

    key: str
    version: int
    arrived_at: int
    wachtrij: str
    afdeling: str = ""
    gemeente: str = ""
    outcome: int | None = None
    exit: int | None = None
    wait_s: int | None = None
    talk_s: int | None = None
    left_at: int | None = None
    ended_at: int | None = None
    transferred: int = 0
    caller: int | None = None
    answer_norm_s: int = 30
    short_s: int = 5


class Event(NamedTuple):
    """Something that happened to a question; `until` ends a stretch, or is a promised date."""

    kind: int
    at: int
    until: int | None = None


class Ticket(NamedTuple):
    """One question of a resident, as its system tells it now; its events are its whole story.

    `person` is a pseudonym, `call_id` names the call in which it was asked. `counts_from` is the
    local day (ordinal) from which its term counts when that is not the receipt: a decision made
    known, a draft laid open. `longer` says that the longer first term holds (a committee advises,
    another authority must consent). `told_late` is the verdict of the system itself, where it has
    one: 1 late, 0 in time.
    """

    key: str
    version: int
    received_at: int
    due_at: int | None = None
    closed_at: int | None = None
    kanaal: str = ""
    onderwerp: str = ""
    afdeling: str = ""
    gemeente: str = ""
    soort: str = ""
    complexity: int = Complexity.ONBEKEND
    handler: int = Handler.ONBEKEND
    person: int | None = None
    call_id: str = ""
    counts_from: int | None = None
    longer: int = 0
    told_late: int | None = None
    events: tuple[Event, ...] = ()


class Staffing(NamedTuple):
    """One stretch of presence in a queue under a token that changes every day."""

    key: str
    version: int
    token: int
    wachtrij: str
    presence: int
    begins_at: int
    ends_at: int | None = None


class Rejected(NamedTuple):
    """A row set aside: where it stands and why; never the row itself."""

    key: str
    place: str
    reason: str
