"""TOPdesk: the incidents that changed, in the order of their changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus

from data.codes import Happening
from ingest.about import About
from ingest.changes import Fields, Here, Rows, changes
from ingest.json_item import Item
from ingest.local_time import as_utc
from ingest.options import Options
from ingest.records import Event, Ticket
from ingest.row_batches import batch_of, rows_of
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings
from ingest.web import Service, Web
from ingest.wording import HANDLER, Wording, wording

SOORT = "topdesk"
ABOUT = About(
    title="TOPdesk",
    reads="`tas/api/incidents` of the first and second line: dates, category, entry, group. Never a"
    " caller, an operator, a request or an action: they are not even asked for. Made from the"
    " documentation and public clients; not yet tried on a live one.",
    feeds="Questions (`vraag`): one per incident, received at its `callDate`; who settled it by its"
    " group or line (`[bron.waarden.afgehandeld_door]`).",
    rights="An operator with an application password, who may only read incidents (and only those"
    " of the groups that count, by a filter).",
    cadence="Every five minutes one request for what changed.",
    lag="Ten minutes (`overlap`) are read again. What is deleted there stays here: nothing tells.",
    traps=(
        "FIQL needs REST API 3.4; an older one ignores the question, which is found out.",
        "What changes meanwhile moves to the end, so counting rows would skip others.",
        "A suspension shows only while it lasts: one that is over has no dates, and moves nothing.",
        "Partial and archived incidents are left out: part of another, or long closed.",
        "A group may be an operator's name: only those in `[bron.waarden.afdeling]` are read.",
        "The deadline `targetDate` is that of the SLA, with opening hours of its own.",
    ),
    without=("oordeel_verschil", "vast_contactpersoon", "richting_gegeven"),
    example="""\
[[bron]]
naam = "topdesk"
soort = "topdesk"
adres = "https://haarlem.topdesk.net/"
gebruiker = "regiebord"
sleutel_omgeving = "TOPDESK_WACHTWOORD"

[bron.waarden.kanaal]
"Telefonisch" = "telefoon"

[bron.waarden.afdeling]               # only these groups are read
"Team Burgerzaken" = "Burgerzaken"

[bron.waarden.afgehandeld_door]       # a group, else firstLine or secondLine
"firstLine" = "kcc"
"Team Burgerzaken" = "afdeling"
""",
)
PATH = "tas/api/incidents"
FIELDS = Fields("id", "modificationDate")
ASKED = (
    "id,status,entryType,callType,category,subcategory,operatorGroup,callDate,creationDate,"
    "modificationDate,targetDate,onHold,onHoldDate,responded,responseDate,completed,completedDate,"
    "closed,closedDate,mainIncident"
)
"""No caller, operator, request or description is ever asked for."""
NAMES = ("kanaal", "onderwerp", "afdeling", "soort", HANDLER)
USUAL = {HANDLER: {"firstLine": "kcc", "secondLine": "afdeling"}}
PAGE, SMALLEST, LARGEST = 1000, 2, 10_000


@dataclass(frozen=True)
class Topdesk:
    """One TOPdesk; `overlap` is in seconds, `page` in incidents."""

    naam: str
    service: Service
    wording: Wording
    page: int = PAGE
    overlap: float = 600.0
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the incidents that changed since the cursor."""
        return self.service.walk(lambda web: self._batches(web, cursor, now))

    def _batches(self, web: Web, cursor: Cursor, now: int) -> Iterator[Batch]:
        begin, found = Here(*cursor.get("vanaf", [0])), 0
        since = begin.since
        for rows, here in changes(partial(self._ask, web), FIELDS, begin):
            since, found = here.since, found + len(rows)
            batch = batch_of(rows, PATH, FIELDS.key, self.parse, now)
            yield replace(batch, cursor={"vanaf": list(here)}, seen=())
        again = max(0, since - int(self.overlap)) if found or begin.skip else since
        yield Batch(cursor={"vanaf": [again]}, complete=True)

    def _ask(self, web: Web, since: int, skip: int) -> tuple[Rows, bool]:
        params: dict[str, str | int] = {
            "query": f"{FIELDS.changed}=ge={as_utc(since)}",
            "sort": f"{FIELDS.changed}:asc,{FIELDS.key}:asc",
            "fields": ASKED,
            "pageSize": self.page,
            "start": skip,
        }
        answer = web.get(PATH, params)
        return rows_of(answer.body, PATH), answer.status == HTTPStatus.PARTIAL_CONTENT

    def parse(self, item: Item) -> Ticket | None:
        """Make a ticket; None when it is a part of another incident."""
        if item.raw("mainIncident"):
            return None
        group = "operatorGroup.name"
        reported = item.instant("callDate")
        return Ticket(
            key=item.key("id"),
            version=item.moment("modificationDate"),
            received_at=item.moment("creationDate") if reported is None else reported,
            due_at=item.instant("targetDate"),
            closed_at=_closed(item),
            kanaal=self.wording.text("kanaal", item, "entryType.name"),
            onderwerp=self.wording.text("onderwerp", item, "subcategory.name", "category.name"),
            afdeling=self.wording.listed("afdeling", item, group),
            soort=self.wording.listed("soort", item, "callType.name"),
            handler=self.wording.handler(item, group, "status"),
            events=tuple(_events(item)),
        )


def _closed(item: Item) -> int | None:
    """Return when it was completed, or closed without that; a date of an undone step stays."""
    for step, at in (("completed", "completedDate"), ("closed", "closedDate")):
        if item.flag(step):
            found = item.instant(at, up=True)
            if found is not None:
                return found
    return None


def _events(item: Item) -> Iterator[Event]:
    if item.flag("responded") and (at := item.instant("responseDate")) is not None:
        yield Event(int(Happening.BEVESTIGD), at)
    if item.flag("onHold") and (at := item.instant("onHoldDate")) is not None:
        yield Event(int(Happening.OPGESCHORT), at)


def build(naam: str, options: Options, surroundings: Surroundings) -> Topdesk:
    """Build the source from its [[bron]] block."""
    auth = options.text("gebruiker"), secret(options, surroundings.environment)
    return Topdesk(
        naam,
        service(options, auth=auth),
        wording(options, NAMES, USUAL),
        options.number("paginagrootte", PAGE, SMALLEST, LARGEST),
        options.seconds("overlap", 600.0),
        options.seconds("interval", INTERVAL_S),
    )
