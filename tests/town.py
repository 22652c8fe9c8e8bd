"""A small municipality in a real store: a year of questions and calls, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from sqlalchemy import insert

from data import schema
from data.codes import Handler, Happening, Outcome
from data.migrate import migrate
from data.settings import load
from ingest.life import rules_of
from ingest.records import Call, Event, Ticket
from ingest.stamps import Stamps
from metrics.board import Board, open_board
from tests.fake_board import MONDAY_1432
from tests.oracle import AMSTERDAM
from tests.question_cast import deliver
from tests.worlds import know_source

FIRST, LAST = date(2025, 11, 3), MONDAY_1432.date()
AWAY = date(2026, 8, 12)
"""A working day of which the exchange has nothing."""
SOURCES = {1: "telefonie", 2: "zaken"}


class Habit(NamedTuple):
    """A topic: how often it is asked, and who settles it out of a hundred."""

    onderwerp: str
    weight: int
    digital: int
    kcc: int
    forwarded: int


HABITS = (
    Habit("paspoort aanvragen", 22, 30, 60, 6),
    Habit("verhuizing doorgeven", 18, 62, 28, 5),
    Habit("parkeervergunning", 16, 18, 30, 34),
    Habit("melding openbare ruimte", 14, 40, 38, 12),
    Habit("aanslag WOZ", 11, 12, 46, 22),
    Habit("grofvuil ophalen", 9, 45, 48, 4),
    Habit("huishoudelijke hulp", 7, 4, 44, 20),
    Habit("uittreksel", 6, 70, 25, 3),
    Habit("hondenbelasting", 1, 20, 60, 10),
)
CHANNELS = {"telefoon": 45, "webformulier": 28, "e-mail": 16, "balie": 11}
RUNS = [(2, 5, 20), (40, 38, 0), (310, 122, 3), (12, 9, 0), (55, 51, 1)]
"""Rows read, rows written and rows set aside."""
REASONS = {
    "ontvangen: geen tijd: '99-99-9999'; verwacht dd-mm-jjjj": 14,
    "gesprek: verwacht het nummer van een gesprek, hoogstens 100 tekens": 6,
    "id: is leeg": 2,
}


HOURS = "[openingstijden]\n" + "".join(
    f'{day} = ["08:30-17:00"]\n' for day in ("ma", "di", "wo", "do", "vr")
)


def environment(folder: Path) -> dict[str, str]:
    """Where the municipality keeps its settings and its store."""
    return {"REGIEBORD_OPSLAG": str(folder), "REGIEBORD_CONFIG": str(folder / "config")}


def town(folder: Path) -> Board:
    """Open the board of the municipality, in a store of its own."""
    config = folder / "config"
    config.mkdir(parents=True)
    (config / "openingstijden.toml").write_text(HOURS, encoding="utf-8")
    settings = load(environment(folder))
    board = open_board(settings)
    migrate(board.store)
    stamps = Stamps(board.store.organisation, "Haarlem", rules_of(settings))
    random, checked = Random(2016), int(MONDAY_1432.timestamp()) - 2
    for source, naam in SOURCES.items():
        feeds = "gesprek" if source == 1 else "vraag"
        begins = int(datetime.combine(FIRST, time(), AMSTERDAM).timestamp())
        know_source(board.store, naam, source, soort="asterisk_queue_log" if source == 1
                    else "tickets_csv", feeds=feeds, earliest=begins, newest=checked,
                    checked_at=checked)  # fmt: skip
    questions, calls = list(_questions(random)), list(_calls(random))
    deliver(board.store, *calls, by=stamps, source=1, now=checked)
    deliver(board.store, *questions, by=stamps, source=2, now=checked)
    _account(board, checked)
    return board


def _account(board: Board, at: int) -> None:
    here = {"organisation": board.store.organisation}
    runs = [
        {**here, "source": source, "version": n, "at": at - 300 * (len(RUNS) - n), "rows": rows,
         "written": written, "rejected": rejected, "error": ""}
        for source in SOURCES
        for n, (rows, written, rejected) in enumerate(RUNS, start=1)
    ]  # fmt: skip
    aside = [
        {**here, "source": 2, "key": f"{reason[:9]} {n}", "at": at - 86_400 * n,
         "place": "export.csv", "reason": reason}
        for reason, number in REASONS.items()
        for n in range(number)
    ]  # fmt: skip
    with board.store.writing() as connection:
        connection.execute(insert(schema.run), runs)
        connection.execute(insert(schema.rejected), aside)


def _days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def _at(random: Random, day: date) -> int:
    minute = random.randint(0, 329 if day == LAST else 480)
    moment = datetime.combine(day, time(8, 30), AMSTERDAM) + timedelta(minutes=minute)
    return int(moment.timestamp())


def _questions(random: Random) -> Iterator[Ticket]:
    number, asked = 0, list[tuple[str, int]]()
    for day in _days():
        busy = 34 if day >= date(2026, 9, 1) else 8
        for habit in random.choices(HABITS, [habit.weight for habit in HABITS], k=busy):
            number += 1
            before = [who for topic, who in asked[-150:] if topic == habit.onderwerp]
            again = bool(before) and random.random() < 0.2
            who = random.choice(before) if again else random.randint(1, 1 << 40)
            asked.append((habit.onderwerp, who))
            yield _question(random, f"{day:%Y}-{number:05}", _at(random, day), habit, who)


def _question(random: Random, key: str, received: int, habit: Habit, who: int) -> Ticket:
    handler, forwarded = _handler(random, habit)
    quick = handler == Handler.DIGITAAL or (handler == Handler.KCC and not forwarded)
    days = 0 if quick else random.choice([1, 1, 2, 3, 5, 8])
    closed: int | None = received + days * 86_400 + random.randint(60, 3_000)
    if closed is not None and closed > MONDAY_1432.timestamp() - 3600:
        closed = None
    if not quick and random.random() < 0.02:
        closed = None
    passed_on = Event(int(Happening.DOORGEZET), received + 30, None)
    return Ticket(
        key=key,
        version=1,
        received_at=received,
        closed_at=closed,
        kanaal=random.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        onderwerp=habit.onderwerp,
        handler=int(handler),
        due_at=None if quick else received + random.choice([2, 5, 5, 10]) * 86_400,
        person=who if random.random() < 0.9 else None,
        events=(passed_on,) if forwarded else (),
    )


def _handler(random: Random, habit: Habit) -> tuple[Handler, bool]:
    chance = random.random() * 100
    if chance < habit.digital:
        return Handler.DIGITAAL, False
    if chance < habit.digital + habit.kcc + habit.forwarded:
        return Handler.KCC, chance >= habit.digital + habit.kcc
    return Handler.AFDELING, False


def _calls(random: Random) -> Iterator[Call]:
    for day in _days():
        for number in range(0 if day == AWAY else 18):
            at, chance = _at(random, day), random.random()
            wait = min(400, int(random.expovariate(1 / 24)))
            outcome = Outcome.AFGEHAAKT if chance < 0.1 else Outcome.OPGENOMEN
            yield Call(
                key=f"{day:%y%m%d}.{number}",
                version=1,
                arrived_at=at,
                wachtrij=random.choice(["burgerzaken", "belastingen", "afval"]),
                outcome=int(outcome),
                wait_s=wait,
                talk_s=180 if outcome is Outcome.OPGENOMEN else None,
                left_at=at + wait,
                ended_at=at + wait + 180,
            )
