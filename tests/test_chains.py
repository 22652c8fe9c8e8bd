"""Chains of contacts on one question, beside plain Python; no pseudonym is ever told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from data.store import Store
from ingest.records import Ticket
from metrics import Cut, Period
from metrics.chains import Chains, chains
from tests.conftest import fresh
from tests.oracle import AMSTERDAM, Question, asked_again, local
from tests.question_cast import asked, configured, deliver, of
from tests.worlds import ANCHORS, World, explored, know_source, moment, worlds, write

JUNE = Period(datetime(2026, 6, 1, tzinfo=AMSTERDAM), datetime(2026, 7, 1, tzinfo=AMSTERDAM))
TOPIC = '[[onderwerp]]\nnaam = "kap"\nklasse = "eenvoudig"\n'


def found(store: Store, period: Period = JUNE, **only: str) -> list[Chains]:
    by = [Cut.ONDERWERP, *map(Cut, only)]
    with store.reading() as connection:
        every = chains(connection, store.organisation, period, by)
    return [replace(one, cut=one.cut[:1]) for one in every if one.cut[1:] == (*only.values(),)]


def contact(key: str, at: str, person: int = 1, **told: Any) -> Ticket:
    return asked(at, key=key, person=person, **{"onderwerp": "kap"} | told)


def told(store: Store, tmp_path: Any, *tickets: Ticket) -> None:
    know_source(store)
    deliver(store, *tickets, by=of(store, configured(tmp_path, onderwerpen=TOPIC)))


def test_contacts_within_seven_days_of_each_other_are_one_chain(
    store: Store, tmp_path: Any
) -> None:
    told(
        store,
        tmp_path,
        contact("a", "2026-06-01 10:00"),
        contact("b", "2026-06-08 10:00"),
        contact("c", "2026-06-15 23:00"),
        contact("d", "2026-06-23 10:00"),  # eight days later: another question
        contact("e", "2026-06-24 10:00"),
        contact("alone", "2026-06-05 10:00", person=2),
    )
    assert found(store) == [Chains(("kap",), number=2, long=1, contacts=5, days=14 + 1)]


def test_a_chain_belongs_to_the_month_and_the_channel_in_which_it_began(
    store: Store, tmp_path: Any
) -> None:
    told(
        store,
        tmp_path,
        contact("a", "2026-05-30 10:00"),
        contact("b", "2026-06-02 10:00"),
        contact("c", "2026-06-28 10:00", person=2, kanaal="e-mail"),
        contact("d", "2026-07-03 10:00", person=2, kanaal="telefoon"),
    )
    assert found(store) == [Chains(("kap",), 1, 0, 2, 5)]
    assert found(store, kanaal="e-mail") == [Chains(("kap",), 1, 0, 2, 5)]
    assert found(store, kanaal="telefoon") == []
    assert found(fresh(store)) == []


def test_rows_of_one_call_are_one_contact(store: Store, tmp_path: Any) -> None:
    told(
        store,
        tmp_path,
        contact("a", "2026-06-01 10:00", call_id="1700000000.1"),
        contact("b", "2026-06-01 10:05", call_id="1700000000.1"),
    )
    assert found(store) == []


def test_nothing_of_a_person_is_told() -> None:
    assert set(Chains.__dataclass_fields__) == {"cut", "number", "long", "contacts", "days"}


CASES = st.sampled_from(ANCHORS).flatmap(lambda anchor: st.tuples(st.just(anchor), worlds(anchor)))


@explored(CASES, examples=40)
def test_chains_are_those_of_plain_python(store: Store, case: tuple[datetime, World]) -> None:
    anchor, world = case
    start = anchor.replace(day=1)
    period = Period(start, (start + timedelta(days=32)).replace(day=1))
    know_source(store)
    write(store, world)
    assert [asdict(one) for one in found(store, period)] == by_hand(world, period)


def by_hand(world: World, period: Period) -> list[dict[str, Any]]:
    """Follow each person and topic through a diary, a contact at a time."""
    diaries: dict[tuple[int, str], list[tuple[int, str, Question]]] = defaultdict(list)
    known = asked_again(world.questions, world.calls)
    for (key, _), question in zip(world.questions.items(), known, strict=True):
        who = caller_of(world, question)
        if question.again is not None and who is not None:
            diaries[who, question.onderwerp].append((question.received, key, question))
    told: dict[str, list[list[Question]]] = defaultdict(list)
    for (_, topic), diary in diaries.items():
        for chain in follow([question for _, _, question in sorted(diary, key=lambda d: d[:2])]):
            if len(chain) > 1 and period.start <= moment(chain[0].received) < period.end:
                told[topic].append(chain)
    return [
        {
            "cut": (topic,),
            "number": len(told[topic]),
            "long": len([chain for chain in told[topic] if len(chain) >= 3]),
            "contacts": sum(map(len, told[topic])),
            "days": sum(
                (local(chain[-1].received) - local(chain[0].received)).days for chain in told[topic]
            ),
        }
        for topic in sorted(told)
    ]


def caller_of(world: World, question: Question) -> int | None:
    call = world.calls.get(question.call)
    return question.person if question.person is not None else call.caller if call else None


def follow(diary: list[Question]) -> list[list[Question]]:
    """Begin anew after more than seven days; what was said in a call before is the same contact."""
    found: list[list[Question]] = []
    calls: set[str] = set()
    for question in diary:
        if question.call and question.call in calls:
            continue
        calls.add(question.call)
        last = found[-1][-1] if found else None
        if last is None or (local(question.received) - local(last.received)).days > 7:
            found.append([])
        found[-1].append(question)
    return found
