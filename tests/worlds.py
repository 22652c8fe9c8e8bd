"""Random municipalities around the clock changes, and how they get into a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from data import schema
from data.agreements import Agreements, Confirmation, Kind
from data.calendar import Calendar, Closing, Week
from data.codes import Complexity, Exit, Handler, Happening, Outcome, Presence
from data.store import Store, Written
from data.topics import Topic, Topics
from ingest.questions import write_questions
from ingest.records import Call, Event, Staffing, Ticket
from ingest.stamps import Stamps
from tests.conftest import fresh
from tests.oracle import (
    AMSTERDAM,
    OPENING,
    Happened,
    Opening,
    Phone,
    Question,
    Shift,
    asked_again,
    college,
    confirm_by,
    local,
    meeting,
    term,
)
from tests.rules import shipped, stamps

QUEUES = ("burgerzaken", "afval", "belastingen")
KLASSEN = {
    **dict.fromkeys(("paspoort", "afval", "grofvuil"), "eenvoudig"),
    **dict.fromkeys(("vergunning", "bouwen", "woo", "bezwaar"), "complex"),
}
"""Topic -> class; a topic that is not listed is unknown."""
SOORTEN = {"vergunning": "zaak", "bouwen": "zaak", "woo": "Woo-verzoek", "bezwaar": "bezwaar"}
"""Topic -> kind of question, when its source does not say."""
RULES = {
    "grofvuil": ("servicenorm", 3),
    "vergunning": ("aanvraag", None),
    "bouwen": ("omgevingsvergunning", None),
    "woo": ("woo", None),
    "bezwaar": ("bezwaar", None),
}
"""Topic -> the key of its rule, and its working days."""
ANCHORS = (
    datetime(2026, 3, 29, tzinfo=AMSTERDAM),  # 23 hours
    datetime(2026, 10, 25, tzinfo=AMSTERDAM),  # 25 hours
    datetime(2026, 12, 31, tzinfo=AMSTERDAM),  # in ISO week 53
)
AROUND = 45
"""Days before and after the anchor, so that a whole month lies on either side."""
DAY_S = 86400
NEVER_CHECKED_LATER = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())


def instant(text: str) -> int:
    """Read a local time of Amsterdam, or a time with offset, as epoch seconds."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).timestamp())


def moment(epoch: int) -> datetime:
    """Return the instant as UTC."""
    return datetime.fromtimestamp(epoch, UTC)


def calendar_of(opening: Opening) -> Calendar:
    """Note the same opening hours as the program does."""
    week = tuple(
        tuple(_minutes(block) for block in opening.week.get(weekday, [])) for weekday in range(7)
    )
    closings = [
        Closing(day.toordinal(), _minutes(block), "gesloten")
        for day, blocks in opening.closed.items()
        for block in blocks
    ]
    return Calendar((Week(1, week),), tuple(closings))


def _minutes(block: tuple[time, time]) -> tuple[int, int]:
    start, end = (edge.hour * 60 + edge.minute for edge in block)
    return start, end or 24 * 60


CALENDAR = calendar_of(OPENING)
TOPICS = Topics(
    {
        name: [
            Topic(
                name,
                Complexity[klasse.upper()],
                soort=SOORTEN.get(name, ""),
                rule=RULES.get(name, ("", None))[0],
                werkdagen=RULES.get(name, ("", None))[1],
            )
        ]
        for name, klasse in KLASSEN.items()
    },
)
CALLBACK = Kind("terugbelverzoek", "servicenorm", 2)
AGREEMENTS = Agreements(
    {
        "terugbelverzoek": CALLBACK,
        "tbv": CALLBACK,
        "klacht": Kind("klacht", "klacht"),
        "initiatief": Kind("initiatief"),
    },
    Confirmation(2, frozenset({"e-mail"})),
)


def stamps_of(store: Store) -> Stamps:
    """The stamps of the municipality of the tests, which oracle.py describes in plain words."""
    terms = replace(shipped().terms, calendar=CALENDAR)
    return stamps(store, calendar=CALENDAR, topics=TOPICS, terms=terms, agreements=AGREEMENTS)


# ── the store ──────────────────────────────────────────────────────────────────────────────


@dataclass
class World:
    """Rows by key; `versions` numbers the deliveries of each."""

    calls: dict[str, Phone] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)

    def rows(self, kind: str) -> list[Any]:
        """Return the calls, questions or shifts; of questions it is known who asked again."""
        if kind == "questions":
            return asked_again(self.questions, self.calls)
        return list(getattr(self, kind).values())

    def moments(self) -> list[int]:
        """Return every instant at which something happens."""
        rows = [row for kind in ("calls", "questions", "shifts") for row in self.rows(kind)]
        names = ("arrived", "left", "ended", "received", "due", "closed", "begins", "ends")
        found = {getattr(row, name, None) for row in rows for name in names}
        events = [event for question in self.questions.values() for event in question.events]
        found |= {at for event in events for at in (event.at, event.until)}
        return sorted(found - {None})

    def __or__(self, later: World) -> World:
        return World(
            self.calls | later.calls,
            self.questions | later.questions,
            self.shifts | later.shifts,
        )


def know_source(store: Store, naam: str = "proef", source: int = 1, **known: Any) -> None:
    """Register a source that was read to its end, as far as `known` does not say otherwise."""
    values = {
        "organisation": store.organisation,
        "id": source,
        "naam": naam,
        "soort": "proef",
        "feeds": "gesprek,vraag",
        "cursor": "{}",
        "version": 1,
        "earliest": 0,
        "newest": None,
        "checked_at": NEVER_CHECKED_LATER,
        "error": "",
        "error_since": None,
    }
    with store.writing() as connection:
        connection.execute(insert(schema.source).values(values | known))


def write(store: Store, world: World, version: int = 1, source: int = 1) -> list[Written]:
    """Deliver rows as the runner does: stamp, upsert and mark, in one transaction."""
    stamped = stamps_of(store)
    calls = [_call(key, version, call) for key, call in world.calls.items()]
    tickets = [_ticket(key, version, asked) for key, asked in world.questions.items()]
    shifts = [_staffing(key, version, shift) for key, shift in world.shifts.items()]
    asked = stamped.tickets(source, tickets)
    with store.writing() as connection:
        parts = [
            store.upsert(connection, schema.call, source, stamped.calls(source, calls)),
            write_questions(connection, store, source, asked, tickets, NEVER_CHECKED_LATER),
            store.upsert(connection, schema.staffing, source, stamped.staffing(source, shifts)),
        ]
        if any(part.rows for part in parts):
            store.mark(connection, {f: days for part in parts for f, days in part.days.items()})
    return parts


def _call(key: str, version: int, call: Phone) -> Call:
    return Call(
        key=key,
        version=version,
        arrived_at=call.arrived,
        wachtrij=call.wachtrij,
        afdeling=call.afdeling,
        gemeente=call.gemeente,
        outcome=None if call.outcome is None else int(Outcome[call.outcome.upper()]),
        exit=None if call.exit is None else int(Exit[call.exit.upper()]),
        wait_s=call.wait,
        talk_s=call.talk,
        left_at=call.left,
        ended_at=call.ended,
        transferred=int(call.transferred),
        caller=call.caller,
        answer_norm_s=call.norm,
        short_s=call.short,
    )


def _ticket(key: str, version: int, asked: Question) -> Ticket:
    return Ticket(
        key=key,
        version=version,
        received_at=asked.received,
        due_at=asked.due,
        closed_at=asked.closed,
        kanaal=asked.kanaal,
        onderwerp=asked.onderwerp,
        afdeling=asked.afdeling,
        gemeente=asked.gemeente,
        soort="" if asked.soort == SOORTEN.get(asked.onderwerp, "vraag") else asked.soort,
        handler=int(Handler[(asked.door or "onbekend").upper()]),
        person=asked.person,
        call_id=asked.call,
        counts_from=None if asked.counts_from is None else asked.counts_from.toordinal(),
        longer=int(asked.longer),
        told_late=None if asked.told_late is None else int(asked.told_late),
        events=tuple(
            Event(int(Happening[event.what.upper()]), event.at, event.until)
            for event in asked.events
        ),
    )


def _staffing(key: str, version: int, shift: Shift) -> Staffing:
    return Staffing(
        key=key,
        version=version,
        token=shift.who,
        wachtrij=shift.wachtrij,
        presence=int(Presence.PAUZE if shift.pauze else Presence.BESCHIKBAAR),
        begins_at=shift.begins,
        ends_at=shift.ends,
    )


# ── strategies ─────────────────────────────────────────────────────────────────────────────


@cache
def edges_around(anchor: datetime) -> list[int]:
    """Instants at which something changes: midnights, the doubled hour, doors, whole months."""
    midnights = [anchor + timedelta(days=day) for day in (-1, 0, 1, 2)]  # local arithmetic
    months = [anchor.replace(day=1), (anchor.replace(day=1) + timedelta(days=32)).replace(day=1)]
    hours = [anchor.replace(hour=hour, minute=m) for hour in (1, 2, 3) for m in (0, 15, 59)]
    doors = [
        anchor + timedelta(days=day, hours=hour, minutes=minute)
        for day in (-2, 1, 3)
        for hour, minute in ((8, 30), (12, 10), (12, 30), (13, 0), (17, 0), (20, 0))
    ]
    second_pass = [edge.replace(fold=1) for edge in hours]
    all_edges = [*midnights, *months, *hours, *second_pass, *doors]
    return [int(edge.timestamp()) + second for edge in all_edges for second in (-1, 0, 1)]


def an_instant(random: Random, anchor: datetime) -> int:
    """A second near the anchor, at one of its edges, or now and then weeks away."""
    here = int(anchor.timestamp())
    return random.choice(
        [
            random.randint(here - DAY_S, here + 2 * DAY_S),
            random.choice(edges_around(anchor)),
            random.randint(here - AROUND * DAY_S, here + AROUND * DAY_S),
        ]
    )


SEEDS = st.integers(0, 2**32 - 1)


def instants(anchor: datetime) -> st.SearchStrategy[int]:
    """Instants for questions."""
    return SEEDS.map(lambda seed: an_instant(Random(seed), anchor))


OUTCOMES = [None, *(outcome.name.lower() for outcome in Outcome), *["opgenomen", "afgehaakt"] * 3]
HANDLERS = [None, *(handler.name.lower() for handler in Handler if handler)]
WAITS = [None, 0, 4, 5, 6, 29, 30, 31, 59, 60, 61, 300]
MOMENTS = ("bevestigd", "doorgezet", "contactpersoon", "besproken", "richting")
LINES = ("lijn0", "lijn1", "lijn2", "lijn3")
"""Calls that questions name; a world has all of them, always the same ones."""
AFDELINGEN, GEMEENTEN = ["KCC", "Burgerzaken"], ["Haarlem", "Zandvoort"]


def a_phone(random: Random, anchor: datetime) -> Phone:
    """A call, with every outcome and a wait on, under and over each threshold."""
    arrived, wait = an_instant(random, anchor), random.choice(WAITS)
    left = random.choice([None, arrived, arrived + (wait or 1), arrived + 5 * 3600])
    return Phone(
        arrived=arrived,
        wachtrij=random.choice(QUEUES),
        afdeling=random.choice(AFDELINGEN),
        gemeente=random.choice(GEMEENTEN),
        outcome=random.choice(OUTCOMES),
        exit=random.choice([None, "toets", "timeout"]),
        wait=wait,
        talk=random.choice([None, 0, 61, 240]),
        left=left,
        ended=random.choice([None, None, *((left + 1, left + 240) if left else ())]),
        transferred=random.random() < 0.5,
        norm=random.choice([5, 30, 60]),
    )


TOLD_KINDS = ("vraag", "terugbelverzoek", "klacht", "initiatief", "melding")


def a_question(random: Random, anchor: datetime) -> Question:
    """A question: open or closed, in time or late, by its source's deadline or by our own."""
    received = an_instant(random, anchor)
    topic = random.choice([*KLASSEN, "iets anders", "onbekend"])
    usual = SOORTEN.get(topic, "vraag")
    call = random.choice(["", "", *LINES])
    plain = Question(
        received=received,
        due=random.choice([None, an_instant(random, anchor), an_instant(random, anchor)]),
        kanaal=random.choice(["telefoon", "e-mail", "e-mail", "balie"]),
        onderwerp=topic,
        klasse=KLASSEN.get(topic),
        afdeling=random.choice(AFDELINGEN),
        gemeente=random.choice(GEMEENTEN),
        soort=usual if usual != "vraag" else random.choice(TOLD_KINDS),
        door=random.choice(HANDLERS),
        person=random.choice([None, None, 1, 2]),
        call=call,
        counts_from=random.choice([None, local(received - random.randint(0, 40) * DAY_S)]),
        longer=random.random() < 0.2,
        told_late=random.choice([None, False, True]),
    )
    lived = replace(plain, events=a_life(random, received) if random.random() < 0.6 else ())
    times = term(lived)
    edges = [at for at in (times.first, times.due) if at is not None]
    edges += [at for by in (confirm_by, meeting) if (at := by(lived)) is not None]
    edges += [event.until or event.at for event in lived.events]
    kept = [
        Happened(what, random.choice(near([at])))
        for what, by in (
            ("bevestigd", confirm_by),
            ("contactpersoon", meeting),
            ("richting", college),
        )
        if (at := by(lived)) is not None and lived.events and not lived.when(what)
    ]
    return replace(
        lived,
        closed=random.choice([None, received, *near(edges), *near(edges)]),
        events=(*lived.events, *kept),
    )


def near(edges: Sequence[int]) -> list[int]:
    """Return these instants and their neighbours."""
    return [edge + second for edge in edges for second in (-1, 0, 1)]


def a_life(random: Random, received: int) -> tuple[Happened, ...]:
    """What happened to a question, much of it close to the end of a term, or in no good order."""

    def later(most: int = 90) -> int:
        return received + random.randint(-1, most) * DAY_S + random.randint(0, DAY_S)

    found = [Happened(what, later(9)) for what in MOMENTS if random.random() < 0.3]
    found += [Happened("beantwoord", later()) for _ in range(random.choice([0, 0, 1, 2]))]
    for _ in range(random.choice([0, 0, 1, 2])):
        begun = later(70)
        length = random.choice([0, 1, 4, 30])
        open_end = random.random() < 0.2
        found.append(Happened("opgeschort", begun, None if open_end else begun + length * DAY_S))
    if random.random() < 0.3:
        found.append(Happened("verdaagd", later(70), random.choice([None, later(150)])))
    for _ in range(random.choice([0, 0, 1, 2])):
        again = later()
        found.append(Happened("heropend", again - random.choice([0, 3, 9]) * DAY_S, again))
    return tuple(sorted(found, key=lambda event: (event.at, event.what)))


def a_shift(random: Random, anchor: datetime) -> Shift:
    """A stretch of presence of one of eight people."""
    begins = an_instant(random, anchor)
    return Shift(
        who=random.randint(1, 8),
        wachtrij=random.choice(QUEUES),
        pauze=random.random() < 0.5,
        begins=begins,
        ends=random.choice([None, begins + 600, begins + 8 * 3600]),
    )


@st.composite
def worlds(draw: st.DrawFn, anchor: datetime, most: int = 60) -> World:
    """Calls, questions and shifts; keys recur between worlds, so that one can update another.

    Hypothesis chooses the seed and the numbers; its own collections stay too small for rows to
    meet each other.
    """
    random = Random(draw(SEEDS))
    counts = [draw(st.integers(0, most)) for _ in range(3)]
    calls, questions, shifts = (
        {f"k{random.randint(1, 2 * most):03d}": make(random, anchor) for _ in range(count)}
        for count, make in zip(counts, (a_phone, a_question, a_shift), strict=True)
    )
    crew_at = random.choice(edges_around(anchor))
    for who in range(random.randint(0, 7)):
        shifts[f"p{who}"] = Shift(who=who, wachtrij=QUEUES[who % 2], begins=crew_at)
    calls |= {key: a_line(number, anchor) for number, key in enumerate(LINES)}
    return World(calls, questions, shifts)


def a_line(number: int, anchor: datetime) -> Phone:
    """A call that questions name: an hour before midnight, of one of two people or nobody."""
    arrived = int(anchor.timestamp()) - 3600 + number * DAY_S // 2
    return Phone(arrived=arrived, wachtrij="afval", caller=(1, 3, None, 1)[number])


# ── properties ─────────────────────────────────────────────────────────────────────────────

Check = Callable[[Store, Any], None]


def explored(strategy: st.SearchStrategy[Any], examples: int) -> Callable[[Check], Any]:
    """Check a property on both stores, each example in an empty one; fewer on PostgreSQL."""

    def decorate(check: Check) -> Any:
        def test(shared_store: Store) -> None:
            @settings(
                max_examples=examples if shared_store.is_sqlite else max(3, examples // 5),
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            )
            @given(strategy)
            def property_(drawn: Any) -> None:
                check(fresh(shared_store), drawn)

            property_()

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return decorate


def group_of(row: Any, names: Sequence[str]) -> tuple[str, ...]:
    """Return the values of a row for these cuts."""
    return tuple(getattr(row, name) for name in names)


def chosen(rows: Sequence[Any], only: Mapping[str, frozenset[str]]) -> list[Any]:
    """Keep the rows that `only` allows."""
    return [row for row in rows if all(getattr(row, name) in only[name] for name in only)]
