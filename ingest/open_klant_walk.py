"""Walks through a register of contacts that can neither be filtered by date nor ordered.

A run has steps, and the cursor remembers at which request it is: the departments; the contacts from
the newest back to the watermark; the list of open tasks; again each contact of which a task is open
there and not here, or the reverse; and at night everything, which may take several runs and shows
what was entered late or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

from data.calendar import ZONE
from ingest.json_item import Item
from ingest.json_rows import Parsed, batch
from ingest.klantinteracties import CONTACT, CONTACTS, OPEN, TASK, TASKS, UNIT, Reader, tasks_of
from ingest.numbered_pages import Page, pages
from ingest.options import DAY_S
from ingest.source import Batch, Cursor, RowRejected, Sweep
from ingest.web import Params, Web
from ingest.wording import LENGTHS

EXPAND = "leiddeTotInterneTaken,hadBetrokkenen"
NOTHING = Parsed([], [], [])
FIRST = "eenheden"


class Pace(NamedTuple):
    """Rows per page, how far to look back again (s), and the local hour of reading everything."""

    page_size: int
    overlap: int
    hour: int


class Walk:
    """One run. The cursor has:

    `stap` the step and `bij` where it is; `eenheden` the departments; `tot` the watermark; `open`
    contact -> task -> department of the tasks that are open here; `lezen` the contacts to read
    again; `alles` where the reading of everything is, `volledig` when the last one began.
    """

    def __init__(
        self,
        web: Web,
        reader: Reader,
        units: dict[str, str],
        pace: Pace,
        cursor: Cursor,
        now: int,
    ) -> None:
        self.web, self.reader, self.units, self.pace, self.now = web, reader, units, pace, now
        self.state: dict[str, Any] = {"stap": FIRST, **cursor}
        self.open: dict[str, dict[str, str]] = dict(cursor.get("open", {}))

    def steps(self) -> Iterator[Batch]:
        """Yield the batches of each step from the one that the cursor is at."""
        steps: dict[str, Callable[[], Iterator[Batch]]] = {
            FIRST: self._units,
            "nieuw": self._new,
            "taken": self._open_tasks,
            "lezen": self._again,
            "alles": self._everything,
        }
        while (name := self.state["stap"]) in steps:
            yield from steps[name]()
        yield self._batch(stap=FIRST, complete=True)

    def _units(self) -> Iterator[Batch]:
        for page in self._pages("actoren", {"soortActor": UNIT}):
            self.units.update(_names(page.rows))
            self._move(page, page.last, "nieuw")
            yield self._batch()

    def _new(self) -> Iterator[Batch]:
        """Read from the newest back to the watermark; before there is one, everything."""
        if "tot" not in self.state:
            self.state["stap"] = "alles"
            return
        done = False
        for page in self._pages(CONTACTS, {"expand": EXPAND}):
            found, at = self._read(page.rows), _times(page.rows)
            done = page.last or min(at, default=self.now) < self.state["tot"] - self.pace.overlap
            newest = max(self._newest(at), self.state.get("hoogst", self.state["tot"]))
            self.state["tot" if done else "hoogst"] = newest
            self._move(page, done, "taken")
            yield self._batch(found, page.rows)
            if done:
                return

    def _open_tasks(self) -> Iterator[Batch]:
        """Find the contacts of which a task is open there and not here, or the reverse."""
        ours = {task: contact for contact, tasks in self.open.items() for task in tasks}
        left = self.state.setdefault("nog", ours)
        again = dict.fromkeys(self.state.get("lezen", ()))
        for page in self._pages(TASKS, {"status": OPEN}):
            for task in self.reader.open_tasks(page.rows):
                left.pop(task.key, None)
                if self.open.get(task.contact, {}).get(task.key) != task.afdeling:
                    again[task.contact] = None
            if page.last:
                again.update(dict.fromkeys(self.state.pop("nog").values()))
            self.state["lezen"] = list(again)
            self._move(page, page.last, "lezen")
            yield self._batch()

    def _again(self) -> Iterator[Batch]:
        while left := self.state.get("lezen"):
            path, removed = f"{CONTACTS}/{left[0]}", (HTTPStatus.NOT_FOUND,)
            answer = self.web.get(path, {"expand": EXPAND}, removed)
            rows = [] if answer.status in removed else [answer.body]
            had = [TASK + task for task in self.open.pop(left[0], {})]
            found = self._read(rows)
            gone = (set(had) if rows else {CONTACT + left[0], *had}) - set(found.keys)
            self.state["lezen"] = left[1:]
            yield self._batch(found, rows, gone=sorted(gone))
        self.state.pop("lezen", None)
        self.state["stap"] = "alles"

    def _everything(self) -> Iterator[Batch]:
        """Read all there is; the next run first looks at what is new, and then goes on."""
        sweep = self.state.get("alles") or {"begonnen": self.now}
        if self.now - sweep["begonnen"] > DAY_S:
            sweep = {"begonnen": self.now}
        if "pagina" in sweep or self._is_night():
            for page in self._pages(CONTACTS, {"expand": EXPAND}, sweep):
                found = self._read(page.rows)
                more = (
                    {"sweep": Sweep.part(page.number == 1, page.last), "seen": found.keys}
                    if self._sweeps
                    else {}
                )
                self._swept(page, sweep["begonnen"])
                yield self._batch(found, page.rows, FIRST, **more)
        self.state["stap"] = "klaar"

    @property
    def _sweeps(self) -> bool:
        """Tell whether something may have been removed; the first time there was nothing."""
        return "volledig" in self.state

    def _swept(self, page: Page, begun: int) -> None:
        if "tot" not in self.state:
            self.state["tot"] = self._newest(_times(page.rows))
        if page.last:
            self.state.pop("alles", None)
            self.state["volledig"] = begun
        else:
            here = {"pagina": page.number + 1, "aantal": page.total}
            self.state["alles"] = {"begonnen": begun, **here}

    def _is_night(self) -> bool:
        """Tell whether the hour of reading everything passed since it was last begun."""
        local = datetime.fromtimestamp(self.now, ZONE)
        hour = local.replace(hour=self.pace.hour, minute=0, second=0, microsecond=0)
        if hour > local:
            hour -= timedelta(days=1)
        begun: int = self.state.get("volledig", -1)
        return begun < hour.timestamp()

    def _pages(self, path: str, params: Params, here: Cursor | None = None) -> Iterator[Page]:
        place = self.state.get("bij", {}) if here is None else here
        asked = {**params, "pageSize": self.pace.page_size}
        return pages(self.web, path, asked, place.get("pagina", 1), place.get("aantal"))

    def _move(self, page: Page, done: bool, following: str) -> None:
        """Go on to the next page, or to the step that follows."""
        if done:
            self.state["stap"] = following
            self.state.pop("bij", None)
            self.state.pop("hoogst", None)
        else:
            self.state["bij"] = {"pagina": page.number + 1, "aantal": page.total}

    def _read(self, rows: list[Any]) -> Parsed:
        """Read contacts, and remember which of their tasks are open."""
        for row in rows:
            self.open.pop(str(Item(row).raw("uuid")) if isinstance(row, dict) else "", None)
        for task in self.reader.open_tasks(tasks_of(rows)):
            self.open.setdefault(task.contact, {})[task.key] = task.afdeling
        return self.reader.page(rows)

    def _newest(self, at: list[int]) -> int:
        return max((moment for moment in at if moment <= self.now), default=0)

    def _batch(
        self, found: Parsed = NOTHING, rows: Sequence[Any] = (), stap: str = "", **more: Any
    ) -> Batch:
        """Return a batch; while everything is being read, it also counts for that."""
        if "alles" in self.state and self._sweeps and found.keys:
            more = {"sweep": Sweep.GOES_ON, "seen": found.keys, **more}
        cursor = {**self.state, "stap": stap or self.state["stap"]}
        cursor["open"] = {contact: dict(tasks) for contact, tasks in self.open.items()}
        cursor["eenheden"] = dict(self.units)
        if "nog" in cursor:
            cursor["nog"] = dict(cursor["nog"])
        if self.web.trial:
            more["unlisted"] = list(self.reader.unlisted(rows))
        return batch(found, cursor, self.now, len(rows), **more)


def _times(rows: list[Any]) -> list[int]:
    """Return when contacts took place, as far as they say so."""
    found = []
    for row in rows:
        with suppress(RowRejected):
            found.append(Item.of(row).moment("plaatsgevondenOp"))
    return found


def _names(rows: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield the id and name of each department, and nothing of an employee that stands there."""
    for row in rows:
        with suppress(RowRejected):
            actor = Item.of(row)
            if actor.raw("soortActor") == UNIT:
                yield actor.key("uuid"), actor.text("naam", LENGTHS["afdeling"])
