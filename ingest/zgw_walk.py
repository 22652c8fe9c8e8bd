"""Walks through the cases of a case system in rounds: what is new, closed or open, or simply all.

What a case system cannot be asked for is when a case changed; each case does say it, though, so of
those that did not change since the round before nothing more is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from data.calendar import ZONE
from ingest.changes import key_of
from ingest.follow_up import Answers, follow_up
from ingest.json_item import Item
from ingest.json_rows import batch
from ingest.numbered_pages import pages
from ingest.options import DAY_S
from ingest.source import Batch, Cursor, RowRejected, Sweep, copied
from ingest.web import Params, Web
from ingest.zgw_case import LARGEST_PAGE, Cases, trimmed

OVERLAP_S = 600
"""By so much the clocks may differ before a change is only seen in the next walk through all."""
DAYS_BACK = timedelta(days=2)
"""`einddatum` is a UTC date and may be a day early, and a filter leaves out the day it names."""
NEW, CLOSED, OPEN, ALL = "nieuw", "gesloten", "open", "alles"


@dataclass(frozen=True)
class Rounds:
    """How the cases are walked through; `since` leaves out what was registered and closed before.

    `round_s` is after how many seconds there is a walk through all.
    """

    cases: Cases
    since: date | None = None
    page_size: int = LARGEST_PAGE
    round_s: float = DAY_S

    def batches(self, web: Web, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield what changed; raise BudgetSpent when the next run has to go on."""
        at = copied({**self._begin(cursor, now), **cursor})
        answers = Answers(web, at["half"], at["catalogus"])
        yield from self._cases(answers, at, now)
        while at["stappen"]:
            yield from self._step(answers, at, now)
        full = at["begon"] if at["vol"] else at["alles"]
        yield Batch(cursor={"sinds": at["begon"], "alles": full}, complete=True)

    def _begin(self, cursor: Cursor, now: int) -> dict[str, Any]:
        """Return how a round begins; the first one and one a day walk through all."""
        full = now - cursor.get("alles", 0) >= self.round_s
        steps = [ALL] if full else [NEW, CLOSED, OPEN]
        place = {"stappen": steps, "pagina": 1, "aantal": None, "rest": []}
        known: dict[str, Any] = {"half": {}, "catalogus": {}}
        return {"sinds": 0, "alles": 0, "begon": now, "vol": full, **place, **known}

    def _step(self, answers: Answers, at: dict[str, Any], now: int) -> Iterator[Batch]:
        step, path = at["stappen"][0], f"{self.cases.zaken}zaken"
        asked = {**_filter(step, at["sinds"]), "pageSize": self.page_size}
        for page in pages(answers.web, path, asked, at["pagina"], at["aantal"]):
            due = (trimmed(row) for row in page.rows if self._is_due(row, at["sinds"]))
            at.update(rest=list(due), pagina=page.number + 1, aantal=page.total)
            if page.last:
                at.update(stappen=at["stappen"][1:], pagina=1, aantal=None)
            seen = [key for row in page.rows if (key := key_of(row, "uuid"))] if step == ALL else ()
            part = Sweep.part(page.number == 1, page.last) if step == ALL else None
            yield Batch(cursor=copied(at), sweep=part, seen=seen)
            yield from self._cases(answers, at, now)

    def _cases(self, answers: Answers, at: dict[str, Any], now: int) -> Iterator[Batch]:
        parse = partial(self.cases.parsed, answers)
        for found, read, rest in follow_up(at["rest"], answers, parse):
            at["rest"] = rest
            yield batch(found, copied(at), now, read)

    def _is_due(self, row: object, since: int) -> bool:
        """Tell whether a case counts and may have changed; what cannot be read is looked at."""
        try:
            item = Item.of(row)
            changed, registered = item.instant("laatstGemuteerd"), item.day("registratiedatum")
        except RowRejected:
            return True
        if changed is not None and changed < since - OVERLAP_S:
            return False
        if self.since is None or registered is None or item.raw("einddatum") is None:
            return True
        return registered >= self.since


def _filter(step: str, since: int) -> Params:
    day = (datetime.fromtimestamp(since, ZONE).date() - DAYS_BACK).isoformat()
    return {
        NEW: {"registratiedatum__gt": day, "ordering": "registratiedatum"},
        CLOSED: {"einddatum__gt": day, "ordering": "einddatum"},
        OPEN: {"einddatum__isnull": "true", "ordering": "registratiedatum"},
        ALL: {"ordering": "registratiedatum"},
    }[step]
