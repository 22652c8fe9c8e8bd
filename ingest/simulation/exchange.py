"""Serves a pool's callers as Asterisk does, first come first served, and writes its queue_log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from random import Random
from typing import NamedTuple

from ingest.simulation.callers import Caller
from ingest.simulation.desk import Desk, Event
from ingest.simulation.matters import is_noted
from ingest.simulation.town import QUEUES, Queue

TIMEOUT_S = 600
OFFER_AFTER_S, OFFER_TAKEN = 75, 0.09
UNHEARD, UNHEARD_S = 0.035, 15
BLIND, ATTENDED, CALLER_ENDS = 0.115, 0.125, 0.62
KCC = QUEUES[0]


class Contact(NamedTuple):
    """A conversation that is noted, or a promise to call back when `callback` is set."""

    at: int
    ends: int
    queue: Queue
    caller: Caller
    forwarded: bool = False
    callback: bool = False


class Leave(NamedTuple):
    """When and how a caller leaves who has not reached anyone by then."""

    at: int
    event: str


class Exchange:
    """One pool of members and the queues that they answer."""

    def __init__(self, desk: Desk, random: Random, events: list[Event]) -> None:
        self.desk = desk
        self.random = random
        self.events = events
        self.waiting: dict[str, list[int]] = {queue.naam: [] for queue in QUEUES}
        self.contacts: list[Contact] = []
        self.overflow: list[Caller] = []

    def serve(self, callers: Iterable[Caller]) -> None:
        """Serve callers in the order in which they come."""
        for caller in callers:
            self._receive(caller)
        self.desk.close()

    def _receive(self, caller: Caller) -> None:
        at, serial, callid, queue, number, _, _, _ = caller
        naam = queue.naam
        call = f"{callid}|{naam}"
        ahead = [left for left in self.waiting[naam] if left > at]
        place = len(ahead) + 1
        if serial % 53 == 0:
            self.events.append((at, f"{at}|{call}|NONE|DID|14023|menu{1 + serial % 4}\n"))
        self.events.append((at, f"{at}|{call}|NONE|ENTERQUEUE||{number}|{place}\n"))
        leave = self._leave(caller)
        left = self._ring(caller, call, place, leave)
        if left is None:
            left = leave.at
            self._walk_out(caller, call, ahead, place, leave)
        ahead.append(left)
        self.waiting[naam] = ahead

    def _leave(self, caller: Caller) -> Leave:
        patience = caller.patience
        if patience > OFFER_AFTER_S and self.random.random() < OFFER_TAKEN:
            return Leave(caller.at + OFFER_AFTER_S + caller.talk % 20, "EXITWITHKEY")
        timeout = caller.queue.overflow_s or TIMEOUT_S
        if patience < timeout:
            return Leave(caller.at + patience, "ABANDON")
        return Leave(caller.at + timeout, "EXITWITHTIMEOUT")

    def _ring(self, caller: Caller, call: str, place: int, leave: Leave) -> int | None:
        """Ring members until one answers; None when the caller leaves first."""
        ready = caller.at
        while True:
            begins = self.desk.claim(ready)
            if begins >= leave.at:
                return None
            chance = self.random.random()
            unheard = chance < UNHEARD
            answers = begins + (UNHEARD_S if unheard else 2 + int(chance * 7))
            if answers >= leave.at:
                self._log_ring(leave.at, call, "RINGCANCELED", (leave.at - begins) * 1000 - 137)
                self.desk.occupy(leave.at + 3)
                return None
            if not unheard:
                self._talk(caller, call, place, begins, answers)
                return answers
            self._log_ring(answers, call, "RINGNOANSWER", UNHEARD_S * 1000)
            self.desk.occupy(answers + 30)
            ready = answers

    def _log_ring(self, at: int, call: str, event: str, milliseconds: int) -> None:
        line = f"{at}|{call}|{self.desk.naam}|{event}|{max(1, milliseconds)}\n"
        self.events.append((at, line))

    def _talk(self, caller: Caller, call: str, place: int, begins: int, answers: int) -> None:
        at, serial, _, queue, _, _, talk, _ = caller
        hold, chance, naam = answers - at, self.random.random(), self.desk.naam
        forwarded = chance < ATTENDED
        if forwarded:
            talk = 20 + talk * 2 // 5
        ends = answers + talk
        connect = f"{answers}|{call}|{naam}|CONNECT|{hold}|{begins}.{serial * 2 + 2}"
        self.events.append((answers, f"{connect}|{answers - begins}\n"))
        if chance < BLIND:
            end = f"BLINDTRANSFER|{queue.extension}|afdelingen|"
        elif forwarded:
            end = f"ATTENDEDTRANSFER|BRIDGE|{serial:08x}-{talk:04x}-4000-8000-{at:012x}|"
        else:
            end = "COMPLETECALLER|" if chance < CALLER_ENDS else "COMPLETEAGENT|"
        self.events.append((ends, f"{ends}|{call}|{naam}|{end}{hold}|{talk}|{place}\n"))
        if is_noted(caller.matter):
            self.contacts.append(Contact(answers, ends, queue, caller, forwarded))
        self.desk.occupy(ends + 14 + int(chance * 40))

    def _walk_out(
        self, caller: Caller, call: str, ahead: Sequence[int], place: int, leave: Leave
    ) -> None:
        at, event = leave
        now_at = 1 + sum(left > at for left in ahead)
        key = "1|" if event == "EXITWITHKEY" else ""
        detail = f"{event}|{key}{now_at}|{place}|{at - caller.at}"
        self.events.append((at, f"{at}|{call}|NONE|{detail}\n"))
        if key:
            self.contacts.append(Contact(at, at, caller.queue, caller, callback=True))
        elif event == "EXITWITHTIMEOUT" and caller.queue.overflow_s:
            patience = caller.patience - caller.queue.overflow_s
            self.overflow.append(caller._replace(at=at, queue=KCC, patience=patience))


def merged(callers: Iterable[Caller]) -> list[Caller]:
    """Return callers in the order in which they come."""
    return sorted(callers, key=itemgetter(0, 1))
