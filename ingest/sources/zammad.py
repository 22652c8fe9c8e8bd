"""Zammad: the tickets that changed, asked of its own database, and once a day the whole list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ingest.about import About
from ingest.changes import Fields, Here, Rows, Unproven, changes, key_of
from ingest.local_time import as_utc
from ingest.numbered_list import Reached, Shifted, numbered
from ingest.options import DAY_S, Options
from ingest.privacy import People
from ingest.row_batches import batch_of, rows_of
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings, Sweep
from ingest.web import BudgetSpent, Service, Web
from ingest.zammad_ticket import Parser, parser

SOORT = "zammad"
ABOUT = About(
    title="Zammad",
    reads="Tickets with their channel, group, state, deadline and first response. Built from the "
    "documentation and the source of Zammad, not yet tried on a live one.",
    feeds="vragen: received, deadline, confirmed, closed, reopened, repeat contact",
    rights="An access token of an agent with `ticket.agent`, and read on the groups that count.",
    cadence="every 5 minutes what changed, by `condition` on `updated_at`; once a day all tickets",
    lag="10 minutes are read again; a deleted or merged ticket goes at the daily round",
    traps=(
        (
            "A `query` needs Elasticsearch and lags behind; without it nothing is found, silently. "
            "A `condition` goes to the database. When what comes back does not prove that it was "
            "understood, the whole list is read instead."
        ),
        "The list of tickets cannot be sorted and gives 100 at a time; a deletion shifts it.",
        (
            "`close_at` is the first close and stays after a reopening; the state says whether it "
            "is open. Before `last_close_at` existed, a second close is not to be known."
        ),
        "`close_diff_in_min` is in business minutes of the SLA; ours counts the deadline itself.",
        "The title is free text and is never read: put the topic in a field of its own.",
    ),
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
FIELDS = Fields("id", "updated_at")
PATH = "api/v1/tickets"
FIRST = Reached()


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
        with self.service.open() as web:
            try:
                yield from self._batches(web, dict(cursor), now)
            except BudgetSpent:
                return

    def _batches(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        if "loopt" not in cursor and now - cursor.get("ronde", 0) < self.round_s:
            try:
                yield from self._changed(web, cursor, now)
                return
            except Unproven:
                cursor = {}
        yield from self._all(web, cursor, now)

    def _changed(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        begin, found = Here(*cursor["vanaf"]), 0
        since = begin.since
        for rows, here in changes(partial(_search, web), FIELDS, begin):
            since, found = here.since, found + len(rows)
            yield replace(self._batch(rows, now), cursor={**cursor, "vanaf": list(here)})
        if not found and not begin.skip:
            raise Unproven("ook het laatst gewijzigde ticket komt niet terug")
        yield Batch(cursor={**cursor, "vanaf": [self._before(since)]}, complete=True)

    def _all(self, web: Web, cursor: dict[str, Any], now: int) -> Iterator[Batch]:
        """Walk the list in the order of its numbers, over several runs if need be."""
        begun, newest, *at = cursor.get("loopt") or [now, 0, *FIRST]
        place = Reached(*at)
        try:
            for rows, reached in numbered(partial(_page, web), _key, place):
                batch, place = self._batch(rows, now), reached
                newest = max([newest, *(ticket.version for ticket in batch.tickets)])
                part = Sweep.BEGINS if place.page == FIRST.page + 1 else Sweep.GOES_ON
                walk = {"loopt": [begun, newest, *place]}
                yield replace(batch, cursor=walk, sweep=part)
        except Shifted:
            yield Batch(cursor={})
            return
        after = {"vanaf": [self._before(min(begun, newest))], "ronde": begun}
        ends = Sweep.ALL if place == FIRST else Sweep.ENDS
        yield Batch(cursor=after, sweep=ends, complete=True)

    def _before(self, instant: int) -> int:
        return max(0, instant - int(self.overlap))

    def _batch(self, rows: Rows, now: int) -> Batch:
        return batch_of(rows, PATH, FIELDS.key, self.parse, now)


def _search(web: Web, since: int, skip: int) -> tuple[Rows, bool]:
    if skip + 1 >= PAGE:
        raise Unproven(f"meer dan {PAGE} tickets veranderden in een seconde")
    rows = _rows(
        web,
        f"{PATH}/search",
        {
            "condition[ticket.updated_at][operator]": "after (absolute)",
            "condition[ticket.updated_at][value]": as_utc(since),
            "sort_by": "updated_at,id",
            "order_by": "asc,asc",
            "page": 1,
        },
    )
    return rows[skip:], len(rows) >= PAGE


def _page(web: Web, number: int) -> Rows:
    return _rows(web, PATH, {"page": number})


def _rows(web: Web, path: str, params: dict[str, str | int]) -> Rows:
    return rows_of(web.get(path, {**params, "per_page": PAGE, "expand": "true"}).body, path)


def _key(row: object) -> str:
    return key_of(row, FIELDS.key)


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
