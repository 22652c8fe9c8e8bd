"""The contract of a source: it turns what a system says into batches; the runner does the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from data.calendar import always_open
from data.topics import Topics
from data.workdays import Workdays
from ingest.records import Call, Rejected, Staffing, Ticket

Cursor = Mapping[str, Any]


def copied(cursor: Cursor) -> dict[str, Any]:
    """Return the cursor as it is now, all that is inside included: a batch keeps its own."""
    found: dict[str, Any] = json.loads(json.dumps(cursor))
    return found


class RowRejected(ValueError):
    """This row only: it is set aside with the reason and the run goes on."""


class SourceDown(RuntimeError):
    """Nothing can be read now: the cursor stays and the next tick tries again."""


class AccessDenied(SourceDown):
    """It answers, but not to us: a key or a right is wrong."""


class SourceChanged(RuntimeError):
    """The source no longer has the agreed shape: stop it and tell a human."""


class Sweep(Enum):
    """What a batch is in a walk through all that a system has; ALL is a walk of one batch."""

    BEGINS = "begins"
    GOES_ON = "goes on"
    ENDS = "ends"
    ALL = "all"

    @classmethod
    def part(cls, first: bool, last: bool) -> Sweep:
        """Return what the batch of a page is, by whether it is the first and the last."""
        if first:
            return cls.ALL if last else cls.BEGINS
        return cls.ENDS if last else cls.GOES_ON


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is committed together: records, rows set aside and the cursor after them.

    `oldest` and `newest` are the times of the first and last event seen, `complete` says that
    the source was read to its end, `versioned` that two records of one key and version are equal,
    and `replaces` is the key prefix whose earlier rejections this batch makes obsolete. In a
    `sweep` the batch names the tickets that it has `seen`; those that no batch named are gone.
    `gone` names tickets that are no question any more. `unlisted` are topics that were typed and
    that no list knows: a trial shows them, nothing keeps them.
    """

    cursor: Cursor
    calls: Sequence[Call] = ()
    tickets: Sequence[Ticket] = ()
    staffing: Sequence[Staffing] = ()
    rejected: Sequence[Rejected] = ()
    read: int = 0
    oldest: int | None = None
    newest: int | None = None
    complete: bool = False
    versioned: bool = False
    sweep: Sweep | None = None
    seen: Sequence[str] = ()
    gone: Sequence[str] = ()
    unlisted: Sequence[str] = ()
    replaces: str | None = None


class Source(Protocol):
    """One configured system. `feeds` names the facts it supplies: gesprek, vraag, termijn."""

    naam: str
    soort: str
    feeds: tuple[str, ...]
    interval: float

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield what came after the cursor; raise SourceDown or SourceChanged when it cannot."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """What a source may need beside its options: the pseudonym key, where secrets are, lists."""

    key: bytes = field(repr=False)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    workdays: Workdays = field(default_factory=lambda: Workdays(always_open()))
    topics: Topics = field(default_factory=lambda: Topics({}))
