"""The walls of one server: their pages, their streams, and the watcher that feeds them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.board import Board, Clock
from dashboard.keeper import Keeper
from dashboard.limits import Limits
from dashboard.live import Channel, Seats, Snapshot, Watcher, stream
from dashboard.measures import SPECIAL
from dashboard.page import Page
from dashboard.pages.wand import wall_page
from dashboard.problems import Missing, problem
from dashboard.wall_names import Names
from data.mistakes import ConfigMistakes, Mistake, nearest
from data.walls import FILE, Wall
from metrics import Kpi, Unit
from metrics.facts import CALLS

log = logging.getLogger(__name__)
AGAIN_S = 60
"""After so long the screen of a wall that is unknown looks whether it is there."""


@dataclass(frozen=True)
class Walls:
    """Everything of the walls that one server has."""

    keepers: Sequence[Keeper]
    channels: Sequence[Channel]
    names: Names
    clock: Clock
    limits: Limits
    version: str
    seats: Seats = field(default_factory=Seats)

    def watcher(self, board: Board) -> Watcher:
        """Make the one thread that looks at all walls."""
        return Watcher(board.revision, self.channels, self.clock)

    def pages(self) -> list[Page]:
        """Make a page per wall."""
        return [
            wall_page(keeper.wall, keeper.name, partial(self._latest, channel), self.limits)
            for keeper, channel in zip(self.keepers, self.channels, strict=True)
        ]

    def add_routes(self, server: Flask) -> None:
        """Serve the streams, and the first wall as the wall."""
        for keeper, channel in zip(self.keepers, self.channels, strict=True):
            name = f"/stroom/{keeper.wall.naam}"
            server.add_url_rule(name, name, partial(self._open, channel))
        server.add_url_rule("/wand", "wand", self._first)
        server.add_url_rule("/wand/", "wand/", self._first)
        server.add_url_rule("/wand/<naam>", "geen wand", self._unknown)
        server.add_url_rule("/wand/<naam>/", "geen wand/", self._unknown)

    def _first(self) -> Answer:
        asked = request.query_string.decode()
        return redirect(f"/wand/{self.keepers[0].wall.naam}" + f"?{asked}" * bool(asked))

    def _unknown(self, naam: str) -> Answer:
        """Tell of a wall that is not, or no longer: its screen may have nobody beside it."""
        known = ", ".join(keeper.wall.naam for keeper in self.keepers)
        hint = f"Dit zijn de wanden: {known}. Deze pagina kijkt elke minuut opnieuw."
        raise Missing(f"De wand {naam} bestaat niet.", hint, AGAIN_S)

    def _latest(self, channel: Channel) -> Snapshot | None:
        """Return what the screens show now; before the first look, have one."""
        try:
            return channel.hub.newest or channel.take(self.clock())
        except Exception:
            log.exception("The wall opens without figures")
            return None

    def _open(self, channel: Channel) -> Response:
        """Start the stream of one screen, as long as there are threads for it."""
        if not self.seats.take():
            hint = "Probeer het over een minuut."
            full = problem(503, "Er kijken te veel schermen mee.", hint=hint)
            full.headers["Retry-After"] = "60"
            return full
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        events = stream(channel.hub, self.clock, self.version)
        told = Response(events, mimetype="text/event-stream", headers=headers)
        # not in the stream itself: one that is never begun, as for HEAD, ends without a word
        told.call_on_close(self.seats.leave)
        return told


def walls_of(
    board: Board, walls: Sequence[Wall], name: str, clock: Clock, limits: Limits, version: str
) -> Walls:
    """Put the walls together; nothing runs until the watcher is started."""
    names = Names(board, walls, clock)
    keepers = [Keeper(wall, wall.titel or name, board, limits, names) for wall in walls]
    channels = [Channel(keeper.take, keeper.keep) for keeper in keepers]
    return Walls(keepers, channels, names, clock, limits, version)


def check_walls(walls: Sequence[Wall], catalogue: Mapping[str, Kpi]) -> None:
    """Raise ConfigMistakes that name everything a wall cannot show."""
    mistakes = [mistake for wall in walls for mistake in _mistakes(wall, catalogue)]
    if mistakes:
        raise ConfigMistakes(mistakes)


def _mistakes(wall: Wall, catalogue: Mapping[str, Kpi]) -> list[Mistake]:
    of_calls = {key: kpi for key, kpi in catalogue.items() if kpi.measure.fact.feed == CALLS}
    shares = {key for key, kpi in of_calls.items() if kpi.unit is Unit.PERCENTAGE}
    asked = [
        *(("tegels", key, {*SPECIAL, *of_calls}) for key in wall.tegels),
        ("dag", wall.dag, shares - set(wall.tegels)),
        *(("maand", key, set(catalogue)) for key in wall.maand),
    ]
    return [
        Mistake(FILE, f"wand[{wall.naam}].{place}", key, f"onbekend; {nearest(key, known)}")
        for place, key, known in asked
        if key not in known
    ]
