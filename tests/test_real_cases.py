"""Real case exports, read through configuration alone, give the verdict of those who made them."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.schema import ticket
from data.settings import load
from data.store import open_engine
from tests.wabo_cases import export

ROOT = Path(__file__).parents[1]
BOSTON = """
[[bron]]
naam = "boston"
soort = "tickets_csv"
pad = "{pad}"
tijdzone = "America/New_York"
scheiding = ","
[bron.kolommen]
id = "case_enquiry_id"
ontvangen = "open_dt"
uiterlijk = "sla_target_dt"
gesloten = "closed_dt"
kanaal = "source"
onderwerp = "type"
afdeling = "department"
"""
WABO = """
[[bron]]
naam = "vergunningen"
soort = "tickets_csv"
pad = "{pad}"
[bron.kolommen]
id = "zaaknummer"
ontvangen = "startdatum"
uiterlijk = "deadline"
gesloten = "einddatum"
kanaal = "kanaal"
afdeling = "afdeling"
"""


class Town:
    """A configured installation in a folder, used through its command line."""

    def __init__(self, folder: Path, sources: str) -> None:
        (folder / "bronnen.toml").write_text(sources, "utf-8")
        self.environment = {
            **os.environ,
            "REGIEBORD_CONFIG": str(folder),
            "REGIEBORD_OPSLAG": str(folder),
            "REGIEBORD_DATABASE_URL": f"sqlite:///{folder / 'regiebord.sqlite'}",
        }

    def run(self, *command: str) -> Any:
        """Run a command of ours; return what it printed as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", *command, "--json"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def in_term(self, *how: str) -> list[dict[str, Any]]:
        """Ask which part was answered in time, long after all deadlines."""
        when = ("--van", "2010-01-01", "--tot", "2018-01-01", "--nu", "2020-01-01")
        answer: list[dict[str, Any]] = self.run("metrics", "ask", "binnen_termijn", *when, *how)
        return answer

    def verdicts(self) -> dict[str, bool]:
        """Return per ticket whether it was late: open after its deadline, or closed after it."""
        settings = load(self.environment)
        engine = open_engine(settings.database_url)
        query = select(ticket.c.key, ticket.c.due_at, ticket.c.closed_at).where(
            ticket.c.organisation == settings.organisation
        )
        with engine.connect() as connection:
            rows = connection.execute(query).all()
        engine.dispose()
        return {
            key: due is not None and (closed is None or closed > due) for key, due, closed in rows
        }


def made_of(reading: dict[str, Any]) -> tuple[int, int]:
    """Return numerator and denominator."""
    return reading["teller"], reading["noemer"]


# ── Boston: 13,715 requests with the city's own verdict ────────────────────────────────────


def test_boston_agrees_with_its_own_verdict_on_every_request(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "boston-311" / "requests-2015-2016.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        requests = list(csv.DictReader(lines))
    town = Town(tmp_path, BOSTON.format(pad=file))
    (run,) = town.run("ingest", "once")
    assert (run["written"], run["rejected"], run["error"]) == (13_715, 0, "")

    # the figure: of the requests with a target, those that the city calls ONTIME
    (whole,) = town.in_term()
    assert made_of(whole) == (6_263, 7_536)
    assert whole["value"] == 6_263 / 7_536

    # row by row; a request without a target is never late, for the city and for us
    late = town.verdicts()
    theirs = {row["case_enquiry_id"]: row["on_time"] == "OVERDUE" for row in requests}
    assert late == theirs

    # per department the city's own counts
    targeted = [row for row in requests if row["sla_target_dt"]]
    every = Counter(row["department"] for row in targeted)
    on_time = Counter(row["department"] for row in targeted if row["on_time"] == "ONTIME")
    told = {
        reading["cut"]["afdeling"]: made_of(reading)
        for reading in town.in_term("--op", "afdeling", "--alles")
    }
    assert told == {name: (on_time[name], every[name]) for name in every}


# ── wabo-receipt: 1,434 permit cases of a Dutch municipality ───────────────────────────────


@pytest.mark.parametrize(
    ("closed_only", "rows", "told"),
    [
        (True, 1_329, (952, 1_329)),  # what the municipality can look back on
        (False, 1_434, (952, 1_434)),  # the 105 that are open after their deadline are late too
    ],
)
def test_permits_in_term_follow_from_the_log(
    shared_data: Path, tmp_path: Path, closed_only: bool, rows: int, told: tuple[int, int]
) -> None:
    zaken = tmp_path / "zaken.csv"
    log = shared_data / "wabo-receipt" / "receipt.csv"
    assert export(log, zaken, closed_only) == rows
    town = Town(tmp_path, WABO.format(pad="zaken.csv"))
    (run,) = town.run("ingest", "once")
    assert (run["written"], run["rejected"], run["error"]) == (rows, 0, "")
    (whole,) = town.in_term()
    assert made_of(whole) == told
    late = sum(town.verdicts().values())
    assert late == rows - told[0]
