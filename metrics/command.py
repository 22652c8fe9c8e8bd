"""Reads a question as command line and API write it, with an answer to every mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar

from data.mistakes import nearest
from metrics.facts import Cut
from metrics.kpi import Kpi
from metrics.periods import ZONE, Grain, Period, local_day, midnight, month_before
from metrics.readings import Query
from metrics.targets import goals

Choice = TypeVar("Choice", bound=Enum)
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1970, 2200


class BadQuestion(ValueError):
    """A part of the question cannot be understood: which part, its value, and what to do."""

    def __init__(self, field: str, value: str, hint: str) -> None:
        self.field = field
        self.value = value
        self.hint = hint
        super().__init__(f"{field} = {value!r}: {hint}")


def parse_query(  # noqa: PLR0913 (the parts of a question)
    catalogue: Mapping[str, Kpi],
    keys: Sequence[str],
    now: datetime,
    *,
    van: str | None = None,
    tot: str | None = None,
    per: str | None = None,
    op: Sequence[str] = (),
    alleen: Sequence[str] = (),
) -> Query:
    """Make a question of its parts; without dates it is about the local day of `now`."""
    start = _instant("van", van) if van else midnight(local_day(now))
    end = _instant("tot", tot) if tot else midnight(local_day(max(start, now)) + ONE_DAY)
    if end <= start:
        raise BadQuestion("tot", tot or "", f"ligt niet na van ({van}); tot is exclusief")
    return Query(
        kpis=tuple(_kpi(catalogue, key) for key in keys),
        period=Period(start, end),
        now=now,
        grain=_choice("per", per, Grain) if per else None,
        by=tuple(_choice("op", name, Cut) for part in op for name in part.split(",") if name),
        only=_only(alleen),
    )


def parse_now(text: str | None, now: datetime) -> datetime:
    """Return the instant that `--nu` names, or the clock's."""
    return _instant("nu", text) if text else now


def parse_month(text: str | None, now: datetime) -> date:
    """Return the first day of the month that `--maand` names, or of the last that is over."""
    last = month_before(local_day(now))
    try:
        month = date.fromisoformat(f"{text}-01") if text else last
    except ValueError:
        raise BadQuestion("maand", str(text), "schrijf een maand als 2026-10") from None
    check_year("maand", str(text), month)
    if month > last:
        raise BadQuestion("maand", str(text), "deze maand is nog niet voorbij")
    return month


def parse_goal(catalogue: Mapping[str, Kpi], key: str) -> Kpi:
    """Return the figure of a target."""
    known = {kpi.key: kpi for kpi in goals(catalogue)}
    if key not in known:
        raise BadQuestion("doel", key, f"dit doel bestaat niet; {nearest(key, known)}")
    return known[key]


def parse_part(kpi: Kpi, text: str) -> tuple[Cut, str]:
    """Read a part of a figure, such as afdeling:Burgerzaken."""
    ((cut, (value,)),) = _only([text]).items()
    return parse_cut(kpi, cut.value, "alleen"), value


def parse_cut(kpi: Kpi, text: str, field: str = "op") -> Cut:
    """Read a way in which a figure can be cut."""
    known = {cut.value: cut for cut in kpi.measure.fact.cuts}
    if text not in known:
        raise BadQuestion(field, text, f"zo is {kpi.key} niet te verdelen; {nearest(text, known)}")
    return known[text]


def _kpi(catalogue: Mapping[str, Kpi], key: str) -> Kpi:
    if key not in catalogue:
        raise BadQuestion("kpi", key, f"dit cijfer bestaat niet; {nearest(key, catalogue)}")
    return catalogue[key]


def _instant(field: str, text: str) -> datetime:
    hint = "schrijf een datum (2026-11-24) of een tijdstip met offset (2026-11-24T09:05:00+01:00)"
    try:
        if len(text) <= len("2026-11-24"):
            moment = datetime.combine(date.fromisoformat(text), time(), ZONE)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadQuestion(field, text, hint) from None
    if moment.tzinfo is None:
        raise BadQuestion(field, text, f"de offset ontbreekt; {hint}")
    check_year(field, text, moment)
    return moment.astimezone(ZONE)


def check_year(field: str, text: str, day: date) -> None:
    """Raise BadQuestion for a day or moment in a year that nobody can mean."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadQuestion(field, text, f"het jaar ligt niet tussen {FIRST_YEAR} en {LAST_YEAR}")


def whole_number(field: str, text: str, least: int, most: int, hint: str) -> int:
    """Read a whole number between two others, these included; raise BadQuestion."""
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise BadQuestion(field, text, hint)


def _choice(field: str, text: str, choices: type[Choice]) -> Choice:
    known = {choice.value: choice for choice in choices}
    if text not in known:
        raise BadQuestion(field, text, f"onbekend; {nearest(text, known)}")
    return known[text]


def _only(parts: Sequence[str]) -> dict[Cut, frozenset[str]]:
    only: dict[Cut, frozenset[str]] = {}
    for part in parts:
        name, equals, value = _separated(part)
        if not equals:
            raise BadQuestion("alleen", part, "schrijf verdeling=waarde, zoals wachtrij=afval")
        cut = _choice("alleen", name, Cut)
        only[cut] = only.get(cut, frozenset()) | {value}
    return only


def _separated(part: str) -> tuple[str, str, str]:
    """Split at the first = or :, whichever comes first; a value may hold either."""
    at = min((part.index(mark) for mark in "=:" if mark in part), default=len(part))
    return part[:at], part[at : at + 1], part[at + 1 :]
