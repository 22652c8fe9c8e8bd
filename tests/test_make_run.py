"""`make run` with two idle programs: it stays, it stops however it is told to, nothing is left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[1]
# As make does: block the signals, start the shell with the old mask, unblock a moment later.
MAKE = """
import signal, subprocess, sys, time
stops = {signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, stops)
shell = subprocess.Popen(
    ["bash", "-euo", "pipefail", "-c", sys.argv[1]],
    preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, stops),
)
time.sleep(0.7)
signal.pthread_sigmask(signal.SIG_UNBLOCK, stops)
sys.exit(shell.wait())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out the Makefile with an installed "Python" that only waits."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexec sleep 60\n", "ascii")
    python.chmod(0o755)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv" / ".runtime").touch()
    return tmp_path


def start(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL)


def programs(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = psutil.Process(process.pid).children(recursive=True)
        programs = [one for one in found if one.cmdline() == ["sleep", "60"]]
        if len(programs) == 2:
            return programs
        time.sleep(0.05)
    raise AssertionError("make run started nothing")


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=20)[1]


@pytest.mark.parametrize("whole_group", [True, False])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_process_is_left_however_it_is_stopped(
    folder: Path, how: signal.Signals, whole_group: bool
) -> None:
    process = start(folder, "make", "-s", "run")
    started = programs(process)
    (os.killpg if whole_group else os.kill)(process.pid, how)
    assert process.wait(20) != 0
    assert gone(started)


def test_one_that_ends_stops_the_other(folder: Path) -> None:
    process = start(folder, "make", "-s", "run")
    started = programs(process)
    started[0].kill()
    assert process.wait(20) != 0
    assert gone(started)


def test_it_stays_when_make_is_slow_to_unblock_its_signals(folder: Path) -> None:
    shown = subprocess.run(
        ["make", "-s", "-n", "run"], cwd=folder, check=True, capture_output=True, text=True
    )
    process = start(folder, sys.executable, "-c", MAKE, shown.stdout)
    started = programs(process)
    time.sleep(2)
    assert process.poll() is None
    assert all(one.is_running() for one in started)
    process.terminate()
    process.wait(20)
    assert gone(started)
