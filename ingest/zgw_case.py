"""Turns a case of the ZGW standard into a question, asking for its statuses and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from data.workdays import Workdays
from ingest.closings import shut
from ingest.follow_up import Answers
from ingest.json_item import Item
from ingest.json_rows import Parsed, parsed
from ingest.records import Ticket
from ingest.source import RowRejected
from ingest.wording import LENGTHS, Wording
from ingest.zgw_course import Trail, due, trail

KIND = "zaak"
UNIT = "organisatorische_eenheid"
LARGEST_PAGE = 500
KEPT = (
    *("uuid", "url", "zaaktype", "startdatum", "einddatum", "uiterlijkeEinddatumAfdoening"),
    *("laatstGemuteerd", "communicatiekanaal", "communicatiekanaalNaam"),
)


def trimmed(row: object) -> dict[str, Any] | None:
    """Keep of a case what is read, without its descriptions and without who is involved."""
    if not isinstance(row, Mapping):
        return None
    item = Item(row)
    return {
        **{name: row.get(name) for name in KEPT},
        "rollen": bool(row.get("rollen")),
        "verlenging": {"duur": item.raw("verlenging.duur")},
        "opschorting": {
            name: item.raw(f"opschorting.{name}") for name in ("indicatie", "eerdereOpschorting")
        },
    }


@dataclass(frozen=True)
class Cases:
    """Parses the cases of one case system; `zaken` and `catalogi` are the paths of its services."""

    wording: Wording
    workdays: Workdays
    zaken: str
    catalogi: str

    def parsed(self, answers: Answers, row: object) -> Parsed:
        """Parse one case, or set it aside with the reason."""
        return parsed([row], "zaken", "uuid", partial(self._ticket, answers))

    def _ticket(self, answers: Answers, item: Item) -> Ticket:
        uuid, zaak = identifier(item.key("uuid"), "uuid"), {"zaak": item.key("url")}
        statuses = self._statuses(answers, zaak)
        closing = shut(statuses)
        closed = None
        if item.raw("einddatum") is not None:
            closed = item.end_of_day("einddatum") if closing.at is None else closing.at
        done: Trail = ()
        if _needs_trail(item):
            done = answers.about_row(f"{self.zaken}zaken/{uuid}/audittrail", trail) or ()
        deadline = due(item, done, closed, self.workdays)
        events = sorted((*deadline.events, *closing.reopened), key=lambda event: event.at)
        return Ticket(
            key=uuid,
            version=item.instant("laatstGemuteerd") or 0,
            received_at=item.moment("startdatum"),
            due_at=deadline.at,
            closed_at=closed,
            kanaal=self._channel(item),
            onderwerp=self._topic(answers, item),
            afdeling=self._department(answers, item, zaak),
            soort=KIND,
            events=tuple(events),
        )

    def _statuses(self, answers: Answers, zaak: Mapping[str, str]) -> list[tuple[int, bool]]:
        """Return the instant of each status, in order, and whether it ends the case."""
        found = answers.about_row(
            f"{self.zaken}statussen", _statuses, {**zaak, "pageSize": LARGEST_PAGE}
        )
        return [(at, self._ends(answers, kind)) for at, _, kind in found or []]

    def _ends(self, answers: Answers, kind: str) -> bool:
        path = f"{self.catalogi}statustypen/{kind}"
        return bool(answers.lasting(path, lambda body: Item.of(body).flag("isEindstatus")))

    def _topic(self, answers: Answers, item: Item) -> str:
        kind = identifier(item.key("zaaktype"), "zaaktype")
        told = answers.lasting(f"{self.catalogi}zaaktypen/{kind}", _description) or ""
        return self.wording.values["onderwerp"].get(told, told)

    def _channel(self, item: Item) -> str:
        """Return the name of the channel; of one that is only an address, what is configured."""
        named = self.wording.text("kanaal", item, "communicatiekanaalNaam")
        return named or self.wording.listed("kanaal", item, "communicatiekanaal")

    def _department(self, answers: Answers, item: Item, zaak: Mapping[str, str]) -> str:
        """Return which organisational unit handles it; persons are not even asked for."""
        if not item.flag("rollen"):
            return ""
        asked = {
            "betrokkeneType": "organisatorische_eenheid",
            "omschrijvingGeneriek": "behandelaar",
        }
        told = answers.about_row(f"{self.zaken}rollen", _unit, {**zaak, **asked}) or ""
        return self.wording.values["afdeling"].get(told, told)


def _needs_trail(item: Item) -> bool:
    suspended = (item.flag(f"opschorting.{name}") for name in ("indicatie", "eerdereOpschorting"))
    return any(suspended) or bool(item.text("verlenging.duur"))


def identifier(text: str, field: str) -> str:
    """Return the UUID that a text is or that an address ends with; nothing else becomes a path."""
    try:
        return str(UUID(text.rstrip("/").rpartition("/")[2]))
    except ValueError:
        raise RowRejected(f"{field}: geen UUID") from None


def _statuses(body: object) -> list[list[Any]]:
    rows = Item.of(body).several("results")
    found = [
        [
            row.moment("datumStatusGezet"),
            bool(row.flag("indicatieLaatstGezetteStatus")),
            identifier(row.key("statustype"), "statustype"),
        ]
        for row in rows
    ]
    return sorted(found)


def _description(body: object) -> str:
    return Item.of(body).text("omschrijving", LENGTHS["onderwerp"])


def _unit(body: object) -> str:
    fields = ("betrokkeneIdentificatie.naam", "betrokkeneIdentificatie.identificatie")
    names = (unit.text(name, LENGTHS["afdeling"]) for unit in _units(body) for name in fields)
    return next((name for name in names if name), "")


def _units(body: object) -> list[Item]:
    rows = Item.of(body).several("results")
    return [row for row in rows if row.raw("betrokkeneType") == UNIT]
