"""Contacts of Open Klant to committed rows against a bare loop that reads the same pages."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import event

from ingest.memory import settle
from ingest.options import Options
from ingest.runner import Run, Runner
from ingest.source import Surroundings
from ingest.sources import open_klant
from tests.bench.timing import goal, line, peak_kb, rounds, title
from tests.bench.world import NOW, new_store, stamps
from tests.fake_klantinteracties import ROOT, recorded
from tests.replay import Asked, Said, replay
from tests.rules import listed

CONTACTS, PAGE = 100_000, 500
EXPAND = "leiddeTotInterneTaken,hadBetrokkenen"
TASKS, OPEN = 20, 5000
"""One in so many contacts led to a task, one in so many to a task that is still open."""
TOPICS = ("parkeervergunning", "afvalpas", "paspoort verlengen", "WOZ bezwaar", "rijbewijs")


def run(folder: Path) -> None:
    """Measure the rate, then the memory."""
    title(f"Open Klant to committed rows, {CONTACTS:,} contacts in pages of {PAGE}")
    with serving() as address:
        settle()
        found = rounds({"bare": lambda: bare(address), "ours": lambda: ingest(folder, address)}, 3)
        line("bare httpx loop that reads and parses the pages", found["bare"], CONTACTS)
        line("contacts and tasks to committed rows", found["ours"], CONTACTS)
        goal("bare / ours", found["bare"] / found["ours"], least=0.5)
        _memory(folder, address)


def bare(address: str) -> int:
    """Read all pages and keep nothing."""
    number, read = 1, 0
    with httpx.Client() as client:
        while True:
            asked: dict[str, str | int] = {"expand": EXPAND, "page": number, "pageSize": PAGE}
            body = json.loads(client.get(f"{address}klantcontacten", params=asked).content)
            read += len(body["results"])
            if not body["next"]:
                return read
            number += 1


def ingest(folder: Path, address: str, lean: bool = False, **given: Any) -> Run:
    """Read everything into a fresh store; in a `lean` one SQLite keeps nothing in memory."""
    for old in folder.glob("contacts.sqlite*"):
        old.unlink()
    asked = {"adres": address, "sleutel_omgeving": "TOKEN", "verzoeken": 10_000}
    options = Options("contacten", asked, folder, folder)
    around = Surroundings(b"k" * 32, {"TOKEN": "t"}, topics=listed(*TOPICS))
    source = open_klant.build("contacten", options, around)
    store = new_store(folder, "contacts")
    if lean:
        event.listen(store.engine, "connect", _keep_no_pages)  # after the store's own settings
        store.engine.dispose()
    done = Runner(store, stamps(), lambda: NOW, **given).run(source)
    if done.error or done.read != CONTACTS:
        raise RuntimeError(f"{done.read} contacts read; {done.error}")
    return done


def _memory(folder: Path, address: str) -> None:
    """Print the peaks as they are, and hold what is ours of them to its goal.

    SQLite keeps 64 MB of pages and maps the file: both fill up as the store grows, to a limit.
    """
    for name, tenth, whole in (_peaks(folder, address, part) for part in ("all", "ours")):
        print(f"  peak memory ({name}) after a tenth {tenth:.0f} MB, at the end {whole:.0f} MB")
    goal("growth over the last nine tenths without that of SQLite, MB", whole - tenth, most=16)


def _peaks(folder: Path, address: str, part: str) -> tuple[str, float, float]:
    command = [sys.executable, "-m", "tests.bench.source_speed", part, str(folder), address]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    tenth, whole = (int(size) / 1024 for size in done.stdout.split())
    return part, tenth, whole


def _report(part: str, folder: Path, address: str) -> None:
    """Print the peak after a tenth of the contacts and after all, in kB."""
    settle()
    tenth: list[int] = []

    def progress(done: Run) -> None:
        if done.read >= CONTACTS // 10 and not tenth:
            tenth.append(peak_kb())

    ingest(folder, address, lean=part == "ours", progress=progress)
    print(*tenth, peak_kb())


def _keep_no_pages(connection: Any, _record: object) -> None:
    """Take from SQLite what it would keep in memory."""
    connection.execute("PRAGMA cache_size = -2000").close()
    connection.execute("PRAGMA mmap_size = 0").close()


# ── the other side, a process of its own ───────────────────────────────────────────────────


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages from another process, so that it takes none of our time."""
    command = [sys.executable, "-m", "tests.bench.source_speed", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        yield other.stdout.readline().strip()
        other.communicate("\n")


def _serve() -> None:
    ready = pages()
    nothing = json.dumps({"count": 0, "next": None, "results": []}).encode()

    def answers(asked: Asked) -> Said:
        contacts = asked.path.endswith("klantcontacten")
        return Said(ready[int(asked.params["page"]) - 1] if contacts else nothing)

    with replay(answers) as running:
        print(f"{running.base}{ROOT[1:]}", flush=True)
        sys.stdin.readline()


def pages() -> list[bytes]:
    """Make the pages, as long as real ones are: with the employee who had the contact."""
    actor = recorded()["actoren"][0]
    found = []
    for first in range(0, CONTACTS, PAGE):
        results = [_contact(number, actor) for number in range(first, first + PAGE)]
        more = "http://elders/" if first + PAGE < CONTACTS else None
        page = {"count": CONTACTS, "next": more, "previous": None, "results": results}
        found.append(json.dumps(page).encode())
    return found


def _contact(number: int, actor: dict[str, Any]) -> dict[str, Any]:
    uuid = str(UUID(int=number))
    tasks = [_task(number, uuid)] if number % TASKS == 0 else []
    expanded: dict[str, Any] = {"hadBetrokkenen": []}
    return {
        "uuid": uuid,
        "url": f"http://127.0.0.1:8000/klantinteracties/api/v1/klantcontacten/{uuid}",
        "gingOverOnderwerpobjecten": [],
        "hadBetrokkenActoren": [actor],
        "omvatteBijlagen": [],
        "hadBetrokkenen": [],
        "leiddeTotInterneTaken": [{"uuid": task["uuid"], "url": task["url"]} for task in tasks],
        "nummer": f"{number:010d}",
        "referentienummer": None,
        "kanaal": ("telefoon", "telefoon", "balie", "e-mail")[number % 4],
        "onderwerp": TOPICS[number % len(TOPICS)],
        "inhoud": "",
        "reactie": "",
        "indicatieContactGelukt": True,
        "hoofdOnderwerpType": "",
        "verdereActieOndernomen": False,
        "taal": "nld",
        "vertrouwelijk": False,
        "plaatsgevondenOp": _at(number),
        "metadata": {"afdeling": "Burgerzaken"},
        "_expand": expanded | ({"leiddeTotInterneTaken": tasks} if tasks else {}),
    }


def _task(number: int, contact: str) -> dict[str, Any]:
    uuid = str(UUID(int=number + 10**9))
    address = "http://127.0.0.1:8000/klantinteracties/api/v1"
    return {
        "uuid": uuid,
        "url": f"{address}/internetaken/{uuid}",
        "gevraagdeHandeling": "terugbellen",
        "aanleidinggevendKlantcontact": {"uuid": contact, "url": f"{address}/{contact}"},
        "toegewezenAanActoren": [],
        "status": "verwerkt" if number % OPEN else "te_verwerken",
        "toegewezenOp": _at(number),
        "afgehandeldOp": _at(number) if number % OPEN else None,
    }


def _at(number: int) -> str:
    """The newest first: five minutes between two contacts."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW - 300 * (number + 1)))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        _serve()
    else:
        _report(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
