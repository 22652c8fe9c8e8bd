"""Calls or questions in any database that SQLAlchemy reaches, mapped by configuration."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ingest.about import About
from ingest.options import Options
from ingest.source import Batch, Cursor, Surroundings
from ingest.sql_access import ROWS, View
from ingest.sql_options import contents, order, overlap, view
from ingest.sql_rows import Contents, Table
from ingest.sql_values import begin, farthest, local

SOORT = "sql_view"
INTERVAL_S = 60.0
ABOUT = About(
    title="A view in a database",
    reads="A table or view with a row per call or per question, in any database for which "
    "SQLAlchemy has a driver: Asterisk realtime, Cisco UCCX, Anywhere365, 3CX, a warehouse. "
    "No column name is built in. PostgreSQL and SQLite work as installed.",
    feeds='Calls (`voedt = "gesprek"`) or questions (`voedt = "vraag"`). Not who waits now, and no '
    "staffing.",
    rights="An account that may read the one view and nothing else. Only a SELECT of the columns "
    "named is sent; PostgreSQL and SQLite are opened read-only besides.",
    cadence="Every `interval` (60 s), from the highest value of `oplopend` that was read, less the "
    "`overlap`: 3 hours, or 1000 where the column holds numbers. A tail without changes is not "
    "written again.",
    lag="What is added or changed below the overlap is not seen. Without `oplopend` the column of "
    "`gewijzigd` is followed, else that of `ontvangen`. What is deleted keeps counting.",
    traps=(
        "One row per key: the view must fold the legs of a call; of equal keys the last stands.",
        "Local times without offset: name the `tijdzone` and keep the overlap above an hour.",
        "Of the doubled hour the first is taken, unless a call would end before it begins.",
        "A number that rises says nothing of a row that changes later; follow a moment of change.",
        "A call without end, answer or outcome is left out until it has one.",
        "Asterisk CDR cannot tell answered from abandoned; make the view of `queue_log`.",
        'UCCX writes UTC (`tijdzone = "UTC"`), and its codes for outcomes must be verified.',
    ),
    without=(
        *("wachtenden", "langst_wachtende", "gesprekken_nu"),
        *("medewerkers_beschikbaar", "medewerkers_pauze"),
    ),
    example="""
[[bron]]
naam = "telefonie"
soort = "sql_view"
adres_omgeving = "CENTRALE_DATABASE"
tabel = "regiebord_gesprekken"
tijdzone = "UTC"
oplopend = "startdatetime"
overlap = 10800
[bron.kolommen]
id = ["sessionid", "sessionseqnum", "nodeid"]
ontvangen = "startdatetime"
beeindigd = "enddatetime"
wachttijd = "queuetime"
gesprekstijd = "talktime"
wachtrij = "csqname"
afloop = "contactdisposition"
telefoon = "originatordn"
[bron.waarden.afloop]
1 = "afgehaakt"
2 = "opgenomen"
""",
)


@dataclass(frozen=True)
class SqlView:
    """One table or view; `order` is its column that rises, `overlap` how far back is read again."""

    naam: str
    view: View
    contents: Contents
    order: str
    overlap: int | None
    feeds: tuple[str, ...]
    interval: float = INTERVAL_S
    soort: str = SOORT

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the rows from the cursor on; what was read before and is the same, is not told."""
        with self.view.reading() as connection:
            yield from self._batches(connection, cursor, now)

    def _batches(self, connection: Connection, cursor: Cursor, now: int) -> Iterator[Batch]:
        table = Table.of(self.view.columns(connection), self.contents, self.view.name, self.order)
        mark, image = cursor.get("na"), 0
        since, clock = begin(mark, self.overlap), local(now, self.contents.layout.zone)
        for part in self.view.rows(connection, table.names, table.order, since):
            image = _image(part, image)
            if len(part) < ROWS and image == cursor.get("beeld"):
                break
            for row in part:
                mark = farthest(mark, row[table.order], clock)
            yield table.batch(part, {"na": mark}, now)
        yield Batch(cursor={"na": mark, "beeld": image}, complete=True)


def _image(part: Sequence[Sequence[Any]], before: int) -> int:
    """Return a number that tells whether these rows differ from those of another time."""
    return zlib.crc32(repr(part).encode("utf-8", "replace"), before)


def build(naam: str, options: Options, surroundings: Surroundings) -> SqlView:
    """Build the source from its [[bron]] block."""
    held = contents(options, surroundings)
    return SqlView(
        naam,
        view(options, surroundings.environment),
        held,
        order(options, held),
        overlap(options),
        (held.feeds,),
        options.seconds("interval", INTERVAL_S),
    )
