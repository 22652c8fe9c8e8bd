"""The filters that pages about questions share: a month, and parts of the municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.filters import Asked, Filter
from dashboard.month_choice import KEY, chosen_month, month_filter
from dashboard.site import Site
from metrics import Cut, Period, Query
from metrics.facts import Only
from metrics.periods import local_day, next_month, whole_month

CUTS = (Cut.AFDELING, Cut.KANAAL, Cut.ONDERWERP, Cut.SOORT)
ALL = {
    Cut.AFDELING: "Alle afdelingen",
    Cut.KANAAL: "Alle kanalen",
    Cut.ONDERWERP: "Alle onderwerpen",
    Cut.SOORT: "Alle soorten",
}


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
        return whole_month(self.month)


def narrowed(site: Site, asked: Asked) -> Narrowed:
    """Read the address; without a month it is the last one that is over."""
    now = site.clock()
    months = month_filter(now)
    cuts = _cut_filters(site, now)
    asked = {KEY: months.chosen(asked), **asked}
    only = {cut: frozenset({one.chosen(asked)}) for cut, one in cuts.items() if one.chosen(asked)}
    return Narrowed(chosen_month(months, asked), only, asked, (months, *cuts.values()))


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
    return Filter(key=cut.value, label=cut.value.capitalize(), choices=choices)
