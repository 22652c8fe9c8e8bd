"""A second opinion on every figure: plain Python, written from definitions.md and the formulas.

Nothing here is taken from the SQL: rows are small dataclasses, time is arithmetic on datetimes,
and ratios are fractions. `ORACLES` has an entry per figure of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from math import ceil
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
    transferred: bool = False
    norm: int = 30
    short: int = 5


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a resident; `klasse` and `door` are None when they are not known."""

    received: int
    due: int | None = None
    closed: int | None = None
    kanaal: str = "telefoon"
    onderwerp: str = "paspoort"
    klasse: str | None = "eenvoudig"
    afdeling: str = "KCC"
    gemeente: str = "Haarlem"
    door: str | None = None


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

    `at` is the instant by which a row belongs to a period; levels have none, they get an instant.
    """

    rows: str
    at: Callable[[Any], int | None] | None
    says: Callable[..., Answer]


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


def _waiting(calls: Sequence[Phone], instant: int) -> Answer:
    number = len(waiting(calls, instant))
    return Answer(number, teller=number, cases=number)


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


def _available(shifts: Sequence[Shift], instant: int) -> Answer:
    """People, not stretches; fewer than five are not shown."""
    there = present(shifts, instant)
    if len({shift.who for shift in there}) < 5:
        return Answer(None)
    number = len({shift.who for shift in there if not shift.pauze})
    return Answer(number, teller=number, cases=number)


LEVELS = {
    "wachtenden": Oracle("calls", None, _waiting),
    "langst_wachtende": Oracle("calls", None, _longest),
    "medewerkers_beschikbaar": Oracle("shifts", None, _available),
}


# ── questions ──────────────────────────────────────────────────────────────────────────────


def _all_questions(questions: Sequence[Question], _opening: Opening) -> Answer:
    return Answer(len(questions), teller=len(questions), cases=len(questions))


def _digital_or_kcc(questions: Sequence[Question], _opening: Opening) -> Answer:
    """Simple questions closed digitally or by the KCC, with bounds for what is not known."""
    simple = [q for q in questions if q.klasse == "eenvoudig" and q.door is not None]
    good = [q for q in simple if q.closed is not None and q.door in ("digitaal", "kcc")]
    sure = [q for q in questions if q.klasse is not None and q.door is not None]
    maybe = [q for q in questions if q.klasse is None or (q.klasse == "eenvoudig" and not q.door)]
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


def in_term(question: Question) -> bool:
    """Closed on or before the deadline; open after it is late."""
    assert question.due is not None
    return question.closed is not None and question.closed <= question.due


def _in_term(questions: Sequence[Question], _opening: Opening) -> Answer:
    good = len([question for question in questions if in_term(question)])
    value = Fraction(good, len(questions)) if questions else None
    return Answer(value, good, len(questions), len(questions))


QUESTIONS = {
    "vragen": Oracle("questions", lambda question: question.received, _all_questions),
    "digitaal_of_kcc": Oracle("questions", lambda question: question.received, _digital_or_kcc),
    "binnen_termijn": Oracle("questions", lambda question: question.due, _in_term),
}

ORACLES: dict[str, Oracle] = TELEPHONE | LEVELS | QUESTIONS
