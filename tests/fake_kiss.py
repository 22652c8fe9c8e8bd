"""A KISS that checks its token, filters by date and pages as its controller does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import jwt

from tests.replay import Asked, Said

NOW = int(datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp())
SKEW_S = 300
SECRET = "geheim-van-kiss-en-lang-genoeg-0123456789"
WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
Row = dict[str, Any]


def moment(contact: int, after: int = 0) -> str:
    """When a contact began, or so many seconds later; every half hour one, the newest last."""
    at = NOW - (400 - contact) * 1800 + after
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


def details(number: int, **given: Any) -> Row:
    """A contact as KISS tells it."""
    return {
        "id": f"https://openklant.example/klantcontacten/{number:04d}",
        "startdatum": moment(number),
        "einddatum": moment(number, 240),
        "gespreksresultaat": ("Zelfstandig afgehandeld", "Doorverbonden", "Anders")[number % 3],
        "vraag": "Paspoort aanvragen - Kosten",
        "specifiekeVraag": "Mevrouw De Vries heeft een sticker in haar paspoort",
        "emailadresKcm": "a.medewerker@example.nl",
        "verantwoordelijkeAfdeling": "Burgerzaken",
        "bronnen": [{"soort": "Smoelenboek", "titel": "A. Medewerker", "url": ""}],
        **given,
    }


@dataclass
class FakeKiss:
    """Answers as the controller of KISS does; `meanwhile` happens after each answer."""

    contacts: list[Row]
    clock: Callable[[], int] = lambda: NOW
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    first: list[Said] = field(default_factory=list)
    changed: Callable[[Any], Any] = lambda body: body
    tokens: list[dict[str, Any]] = field(default_factory=list)

    def answers(self, asked: Asked) -> Said:
        if self.first:
            return self.first.pop(0)
        if not self._admits(asked.headers.get("Authorization", "")):
            return Said(b"", 401)
        said = self._found(asked)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return said

    def _admits(self, header: str) -> bool:
        try:
            checked = {"verify_exp": False, "verify_iat": False}
            claims = jwt.decode(header.removeprefix("Bearer "), SECRET, ["HS256"], checked)
        except jwt.PyJWTError:
            return False
        self.tokens.append(claims)
        return claims["role"] == "ExternSysteem" and abs(claims["iat"] - self.clock()) < SKEW_S

    def _found(self, asked: Asked) -> Said:
        begin, end = asked.params.get("from", ""), asked.params.get("to", "")
        size, number = int(asked.params["pageSize"]), int(asked.params["page"])
        dates = WRITTEN.fullmatch(begin) and WRITTEN.fullmatch(end)
        if not dates or not 1 <= size <= 5000 or number < 1:
            return Said("Ongeldige vraag", 400)
        bounds = datetime.fromisoformat(begin), datetime.fromisoformat(end)
        found = [
            r
            for r in self.contacts
            if bounds[0] <= datetime.fromisoformat(r["startdatum"]) <= bounds[1]
        ]
        found.sort(key=lambda row: str(row["startdatum"]), reverse=True)
        page = found[(number - 1) * size : number * size]
        if found and not page:
            return Said({"title": "Ongeldige pagina."}, 404)
        more = "http://intern/?page=2" if number * size < len(found) else None
        return Said(
            self.changed({"count": len(found), "next": more, "previous": None, "results": page})
        )
