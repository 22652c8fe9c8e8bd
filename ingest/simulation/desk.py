"""The members of a pool: the one who is free longest answers next; breaks and going home."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace

from ingest.simulation.shifts import Shift, Turn

NEVER = 1 << 40

Event = tuple[int, str]
"""The moment and the line, line end included."""


class Desk:
    """Who of a pool is free when. `claim` names the next member, `occupy` says until when."""

    def __init__(self, shifts: Sequence[Shift], queues: Sequence[str], events: list[Event]) -> None:
        self.queues = queues
        self.events = events
        self.shifts = shifts
        self.left: dict[str, int] = {}
        self.free = [(shift.begins, index) for index, shift in enumerate(shifts)]
        self.next_turn = [shift.turns[-1].at for shift in shifts]
        self.naam = ""
        heapify(self.free)
        for shift in shifts:
            self._log_each(shift.begins, "MANAGER", shift.naam, "ADDMEMBER|")

    def claim(self, ready: int) -> int:
        """Let the next free member's telephone ring; return from when, NEVER if all are gone."""
        free = self.free
        while free:
            free_from, index = free[0]
            begins = free_from if free_from > ready else ready
            if begins < self.next_turn[index]:
                self.naam = self.shifts[index].naam
                return begins
            self._turn(free_from, index)
        return NEVER

    def occupy(self, until: int) -> None:
        """Keep the claimed member busy until a moment."""
        heapreplace(self.free, (until, self.free[0][1]))

    def close(self) -> None:
        """Let everybody have the breaks that are left and go home."""
        while self.free:
            self._turn(*self.free[0])

    def added_again(self, present_at: int, at: int) -> list[Event]:
        """Return the lines with which those who were present log in anew."""
        return [
            (at, f"{at}|MANAGER|{queue}|{shift.naam}|ADDMEMBER|\n")
            for shift in self.shifts
            if shift.begins <= present_at < self.left[shift.naam]
            for queue in self.queues
        ]

    def _turn(self, free_from: int, index: int) -> None:
        shift = self.shifts[index]
        turn = shift.turns.pop()
        at = max(free_from, turn.at)
        if turn.pause_s:
            self._pause(shift.naam, at, turn)
            self.next_turn[index] = shift.turns[-1].at
            heapreplace(self.free, (at + turn.pause_s, index))
        else:
            heappop(self.free)
            self.left[shift.naam] = at
            self._log_each(at, "MANAGER", shift.naam, "REMOVEMEMBER|")

    def _pause(self, naam: str, at: int, turn: Turn) -> None:
        for moment, event in ((at, "PAUSE"), (at + turn.pause_s, "UNPAUSE")):
            if len(self.queues) > 1:
                line = f"{moment}|NONE|NONE|{naam}|{event}ALL|{turn.reason}\n"
                self.events.append((moment, line))
            self._log_each(moment, "NONE", naam, f"{event}|{turn.reason}")

    def _log_each(self, at: int, who: str, naam: str, event: str) -> None:
        for queue in self.queues:
            self.events.append((at, f"{at}|{who}|{queue}|{naam}|{event}\n"))
