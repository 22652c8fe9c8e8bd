"""kill -9 at any moment and several processes at once: the same rows, each once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from data import schema
from data.store import Store, open_engine
from tests.ingest_cast import command, facts, finish, rows, start, write_lines

ORGANISATIONS = iter(range(500_000, 600_000))
START = 1_794_000_000
QUEUES = ("burgerzaken", "afval", "belastingen")
SOURCES = """
[[bron]]
naam = "telefonie"
soort = "asterisk_queue_log"
pad = "log/queue_log"
[[bron]]
naam = "zaken"
soort = "tickets_csv"
pad = "zaken.csv"
kolommen = { id = "id", ontvangen = "ontvangen", uiterlijk = "uiterlijk", onderwerp = "onderwerp" }
"""


def log_lines(calls: int) -> list[str]:
    """A log of so many calls that overlap, with members, damage and a restart."""
    chance, lines = random.Random(calls), []
    for number in range(calls):
        at, wait, talk = START + 7 * number, chance.randint(1, 90), chance.randint(10, 400)
        who = f"{at}.{number}|{chance.choice(QUEUES)}"
        caller = f"0235{chance.randint(0, 999_999):06}"
        lines.append((at, f"{at}|{who}|NONE|ENTERQUEUE||{caller}|1"))
        if number % 5:
            lines.append((at + wait, f"{at + wait}|{who}|Anna|CONNECT|{wait}|1.2|2"))
            end, fields = at + wait + talk, f"COMPLETECALLER|{wait}|{talk}|1"
            lines.append((end, f"{end}|{who}|Anna|{fields}"))
        else:
            lines.append((at + wait, f"{at + wait}|{who}|NONE|ABANDON|1|1|{wait}"))
        if number % 997 == 500:
            lines.append((at, f"{at}|NONE|NONE|NONE|QUEUESTART|"))
            lines.append((at, "rommel"))
            lines.append((at, f"{at}|MANAGER|afval|Lid {number}|ADDMEMBER|"))
    return [line for _, line in sorted(lines)]


def case_lines(count: int) -> list[str]:
    header = "id,ontvangen,uiterlijk,onderwerp"
    cases = (
        f"Z{number},2026-11-{1 + number % 20:02} 09:00,2026-12-{1 + number % 30:02},paspoort"
        for number in range(count)
    )
    return [header, *cases, "kort"]


class Office:
    """A folder with configuration, a log and an export, and a store of its own."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.folder = folder
        self.log = folder / "log" / "queue_log"
        self.log.parent.mkdir(parents=True)
        self.url = url
        self.organisation = next(ORGANISATIONS)
        self.working = self.idle = 0.0
        (folder / "bronnen.toml").write_text(SOURCES)
        (folder / "gemeente.toml").write_text(f"organisatie = {self.organisation}\n")
        (folder / "sleutel").write_text("ab" * 32)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        key = str(self.folder / "sleutel")
        return start(arguments, self.folder, self.url, REGIEBORD_SLEUTEL_BESTAND=key)

    def once(self) -> None:
        code, said, complained = finish(self.start("once"))
        assert (code, complained) == (0, ""), said

    @property
    def store(self) -> Store:
        default = f"sqlite:///{self.folder / 'opslag' / 'regiebord.sqlite'}"
        return Store(open_engine(self.url or default), self.organisation)

    def facts(self) -> dict[str, list[dict[str, Any]]]:
        """What stands, whichever of the two sources was registered first."""
        store = self.store
        names = {row["id"]: row["naam"] for row in rows(store, schema.source)}
        found = facts(store)
        for table in found.values():
            for row in table:
                row["source"] = names[row["source"]]
        store.engine.dispose()
        return {
            name: sorted(table, key=lambda row: (row["source"], row["key"]))
            for name, table in found.items()
        }

    def runs_add_up(self) -> bool:
        """Tell whether every line was read by exactly one committed batch."""
        store = self.store
        read: dict[int, int] = {}
        for row in rows(store, schema.run):
            read[row["source"]] = read.get(row["source"], 0) + row["rows"]
        store.engine.dispose()
        with self.log.open() as lines:
            return sum(1 for _ in lines) in read.values()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """None is SQLite in the office's own folder; PostgreSQL gets a database of its own."""
    if request.param == "sqlite":
        return None
    shared: str = request.getfixturevalue("postgres_url")
    name = f"crash_{next(ORGANISATIONS)}"
    engine = open_engine(shared)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(shared).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """What one process makes of it that nothing disturbs."""
    office = Office(tmp_path_factory.mktemp("undisturbed"), None)
    fill(office)
    office.working = _seconds(office.once)
    office.idle = _seconds(office.once)
    return office


def _seconds(act: Callable[[], None]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def fill(office: Office, calls: int = 30_000) -> None:
    write_lines(office.log, log_lines(calls))
    write_lines(office.folder / "zaken.csv", case_lines(12_000))


@pytest.fixture
def office(tmp_path: Path, url: str | None) -> Iterator[Office]:
    office = Office(tmp_path / "office", url)
    fill(office)
    yield office
    for file in tmp_path.glob("office/opslag/*.sqlite*"):
        file.unlink()


def kill(office: Office, undisturbed: Office, seed: int) -> bool:
    """Start a process and kill it while it starts or works; return whether it was still alive."""
    work = undisturbed.working - undisturbed.idle
    delay = undisturbed.idle * 0.8 + work * random.Random(seed).uniform(0, 0.2)
    process = office.start("once")
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def assert_each_row_once(office: Office, undisturbed: Office) -> None:
    found, expected = office.facts(), undisturbed.facts()
    for name, table in expected.items():
        assert len(found[name]) == len(table)
        assert found[name] == table


def test_killed_at_any_moment_and_run_again_equals_an_undisturbed_run(
    office: Office, undisturbed: Office
) -> None:
    killed = [kill(office, undisturbed, seed) for seed in range(12)]
    assert sum(killed) > 3
    office.once()
    assert_each_row_once(office, undisturbed)
    assert office.runs_add_up()


def test_killed_while_lines_come_and_the_log_rotates_equals_an_undisturbed_run(
    office: Office, undisturbed: Office
) -> None:
    lines = office.log.read_text().splitlines()
    office.log.write_text("")
    for piece in range(6):
        begin, end = (len(lines) * share // 6 for share in (piece, piece + 1))
        write_lines(office.log, lines[begin:end])
        kill(office, undisturbed, piece)
        if piece < 5:
            office.log.rename(office.log.with_name(f"queue_log.{9 - piece}"))
            office.log.touch()
    office.once()
    found, expected = office.facts(), undisturbed.facts()
    for table in (found, expected):  # the place of a bad line is told from its file
        reasons = sorted(row["reason"] for row in table["rejected"])
        table["rejected"] = [{"reason": reason} for reason in reasons]
    assert found == expected


def test_processes_that_start_at_once_on_an_empty_store_write_each_row_once(
    office: Office, undisturbed: Office
) -> None:
    processes = [office.start("once") for _ in range(3)]
    for process in processes:
        code, said, complained = finish(process)
        assert (code, complained) == (0, ""), said
    office.once()
    assert_each_row_once(office, undisturbed)
    assert office.runs_add_up()


def test_two_that_serve_and_one_that_reads_once_write_each_row_once_and_stop_cleanly(
    office: Office, undisturbed: Office
) -> None:
    lines = office.log.read_text().splitlines()
    office.log.write_text("")
    serving = [office.start("serve") for _ in range(2)]
    try:
        for begin in range(0, len(lines), 12_000):
            write_lines(office.log, lines[begin : begin + 12_000])
            time.sleep(0.3)
        office.once()
        wait_for(lambda: len(office.facts()["ticket"]) == 12_000)
    finally:
        for process in serving:
            process.terminate()
    for process in serving:
        code, _, complained = finish(process)
        assert code == 0, complained
        assert "inname gestopt" in complained
        assert "Traceback" not in complained
        assert "onverwacht" not in complained
    office.once()
    assert_each_row_once(office, undisturbed)
    assert office.runs_add_up()


def wait_for(condition: Any, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_served_log_is_stopped_in_the_middle_and_goes_on_there(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    fill(office, 60_000)
    process = office.start("serve")
    wait_for(lambda: _calls(office) > 0)
    process.terminate()
    assert finish(process)[0] == 0
    office.once()
    assert _calls(office) == 60_000
    assert office.runs_add_up()


def _calls(office: Office) -> int:
    file = office.folder / "opslag" / "regiebord.sqlite"
    if not file.exists() or not file.stat().st_size:
        return 0
    store = office.store
    try:
        with store.engine.connect() as connection:
            exists = store.engine.dialect.has_table(connection, "call")
            query = "SELECT count(*) FROM call"
            return int(connection.exec_driver_sql(query).scalar_one()) if exists else 0
    finally:
        store.engine.dispose()


def test_a_store_that_another_process_holds_is_said_in_dutch(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    fill(office, 10)
    office.once()
    file = office.folder / "opslag" / "regiebord.sqlite"
    holder = office.store
    with holder.writing():
        code, said, complained = command(["once"], tmp_path, f"sqlite:///{file}?timeout=0.5")
    holder.engine.dispose()
    assert (code, said) == (1, "")
    assert complained == (
        "opslag: bezet: een ander proces schrijft al te lang; probeer het opnieuw\n"
    )
