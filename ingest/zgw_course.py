"""Reads from the statuses and the audit trail of a case what happened to it, and when it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from data.calendar import local_day
from data.codes import Happening
from data.workdays import Workdays
from ingest.json_item import Item
from ingest.moments import end_of
from ingest.options import DAY_S
from ingest.records import Event
from ingest.source import RowRejected

SUSPENDED, RESUMED, EXTENDED, MOVED = "opgeschort", "hervat", "verdaagd", "verplaatst"
Trail = Sequence[Sequence[Any]]
"""[instant, what was done], in order."""
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?")
WORKDAYS_A_WEEK = 5


def trail(body: object) -> list[list[Any]]:
    """Take from an audit trail when a case was suspended, resumed, extended or its date moved."""
    done = []
    for entry in Item({"trail": body}).several("trail"):
        if entry.raw("resource") == "zaak":
            at = entry.moment("aanmaakdatum")
            done += [[at, what] for what in _done(entry)]
    return sorted(done)


def _done(entry: Item) -> Iterator[str]:
    before, after = (_state(entry, side) for side in ("oud", "nieuw"))
    was, is_now = (bool(state.flag("opschorting.indicatie")) for state in (before, after))
    if was != is_now and after.content:
        yield SUSPENDED if is_now else RESUMED
    longer = after.text("verlenging.duur")
    if longer and longer != before.text("verlenging.duur"):
        yield EXTENDED
    due = before.day("uiterlijkeEinddatumAfdoening")
    if due is not None and due != after.day("uiterlijkeEinddatumAfdoening"):
        yield MOVED


def _state(entry: Item, side: str) -> Item:
    state = entry.raw(f"wijzigingen.{side}")
    return Item(state if isinstance(state, Mapping) else {})


class Due(NamedTuple):
    """The deadline as the case system has it, made whole, and what made it later."""

    at: int | None
    events: tuple[Event, ...]


def due(item: Item, done: Trail, closed: int | None, workdays: Workdays) -> Due:
    """Add to the date of a case what its system leaves to whoever extends or resumes it.

    Nothing is added for what somebody already counted: who moved the date after it, or the day
    before. While a case is suspended no deadline runs.
    """
    told = item.day("uiterlijkeEinddatumAfdoening")
    day = None if told is None else told.toordinal()
    counted = max((at for at, what in done if what == MOVED), default=0) + DAY_S
    suspensions, events = list(_suspensions(done)), []
    longer = item.text("verlenging.duur")
    noticed = [at for at, what in done if what == EXTENDED] if longer else []
    if noticed:
        if day is not None and noticed[-1] > counted:
            day = workdays.after(day, _count(longer))
        events = [Event(int(Happening.VERDAAGD), noticed[0], end_of(day))]
    ends = [(begun, closed if until is None else until) for _, begun, until in suspensions]
    runs = any(until is None for _, until in ends)
    if day is not None:
        day += sum(_days(begun, until) for begun, until in ends if until and until > counted)
    return Due(None if runs else end_of(day), (*suspensions, *events))


def _suspensions(done: Trail) -> Iterator[Event]:
    begun: int | None = None
    for at, what in done:
        if what == SUSPENDED:
            begun = at
        elif what == RESUMED and begun is not None:
            yield Event(int(Happening.OPGESCHORT), begun, at)
            begun = None
    if begun is not None:
        yield Event(int(Happening.OPGESCHORT), begun)


def _days(begin: int, end: int) -> int:
    """Return the days that a term stood still; whoever resumes on the same day adds none."""
    return max(0, local_day(end) - local_day(begin))


def _count(duration: str) -> int:
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        raise RowRejected("verlenging.duur: geen dagen of weken, zoals P14D")
    weeks, days = (int(number or 0) for number in found.groups())
    return weeks * WORKDAYS_A_WEEK + days
