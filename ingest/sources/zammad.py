"""Zammad: the tickets that changed, asked of its own database, and once a day the whole list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ingest.about import About
from ingest.changes import Fields, Here, Rows, Unproven, changes
from ingest.local_time import as_utc
from ingest.options import DAY_S, Options
from ingest.privacy import People
from ingest.row_batches import batch_of, rows_of
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings, Sweep
from ingest.web import Service, Web
from ingest.zammad_ticket import Parser, parser

SOORT = "zammad"
ABOUT = About(
    title="Zammad",
    reads="`tickets` with their channel, group, state, deadline and first response; of who asked,"
    " only a pseudonym. Never a title, an article, an owner or a name. Made from the documentation"
    " and the source of Zammad; not yet tried on a live one.",
    feeds="Questions (`vraag`): one per ticket; confirmed by its first response, open again when"
    " its state says so. What is merged into another or removed does not count.",
    rights="An access token with `ticket.agent`, of a user that may only read groups that count.",
    cadence="Every five minutes two requests for what changed; once a day (`ronde`) all tickets are"
    " seen, so that deletions and merges show.",
    lag="Ten minutes (`overlap`) are read again each time. Deletions show within a day.",
    traps=(
        "A `query` finds nothing, silently, without Elasticsearch: a `condition` is asked instead.",
        "Where a condition proves vain all is read each time, and deletions do not show.",
        "`close_at` is the first close and stays after a reopening: the state says what is open.",
        "Versions without `last_close_at` do not tell of a second close.",
        "States have names of your own: one that is in no table is open.",
        "Its own verdict (`close_diff_in_min`, kept beside ours) is about the first close.",
        "The title is free text: the topic must be in a field with a list (`[bron.velden]`).",
    ),
    without=("digitaal_of_kcc", "in_een_keer_goed", "vast_contactpersoon", "richting_gegeven"),
    example="""\
[[bron]]
naam = "tickets"
soort = "zammad"
adres = "https://zammad.haarlem.nl/"
sleutel_omgeving = "ZAMMAD_SLEUTEL"
uiterlijk = "close_escalation_at"     # or first_response_escalation_at

[bron.velden]                         # fields of your own, with a list to choose from
onderwerp = "onderwerp"

[bron.waarden.kanaal]
"twitter status" = "sociale media"

[bron.waarden.stand]                  # what is not named here is open
"afgehandeld" = "gesloten"
""",
)
PAGE = 100
"""Rows per request; the list gives no more than this, whatever is asked."""
CHANGED, MADE = Fields("id", "updated_at"), Fields("id", "created_at")
PATH = "api/v1/tickets"


@dataclass(frozen=True)
class Zammad:
    """One Zammad; `overlap` and `round_s` are in seconds."""

    naam: str
    service: Service
    parse: Parser = field(repr=False)
    overlap: float = 600.0
    round_s: float = DAY_S
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield what changed; all there is at first, once a round, and when asking proves vain."""
        return self.service.walk(lambda web: self._batches(web, dict(cursor), now))

    def _batches(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        if "lijst" not in cursor:
            due = "loopt" in cursor or now - cursor.get("ronde", 0) >= self.round_s
            try:
                yield from (self._all if due else self._changed)(web, cursor, now)
                return
            except Unproven:
                cursor = {}
        yield from self._listed(web, cursor, now)

    def _changed(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        begin, found = Here(*cursor["vanaf"]), 0
        since = begin.since
        for rows, here in changes(partial(_search, web, CHANGED), CHANGED, begin):
            since, found = here.since, found + len(rows)
            yield replace(self._batch(rows, now), cursor={**cursor, "vanaf": list(here)})
        if not found and not begin.skip:
            raise Unproven("ook het laatst gewijzigde ticket komt niet terug")
        yield Batch(cursor={**cursor, "vanaf": [self._before(since)]}, complete=True)

    def _all(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        """Walk all tickets in the order in which they were made; what does not come is gone."""
        begun, newest, *at = cursor.get("loopt") or [now, 0, 0]
        begin, part = Here(*at), Sweep.GOES_ON if "loopt" in cursor else Sweep.BEGINS
        for rows, here in changes(partial(_search, web, MADE), MADE, begin):
            if not rows and part is Sweep.BEGINS:
                raise Unproven("er komt niets terug")
            batch = self._batch(rows, now)
            newest = _newest(newest, batch)
            yield replace(batch, cursor={"loopt": [begun, newest, *here]}, sweep=part)
            part = Sweep.GOES_ON
        yield Batch(cursor=self._after(begun, newest), sweep=Sweep.ENDS, complete=True)

    def _listed(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        """Read the list by page, over several runs if need be; what is gone does not show here."""
        begun, newest, page = cursor.get("lijst") or [now, 0, 1]
        while rows := _rows(web, PATH, {"page": page}):
            batch, page = self._batch(rows, now), page + 1
            newest = _newest(newest, batch)
            yield replace(batch, cursor={"lijst": [begun, newest, page]}, seen=())
        yield Batch(cursor=self._after(begun, newest), complete=True)

    def _after(self, begun: int, newest: int) -> dict[str, Any]:
        return {"vanaf": [self._before(min(begun, newest))], "ronde": begun}

    def _before(self, instant: int) -> int:
        return max(0, instant - int(self.overlap))

    def _batch(self, rows: Rows, now: int) -> Batch:
        return batch_of(rows, PATH, CHANGED.key, self.parse, now)


def _newest(known: int, batch: Batch) -> int:
    return max([known, *(ticket.version for ticket in batch.tickets)])


def _search(web: Web, fields: Fields, since: int, skip: int) -> tuple[Rows, bool]:
    """Ask until nothing more comes: a page that is not full proves nothing."""
    if skip + 1 >= PAGE:
        raise Unproven(f"meer dan {PAGE} tickets in een seconde")
    asked: dict[str, str | int] = {
        f"condition[ticket.{fields.changed}][operator]": "after (absolute)",
        f"condition[ticket.{fields.changed}][value]": as_utc(since),
        "sort_by": f"{fields.changed},{fields.key}",
        "order_by": "asc,asc",
        "page": 1,
    }
    rows = _rows(web, f"{PATH}/search", asked)
    return rows[skip:], bool(rows)


def _rows(web: Web, path: str, params: dict[str, str | int]) -> Rows:
    return rows_of(web.get(path, {**params, "per_page": PAGE, "expand": "true"}).body, path)


def build(naam: str, options: Options, surroundings: Surroundings) -> Zammad:
    """Build the source from its [[bron]] block."""
    token = secret(options, surroundings.environment)
    return Zammad(
        naam,
        service(options, headers=lambda: {"Authorization": f"Token token={token}"}),
        parser(options, People(surroundings.key)),
        options.seconds("overlap", 600.0),
        options.seconds("ronde", DAY_S),
        options.seconds("interval", INTERVAL_S),
    )
