"""Exports the wabo-receipt event log to one row per case, as the tickets_csv source reads it.

The log repeats the case on each of its events; the first event of a case says it all.

    python tests/wabo_cases.py receipt.csv zaken.csv               every case
    python tests/wabo_cases.py receipt.csv zaken.csv --afgerond    only those that were closed
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

COLUMNS = {
    "zaaknummer": "case:concept:name",
    "startdatum": "case:startdate",
    "deadline": "case:deadline",
    "einddatum": "case:enddate",
    "kanaal": "case:channel",
    "afdeling": "case:department",
}


def export(log: Path, target: Path, closed_only: bool = False) -> int:
    """Write one row per case; return how many."""
    with log.open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    cases = {event[COLUMNS["zaaknummer"]]: event for event in reversed(events)}
    kept = [case for case in cases.values() if case[COLUMNS["einddatum"]] or not closed_only]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([case[theirs] for theirs in COLUMNS.values()] for case in kept)
    return len(kept)


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]), "--afgerond" in sys.argv)
