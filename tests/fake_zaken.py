"""A case system that refuses, filters, sorts and pages as Open Zaak 1.5 does."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt

from tests.ingest_cast import NOON
from tests.replay import Asked, Said

SAMPLE = Path(__file__).parent / "samples" / "zgw_zaken" / "recorded.json"
ZAKEN, CATALOGI = "/zaken/api/v1/", "/catalogi/api/v1/"
CLIENT = "regiebord"
RECORDED_AT = NOON + 6 * 86_400
"""After the last change in the recording."""
TOKEN_LIVES_S = 3600
LARGEST_PAGE = 500
PAGING = {"page", "pageSize"}
COMPARED = ("registratiedatum", "einddatum", "startdatum", "uiterlijkeEinddatumAfdoening")
FILTERS = {f"{name}__{how}" for name in COMPARED for how in ("gt", "lt")} | {"einddatum__isnull"}
ORDERS = {"einddatum", "identificatie", "registratiedatum", "startdatum"}
KNOWN = {
    "zaken": PAGING | FILTERS | {"ordering", "zaaktype", "expand"},
    "statussen": PAGING | {"zaak", "statustype", "indicatieLaatstGezetteStatus"},
    "rollen": {"page", "zaak", "betrokkeneType", "omschrijvingGeneriek"},
}
Row = dict[str, Any]


def recorded() -> dict[str, Any]:
    """What a real Open Zaak answered, what was made after it, and what was put into it."""
    found: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    return found


@dataclass
class CaseSystem:
    """The cases with all that belongs to them; `meanwhile` happens after each list answered."""

    zaken: list[Row] = field(default_factory=list)
    statussen: list[Row] = field(default_factory=list)
    rollen: list[Row] = field(default_factory=list)
    catalogue: dict[str, Row] = field(default_factory=dict)
    trails: dict[str, list[Row]] = field(default_factory=dict)
    key: str = "geheim-5f0c2b"
    now: int = RECORDED_AT
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    changed: Callable[[Any], Any] = lambda body: body

    @classmethod
    def recorded(cls) -> CaseSystem:
        """The case system as it was recorded."""
        found = copy.deepcopy(recorded())
        kinds = [*found["zaaktypen"], *found["statustypen"]]
        return cls(
            zaken=found["zaken"],
            statussen=found["statussen"],
            catalogue={kind["url"].rpartition("/api/v1/")[2]: kind for kind in kinds},
            trails={**found["audittrails"], **found["made"]},
        )

    def answers(self, asked: Asked) -> Said:
        """Answer as Open Zaak does."""
        if (refused := self._refused(asked)) is not None:
            return refused
        return self._found(asked)

    def _refused(self, asked: Asked) -> Said | None:
        try:
            token = asked.headers.get("Authorization", "").removeprefix("Bearer ")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
                claims = jwt.decode(token, self.key, ["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            return _error(403, "permission_denied")
        known = {"iss", "iat", "client_id", "user_id", "user_representation"} <= claims.keys()
        if not known or not 0 <= self.now - claims["iat"] <= TOKEN_LIVES_S:
            return _error(403, "jwt-expired")
        if asked.path.startswith(ZAKEN) and asked.headers.get("Accept-Crs") != "EPSG:4326":
            return _error(406, "not_acceptable")
        return None

    def _found(self, asked: Asked) -> Said:
        if asked.path.startswith(CATALOGI):
            kind = self.catalogue.get(asked.path.removeprefix(CATALOGI))
            return Said(self.changed(kind)) if kind else _error(404, "not_found")
        name, _, rest = asked.path.removeprefix(ZAKEN).partition("/")
        if rest.endswith("/audittrail"):
            uuid = rest.removesuffix("/audittrail")
            known = any(row["uuid"] == uuid for row in self.zaken)
            return Said(self.changed(self.trails.get(uuid, []))) if known else _error(404, "")
        if unknown := asked.params.keys() - KNOWN.get(name, set()):
            return _error(400, "unknown-parameters", min(unknown))
        if asked.params.get("ordering", "startdatum").lstrip("-") not in ORDERS:
            return _error(400, "invalid", "ordering")
        return self._list(name, asked)

    def _list(self, name: str, asked: Asked) -> Said:
        rows = [row for row in getattr(self, name) if _fits(row, asked.params)]
        order = asked.params.get("ordering")
        if order:
            rows.sort(key=lambda row: str(row[order]))
        number, size = int(asked.params.get("page", 1)), int(asked.params.get("pageSize", 100))
        page = rows[(number - 1) * min(size, LARGEST_PAGE) : number * min(size, LARGEST_PAGE)]
        if number > 1 and not page:
            return _error(404, "not_found")
        more = "http://elders/zaken?page=2" if number * size < len(rows) else None
        body = {"count": len(rows), "next": more, "previous": None, "results": page}
        said = Said(self.changed(copy.deepcopy(body)))
        if name == "zaken" and self.meanwhile:
            self.meanwhile.pop(0)()
        return said

    # ── what happens to a case ────────────────────────────────────────────────────────────

    def case(self, uuid: str) -> Row:
        """One of the cases, to change it."""
        return next(row for row in self.zaken if row["uuid"] == uuid)

    def delete(self, uuid: str) -> None:
        """Take a case out."""
        self.zaken = [row for row in self.zaken if row["uuid"] != uuid]

    def open(self, uuid: str, day: str, **given: Any) -> Row:
        """Open a case like the first one."""
        url = f"http://127.0.0.1:58020{ZAKEN}zaken/{uuid}"
        row = copy.deepcopy(self.zaken[0]) | {
            **{"uuid": uuid, "url": url, "registratiedatum": day, "startdatum": day},
            **{"einddatum": None, "laatstGemuteerd": _stamp(self.now), **given},
        }
        self.zaken.append(row)
        return row

    def put(self, uuid: str, at: str, is_end: bool, now: int) -> None:
        """Set a status, which closes or reopens the case."""
        case = self.case(uuid)
        kinds = [url for url, kind in self.catalogue.items() if kind.get("isEindstatus") is is_end]
        for row in self.statussen:
            row["indicatieLaatstGezetteStatus"] &= row["zaak"] != case["url"]
        self.statussen.append(
            {
                "uuid": f"status-{len(self.statussen)}",
                "zaak": case["url"],
                "statustype": f"http://127.0.0.1:58020{CATALOGI}{kinds[0]}",
                "datumStatusGezet": at,
                "indicatieLaatstGezetteStatus": True,
            }
        )
        case.update(einddatum=at[:10] if is_end else None, laatstGemuteerd=_stamp(now))

    def patch(self, uuid: str, now: int, **given: Any) -> None:
        """Change a case, and keep in its trail that somebody did."""
        case = self.case(uuid)
        before = copy.deepcopy(case)
        case.update(given, laatstGemuteerd=_stamp(now))
        change = {"oud": before, "nieuw": copy.deepcopy(case)}
        entry = {"resource": "zaak", "gebruikersWeergave": "J. Jansen", "wijzigingen": change}
        self.trails.setdefault(uuid, []).append({**entry, "aanmaakdatum": _stamp(now)})


def _fits(row: Row, params: Any) -> bool:
    for name, wanted in params.items():
        column, _, how = name.partition("__")
        if name in PAGING | {"ordering", "expand"}:
            continue
        told = row.get(column)
        fits = {
            "gt": lambda told=told, wanted=wanted: told is not None and told > wanted,
            "lt": lambda told=told, wanted=wanted: told is not None and told < wanted,
            "isnull": lambda told=told, wanted=wanted: (told is None) == (wanted == "true"),
            "": lambda told=told, wanted=wanted: told == wanted,
        }[how]
        if not fits():
            return False
    return True


def _stamp(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.250000Z")


def _error(status: int, code: str, parameter: str = "") -> Said:
    wrong = [{"name": parameter or "nonFieldErrors", "code": code}]
    return Said({"code": code, "status": status, "invalidParams": wrong}, status)
