"""Turns the moments of a question, as an export writes them, into its clock events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.codes import Happening
from ingest.records import Event
from ingest.source import RowRejected

Moments = Mapping[str, Sequence[int]]
"""Our column -> the instants in its cell, in order; a column without any may be absent."""
SINGLE = {
    "bevestigd": Happening.BEVESTIGD,
    "doorgezet": Happening.DOORGEZET,
    "contactpersoon": Happening.CONTACTPERSOON,
    "besproken": Happening.BESPROKEN,
    "richting": Happening.RICHTING,
    "beantwoord": Happening.BEANTWOORD,
}
STRETCHES = ("opgeschort", "hervat", "verdaagd", "verdaagd_tot", "eerder_gesloten", "heropend")
COLUMNS = (*SINGLE, *STRETCHES)


def events(moments: Moments) -> tuple[Event, ...]:
    """Return the events of a row in order of time; raise RowRejected when they cannot be."""
    found = [
        *_single(moments),
        *_suspensions(moments.get("opgeschort", ()), moments.get("hervat", ())),
        *_extensions(moments.get("verdaagd", ()), moments.get("verdaagd_tot", ())),
        *_reopenings(moments.get("eerder_gesloten", ()), moments.get("heropend", ())),
    ]
    return tuple(sorted(found, key=lambda event: (event.at, event.kind)))


def _single(moments: Moments) -> Iterator[Event]:
    for column, kind in SINGLE.items():
        for at in moments.get(column, ()):
            yield Event(int(kind), at)


def _suspensions(begun: Sequence[int], ended: Sequence[int]) -> Iterator[Event]:
    """End each suspension at the first resumption after it; one that is not resumed still runs."""
    for at in begun:
        until = next((end for end in ended if end >= at), None)
        yield Event(int(Happening.OPGESCHORT), at, until)
    if ended and (not begun or ended[0] < begun[0]):
        raise RowRejected("hervat: er is geen opschorting die hiermee eindigt")


def _extensions(noticed: Sequence[int], until: Sequence[int]) -> Iterator[Event]:
    if until and not noticed:
        raise RowRejected("verdaagd: is leeg, terwijl verdaagd_tot een datum heeft")
    for place, at in enumerate(noticed):
        yield Event(int(Happening.VERDAAGD), at, until[place] if place < len(until) else None)


def _reopenings(closed: Sequence[int], reopened: Sequence[int]) -> Iterator[Event]:
    """A question was shut from its last closing before a reopening; from when, may be unknown.

    A closing before an earlier reopening is that one's.
    """
    earlier = None
    for at in reopened:
        own = [moment for moment in closed if moment <= at]
        shut = max((moment for moment in own if earlier is None or moment >= earlier), default=at)
        yield Event(int(Happening.HEROPEND), shut, at)
        earlier = at
