"""Which open questions fall due soon: the warning ahead, per department."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from data.calendar import day_after
from data.dutch_days import day_text
from data.schema import source, ticket
from data.workdays import Workdays
from metrics.command import whole_number
from metrics.facts import VRAAG, Only
from metrics.periods import ZONE, local_day

MOST_WORKDAYS = 260
EVERYTHING: Only = MappingProxyType({})


@dataclass(frozen=True)
class Expiring:
    """One open question: its number in its source, its topic, and the last day for an answer.

    `werkdagen` is how many working days are left after today; 0 is today.
    """

    afdeling: str
    bron: str
    vraag: str
    onderwerp: str
    uiterlijk: date
    werkdagen: int


def expiring(
    connection: Connection,
    organisation: int,
    workdays: Workdays,
    now: datetime,
    werkdagen: int,
    only: Only = EVERYTHING,
) -> list[Expiring]:
    """Return what falls due from now up to the so manieth working day, the oldest first."""
    today = local_day(now)
    last = workdays.after(today.toordinal(), werkdagen)
    t = ticket.c
    query = (
        select(t.afdeling, source.c.naam, t.key, t.onderwerp, t.due_at)
        .join(source, (source.c.organisation == t.organisation) & (source.c.id == t.source))
        .where(
            t.organisation == organisation,
            t.answered_at.is_(None),
            t.due_at >= int(now.timestamp()),
            t.due_at < day_after(last),
            *(VRAAG.cuts[cut].in_(values) for cut, values in only.items()),
        )
        .order_by(t.due_at, t.received_at, t.key)
    )
    lasts = cache(lambda day: workdays.between(today.toordinal(), day.toordinal()))
    return [_expiring(lasts, *row) for row in connection.execute(query)]


def _expiring(
    lasts: Callable[[date], int], afdeling: str, bron: str, key: str, onderwerp: str, due_at: int
) -> Expiring:
    uiterlijk = datetime.fromtimestamp(due_at, ZONE).date()
    return Expiring(afdeling, bron, key, onderwerp, uiterlijk, lasts(uiterlijk))


def lines(found: Sequence[Expiring]) -> Iterator[str]:
    """Write the questions out for a reader, a department at a time."""
    if not found:
        yield "geen open vragen die binnen deze tijd vervallen"
    for afdeling, questions in _grouped(found):
        yield afdeling
        for question in questions:
            day = day_text(question.uiterlijk.toordinal())
            yield f"  {day:<28} {question.vraag:<24} {question.onderwerp}"


def per_department(found: Sequence[Expiring]) -> list[dict[str, Any]]:
    """Return the questions per department, in the shape of `metrics vervalt --json`."""
    return [
        {"afdeling": afdeling, "vragen": [_as_json(question) for question in questions]}
        for afdeling, questions in _grouped(found)
    ]


def workdays_of(text: str) -> int:
    """Read `--binnen`; raise BadQuestion when it is no number of working days."""
    hint = f"geef een heel aantal werkdagen, 1 tot en met {MOST_WORKDAYS}"
    return whole_number("binnen", text, 1, MOST_WORKDAYS, hint)


def _grouped(found: Sequence[Expiring]) -> Iterator[tuple[str, Iterable[Expiring]]]:
    ordered = sorted(found, key=lambda question: question.afdeling)
    return groupby(ordered, key=lambda question: question.afdeling)


def _as_json(question: Expiring) -> dict[str, Any]:
    return {
        "vraag": question.vraag,
        "bron": question.bron,
        "onderwerp": question.onderwerp,
        "uiterlijk": question.uiterlijk.isoformat(),
        "werkdagen": question.werkdagen,
    }
