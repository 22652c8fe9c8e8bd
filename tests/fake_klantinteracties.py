"""A register of contacts that refuses, sorts, pages and expands as Open Klant 2.18 does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.replay import Asked, Said

RECORDED = Path(__file__).parent / "samples" / "open_klant"
ROOT = "/klantinteracties/api/v1/"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
KNOWN = {
    "klantcontacten": {"page", "pageSize", "expand", "plaatsgevondenOp"},
    "internetaken": {"page", "pageSize", "status"},
    "actoren": {"page", "pageSize", "soortActor"},
}
LARGEST_PAGE = 500
Row = dict[str, Any]


def recorded() -> dict[str, list[Row]]:
    """What a real Open Klant answered, each thing once and without what we never read."""
    found: dict[str, list[Row]] = json.loads((RECORDED / "recorded.json").read_text())
    return found


def truth() -> dict[str, list[Row]]:
    """What was put into that Open Klant."""
    found: dict[str, list[Row]] = json.loads((RECORDED / "truth.json").read_text())
    return found


@dataclass
class Register:
    """The lists, newest first as they were recorded; `meanwhile` happens after each answer."""

    actoren: list[Row] = field(default_factory=list)
    klantcontacten: list[Row] = field(default_factory=list)
    internetaken: list[Row] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    first: list[Said] = field(default_factory=list)
    changed: Callable[[Any], Any] = lambda body: body

    def answers(self, asked: Asked) -> Said:
        """Answer as Open Klant does."""
        if self.first:
            return self.first.pop(0)
        if asked.headers.get("Authorization") != f"Token {TOKEN}":
            return _refusal(401, "not_authenticated")
        said = self._found(asked)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return said

    def _found(self, asked: Asked) -> Said:
        name, _, uuid = asked.path.removeprefix(ROOT).partition("/")
        if unknown := asked.params.keys() - KNOWN.get(name, set()):
            wrong = [{"name": "nonFieldErrors", "code": "unknown-parameters"}]
            return _refusal(400, "invalid", invalidParams=[*wrong, {"name": min(unknown)}])
        rows = self._rows(name)
        if uuid:
            found = [self._shown(name, row, asked) for row in rows if row["uuid"] == uuid]
            return Said(self.changed(found[0])) if found else _refusal(404, "not_found")
        fields = {"status", "soortActor", "plaatsgevondenOp"} & asked.params.keys()
        rows = [row for row in rows if all(row[name] == asked.params[name] for name in fields)]
        return self._page(name, rows, asked)

    def _rows(self, name: str) -> list[Row]:
        rows: list[Row] = getattr(self, name)
        if name != "klantcontacten":
            return list(rows)
        return sorted(rows, key=lambda row: str(row["plaatsgevondenOp"]), reverse=True)

    def _page(self, name: str, rows: list[Row], asked: Asked) -> Said:
        number, size = int(asked.params.get("page", 1)), int(asked.params.get("pageSize", 100))
        size = min(size, LARGEST_PAGE)
        found = rows[(number - 1) * size : number * size]
        page = [self._shown(name, row, asked) for row in found]
        if number > 1 and not page:
            return _refusal(404, "not_found")
        more = "http://elders/?page=2" if number * size < len(rows) else None
        return Said(
            self.changed({"count": len(rows), "next": more, "previous": None, "results": page})
        )

    def _shown(self, name: str, row: Row, asked: Asked) -> Row:
        if name == "internetaken":
            actors = [{"uuid": uuid, "url": ""} for uuid in row["toegewezenAanActoren"]]
            contact = {"uuid": row["aanleidinggevendKlantcontact"], "url": ""}
            return {**row, "toegewezenAanActoren": actors, "aanleidinggevendKlantcontact": contact}
        if name == "actoren":
            return row
        tasks = [
            self._shown("internetaken", task, asked)
            for task in self.internetaken
            if task["aanleidinggevendKlantcontact"] == row["uuid"]
        ]
        expand, expanded = asked.params.get("expand", ""), {}
        if "hadBetrokkenen" in expand:
            expanded["hadBetrokkenen"] = row["hadBetrokkenen"]
        if tasks and "leiddeTotInterneTaken" in expand:
            expanded["leiddeTotInterneTaken"] = tasks
        actors = [each for each in self.actoren if each["uuid"] in row["hadBetrokkenActoren"]]
        bare = [{"uuid": task["uuid"], "url": ""} for task in tasks]
        shown = {**row, "hadBetrokkenActoren": actors, "leiddeTotInterneTaken": bare}
        return {**shown, "_expand": expanded}


def _refusal(status: int, code: str, **more: Any) -> Said:
    body: Mapping[str, Any] = {"code": code, "status": status, **more}
    return Said(body, status, {"API-version": "0.9.0"})


def contact(uuid: str, at: str, **given: Any) -> Row:
    """A contact as the register keeps it."""
    return {
        "uuid": uuid,
        "kanaal": "telefoon",
        "onderwerp": "afvalpas",
        "indicatieContactGelukt": True,
        "plaatsgevondenOp": at,
        "metadata": {},
        "hadBetrokkenen": [],
        "hadBetrokkenActoren": [],
        **given,
    }


def task(uuid: str, contact: str, at: str, **given: Any) -> Row:
    """An open task as the register keeps it."""
    return {
        "uuid": uuid,
        "aanleidinggevendKlantcontact": contact,
        "toegewezenAanActoren": [],
        "status": "te_verwerken",
        "toegewezenOp": at,
        "afgehandeldOp": None,
        "toelichting": "bel terug op 06-12345678",
        **given,
    }
