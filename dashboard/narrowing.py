"""The filters that pages about questions share: a month, and parts of the municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.filters import Asked, Filter
from dashboard.site import Site
from metrics import Cut, Period, Query
from metrics.facts import Only
from metrics.periods import local_day, month_before, next_month
from metrics.target_words import month_text

CUTS = (Cut.AFDELING, Cut.KANAAL, Cut.ONDERWERP, Cut.SOORT)
LABELS = {"maand": "Maand", **{cut.value: cut.value.capitalize() for cut in CUTS}}
ALL = {
    Cut.AFDELING: "Alle afdelingen",
    Cut.KANAAL: "Alle kanalen",
    Cut.ONDERWERP: "Alle onderwerpen",
    Cut.SOORT: "Alle soorten",
}
MONTHS = 24


@dataclass(frozen=True)
class Narrowed:
    """What an address asks: a month, a part, and the address itself with its defaults."""

    month: date
    only: Only
    asked: Asked
    filters: tuple[Filter, ...]

    @property
    def period(self) -> Period:
        """The month, whole."""
        return Period.days(self.month, next_month(self.month))

    def running(self, now: datetime) -> bool:
        """Tell whether the month is not over yet."""
        return next_month(self.month) > local_day(now)


def narrowed(site: Site, asked: Asked) -> Narrowed:
    """Read the address; without a month it is the last one that is over."""
    now = site.clock()
    months = month_filter(now)
    cuts = _cut_filters(site, now)
    asked = {"maand": month_key(month_before(local_day(now))), **asked}
    only = {cut: frozenset({one.chosen(asked)}) for cut, one in cuts.items() if one.chosen(asked)}
    month = date.fromisoformat(f"{months.chosen(asked)}-01")
    return Narrowed(month, only, asked, (months, *cuts.values()))


def month_filter(now: datetime) -> Filter:
    """Offer the running month and those before it."""
    month = local_day(now).replace(day=1)
    choices = {month_key(month): f"{month_text(month)} (loopt nog)"}
    for _ in range(MONTHS):
        month = month_before(month)
        choices[month_key(month)] = month_text(month)
    return Filter(key="maand", label=LABELS["maand"], choices=choices)


def month_key(month: date) -> str:
    """Write a month as an address does."""
    return f"{month:%Y-%m}"


def _cut_filters(site: Site, now: datetime) -> Mapping[Cut, Filter]:
    """Offer what occurs in the questions of the last year."""
    today = local_day(now)
    year = Period.days(today.replace(year=today.year - 1, day=1), next_month(today))
    kpis = (site.board.catalogue["vragen"],)
    queries = [Query(kpis=kpis, period=year, now=now, by=(cut,)) for cut in CUTS]
    with site.board.look() as look:
        answers = look.ask_many(queries)
    return {
        cut: _cut_filter(cut, sorted(one.cut[cut] for one in found))
        for cut, found in zip(CUTS, answers, strict=True)
    }


def _cut_filter(cut: Cut, names: list[str]) -> Filter:
    choices = {"": ALL[cut], **{name: name for name in names if name}}
    return Filter(key=cut.value, label=LABELS[cut.value], choices=choices)
