"""The Dutch words for what a computation did: each step with its date and its article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data.dutch_days import amount, day_text, listed
from data.holidays import Holidays, is_sunday, is_weekend
from data.term_course import Course, Did, Mark
from data.term_rules import Begin, Counting, Rule, Span
from data.workdays import Workdays

REGULATION = "Verordening 1182/71 art. 3 lid 4"
BEGIN = {
    Begin.RECEIPT: "ontvangst",
    Begin.REPORT: "de melding",
    Begin.APPLICATION: "ontvangst van de aanvraag",
    Begin.INSPECTION: "de eerste dag ter inzage",
    Begin.ANNOUNCEMENT: "bekendmaking van het besluit",
}


class Step(NamedTuple):
    """One step: the date at which the count stands then, what was done, and by which article."""

    datum: date | None
    regel: str
    artikel: str


@dataclass(frozen=True)
class Wording:
    """Puts words to the marks of one computation."""

    rule: Rule
    course: Course
    holidays: Holidays
    workdays: Workdays

    def step(self, mark: Mark) -> Step:
        """Return what a mark says."""
        text, article = WORDS[mark.did](self, mark)
        if mark.day is None:
            return Step(None, text, article)
        ends = "" if mark.did in TELL_THEIR_OWN_DATE else f": {day_text(mark.day)}"
        return Step(date.fromordinal(mark.day), f"{text}{ends}", article)

    @property
    def own(self) -> str:
        """The article that sets the term."""
        term = self.rule.term_of(self.course.commissie, self.course.instemming)
        return "" if term is None else term.article

    @property
    def extension(self) -> str:
        """The article about extension."""
        return self.rule.extension.article if self.rule.extension else self.own

    @property
    def suspension(self) -> str:
        """The article about suspension."""
        return self.rule.suspension.article if self.rule.suspension else self.own

    @property
    def notice(self) -> str:
        """The day of the notice of extension."""
        return day_text(self.course.verdaagd.toordinal()) if self.course.verdaagd else ""


Words = tuple[str, str]
"""What was done, and the article."""


def span_text(span: Span) -> str:
    """Return a length of time: 8 weken."""
    parts = ((span.months, "maand", "maanden"), (span.weeks, "week", "weken"))
    given = [amount(*part) for part in (*parts, (span.days, "dag", "dagen")) if part[0]]
    return listed(given) if given else "0 dagen"


def free_days_text(holidays: Holidays, first: int, after: int) -> str:
    """Return why days are free, in order: Goede Vrijdag, weekend en Tweede Paasdag."""
    return listed(list(_reasons(holidays, first, after)))


def _reasons(holidays: Holidays, first: int, after: int) -> Iterator[str]:
    for day in range(first, after):
        names = holidays.names(day)
        if names:
            yield " en ".join(names)
        elif not is_weekend(day):
            continue
        elif not is_sunday(day):
            whole = day + 1 < after and not holidays.names(day + 1)
            yield "weekend" if whole else "zaterdag"
        elif day == first or holidays.names(day - 1):
            yield "zondag"


def _before(case: Wording, mark: Mark) -> Words:
    return f"eerst {span_text(mark.by.span)} {_since(case.rule)}", mark.by.article


def _since(rule: Rule) -> str:
    begin = BEGIN[rule.begin]
    return f"vanaf {begin}, die dag meegeteld" if rule.begin_counts else f"na {begin}"


def _counted(case: Wording, mark: Mark) -> Words:
    since = "nadat die termijn afliep" if case.rule.before else _since(case.rule)
    variants = (
        (case.rule.committee, " (met adviescommissie)"),
        (case.rule.consent, " (met instemming)"),
    )
    variant = next((text for term, text in variants if term is mark.by), "")
    return f"{span_text(mark.by.span)}{variant} {since}", mark.by.article


def _shut(case: Wording, mark: Mark) -> Words:
    return (
        f"ontvangen op {day_text(mark.by)}, een dag waarop de gemeente dicht is; telt vanaf",
        case.own or "kwaliteitshandvest",
    )


def _workdays(case: Wording, mark: Mark) -> Words:
    start, count = mark.by
    shut = [
        day
        for day in range(start + 1, mark.day or start)
        if not is_weekend(day) and not case.workdays.is_workday(day)
    ]
    closed = [" en ".join(case.holidays.names(day)) or day_text(day) for day in shut]
    without = f" (gesloten: {listed(closed)})" if closed else ""
    number = amount(count, "werkdag", "werkdagen")
    return f"{number} na ontvangst{without}", case.own or "kwaliteitshandvest"


def _extended(case: Wording, _mark: Mark) -> Words:
    most = case.rule.extension and case.rule.extension.most
    length = span_text(most or Span())
    return f"verdaagd met {length}, op tijd gemeld op {case.notice}", case.extension


def _named(case: Wording, _mark: Mark) -> Words:
    return f"verdaagd tot de genoemde datum, op tijd gemeld op {case.notice}", case.extension


def _named_sooner(case: Wording, mark: Mark) -> Words:
    text = f"de genoemde nieuwe datum ligt voor het einde van de termijn ({_end(mark)}): telt niet"
    return text, case.extension


def _not_extendable(case: Wording, _mark: Mark) -> Words:
    return f"mededeling van {case.notice} verschuift niets: geen verdaging mogelijk", case.own


def _too_late(case: Wording, mark: Mark) -> Words:
    text = f"verdaging van {case.notice} telt niet: de termijn eindigde op {_end(mark)}"
    return text, case.extension


def _too_early(case: Wording, _mark: Mark) -> Words:
    return f"verdaging van {case.notice} telt niet: dat is voor de ontvangst", case.extension


def _paused(case: Wording, mark: Mark) -> Words:
    begin, last = mark.by
    days = amount(last - begin + 1, "dag", "dagen")
    when = day_text(begin) if begin == last else f"{day_text(begin)} tot en met {day_text(last)}"
    return f"{days} opgeschort ({when})", case.suspension


def _paused_too_late(case: Wording, mark: Mark) -> Words:
    begin, end = mark.by
    text = f"opschorting vanaf {day_text(begin)} telt niet: de termijn eindigde op {day_text(end)}"
    return text, case.suspension


def _stands_still(case: Wording, mark: Mark) -> Words:
    text = f"opgeschort vanaf {day_text(mark.by)} en niet geëindigd: de klok staat stil"
    return f"{text}, er is nog geen uiterste datum", case.suspension


def _runs_through(case: Wording, mark: Mark) -> Words:
    by_atw = case.rule.counting is Counting.ATW
    text = free_days_text(case.holidays, mark.by, mark.day or mark.by)
    return text, "Atw art. 1" if by_atw else REGULATION


def _two_workdays(_case: Wording, _mark: Mark) -> Words:
    return "minstens twee dagen die geen weekend of feestdag zijn", "Atw art. 2"


def _not_moved(case: Wording, mark: Mark) -> Words:
    free = free_days_text(case.holidays, mark.day or 0, (mark.day or 0) + 1)
    return f"{free}, maar boven 12 weken of 3 maanden schuift dat niet op", "Atw art. 4"


def _end(mark: Mark) -> str:
    return day_text(mark.by)


def _missing(text: str) -> Callable[[Wording, Mark], Words]:
    return lambda case, _mark: (text, case.own)


WORDS: Mapping[Did, Callable[[Wording, Mark], Words]] = {
    Did.BEFORE: _before,
    Did.COUNTED: _counted,
    Did.RECEIVED_SHUT: _shut,
    Did.WORKDAYS: _workdays,
    Did.EXTENDED: _extended,
    Did.NAMED: _named,
    Did.NAMED_SOONER: _named_sooner,
    Did.NOT_EXTENDABLE: _not_extendable,
    Did.TOO_LATE: _too_late,
    Did.TOO_EARLY: _too_early,
    Did.PAUSED: _paused,
    Did.PAUSED_TOO_LATE: _paused_too_late,
    Did.RUNS_THROUGH: _runs_through,
    Did.TWO_WORKDAYS: _two_workdays,
    Did.NOT_MOVED: _not_moved,
    Did.STANDS_STILL: _stands_still,
    Did.NO_ANNOUNCEMENT: _missing("de dag waarop het besluit is bekendgemaakt ontbreekt"),
    Did.NO_NOTICE: _missing("de dag waarop de verdaging is gemeld ontbreekt"),
    Did.NO_NEW_DATE: _missing("de nieuwe datum die de mededeling noemt ontbreekt"),
    Did.NO_WORKDAYS: _missing("het aantal werkdagen ontbreekt of kan niet"),
    Did.OUT_OF_SIGHT: _missing("een datum ligt te ver weg om mee te rekenen"),
}
TELL_THEIR_OWN_DATE = (
    Did.NAMED_SOONER,
    Did.NOT_EXTENDABLE,
    Did.TOO_LATE,
    Did.TOO_EARLY,
    Did.PAUSED_TOO_LATE,
)
