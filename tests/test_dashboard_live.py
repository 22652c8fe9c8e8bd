"""The push: asked once per change, serialised once, and every screen up to date."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.live import SPEAK_EVERY, Channel, Hub, Seats, Snapshot, Watcher, stream
from data.walls import Wall
from tests.fake_board import MONDAY_1432, FakeBoard, FakeHours, fixed, keeper_for


class Hand:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = MONDAY_1432.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def watch(board: FakeBoard, clock: Hand) -> tuple[Watcher, Hub]:
    keeper = keeper_for(board)
    channel = Channel(keeper.take, keeper.keep)
    return Watcher(board.revision, [channel], clock), channel.hub


def stand(news: bytes) -> dict[str, Any]:
    name, data = news.decode().rstrip("\n").split("\n", 1)
    assert name == "event: stand"
    return dict(json.loads(data.removeprefix("data: ")))


def test_it_asks_when_the_data_change_and_not_otherwise() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, _ = watch(board, clock)
    assert watcher.look()
    asked = len(board.asked)
    assert not watcher.look()
    assert len(board.asked) == asked
    board.change(wachtenden=9.0)
    assert watcher.look()


def test_it_speaks_every_fifteen_seconds_so_that_screens_know_it_is_fresh() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, _ = watch(board, clock)
    watcher.look()
    clock.turn(seconds=SPEAK_EVERY.total_seconds() - 1)
    assert not watcher.look()
    clock.turn(seconds=1)
    assert watcher.look()


def test_a_clock_that_is_set_back_does_not_silence_it() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, _ = watch(board, clock)
    watcher.look()
    clock.turn(hours=-1)
    assert watcher.look()
    assert not watcher.look()


def test_it_wakes_at_the_second_in_which_a_limit_is_passed() -> None:
    board, clock = FakeBoard(), Hand()
    board.change(langst_wachtende=295.0)
    watcher, _ = watch(board, clock)
    watcher.look()
    clock.turn(seconds=5.9)
    assert not watcher.look()
    clock.turn(seconds=0.1)
    assert watcher.look()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (
            FakeHours(True, None, MONDAY_1432.replace(hour=17, minute=0)),
            timedelta(hours=2.5 - 1 / 30),
        ),
        (FakeHours(False, MONDAY_1432 + timedelta(hours=1)), timedelta(hours=1)),
        (FakeHours(), timedelta(hours=9, minutes=28)),
    ],
)
def test_time_alone_changes_the_wall(hours: FakeHours, expected: timedelta) -> None:
    board = FakeBoard(hours_=hours, sources_=[])
    board.change(wachtenden=0.0, langst_wachtende=0.0)
    snapshot = keeper_for(board).take(MONDAY_1432)
    assert snapshot.changes_at - MONDAY_1432 == expected


def test_a_newcomer_gets_everything_and_a_follower_the_difference() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    watcher.look()
    seen, news = hub.after(0, 0)
    assert len(stand(news)["gebieden"]) == 8
    board.change(wachtenden=9.0)
    watcher.look()
    _, change = hub.after(seen, 0)
    assert set(stand(change)["gebieden"]) == {"wachtenden"}
    assert len(stand(hub.after(0, 0)[1])["gebieden"]) == 8


def test_a_screen_that_missed_one_gets_everything() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    watcher.look()
    seen, _ = hub.after(0, 0)
    for number in (9.0, 10.0):
        board.change(wachtenden=number)
        watcher.look()
    assert len(stand(hub.after(seen, 0)[1])["gebieden"]) == 8


def test_no_news_is_a_tick() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    watcher.look()
    seen, _ = hub.after(0, 0)
    assert hub.after(seen, 0.01) == (seen, b"")


def test_a_stream_says_its_version_first() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    watcher.look()
    events = stream(hub, clock, "abc")
    assert next(events).startswith(b'event: versie\ndata: {"versie":"abc","nu":')
    assert next(events).startswith(b"event: stand\n")


def test_as_many_seats_as_there_are_threads_for() -> None:
    seats = Seats(free=1)
    assert seats.take()
    assert not seats.take()
    seats.leave()
    assert seats.take()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_screen_that_goes_gives_its_seat_back_also_when_it_read_nothing(method: str) -> None:
    app = create_app(FakeBoard(), fixed(MONDAY_1432))
    app.walls.seats.free = 1
    client = app.server.test_client()
    for _ in range(3):
        answer = client.open("/stroom/kcc", method=method, buffered=False)
        assert answer.status_code == 200
        answer.close()
    assert app.walls.seats.free == 1


def test_streams_end_when_the_server_stops() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    watcher.look()
    events = stream(hub, clock, "abc")
    next(events)
    watcher.stop()
    assert len(list(events)) <= 1


def test_too_many_screens_are_refused_and_the_rest_goes_on() -> None:
    app = create_app(FakeBoard(), fixed(MONDAY_1432))
    app.walls.seats.free = 0
    client = app.server.test_client()
    refused = client.get("/stroom/kcc")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "60"
    assert client.get("/healthz").status_code == 200


def test_one_wall_that_fails_leaves_the_others_alone() -> None:
    board, clock = FakeBoard(), Hand()
    good, bad = (keeper_for(board, Wall(naam=name)) for name in ("goed", "stuk"))
    bad.wall = Wall(naam="stuk", dag="bestaat-niet")
    channels = [Channel(keeper.take, keeper.keep) for keeper in (bad, good)]
    assert Watcher(board.revision, channels, clock).look() == 1
    assert channels[0].hub.newest is None
    assert channels[1].hub.newest is not None


def test_a_wall_that_keeps_failing_is_told_once_and_looked_at_less_and_less(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[datetime] = []

    def take(now: datetime) -> Snapshot:
        tries.append(now)
        raise OSError("the store is away")

    channel, start = Channel(take, lambda: None), MONDAY_1432
    for quarters in range(4 * 60):
        channel.look(start + timedelta(seconds=quarters / 4), revision=1)
    rests = [(after - before).total_seconds() for before, after in pairwise(tries)]
    assert rests == [0.5, 1, 2, 4, 8, 10, 10, 10, 10]
    assert caplog.text.count("could not be refreshed") == 1


def test_a_wall_that_is_well_again_shows_at_once_what_is_new() -> None:
    board = FakeBoard(broken=True)
    channel = Channel(keeper_for(board).take, lambda: None)
    assert not channel.look(MONDAY_1432, 1)
    board.broken = False
    assert not channel.look(MONDAY_1432 + timedelta(seconds=0.25), 1)
    assert channel.look(MONDAY_1432 + timedelta(seconds=0.5), 1)
    assert channel.look(MONDAY_1432 + timedelta(seconds=0.75), 2)


def test_a_clock_that_is_set_back_ends_the_rest() -> None:
    channel = Channel(keeper_for(FakeBoard(broken=True)).take, lambda: None)
    channel.look(MONDAY_1432, 1)
    channel.take = keeper_for(FakeBoard()).take
    assert channel.look(MONDAY_1432 - timedelta(hours=1), 1)


def test_the_stream_is_not_buffered_or_kept() -> None:
    app = create_app(FakeBoard(), fixed(MONDAY_1432))
    answer = app.server.test_client().get("/stroom/kcc", buffered=False)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()


def test_a_store_that_goes_away_does_not_stop_the_watcher() -> None:
    board, clock = FakeBoard(), Hand()
    watcher, hub = watch(board, clock)
    board.broken = True
    watcher.start()
    board.broken = False
    seen, news = hub.after(0, 5)
    watcher.stop()
    assert seen == 1
    assert stand(news)["gebieden"]
