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


class Ticket(NamedTuple):
    """One question of a resident, as its system tells it now."""

    key: str
    version: int
    received_at: int
    due_at: int | None = None
    closed_at: int | None = None
    kanaal: str = ""
    onderwerp: str = ""
    afdeling: str = ""
    gemeente: str = ""
    complexity: int = Complexity.ONBEKEND
    handler: int = Handler.ONBEKEND


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
