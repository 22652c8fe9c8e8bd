"""A second opinion on every figure: plain Python, written from definitions.md and the formulas.

Nothing here is taken from the SQL: rows are small dataclasses, time is arithmetic on datetimes,
and ratios are fractions. `ORACLES` has an entry per figure of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache, cached_property
from math import ceil, inf
from typing import Any
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A call; instants are epoch seconds. Outcome and exit are words; None: still waiting."""

    arrived: int
    wachtrij: str
    afdeling: str = "KCC"
    gemeente: str = "Haarlem"
    outcome: str | None = None
    exit: str | None = None
    wait: int | None = None
    talk: int | None = None
    left: int | None = None
    ended: int | None = None
    transferred: bool = False
    caller: int | None = None
    norm: int = 30
    short: int = 5


@dataclass(frozen=True)
class Happened:
    """Something that happened to a question, in the words of an export."""

    what: str
    at: int
    until: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a resident; `klasse` and `door` are None when they are not known.

    `due` is the deadline that its source tells. `again` is filled in by `asked_again`.
    """

    received: int
    due: int | None = None
    closed: int | None = None
    kanaal: str = "telefoon"
    onderwerp: str = "paspoort"
    klasse: str | None = "eenvoudig"
    afdeling: str = "KCC"
    gemeente: str = "Haarlem"
    soort: str = "vraag"
    door: str | None = None
    events: tuple[Happened, ...] = ()
    person: int | None = None
    call: str = ""
    counts_from: date | None = None
    longer: bool = False
    told_late: bool | None = None
    again: bool | None = None

    def when(self, what: str) -> list[int]:
        """Return the moments at which something happened, in order."""
        return sorted(event.at for event in self.events if event.what == what)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A stretch in which someone was present in a queue, at work or pausing."""

    who: int
    wachtrij: str
    pauze: bool = False
    begins: int
    ends: int | None = None


@dataclass(frozen=True)
class Opening:
    """Opening hours as a reader of the door would note them: per weekday, and closing days."""

    week: dict[int, list[tuple[time, time]]]
    closed: dict[date, list[tuple[time, time]]]

    def is_open(self, instant: int) -> bool:
        """Look at the clock on the wall; 00:00 as an end is midnight."""
        local = datetime.fromtimestamp(instant, AMSTERDAM)
        clock = local.time()
        if any(_within(clock, shut) for shut in self.closed.get(local.date(), [])):
            return False
        return any(_within(clock, block) for block in self.week.get(local.weekday(), []))

    def opens(self, day: date) -> bool:
        """Look whether there is a minute on this day at which it is open."""
        return self._open_later(day, time())

    def day_of_receipt(self, instant: int) -> date:
        """Return the day for which a message counts: after closing time the next open one."""
        local = datetime.fromtimestamp(instant, AMSTERDAM)
        day = local.date()
        if self._open_later(day, local.time()) and day not in SHUT:
            return day
        return self.next_open(day + timedelta(1))

    def next_open(self, day: date) -> date:
        """Return this day, or else the first one after it, on which it opens."""
        while day in SHUT or not self.opens(day):
            day += timedelta(1)
        return day

    def works(self, day: date) -> bool:
        """Tell whether a day is a working day: open, from Monday to Friday, and no holiday."""
        return day.weekday() < 5 and day not in SHUT and self.opens(day)

    def _open_later(self, day: date, clock: time) -> bool:
        last = self._last_open(day)
        return last is not None and last >= clock.replace(second=0, microsecond=0)

    def _last_open(self, day: date) -> time | None:
        """Look for the last minute of a day at which it is open, once per day."""
        if day not in self._looked_at:
            blocks, shut = self.week.get(day.weekday(), []), self.closed.get(day, [])
            minutes = (time(*divmod(minute, 60)) for minute in reversed(range(24 * 60)))
            is_open = (
                minute
                for minute in minutes
                if any(_within(minute, block) for block in blocks)
                and not any(_within(minute, block) for block in shut)
            )
            self._looked_at[day] = next(is_open, None)
        return self._looked_at[day]

    @cached_property
    def _looked_at(self) -> dict[date, time | None]:
        return {}


WORKDAY = [(time(8, 30), time(12, 30)), (time(13), time(17))]
OPENING = Opening(
    week={
        0: WORKDAY,
        1: WORKDAY,
        2: [(time(9), time(12, 10))],
        3: [(time(8, 30), time(20))],
        4: WORKDAY,
        6: [(time(), time())],  # Sunday, day and night: the clock changes while it is open
    },
    closed={
        date(2026, 3, 30): [(time(), time())],
        date(2026, 10, 26): [(time(16), time())],
        date(2026, 12, 25): [(time(), time())],
    },
)
"""The municipality of the tests."""


def _days(year: int, *texts: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{text}") for text in texts}


EQUATED = _days(2026, "01-02", "05-15") | _days(2027, "05-07")
GOOD_FRIDAYS = _days(2026, "04-03") | _days(2027, "03-26")
SHUT = _days(2026, "01-01", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26") | _days(
    2027, "01-01", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"
)
"""Holidays on which the municipality is closed."""
HOLIDAYS = SHUT | EQUATED | GOOD_FRIDAYS
"""Those of the Atw, as terms.md lists them."""


def _within(clock: time, block: tuple[time, time]) -> bool:
    start, end = block
    return start <= clock and (clock < end or end == time())


@dataclass(frozen=True)
class Answer:
    """What a figure should read."""

    value: Fraction | int | None
    teller: int | None = None
    noemer: int | None = None
    cases: int = 0
    dekking: Fraction | None = None
    onder: Fraction | None = None
    boven: Fraction | None = None


@dataclass(frozen=True)
class Oracle:
    """Over which rows a figure is asked, and what it then says.

    `at` is the instant by which a row belongs to a period; levels have none, they get an instant
    and `there` has a group for each row at it.
    Stocks that are added up have a group for each row that came or went before the instant.
    """

    rows: str
    at: Callable[[Any], int | None] | None
    says: Callable[..., Answer]
    known: Callable[[Any, float], bool] | None = None
    there: Callable[[Sequence[Any], int], list[Any]] | None = None


# ── calls ──────────────────────────────────────────────────────────────────────────────────


def ended(call: Phone, opening: Opening) -> str | None:
    """How a received call ended; None when it has not, or nobody knows."""
    if call.outcome in (None, "onbekend"):
        return None
    return call.outcome if opening.is_open(call.arrived) else "gesloten"


def offered(call: Phone, opening: Opening) -> bool:
    """Received, and neither closed nor refused."""
    return ended(call, opening) not in (None, "gesloten", "geweigerd")


def within(call: Phone, seconds: int) -> bool:
    """Waited at most so long; an unknown wait is not."""
    return call.wait is not None and call.wait <= seconds


Test = Callable[[Phone, Opening], bool]


def _is(word: str) -> Test:
    return lambda call, opening: ended(call, opening) == word


def _in_norm(word: str) -> Test:
    return lambda call, opening: ended(call, opening) == word and within(call, call.norm)


def _calls(says: Callable[[Sequence[Phone], Opening], Answer]) -> Oracle:
    return Oracle("calls", lambda call: call.arrived, says)


def _number(test: Test) -> Oracle:
    def says(calls: Sequence[Phone], opening: Opening) -> Answer:
        number = len([call for call in calls if test(call, opening)])
        return Answer(number, teller=number, cases=number)

    return _calls(says)


def _ratio(part: Test, whole: Test) -> Oracle:
    def says(calls: Sequence[Phone], opening: Opening) -> Answer:
        all_ = [call for call in calls if whole(call, opening)]
        good = [call for call in all_ if part(call, opening)]
        value = Fraction(len(good), len(all_)) if all_ else None
        return Answer(value, len(good), len(all_), len(all_))

    return _calls(says)


def _average(of: str, whole: Test) -> Oracle:
    """Of the calls of which the duration is known."""

    def says(calls: Sequence[Phone], opening: Opening) -> Answer:
        seconds = [getattr(call, of) for call in calls if whole(call, opening)]
        known = [second for second in seconds if second is not None]
        value = Fraction(sum(known), len(known)) if known else None
        return Answer(value, sum(known), len(known), len(known))

    return _calls(says)


def quantile(values: Sequence[int], share: Fraction) -> int | None:
    """The smallest value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(1, ceil(share * len(ordered))) - 1] if ordered else None


def _waited(share: Fraction) -> Oracle:
    def says(calls: Sequence[Phone], opening: Opening) -> Answer:
        waits = [c.wait for c in calls if offered(c, opening) and c.wait is not None]
        return Answer(quantile(waits, share), None, len(waits) or None, len(waits))

    return _calls(says)


def _seen_in(*outcomes: str) -> Test:
    return lambda call, opening: ended(call, opening) in outcomes


TELEPHONE = {
    "ontvangen": _number(lambda call, opening: ended(call, opening) is not None),
    "aangeboden": _number(offered),
    "opgenomen": _number(_is("opgenomen")),
    "afgehaakt": _number(_is("afgehaakt")),
    "overgelopen": _number(_is("overgelopen")),
    "gesloten": _number(_is("gesloten")),
    "geweigerd": _number(_is("geweigerd")),
    "kort_afgehaakt": _number(lambda c, o: ended(c, o) == "afgehaakt" and within(c, c.short)),
    "opgenomen_binnen_norm": _number(_in_norm("opgenomen")),
    "afgehaakt_binnen_norm": _number(_in_norm("afgehaakt")),
    "overgelopen_binnen_norm": _number(
        lambda call, opening: _in_norm("overgelopen")(call, opening) and call.exit != "toets"
    ),
    "overgelopen_toets": _number(lambda c, o: ended(c, o) == "overgelopen" and c.exit == "toets"),
    "afloop_onbekend": _number(lambda call, _opening: call.outcome == "onbekend"),
    "bereikbaarheid": _ratio(_is("opgenomen"), offered),
    "servicelevel": _ratio(_in_norm("opgenomen"), offered),
    "servicelevel_60": _ratio(lambda c, o: ended(c, o) == "opgenomen" and within(c, 60), offered),
    "servicelevel_zonder_kort": _ratio(
        _in_norm("opgenomen"),
        lambda c, o: offered(c, o) and not (ended(c, o) == "afgehaakt" and within(c, c.short)),
    ),
    "servicelevel_zonder_vroeg": _ratio(
        _in_norm("opgenomen"), lambda c, o: offered(c, o) and not _in_norm("afgehaakt")(c, o)
    ),
    "servicelevel_positief": _ratio(
        lambda c, o: _in_norm("opgenomen")(c, o) or _in_norm("afgehaakt")(c, o), offered
    ),
    "servicelevel_opgenomen": _ratio(_in_norm("opgenomen"), _is("opgenomen")),
    "wachttijd": _average("wait", _is("opgenomen")),
    "wachttijd_p50": _waited(Fraction(1, 2)),
    "wachttijd_p90": _waited(Fraction(9, 10)),
    "afhakers": _ratio(_is("afgehaakt"), offered),
    "wachttijd_afhakers": _average("wait", _is("afgehaakt")),
    "gesprekstijd": _average("talk", _is("opgenomen")),
    "doorverbonden": _ratio(lambda call, _opening: call.transferred, _is("opgenomen")),
}


# ── levels ─────────────────────────────────────────────────────────────────────────────────

HOURS = 3600


def waiting(calls: Sequence[Phone], instant: int) -> list[Phone]:
    """Who has come and not left; nobody waits longer than four hours."""
    return [
        call
        for call in calls
        if instant - 4 * HOURS < call.arrived <= instant
        and (call.left is None or call.left > instant)
    ]


def talking(calls: Sequence[Phone], instant: int) -> list[Phone]:
    """Whom a person answered and who has not hung up; nobody calls longer than four hours."""
    return [
        call
        for call in calls
        if instant - 4 * HOURS < call.arrived <= instant
        and call.outcome == "opgenomen"
        and call.left is not None
        and call.left <= instant
        and (call.ended is None or call.ended > instant)
    ]


def _many(there: Callable[[Sequence[Any], int], list[Any]]) -> Oracle:
    def says(calls: Sequence[Phone], instant: int) -> Answer:
        number = len(there(calls, instant))
        return Answer(number, teller=number, cases=number)

    return Oracle("calls", None, says, there=there)


def _longest(calls: Sequence[Phone], instant: int) -> Answer:
    found = waiting(calls, instant)
    waits = [instant - call.arrived for call in found]
    return Answer(max(waits, default=0), cases=len(found))


def present(shifts: Sequence[Shift], instant: int) -> list[Shift]:
    """Who is there; nobody works longer than sixteen hours."""
    return [
        shift
        for shift in shifts
        if instant - 16 * HOURS < shift.begins <= instant
        and (shift.ends is None or shift.ends > instant)
    ]


def _staff(chosen: Callable[[set[int], set[int]], set[int]]) -> Oracle:
    """People, not stretches; fewer than five are not shown."""

    def says(shifts: Sequence[Shift], instant: int) -> Answer:
        there = present(shifts, instant)
        everybody = {shift.who for shift in there}
        if len(everybody) < 5:
            return Answer(None)
        number = len(chosen(everybody, {shift.who for shift in there if not shift.pauze}))
        return Answer(number, teller=number, cases=number)

    return Oracle("shifts", None, says, there=present)


LEVELS = {
    "wachtenden": _many(waiting),
    "langst_wachtende": Oracle("calls", None, _longest, there=waiting),
    "gesprekken_nu": _many(talking),
    "medewerkers_beschikbaar": _staff(lambda _everybody, available: available),
    "medewerkers_pauze": _staff(lambda everybody, available: everybody - available),
}


# ── when an answer is due ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Norm:
    """So many working days."""

    werkdagen: int


@dataclass(frozen=True)
class Law:
    """So many weeks; `longer` with a committee or consent, `extra` weeks after a notice in time.

    `named`: the notice itself names the date. `still`: whether the clock stands still "tot" or
    "tot en met" the last day. `filing`: weeks that run first, from the announcement.
    """

    weeks: int
    longer: int | None = None
    extra: int | None = None
    named: bool = False
    still: str | None = None
    filing: int | None = None


LAWS = {
    "aanvraag": Law(8, named=True, still="tot"),
    "woo": Law(4, extra=2, still="tot en met"),
    "bezwaar": Law(6, longer=12, extra=6, still="tot", filing=6),
    "klacht": Law(6, longer=10, extra=4),
    "omgevingsvergunning": Law(8, longer=12, extra=6, still="tot"),
}
"""As the table in terms.md has them."""
OF_KIND: dict[str, Norm | Law] = {"terugbelverzoek": Norm(2), "klacht": LAWS["klacht"]}
OF_TOPIC: dict[str, Norm | Law] = {
    "grofvuil": Norm(3),
    "vergunning": LAWS["aanvraag"],
    "bouwen": LAWS["omgevingsvergunning"],
    "woo": LAWS["woo"],
    "bezwaar": LAWS["bezwaar"],
}
"""The terms of the municipality of the tests; a kind goes before a topic."""
CONFIRMED = {"e-mail": 2}
"""Channel -> the working days within which a question is acknowledged."""
FAR = date(2030, 1, 1)
STILL, TO_AND_ON = "opgeschort", "tot en met"
DAY = timedelta(1)


@dataclass(frozen=True)
class Term:
    """The end of the first term and the deadline, as instants; by `counted` it has its month."""

    first: int | None
    due: int | None
    counted: int | None


def local(instant: int) -> date:
    """Return the day on the calendar in Haarlem."""
    return datetime.fromtimestamp(instant, AMSTERDAM).date()


def last_second(day: date) -> int:
    """Return the last second of a day in Haarlem."""
    return int(datetime.combine(day + DAY, time(), AMSTERDAM).timestamp()) - 1


def answered(question: Question) -> int | None:
    """When it was answered for good: the first answer since it was last reopened, or else shut."""
    again = max((e.until or e.at for e in question.events if e.what == "heropend"), default=-inf)
    answers = [at for at in question.when("beantwoord") if at >= again]
    if answers:
        return answers[0]
    shut = question.closed
    return shut if shut is not None and shut >= again else None


def workdays_after(day: date, number: int) -> date:
    """Return the so manieth working day after a day."""
    while number:
        day += DAY
        number -= OPENING.works(day)
    return day


def workdays_taken(question: Question) -> int | None:
    """How many working days there were after receipt, that of the answer included."""
    done = answered(question)
    if done is None or done < question.received:
        return None
    day, number = local(question.received), 0
    while day < local(done):
        day += DAY
        number += OPENING.works(day)
    return number


@cache
def term(question: Question) -> Term:
    """By the rule of its kind, or of its topic; else its source says when it is due."""
    rule = OF_KIND.get(question.soort) or OF_TOPIC.get(question.onderwerp)
    told = question.due
    if rule is None:
        return Term(told, told, told)
    if isinstance(rule, Norm):
        day = OPENING.day_of_receipt(question.received)
        if question.counts_from is not None:
            day = OPENING.next_open(question.counts_from)
        due = last_second(workdays_after(day, rule.werkdagen))
        return Term(due, due, due)
    start = day_before(question, rule)
    counted = question.received if told is None else told
    if start is None:
        return Term(told, told, counted)
    weeks = rule.longer if question.longer and rule.longer else rule.weeks
    first = counts_to(start, weeks, lambda _day: False)
    assert isinstance(first, date)
    due_day = longer(question, rule, start, weeks)
    if due_day is None:
        return Term(last_second(first), told, counted)
    if due_day >= FAR:  # the clock stands still
        return Term(last_second(first), None, None)
    return Term(last_second(first), last_second(due_day), last_second(due_day))


def day_before(question: Question, rule: Law) -> date | None:
    """Return the day after which a term counts; None when nobody told it."""
    if rule.filing is None:
        return question.counts_from or local(question.received)
    announced = question.counts_from
    return announced and counts_to(announced, rule.filing, lambda _day: False)


def longer(question: Question, rule: Law, start: date, weeks: int) -> date | None:
    """Return the deadline with what made it longer; FAR: not in sight, None: a date is missing."""

    def still(day: date) -> bool:
        if rule.still is None or day <= start:  # what has not begun cannot stand still
            return False
        pauses = [(local(e.at), _ended(e, question)) for e in question.events if e.what == STILL]
        return any(
            begun < day and (end is None or day < end or (day == end and rule.still == TO_AND_ON))
            for begun, end in pauses
        )

    end = counts_to(start, weeks, still)
    notices = sorted((e for e in question.events if e.what == "verdaagd"), key=lambda e: e.at)
    begun = local(question.received) if rule.filing else start
    if not notices or not begun <= local(notices[0].at) <= end:
        return end
    notice, named = local(notices[0].at), notices[0].until
    if rule.named and named is None:
        stands = any(e.what == STILL and _ended(e, question) is None for e in question.events)
        return FAR if stands else None
    ways = []
    if rule.extra is not None:
        ways.append(counts_to(start, weeks + rule.extra, still))
    if named is not None:
        days = (local(named) - notice).days
        ways.append(counts_on(notice, days, still, False) if days > 0 else local(named))
    return max(end, min(ways))


def _ended(event: Happened, question: Question) -> date | None:
    """A suspension that nobody ended ends with the answer."""
    end = answered(question) if event.until is None else event.until
    return None if end is None else local(end)


def counts_to(start: date, weeks: int, still: Callable[[date], bool]) -> date:
    """Count weeks; the Atw has no say over more than twelve."""
    return counts_on(start, 7 * weeks, still, moves=weeks <= 12)


def counts_on(day: date, left: int, still: Callable[[date], bool], moves: bool) -> date:
    """Count days after a day, but those on which the clock stands still; FAR when it never ends.

    The days by which the Atw moves the end belong to the term, and may stand still as well.
    """
    while True:
        while left:
            day += DAY
            if day >= FAR:
                return FAR
            left -= not still(day)
        end = day
        while moves and (end.weekday() >= 5 or end in HOLIDAYS):
            end += DAY
        if end == day:
            return day
        left = (end - day).days


# ── questions ──────────────────────────────────────────────────────────────────────────────

Judge = Callable[[Question], bool]


def asked_again(questions: dict[str, Question], calls: dict[str, Phone]) -> list[Question]:
    """Say of each question whether the same person asked the same within seven days after it.

    Who asked is told, or is the caller of the call of that day, or the day before, that it names.
    """

    def who(question: Question) -> int | None:
        call = calls.get(question.call)
        if question.person is not None or call is None:
            return question.person
        days = (local(question.received) - local(call.arrived)).days
        return call.caller if days in (0, 1) else None

    def follows(key: str, question: Question, other_key: str, other: Question) -> bool:
        return (
            (other.received, other_key) > (question.received, key)
            and (who(other), other.onderwerp) == (who(question), question.onderwerp)
            and not (question.call and question.call == other.call)
            and (local(other.received) - local(question.received)).days <= 7
        )

    return [
        replace(
            question,
            again=None
            if who(question) is None or question.onderwerp == "onbekend"
            else any(follows(key, question, *other) for other in questions.items()),
        )
        for key, question in questions.items()
    ]


def door(question: Question) -> str | None:
    """Who settled it: what the website or the KCC forwarded, they did not."""
    forwarded = question.when("doorgezet") and question.door in ("digitaal", "kcc")
    return "doorgezet" if forwarded else question.door


def _counted(judge: Judge, at: Callable[[Question], int | None]) -> Oracle:
    def says(questions: Sequence[Question], _opening: Opening) -> Answer:
        number = len([question for question in questions if judge(question)])
        return Answer(number, teller=number, cases=number)

    return Oracle("questions", at, says)


def _part(judge: Judge, at: Callable[[Question], int | None], whole: Judge | None = None) -> Oracle:
    def says(questions: Sequence[Question], _opening: Opening) -> Answer:
        among = [question for question in questions if whole is None or whole(question)]
        good = len([question for question in among if judge(question)])
        value = Fraction(good, len(among)) if among else None
        return Answer(value, good, len(among), len(among))

    return Oracle("questions", at, says)


def _known_part(judge: Judge, at: Callable[[Question], int | None], known: Judge) -> Oracle:
    """The share of those that can be judged; bounds: all others badly, and all of them well."""

    def says(questions: Sequence[Question], _opening: Opening) -> Answer:
        sure = [question for question in questions if known(question)]
        good, all_ = len([question for question in sure if judge(question)]), len(questions)
        return Answer(
            Fraction(good, len(sure)) if sure else None,
            good,
            len(sure),
            len(sure),
            dekking=Fraction(len(sure), all_) if all_ else None,
            onder=Fraction(good, all_) if all_ else None,
            boven=Fraction(good + all_ - len(sure), all_) if all_ else None,
        )

    return Oracle("questions", at, says)


def _digital_or_kcc(questions: Sequence[Question], _opening: Opening) -> Answer:
    """Simple questions closed digitally or by the KCC, with bounds for what is not known."""
    simple = [q for q in questions if q.klasse == "eenvoudig" and door(q) is not None]
    good = [q for q in simple if answered(q) is not None and door(q) in ("digitaal", "kcc")]
    sure = [q for q in questions if q.klasse is not None and door(q) is not None]
    maybe = [q for q in questions if q.klasse is None or (q.klasse == "eenvoudig" and not door(q))]
    outer = len(simple) + len(maybe)
    return Answer(
        Fraction(len(good), len(simple)) if simple else None,
        len(good),
        len(simple),
        len(simple),
        dekking=Fraction(len(sure), len(questions)) if questions else None,
        onder=Fraction(len(good), outer) if outer else None,
        boven=Fraction(len(good) + len(maybe), outer) if outer else None,
    )


def _settled_elsewhere(who: str) -> Oracle:
    return _counted(lambda q: q.klasse == "eenvoudig" and door(q) == who, received)


def _simple_and_open(question: Question) -> bool:
    """With the website or the KCC, and not answered yet."""
    waiting = door(question) in ("digitaal", "kcc") and answered(question) is None
    return question.klasse == "eenvoudig" and waiting


def _took(share: Fraction) -> Oracle:
    def says(questions: Sequence[Question], _opening: Opening) -> Answer:
        taken = [days for q in questions if (days := workdays_taken(q)) is not None]
        return Answer(quantile(taken, share), None, len(taken) or None, len(taken))

    return Oracle("questions", received, says)


def received(question: Question) -> int:
    """The moment by which most figures count."""
    return question.received


def cohort(question: Question) -> int | None:
    """The moment by which figures about terms count."""
    return term(question).counted


def outcome(question: Question) -> str:
    """How a question ended whose term has passed: one of five."""
    due, done = term(question), answered(question)
    if due.due is None:
        return "onbepaalbaar"
    if done is None:
        return "open"
    if done > due.due:
        return "te laat"
    assert due.first is not None
    return "eerste termijn" if done <= due.first else "verlengd"


def in_term(question: Question) -> bool:
    """Answered on or before the deadline; open after it is late."""
    return outcome(question) in ("eerste termijn", "verlengd")


def _ended_as(word: str) -> Oracle:
    return _counted(lambda question: outcome(question) == word, cohort)


def confirm_by(question: Question) -> int | None:
    """When a question by one of the promised channels has to be acknowledged."""
    days = CONFIRMED.get(question.kanaal)
    if days is None:
        return None
    return last_second(workdays_after(OPENING.day_of_receipt(question.received), days))


def _confirmed(question: Question) -> bool:
    """Acknowledged or answered; an answer says as well that the question arrived."""
    done, by = answered(question), confirm_by(question)
    heard = [*question.when("bevestigd"), *question.when("beantwoord")]
    heard += [] if done is None else [done]
    return by is not None and any(at <= by for at in heard)


def next_on(weekday: int, instant: int) -> int:
    """The end of the first such weekday after the day of an instant."""
    day = local(instant) + DAY
    while day.weekday() != weekday:
        day += DAY
    return last_second(day)


THURSDAY, TUESDAY = 3, 1


def meeting(question: Question) -> int | None:
    """The Thursday by which a complex question or an initiative has somebody of its own."""
    if question.klasse != "complex" and question.soort != "initiatief":
        return None
    return next_on(THURSDAY, question.received)


def college(question: Question) -> int | None:
    """The Tuesday after an initiative was discussed."""
    discussed = question.when("besproken")
    if question.soort != "initiatief" or not discussed:
        return None
    return next_on(TUESDAY, discussed[0])


def _by_then(what: str, by: Callable[[Question], int | None]) -> Judge:
    def judge(question: Question) -> bool:
        moments, end = question.when(what), by(question)
        return bool(moments) and end is not None and moments[0] <= end

    return judge


def is_open(question: Question, instant: float) -> bool:
    """Tell whether it was open just before an instant: not answered, nor shut for a while."""
    done = answered(question)
    shut = [(e.at, e.until) for e in question.events if e.what == "heropend"]
    away = any(closed < instant <= again for closed, again in shut if again is not None)
    return not away and (done is None or done >= instant)


def is_late(question: Question, instant: float) -> bool:
    """Tell whether it was open behind its deadline, even when its source received it later."""
    due = term(question).due
    return due is not None and due < instant and is_open(question, instant)


def _went(question: Question, instant: float) -> bool:
    done = answered(question)
    return done is not None and done < instant


def _stock(
    there: Callable[[Question, float], bool], at: Callable[[Question], int | None]
) -> Oracle:
    def says(questions: Sequence[Question], instant: float) -> Answer:
        number = len([question for question in questions if there(question, instant)])
        return Answer(number, teller=number, cases=number)

    def known(question: Question, instant: float) -> bool:
        came = at(question)
        return (came is not None and came < instant) or _went(question, instant)

    return Oracle("questions", None, says, known)


def _has_two_deadlines(question: Question) -> bool:
    """A rule says when it is due, and so does its source."""
    rule = OF_KIND.get(question.soort) or OF_TOPIC.get(question.onderwerp)
    return rule is not None and question.due is not None and term(question).due is not None


def _on_another_day(question: Question) -> bool:
    """Ours is the last second of its day: more than a day before it, or after it, is another."""
    ours = term(question).due
    assert ours is not None
    assert question.due is not None
    return not 0 <= ours - question.due < 24 * 3600


def _judged_twice(question: Question) -> bool:
    """Its source says whether it was late, and so can we."""
    known = question.told_late is not None and answered(question) is not None
    return known and outcome(question) != "onbepaalbaar"


def _judged_otherwise(question: Question) -> bool:
    return (outcome(question) == "te laat") is not question.told_late


QUESTIONS = {
    "vragen": _counted(lambda _question: True, received),
    "digitaal_of_kcc": Oracle("questions", received, _digital_or_kcc),
    "eenvoudig_doorgezet": _settled_elsewhere("doorgezet"),
    "eenvoudig_bij_afdeling": _settled_elsewhere("afdeling"),
    "eenvoudig_open": _counted(_simple_and_open, received),
    "in_een_keer_goed": _known_part(
        lambda question: question.again is False, received, lambda q: q.again is not None
    ),
    "ontvangst_bevestigd": _part(_confirmed, confirm_by),
    "doorlooptijd_p50": _took(Fraction(1, 2)),
    "doorlooptijd_p90": _took(Fraction(9, 10)),
    "binnen_termijn": _known_part(in_term, cohort, lambda q: term(q).due is not None),
    "termijnen_verstreken": _counted(lambda _question: True, cohort),
    "binnen_eerste_termijn": _ended_as("eerste termijn"),
    "na_verlenging": _ended_as("verlengd"),
    "te_laat_beantwoord": _ended_as("te laat"),
    "verstreken_en_open": _ended_as("open"),
    "termijn_onbepaalbaar": _ended_as("onbepaalbaar"),
    "termijn_verschil": _part(_on_another_day, cohort, _has_two_deadlines),
    "oordeel_verschil": _part(_judged_otherwise, cohort, _judged_twice),
    "terugbellen": _part(in_term, cohort, lambda question: question.soort == "terugbelverzoek"),
    "vast_contactpersoon": _part(_by_then("contactpersoon", meeting), meeting),
    "richting_gegeven": _part(_by_then("richting", college), college),
}
STOCKS = {
    "openstaand": _stock(lambda q, instant: q.received < instant and is_open(q, instant), received),
    "open_te_laat": _stock(is_late, cohort),
}
OUTCOMES = (
    *("binnen_eerste_termijn", "na_verlenging", "te_laat_beantwoord", "verstreken_en_open"),
    "termijn_onbepaalbaar",
)

ORACLES: dict[str, Oracle] = TELEPHONE | LEVELS | QUESTIONS | STOCKS
