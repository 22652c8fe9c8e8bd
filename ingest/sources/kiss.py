"""The contact moments that KISS keeps for management information: what was asked, how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import jwt

from ingest.about import About
from ingest.json_item import Item
from ingest.json_rows import batch, parsed
from ingest.numbered_pages import Page, pages
from ingest.options import DAY_S, Options
from ingest.records import Ticket
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings
from ingest.web import Params, Service, Web
from ingest.wording import HANDLER, LENGTHS, Wording, wording

SOORT = "kiss"
PATH = "api/contactmomentendetails"
ROLE = "ExternSysteem"
SHORTEST_KEY, TOKEN_S = 32, 300
LARGEST_PAGE = 5000
LONGEST_TITLE = 5000
TRIED_S = 3 * DAY_S
"""A weekend does not hide that there are contacts."""
USUAL = {
    HANDLER: {
        "Zelfstandig afgehandeld": "kcc",
        "Doorverbonden": "doorgezet",
        "Contactverzoek gemaakt": "doorgezet",
        "Terugbelnotitie gemaakt": "doorgezet",
    }
}
ABOUT = About(
    title="KISS (Klantinteractie-Servicesysteem)",
    reads="`GET /api/contactmomentendetails`, the management information of KISS: when a contact"
    " began and ended, its result, the source that answered it, the department. Never the employee,"
    " the question as it was typed, or the sources consulted.",
    feeds="Questions (`vraag`): one per contact, settled at its end; passed on when the result says"
    " so (`[bron.waarden.afgehandeld_door]`).",
    rights="The key in `MANAGEMENTINFORMATIE_API_KEY` of KISS; it opens nothing else. KISS needs"
    " at least 32 characters.",
    cadence="Every five minutes: one request for the last day (`overlap`).",
    lag="A contact shows when the employee completes it, under the moment at which it began. What"
    " is completed later than `overlap` is missed.",
    traps=(
        "KISS writes its contacts to Open Klant too: set `klantcontacten = false` there.",
        "There is no channel: `kanaal` names it for all contacts.",
        "A result that is in no table leaves it unknown who settled the question.",
        "KISS does not tell what was removed from it.",
    ),
    without=(
        *("in_een_keer_goed", "ontvangst_bevestigd", "terugbellen"),
        *("oordeel_verschil", "vast_contactpersoon", "richting_gegeven"),
    ),
    example="""[[bron]]
naam = "kiss"
soort = "kiss"
adres = "https://kiss.gemeente.nl"
sleutel_omgeving = "KISS_SLEUTEL"
""",
)


@dataclass(frozen=True)
class Kiss:
    """One KISS. `history` says how far back to begin, `overlap` how far to look back again (s)."""

    naam: str
    service: Service
    key: str = field(repr=False)
    wording: Wording
    kanaal: str = "telefoon"
    page_size: int = LARGEST_PAGE
    history: float = 400.0 * DAY_S
    overlap: float = DAY_S
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the contacts of each day since the cursor, and once more those of the overlap."""
        began = monotonic()
        service = replace(self.service, headers=lambda: self._token(now + int(monotonic() - began)))
        return service.walk(lambda web: self._days(web, dict(cursor), now))

    def _days(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        """Read day by day: a window that lies in the past does not move while it is paged.

        A trial looks at the last days, as the oldest may have been before there was a KISS.
        """
        begin = cursor.get("van", now - int(TRIED_S if web.trial else self.history))
        while True:
            end = cursor.get("tot", max(begin, min(begin + DAY_S, now)))
            window, place = (
                self._window(begin, end),
                (cursor.get("pagina", 1), cursor.get("aantal")),
            )
            for page in pages(web, PATH, window, *place):
                cursor = self._after(page, begin, end, now)
                found, done = parsed(page.rows, PATH, "id", self._ticket), page.last and end >= now
                yield batch(found, cursor, now, len(page.rows), complete=done)
            if end >= now:
                return
            begin = end

    def _window(self, begin: int, end: int) -> Params:
        return {"from": _written(begin), "to": _written(end), "pageSize": self.page_size}

    def _after(self, page: Page, begin: int, end: int, now: int) -> dict[str, Any]:
        if not page.last:
            return {"van": begin, "tot": end, "pagina": page.number + 1, "aantal": page.total}
        return {"van": end if end < now else now - int(self.overlap)}

    def _ticket(self, item: Item) -> Ticket:
        return Ticket(
            key=item.key("id"),
            version=0,
            received_at=item.moment("startdatum"),
            closed_at=item.moment("einddatum"),
            kanaal=self.kanaal,
            onderwerp=self._topic(item),
            afdeling=self.wording.text("afdeling", item, "verantwoordelijkeAfdeling"),
            handler=self.wording.handler(item, "gespreksresultaat"),
        )

    def _topic(self, item: Item) -> str:
        """Return the title of what answered it; what was typed about it is never read."""
        title = item.text("vraag", LONGEST_TITLE)
        return self.wording.values["onderwerp"].get(title, title)[: LENGTHS["onderwerp"]]

    def _token(self, at: int) -> Mapping[str, str]:
        claims = {"iat": at, "exp": at + TOKEN_S, "role": ROLE}
        return {"Authorization": f"Bearer {jwt.encode(claims, self.key, 'HS256')}"}


def _written(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def build(naam: str, options: Options, surroundings: Surroundings) -> Kiss:
    """Build the source from its [[bron]] block."""
    key = secret(options, surroundings.environment)
    if key and len(key.encode()) < SHORTEST_KEY:
        options.wrong("sleutel", f"is korter dan {SHORTEST_KEY} tekens; zo neemt KISS hem niet aan")
    return Kiss(
        naam=naam,
        service=service(options),
        key=key,
        wording=wording(options, ("onderwerp", "afdeling", HANDLER), USUAL),
        kanaal=options.text("kanaal", "telefoon"),
        page_size=options.number("paginagrootte", LARGEST_PAGE, 1, LARGEST_PAGE),
        history=options.seconds("dagen_terug", 400.0) * DAY_S,
        overlap=options.seconds("overlap", DAY_S),
        interval=options.seconds("interval", INTERVAL_S),
    )
