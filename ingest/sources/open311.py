"""Open311 GeoReport v2: reports by when they were made, and again those that were still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from ingest.about import About
from ingest.changes import key_of
from ingest.json_item import Item
from ingest.local_time import as_utc
from ingest.options import DAY_S, Options
from ingest.records import Ticket
from ingest.row_batches import batch_of, rows_of
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, RowRejected, SourceChanged, Surroundings
from ingest.web import Service, Web
from ingest.wording import SHUT, STATE, VOID, Wording, wording

SOORT = "open311"
ABOUT = About(
    title="Open311 GeoReport v2",
    reads="`requests.json`: service, agency, dates and status of reports. Never a description, an"
    " address or a place. Made from the specification; not yet tried on a live one.",
    feeds="Questions (`vraag`) of the kind `melding`; the topic is the service.",
    rights="None for most services; else an API key that may read.",
    cadence="Every five minutes one request for the last day; once an hour each report that was"
    " open, by its number (`per_keer` at once).",
    lag="An hour, for the end of a report that is older than a day.",
    traps=(
        "There is no filter on change, and an answer stops silently, at 1000 rows or at 50.",
        "So a window with a number of reports at which services stop, is halved until it has not.",
        "Without dates the last 90 days come: a service that ignores ours is found out.",
        "There is no moment of closing: it is the last change of what is closed.",
        "A report older than a day that is opened again, or deleted, does not show.",
        "The numbers of what is open are kept with the place: 130 kB for 10,000 reports.",
    ),
    without=(
        *("in_een_keer_goed", "ontvangst_bevestigd", "digitaal_of_kcc", "terugbellen"),
        *("oordeel_verschil", "vast_contactpersoon", "richting_gegeven"),
    ),
    example="""\
[[bron]]
naam = "meldingen"
soort = "open311"
adres = "https://meldingen.haarlem.nl/open311/v2/"
jurisdictie = "haarlem.nl"            # where the service asks for it
# sleutel_omgeving = "OPEN311_SLEUTEL"
kanaal = "formulier"                  # GeoReport does not say through which channel
dagen = 365                           # so far back at first
per_keer = 50                         # numbers per question; 1 where only one can be asked

[bron.waarden.stand]                  # what is not named here is open
"fixed - council" = "gesloten"
"duplicate" = "vervallen"
""",
)
PATH = "requests.json"
KEY, MADE, CHANGED = "service_request_id", "requested_datetime", "updated_datetime"
NAMES = ("onderwerp", "afdeling", STATE)
USUAL = {STATE: {"closed": SHUT}}
EDGE_S = 60
"""So far windows overlap, as nobody says whether their ends count."""
SMALLEST_S, LARGEST_S = 60, 32 * DAY_S
HOUR_S, BACK_DAYS = 3600.0, 365
ROUND, FEW = 5, 16
State = dict[str, Any]


@dataclass(frozen=True)
class Open311:
    """One service; `overlap` and `again_s` are in seconds."""

    naam: str
    service: Service
    wording: Wording
    kanaal: str = ""
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    back_days: int = BACK_DAYS
    at_once: int = 50
    overlap: int = DAY_S
    again_s: float = HOUR_S
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the reports of each window up to now, and then those to look at again."""
        return self.service.walk(lambda web: self._batches(web, cursor, now))

    def _batches(self, web: Web, cursor: Cursor, now: int) -> Iterator[Batch]:
        begin = {"vanaf": now - self.back_days * DAY_S, "venster": DAY_S, "open": []}
        state: State = {**begin, "na": now, "op": "", **cursor}
        while state["vanaf"] < now:
            batch = self._window(web, state, now)
            state = dict(batch.cursor)
            yield batch
        if now - state["na"] >= self.again_s:
            for batch in self._again(web, state, now):
                state = dict(batch.cursor)
                yield batch
        yield Batch(cursor={**state, "vanaf": now - self.overlap}, complete=True)

    def _window(self, web: Web, state: State, now: int) -> Batch:
        begin = state["vanaf"]
        end = min(begin + state["venster"], now)
        asked = {"start_date": as_utc(begin - EDGE_S), "end_date": as_utc(end)}
        rows = rows_of(web.get(PATH, {**self.params, **asked}).body, PATH)
        _prove_window(rows, begin, end)
        span = end - begin
        if _may_be_cut_off(rows) and (span > SMALLEST_S or len(rows) > FEW):
            if span <= SMALLEST_S:
                raise SourceChanged(f"{PATH}: {len(rows)} of meer meldingen in een minuut")
            return Batch(cursor={**state, "venster": max(SMALLEST_S, span // 2)})
        after = {**state, "vanaf": end, "venster": min(LARGEST_S, state["venster"] * 2)}
        return self._batch(rows, after, now)

    def _again(self, web: Web, state: State, now: int) -> Iterator[Batch]:
        """Look at what was open, in the order of the numbers, over several runs if need be."""
        left = [key for key in state["open"] if key > state["op"]]
        for at in range(0, len(left), self.at_once):
            keys = left[at : at + self.at_once]
            batch = self._batch(self._by_key(web, keys), {**state, "op": keys[-1]}, now)
            state = dict(batch.cursor)
            yield batch
        yield Batch(cursor={**state, "op": "", "na": now})

    def _by_key(self, web: Web, keys: Sequence[str]) -> list[Any]:
        one = len(keys) == 1
        path = f"requests/{keys[0]}.json" if one else PATH
        asked = {} if one else {KEY: ",".join(keys)}
        answer = web.get(path, {**self.params, **asked}, (HTTPStatus.NOT_FOUND,))
        rows = rows_of(answer.body, PATH)
        if {key_of(row, KEY) for row in rows} - {*keys, ""}:
            raise SourceChanged(f"{PATH}: {KEY} wordt genegeerd; zet `per_keer = 1`")
        return rows

    def _batch(self, rows: list[Any], state: State, now: int) -> Batch:
        batch = batch_of(rows, PATH, KEY, self.parse, now)
        shut = {key_of(row, KEY) for row in rows}
        still = {ticket.key for ticket in batch.tickets if ticket.closed_at is None}
        known = sorted((set(state["open"]) - shut) | still)
        return replace(batch, cursor={**state, "open": known}, seen=())

    def parse(self, item: Item) -> Ticket | None:
        """Make a ticket; None when it no longer counts."""
        stand = self.wording.listed(STATE, item, "status")
        if stand == VOID:
            return None
        made, changed = item.moment(MADE), item.instant(CHANGED)
        return Ticket(
            key=item.key(KEY),
            version=made if changed is None else changed,
            received_at=made,
            due_at=item.instant("expected_datetime"),
            closed_at=item.moment(CHANGED) if stand == SHUT else None,
            kanaal=self.kanaal,
            onderwerp=self.wording.text("onderwerp", item, "service_name", "service_code"),
            afdeling=self.wording.text("afdeling", item, "agency_responsible"),
            soort="melding",
        )


def _may_be_cut_off(rows: list[Any]) -> bool:
    """Suspect the numbers at which services stop: 25, 100, 1000, 128 ..."""
    number = len(rows)
    return number > 0 and (number % ROUND == 0 or (number >= FEW and number & (number - 1) == 0))


def _prove_window(rows: list[Any], begin: int, end: int) -> None:
    """Allow a day on either side: some services know dates only."""
    for row in rows:
        try:
            made = Item.of(row).instant(MADE)
        except RowRejected:
            continue
        if made is not None and not begin - DAY_S <= made <= end + DAY_S:
            raise SourceChanged(f"{PATH}: start_date en end_date worden genegeerd")


def build(naam: str, options: Options, surroundings: Surroundings) -> Open311:
    """Build the source from its [[bron]] block."""
    params = {}
    if options.has("jurisdictie"):
        params["jurisdiction_id"] = options.text("jurisdictie")
    if any(options.has(f"sleutel{end}") for end in ("", "_omgeving", "_bestand")):
        params["api_key"] = secret(options, surroundings.environment)
    return Open311(
        naam,
        service(options),
        wording(options, NAMES, USUAL),
        options.text("kanaal", ""),
        params,
        options.number("dagen", BACK_DAYS, least=1),
        options.number("per_keer", 50, least=1),
        interval=options.seconds("interval", INTERVAL_S),
    )
