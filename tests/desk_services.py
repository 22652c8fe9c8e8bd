"""Zammad, TOPdesk and an Open311 service as their documentation and source say that they answer."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.replay import Asked, Said
from tests.service_cast import SECRET, sample

Row = dict[str, Any]
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DENIED = Said({"error": "Authentication required"}, 401)
UNKNOWN = Said({"error": "Not Found"}, 404)


def instant(text: str) -> float:
    """The epoch of a time as these services write it."""
    return datetime.fromisoformat(text).timestamp()


def stamp(row: Any, field_name: str) -> float:
    """When a row says that something was, whatever else it may be."""
    try:
        return instant(row[field_name])
    except (TypeError, KeyError, IndexError, ValueError, OverflowError):
        return 0.0


@dataclass
class Desk:
    """What every fake has: its rows, what happens before an answer, and whether it is secured."""

    rows: list[Row]
    before: Callable[[Asked], None] = lambda _asked: None
    secured: bool = True

    def __call__(self, asked: Asked) -> Said:
        self.before(asked)
        if self.secured and not self.knows(asked):
            return DENIED
        return self.answer(asked)

    def knows(self, asked: Asked) -> bool:
        """Tell whether the secret came along."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Said:
        """Answer somebody who is known."""
        raise NotImplementedError

    def after(self, field_name: str, since: str) -> list[Row]:
        """Rows that changed since, oldest first; one of which that is unknown is the oldest."""
        found = [row for row in self.rows if stamp(row, field_name) >= instant(since)]
        return sorted(found, key=lambda row: (stamp(row, field_name), repr(row)))


@dataclass
class Zammad(Desk):
    """Its list is in the order of making and capped; its search needs a condition or an index."""

    rows: list[Row] = field(default_factory=lambda: sample("zammad", "tickets.json"))
    conditions: str = "understood"

    def knows(self, asked: Asked) -> bool:
        return asked.headers.get("Authorization") == f"Token token={SECRET}"

    def answer(self, asked: Asked) -> Said:
        rows = {"/api/v1/tickets": self.listed, "/api/v1/tickets/search": self.search}
        if asked.path not in rows:
            return UNKNOWN
        limit = 100 if asked.path.endswith("tickets") else 200
        size = min(int(asked.params.get("per_page", 50)), limit)
        begin = (int(asked.params.get("page", 1)) - 1) * size
        found = rows[asked.path](asked)[begin : begin + size]
        return Said(found if asked.params.get("expand") == "true" else [bare(row) for row in found])

    def listed(self, _asked: Asked) -> list[Row]:
        return sorted(self.rows, key=lambda row: stamp(row, "created_at"))

    def search(self, asked: Asked) -> list[Row]:
        """`ignored` is a version that knows no conditions, `silent` one that then finds nothing."""
        if self.conditions == "silent":
            return []
        about, _, _ = asked.params["sort_by"].partition(",")
        assert asked.params["sort_by"] == f"{about},id"
        since = asked.params[f"condition[ticket.{about}][value]"]
        assert asked.params[f"condition[ticket.{about}][operator]"] == "after (absolute)"
        assert ISO.fullmatch(since)
        if self.conditions == "ignored":
            return self.after("updated_at", "1970-01-01T00:00:00Z")[::-1]
        return self.after(about, since)


def bare(row: Any) -> Any:
    """A ticket without `expand`: numbers where names would be."""
    names = ("group", "state", "owner", "customer", "create_article_type")
    return {name: value for name, value in row.items() if name not in names}


@dataclass
class Topdesk(Desk):
    """Answers 206, 200 or 204; an old one does not know FIQL."""

    rows: list[Row] = field(default_factory=lambda: sample("topdesk", "incidents.json"))
    fiql: bool = True

    def knows(self, asked: Asked) -> bool:
        written = b64encode(f"regiebord:{SECRET}".encode()).decode()
        return asked.headers.get("Authorization") == f"Basic {written}"

    def answer(self, asked: Asked) -> Said:
        if asked.path != "/tas/api/incidents":
            return UNKNOWN
        size, start = int(asked.params["pageSize"]), int(asked.params["start"])
        question = re.fullmatch(f"modificationDate=ge=({ISO.pattern})", asked.params["query"])
        if size > 10_000 or question is None:
            return Said([{"message": "The 'query' parameter is invalid"}], 400)
        assert asked.params["sort"] == "modificationDate:asc,id:asc"
        since = question[1] if self.fiql else "2000-01-01T00:00:00Z"
        found = self.after("modificationDate", since)
        page = [chosen(row, asked.params["fields"]) for row in found[start : start + size]]
        if not page:
            return Said(status=204)
        return Said(page, 206 if len(found) > start + size else 200)


def chosen(row: Row, fields: str) -> Row:
    """The fields that were asked for."""
    return {name: row[name] for name in fields.split(",") if name in row}


@dataclass
class Open311(Desk):
    """Newest first, never more than `most`, and nothing to page with."""

    rows: list[Row] = field(default_factory=lambda: sample("open311", "requests.json"))
    most: int = 1000
    windows: bool = True
    several: bool = True

    def knows(self, asked: Asked) -> bool:
        return asked.params.get("api_key") == SECRET

    def answer(self, asked: Asked) -> Said:
        if asked.path.startswith("/requests/"):
            return self.single(asked.path.removeprefix("/requests/").removesuffix(".json"))
        if asked.path != "/requests.json":
            return UNKNOWN
        if "service_request_id" in asked.params and self.several:
            keys = asked.params["service_request_id"].split(",")
            return Said([row for row in self.rows if str(row["service_request_id"]) in keys])
        return Said(self.window(asked)[: self.most])

    def single(self, key: str) -> Said:
        """A list of one, or a list of errors."""
        found = [row for row in self.rows if str(row["service_request_id"]) == key]
        error = [{"code": 404, "description": "service_request_id was not found"}]
        return Said(found) if found else Said(error, 404)

    def window(self, asked: Asked) -> list[Row]:
        begin = asked.params.get("start_date", "2026-08-20T00:00:00Z")
        end = asked.params.get("end_date", "2026-11-18T12:00:00Z")
        assert ISO.fullmatch(begin)
        assert ISO.fullmatch(end)
        if not self.windows:
            begin = "2000-01-01T00:00:00Z"
        found = self.after("requested_datetime", begin)
        return [row for row in found if stamp(row, "requested_datetime") < instant(end)][::-1]


DESKS: dict[str, Callable[..., Desk]] = {"zammad": Zammad, "topdesk": Topdesk, "open311": Open311}
OPTIONS: dict[str, dict[str, Any]] = {
    "zammad": {"velden": {"onderwerp": "onderwerp"}},
    "topdesk": {
        "gebruiker": "regiebord",
        "paginagrootte": 8,
        "waarden": {
            "kanaal": {"Telefonisch": "telefoon", "E-mail": "e-mail"},
            "afdeling": {"Team Belastingen": "Belastingen", "KCC": "Klantcontact"},
            "afgehandeld_door": {"Team Belastingen": "doorgezet"},
            "soort": {"Klacht": "klacht"},
        },
    },
    "open311": {
        "waarden": {"stand": {"duplicate": "vervallen"}},
        "kanaal": "formulier",
        "dagen": 79,
    },
}
