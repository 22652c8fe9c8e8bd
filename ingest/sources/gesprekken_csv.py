"""Exports of call details (Genesys, 3CX, Teams), mapped by configuration; rows fold into calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from ingest.about import About
from ingest.call_rows import CallParser, CallTable, Legs, call_table, take
from ingest.calls import moments_of_calls
from ingest.csv_files import CsvFiles
from ingest.layout import Cells
from ingest.options import Options
from ingest.privacy import Pseudonyms
from ingest.source import Batch, Cursor, Surroundings

SOORT = "gesprekken_csv"
ROWS_PER_BATCH = 5000
ABOUT = About(
    title="Call details as CSV",
    reads="Any export of calls: one row per call, or several that fold into one. Genesys, 3CX, "
    "Teams and others differ only in configuration.",
    feeds="Calls: received, answered, waits, talking time, transfers. Not who waits now, and no "
    "staffing. Teams call records have neither queue nor wait: they give the volume of the "
    "channel only, under `afloop_onbekend`; leave `afloop` and `opgenomen` out and give "
    '`wachtrij = "Teams"`.',
    rights="Reading the files and listing their folder; nothing in the exchange itself.",
    cadence="Every file is looked at each `interval` (5 s) and read when its size, time or inode "
    "changed.",
    lag="That of the export. A file that grew is folded anew, and only calls that differ are "
    "written.",
    traps=(
        "All rows of a call must be in one file; of one in two files the last one read stands.",
        "Of the outcomes of its rows a call has the best: answered, abandoned, overflowed ...",
        "A menu that answers is nobody: the `answer` of an Asterisk CDR is no `opgenomen`.",
        'Genesys: durations in ms (`duur = "milliseconden"`), other media too: [bron.alleen].',
        '3CX: UTC (`tijdzone = "UTC"`) and no header (`kop = false`, columns by number).',
        "3CX: `TerminatedBySrc` is said of who was answered too: name `opgenomen` as well.",
        "3CX: what counts as answered is unproven; compare with the exchange's own queue report.",
        "A party may be an employee; `alleen_genoemde = true`: only [bron.wachtrijen] are queues.",
    ),
    without=(
        *("wachtenden", "langst_wachtende", "gesprekken_nu"),
        *("medewerkers_beschikbaar", "medewerkers_pauze"),
    ),
    example="""
[[bron]]
naam = "telefonie"
soort = "gesprekken_csv"
pad = "export/cdr-*.csv"
kop = false
tijdzone = "UTC"
alleen_genoemde = true
[bron.kolommen]
id = 1
ontvangen = 4
opgenomen = 5
beeindigd = 6
afloop = 7
telefoon = 8
wachtrij = 11
[bron.waarden.afloop]
src_participant_terminated = "afgehaakt"
TerminatedBySrc = "afgehaakt"
[bron.waarden.wachtrij]
1010 = "burgerzaken"
[bron.wachtrijen.burgerzaken]
afdeling = "Burgerzaken"
""",
)


@dataclass(frozen=True)
class GesprekkenCsv:
    """One export, in one file or several that a pattern names."""

    naam: str
    files: CsvFiles
    table: CallTable
    pseudonym: Pseudonyms
    interval: float = 5.0
    soort: str = SOORT
    feeds: tuple[str, ...] = ("gesprek",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the calls of each file that changed since the cursor."""
        return self.files.batches(cursor, partial(self._file, now))

    def _file(self, now: int, file: Path, cursor: Cursor) -> Iterator[Batch]:
        """Read all rows of a file, then yield its calls: the rows of one may stand far apart."""
        header, lines = self.files.table(file)
        places = self.table.layout.places(header, file.name)
        parser = CallParser(Cells(self.table.layout, places), self.table, self.pseudonym)
        legs: Legs = {}
        yield Batch(cursor=cursor, replaces=f"{file.name}:")
        while chunk := list(islice(lines, ROWS_PER_BATCH)):
            kept, rejected = take(parser, chunk, file.name, legs)
            yield Batch(cursor=cursor, rejected=rejected, read=len(chunk) - kept)
        yield from self._calls(legs, cursor, now)

    def _calls(self, legs: Legs, cursor: Cursor, now: int) -> Iterator[Batch]:
        found = iter(legs.values())
        while chunk := list(islice(found, ROWS_PER_BATCH)):
            calls = [call for each in chunk if (call := self.table.call(each.values()))]
            moments = moments_of_calls(calls, now)
            oldest, newest = min(moments, default=None), max(moments, default=None)
            read = sum(map(len, chunk))
            yield Batch(cursor=cursor, calls=calls, read=read, oldest=oldest, newest=newest)


def build(naam: str, options: Options, surroundings: Surroundings) -> GesprekkenCsv:
    """Build the source from its [[bron]] block."""
    return GesprekkenCsv(
        naam,
        CsvFiles.of(options),
        call_table(options),
        Pseudonyms(surroundings.key),
        options.seconds("interval", 5.0),
    )
