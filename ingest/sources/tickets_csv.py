"""Any case or ticket export as CSV or CSV.gz, mapped by configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from ingest.about import About
from ingest.csv_files import CsvFiles
from ingest.json_rows import moments
from ingest.layout import Cells, Layout
from ingest.layout_options import layout
from ingest.options import Options
from ingest.privacy import People
from ingest.source import Batch, Cursor, Surroundings
from ingest.ticket_rows import COLUMNS, REQUIRED, VALUED, Parser

SOORT = "tickets_csv"
ROWS_PER_BATCH = 5000

ABOUT = About(
    title="Cases or tickets as CSV",
    reads="Any export with a row per question: CSV or CSV.gz, one file or those of a pattern. "
    "Which column is what, and which word means what, is configuration.",
    feeds="Questions, their terms, promises and lead times; how much depends on the columns named.",
    rights="Reading the files and listing their folder; nothing in the system that exports.",
    cadence="Every file is looked at each `interval` (5 s) and read when its size, time or inode "
    "changed.",
    lag="That of the export. A row may change or come later; of two rows with one id the newest "
    "by `gewijzigd` stands, without that column the last one read.",
    traps=(
        "A file that is read while it is being written is read again when it has changed.",
        "A row that is no longer in the export keeps counting: an export is not taken to be whole.",
        "Times without an offset are local to `tijdzone`; of the doubled hour the first is taken.",
        "A column that disappears stops the source, and the message names the nearest.",
    ),
    without=("oordeel_verschil",),
    example="""
[[bron]]
naam = "zaken"
soort = "tickets_csv"
pad = "export/zaken-*.csv"
[bron.kolommen]
id = "Zaaknummer"
ontvangen = "Registratiedatum"
gesloten = "Einddatum"
kanaal = "Ontvangstkanaal"
onderwerp = "Zaaktype"
gewijzigd = "Laatst gewijzigd"
[bron.waarden.kanaal]
"Tel." = "telefoon"
""",
)


@dataclass(frozen=True)
class TicketsCsv:
    """One export, in one file or several that a pattern names."""

    naam: str
    files: CsvFiles
    layout: Layout
    people: People
    interval: float = 5.0
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the tickets of each file that changed since the cursor."""
        return self.files.batches(cursor, partial(self._file, now))

    def _file(self, now: int, file: Path, cursor: Cursor) -> Iterator[Batch]:
        header, lines = self.files.table(file)
        places = self.layout.places(header, file.name)
        parse = Parser(Cells(self.layout, places), self.people)
        yield Batch(cursor=cursor, replaces=f"{file.name}:")
        while chunk := list(islice(lines, ROWS_PER_BATCH)):
            tickets, rejected = parse.all(chunk, file.name)
            yield Batch(
                cursor=cursor,
                tickets=tickets,
                rejected=rejected,
                read=len(chunk),
                oldest=min((ticket.received_at for ticket in tickets), default=None),
                newest=max(moments(tickets, now), default=None),
            )


def build(naam: str, options: Options, surroundings: Surroundings) -> TicketsCsv:
    """Build the source from its [[bron]] block."""
    return TicketsCsv(
        naam,
        CsvFiles.of(options),
        layout(options, COLUMNS, REQUIRED, VALUED),
        People(surroundings.key),
        options.seconds("interval", 5.0),
    )
