"""The questions that wait for an answer: by department, when they fall due and how old they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import Connection, and_, func, select

from data.calendar import day_after
from data.schema import ticket
from data.workdays import Workdays
from metrics.facts import VRAAG, Only, Sql
from metrics.measures import count
from metrics.periods import local_day


class Due(Enum):
    """When a question falls due; this week ends on Sunday."""

    TE_LAAT = "te laat"
    VANDAAG = "vandaag"
    DEZE_WEEK = "deze week"
    LATER = "later"
    GEEN = "geen termijn"


class Age(Enum):
    """How many working days ago a question came in."""

    NIEUW = "0 tot 2"
    WEEK = "3 tot 5"
    TWEE_WEKEN = "6 tot 10"
    MAAND = "11 tot 20"
    OUD = "meer dan 20"


OLDEST = {Age.NIEUW: 2, Age.WEEK: 5, Age.TWEE_WEKEN: 10, Age.MAAND: 20}


@dataclass(frozen=True)
class Open:
    """The open questions of one department; both ways of counting add up to the same number."""

    afdeling: str
    number: int
    due: Mapping[Due, int]
    age: Mapping[Age, int]


def open_work(
    connection: Connection, organisation: int, workdays: Workdays, now: datetime, only: Only
) -> list[Open]:
    """Count what came in before now and is not answered, per department in order of name."""
    t = ticket.c
    conditions = [*_due(now).values(), *_age(workdays, local_day(now)).values()]
    query = (
        select(t.afdeling, func.count(), *map(count, conditions))
        .where(
            t.organisation == organisation,
            t.answered_at.is_(None),
            t.received_at + 0 < int(now.timestamp()),  # else SQLite reads all that ever came in
            *(VRAAG.cuts[cut].in_(values) for cut, values in only.items()),
        )
        .group_by(t.afdeling)
    )
    return sorted((_open(*row) for row in connection.execute(query)), key=lambda of: of.afdeling)


def _open(afdeling: str, number: int, *counts: int) -> Open:
    due, age = counts[: len(Due)], counts[len(Due) :]
    return Open(
        afdeling, number, dict(zip(Due, due, strict=True)), dict(zip(Age, age, strict=True))
    )


def total(found: list[Open]) -> Open:
    """Add up the departments."""
    return Open(
        "Totaal",
        sum(one.number for one in found),
        {due: sum(one.due[due] for one in found) for due in Due},
        {age: sum(one.age[age] for one in found) for age in Age},
    )


def _due(now: datetime) -> dict[Due, Sql]:
    at, today = ticket.c.due_at, local_day(now)
    tonight = day_after(today.toordinal())
    sunday = day_after(today.toordinal() + 6 - today.weekday())
    return {
        Due.TE_LAAT: at < int(now.timestamp()),
        Due.VANDAAG: and_(at >= int(now.timestamp()), at < tonight),
        Due.DEZE_WEEK: and_(at >= tonight, at < sunday),
        Due.LATER: at >= max(tonight, sunday),
        Due.GEEN: at.is_(None),
    }


def _age(workdays: Workdays, today: date) -> dict[Age, Sql]:
    """Say of each age between which days of receipt it lies."""
    day = ticket.c.day
    first = {age: oldest_day(workdays, today.toordinal(), old) for age, old in OLDEST.items()}
    return {
        Age.NIEUW: day >= first[Age.NIEUW],
        Age.WEEK: and_(day < first[Age.NIEUW], day >= first[Age.WEEK]),
        Age.TWEE_WEKEN: and_(day < first[Age.WEEK], day >= first[Age.TWEE_WEKEN]),
        Age.MAAND: and_(day < first[Age.TWEE_WEKEN], day >= first[Age.MAAND]),
        Age.OUD: day < first[Age.MAAND],
    }


def oldest_day(workdays: Workdays, today: int, old: int) -> int:
    """Return the first day from which today is at most so many working days away."""
    day = today
    while workdays.between(day - 1, today) <= old:
        day -= 1
    return day
