"""A Signalen that filters, sorts, pages, and ignores what it does not know, as 2.50 does."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.ingest_cast import NOON
from tests.replay import Asked, Said

SAMPLE = Path(__file__).parent / "samples" / "signalen" / "recorded.json"
ROOT = "/signals/v1/private/"
RECORDED_AT = NOON + 6 * 86_400
LARGEST_PAGE = 4000
LABELS = {
    "m": "Gemeld",
    "b": "In behandeling",
    "o": "Afgehandeld",
    "a": "Geannuleerd",
    "reopened": "Heropend",
    "reopen requested": "Verzoek tot heropenen",
    "reaction requested": "Reactie gevraagd",
}
Row = dict[str, Any]


def recorded() -> dict[str, Any]:
    """What a real Signalen answered, and what was put into it."""
    found: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    return found


@dataclass
class Reporting:
    """The reports with their histories; `meanwhile` happens after each list answered.

    `deaf_to` names parameters that are ignored, as a misspelt one is.
    """

    signals: list[Row] = field(default_factory=list)
    history: dict[str, list[Row]] = field(default_factory=dict)
    token: str = "geheim-5f0c2b"
    deaf_to: frozenset[str] = frozenset()
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    changed: Callable[[Any], Any] = lambda body: body

    @classmethod
    def recorded(cls) -> Reporting:
        """Signalen as it was recorded."""
        found = recorded()
        return cls(signals=found["signals"], history=found["history"])

    def answers(self, asked: Asked) -> Said:
        """Answer as Signalen does."""
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            return Said({"detail": "Authenticatiegegevens zijn niet opgegeven."}, 401)
        name, _, rest = asked.path.removeprefix(ROOT).partition("/")
        if name != "signals":
            return Said({"detail": "Niet gevonden."}, 404)
        if rest:
            return self._history(rest.partition("/")[0], asked)
        return self._list({k: v for k, v in asked.params.items() if k not in self.deaf_to})

    def _history(self, number: str, asked: Asked) -> Said:
        if not any(str(row["id"]) == number for row in self.signals):
            return Said({"detail": "Niet gevonden."}, 404)
        what = asked.params.get("what")
        rows = [row for row in self.history.get(number, []) if what in (None, row["what"])]
        return Said(self.changed(copy.deepcopy(rows)))

    def _list(self, params: dict[str, str]) -> Said:
        rows = list(self.signals)
        if since := params.get("updated_after"):
            try:
                begin = datetime.fromisoformat(since)
            except ValueError:
                return Said({"updated_after": ["Voer een geldige datum/tijd in."]}, 400)
            rows = [row for row in rows if datetime.fromisoformat(row["updated_at"]) >= begin]
        rows.reverse()
        if params.get("ordering") == "updated_at":
            rows.sort(key=lambda row: datetime.fromisoformat(row["updated_at"]))
        number, size = int(params.get("page", 1)), int(params.get("page_size", 100))
        page = rows[(number - 1) * min(size, LARGEST_PAGE) : number * min(size, LARGEST_PAGE)]
        if number > 1 and not page:
            return Said({"detail": "Ongeldige pagina."}, 404)
        more = "http://elders/?page=2" if number * size < len(rows) else None
        links = {"self": {"href": "http://elders/"}, "next": {"href": more}}
        body = {"_links": links, "count": len(rows), "results": page}
        said = Said(self.changed(copy.deepcopy(body)))
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return said

    # ── what happens to a report ──────────────────────────────────────────────────────────

    def signal(self, number: int) -> Row:
        """One of the reports, to change it."""
        return next(row for row in self.signals if row["id"] == number)

    def report(self, number: int, at: str, **given: Any) -> Row:
        """Make a report like the first one."""
        row = copy.deepcopy(self.signals[0]) | {"id": number, "created_at": at, "updated_at": at}
        row["status"] |= {"state": "m", "created_at": at}
        self.signals.append(row | given)
        return self.signals[-1]

    def put(self, number: int, state: str, at: str) -> None:
        """Give a report another state."""
        row, moment = self.signal(number), datetime.fromisoformat(at)
        row["status"] |= {"state": state, "state_display": LABELS[state], "created_at": at}
        row["updated_at"] = (moment + timedelta(milliseconds=2)).isoformat()
        entry = {"when": at, "what": "UPDATE_STATUS", "who": "j.jansen@example.com"}
        entry |= {"action": f"Status gewijzigd naar: {LABELS[state]}", "description": "dank"}
        self.history.setdefault(str(number), []).insert(0, entry)
