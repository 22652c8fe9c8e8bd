"""The real server as a user starts it: one line, a clear refusal, a quick stop, nothing left."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dashboard.serving import is_loopback, listen
from tests.bench.crowd import Crowd

ROOT = Path(__file__).parents[1]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REGIEBORD_")}
    return {**kept, "REGIEBORD_OPSLAG": str(tmp_path)}


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = start(environment, "--port", "0")
    yield process
    for left in (
        [*psutil.Process(process.pid).children(), process] if process.poll() is None else []
    ):
        left.kill()
    process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.fullmatch(r"Regiebord: (http://127\.0\.0\.1:\d+)/wand\n", line)
    assert found, line
    return found.group(1)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_with_streams_open(
    running: subprocess.Popen[str], how: signal.Signals
) -> None:
    url = address(running)
    streams = [urllib.request.urlopen(f"{url}/stroom/kcc", timeout=10) for _ in range(3)]  # noqa: S310
    assert streams[0].readline() == b"event: versie\n"
    family = [running.pid, *(child.pid for child in psutil.Process(running.pid).children(True))]
    assert len(family) == 2
    running.send_signal(how)
    running.wait(timeout=10)
    assert not [pid for pid in family if psutil.pid_exists(pid)]
    for stream in streams:
        stream.close()


def test_it_runs_one_watcher_whatever_the_number_of_screens(
    running: subprocess.Popen[str],
) -> None:
    url = address(running)
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
    (worker,) = psutil.Process(running.pid).children()
    quiet = worker.num_threads()
    streams = [urllib.request.urlopen(f"{url}/stroom/kcc", timeout=10) for _ in range(4)]  # noqa: S310
    assert worker.num_threads() - quiet <= 4
    for stream in streams:
        stream.close()


def test_two_hundred_screens_that_come_back_at_once_are_right_at_once(
    running: subprocess.Popen[str],
) -> None:
    with Crowd(address(running), 200) as crowd:
        assert crowd.all_told(patience=30)
        assert {screen.told[0] for screen in crowd.screens} == {b"event: versie"}
        assert {screen.told[1] for screen in crowd.screens} == {b"event: stand"}


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only on Linux")
def test_the_thread_of_a_screen_that_went_silently_is_freed_within_half_a_minute() -> None:
    """Two hundred screens behind a cable that is mended find their seats free."""
    listener = listen("127.0.0.1", 0)
    with listener, socket.create_connection(listener.getsockname()), listener.accept()[0] as taken:
        told = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    assert 10_000 < told <= 30_000


def test_a_port_in_use_is_refused_with_what_to_do(
    running: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    port = address(running).rsplit(":", 1)[1]
    second = start(environment, "--port", port)
    _, told = second.communicate(timeout=20)
    assert second.returncode == 2
    assert f"Poort {port} op 127.0.0.1 is al in gebruik" in told
    assert f"--port {int(port) + 1}" in told
    assert "Traceback" not in told


def test_an_address_that_is_not_ours_is_refused(environment: dict[str, str]) -> None:
    process = start(environment, "--host", "192.0.2.1", "--port", "0")
    _, told = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "192.0.2.1" in told


def test_a_configuration_mistake_stops_it_before_it_starts(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start({**environment, "REGIEBORD_CONFIG": str(tmp_path / "weg")}, "--port", "0")
    said, told = process.communicate(timeout=20)
    assert (process.returncode, said) == (2, "")
    assert "REGIEBORD_CONFIG" in told


@pytest.mark.parametrize(
    ("host", "ours"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("bord", False)],  # noqa: S104
)
def test_only_loopback_goes_without_a_warning(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


def test_a_theme_that_does_not_exist_stops_it_before_it_starts(environment: dict[str, str]) -> None:
    process = start({**environment, "REGIEBORD_THEMA": "delft"}, "--port", "0")
    said, told = process.communicate(timeout=20)
    assert (process.returncode, said) == (2, "")
    assert "REGIEBORD_THEMA=delft bestaat niet; kies uit haarlem, neutraal" in told


def test_the_theme_that_was_chosen_is_served(environment: dict[str, str]) -> None:
    process = start({**environment, "REGIEBORD_THEMA": "haarlem"}, "--port", "0")
    with urllib.request.urlopen(f"{address(process)}/wand", timeout=10) as answer:  # noqa: S310
        assert "/assets/themas/haarlem.css" in answer.read().decode()
    process.terminate()
    process.communicate()
