"""The Algemene termijnenwet once more: day by day, from the text of the statute, and slowly.

Nothing here comes from the program: its own Easter, its own list of days, its own loops.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

ONE = timedelta(days=1)
ROYAL_DECREES = """
2017-04-28 2017-05-26 2018-05-11 2018-12-24 2018-12-31 2019-05-31 2019-12-27
2023-04-28 2023-05-19 2024-05-10 2024-12-27 2025-05-30
2026-01-02 2026-05-15 2027-05-07 2028-04-28 2028-05-26
"""
EQUATED = {date.fromisoformat(text) for text in ROYAL_DECREES.split()}


@cache
def paasdag(year: int) -> date:
    """The Sunday after the first full moon on or after 21 March, by Gauss's rule."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    days = 22 + d + e
    if d == 29 and e == 6:
        days -= 7
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        days -= 7
    return date(year, 3, 1) + (days - 1) * ONE


@cache
def feestdagen(year: int) -> frozenset[date]:
    """Atw art. 3: the general holidays, Good Friday, and what a decree equates with them."""
    pasen = paasdag(year)
    days = {
        date(year, 1, 1),  # de Nieuwjaarsdag
        pasen + 1 * ONE,  # de Christelijke tweede Paasdag
        pasen + 50 * ONE,  # en tweede Pinksterdag
        date(year, 12, 25),  # de beide Kerstdagen
        date(year, 12, 26),
        pasen + 39 * ONE,  # de Hemelvaartsdag
        date(year, 5, 5),  # de vijfde mei
        pasen - 2 * ONE,  # lid 2: de Goede Vrijdag
    }
    # de dag waarop de verjaardag van de Koning wordt gevierd
    koning = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    if koning.isoweekday() == 7:
        koning -= ONE
    days.add(koning)
    days |= {day for day in EQUATED if day.year == year}  # lid 3
    return frozenset(days)


def vrij(day: date) -> bool:
    """Saturday, Sunday or holiday."""
    return day.isoweekday() in (6, 7) or day in feestdagen(day.year)


def einde(start: date, dagen: int) -> date:
    """The last day of a statutory term of so many days after `start`, articles 1, 2 and 4."""
    laatste = start
    for _ in range(dagen):
        laatste += ONE
    if dagen > 90:  # art. 4
        return laatste
    while vrij(laatste):  # art. 1
        laatste += ONE
    if dagen >= 3:  # art. 2
        while True:
            dag, werkdagen = start, 0
            while dag < laatste:
                dag += ONE
                werkdagen += not vrij(dag)
            if werkdagen >= 2:
                break
            laatste += ONE
            while vrij(laatste):
                laatste += ONE
    return laatste


def beslistermijn(start: date, weken: int) -> date:
    """The last day of a statutory term in weeks; more than twelve are not moved (art. 4)."""
    laatste = start + weken * 7 * ONE
    while weken <= 12 and vrij(laatste):
        laatste += ONE
    return laatste


def opgeschorte_termijn(start: date, dagen: int, stil: Callable[[date], bool]) -> tuple[date, date]:
    """The last day of a term of which some days do not count, before and after article 1."""
    laatste, geteld = start, 0
    while geteld < dagen:
        laatste += ONE
        geteld += not stil(laatste)
    einde = laatste
    while vrij(einde):
        einde += ONE
    return laatste, einde
