"""The same answers from pandas, DuckDB and plain SQL on the raw rows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pandas as pd

from tests.bench.pandas_wall import PandasWall, SortedPandasWall
from tests.bench.world import ORGANISATION

COLUMNS = [
    "arrived_at",
    "day",
    "slot",
    "wachtrij",
    "afdeling",
    "outcome",
    "wait_s",
    "talk_s",
    "left_at",
    "transferred",
    "answer_norm_s",
    "short_s",
    "open",
]
TICKET = ["received_at", "due_at", "closed_at", "complexity", "handler"]
STAFFING = ["token", "presence", "begins_at", "ends_at"]
SUMS = """
    count(*) filter (where outcome in (1, 2, 3)) as aangeboden,
    count(*) filter (where outcome = 1) as opgenomen,
    count(*) filter (where outcome = 2) as afgehaakt,
    count(*) filter (where outcome = 3) as overgelopen,
    count(*) filter (where outcome = 1 and wait_s <= answer_norm_s) as binnen,
    count(*) filter (where outcome = 1 and wait_s <= 60) as binnen_60,
    count(*) filter (where outcome = 2 and wait_s <= short_s) as kort,
    count(*) filter (where outcome = 2 and wait_s <= answer_norm_s) as afgehaakt_binnen,
    count(*) filter (where outcome = 1 and transferred = 1) as doorverbonden,
    sum(wait_s) filter (where outcome = 1) as gewacht,
    sum(wait_s) filter (where outcome = 2) as gewacht_afhakers,
    sum(talk_s) filter (where outcome = 1) as gesproken
"""


class Peers:
    """All rows loaded the way each peer likes best; loading is not timed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with sqlite3.connect(path) as connection:
            query = f"SELECT {', '.join(COLUMNS)} FROM call"  # noqa: S608
            self.frame = pd.read_sql(query, connection)
            tickets = f"SELECT {', '.join(TICKET)} FROM ticket"  # noqa: S608
            frames = (
                pd.read_sql(tickets, connection),
                pd.read_sql(f"SELECT {', '.join(STAFFING)} FROM staffing", connection),  # noqa: S608
            )
        self.frame["wachtrij"] = self.frame["wachtrij"].astype("category")
        self.frame["afdeling"] = self.frame["afdeling"].astype("category")
        self.frame["maand"] = _months(self.frame["day"])
        self.filtered = PandasWall(self.frame, *frames)
        self.ordered = SortedPandasWall(self.frame, *frames)
        self.duck = duckdb.connect()
        self.duck.register("frame", self.frame.astype({"wachtrij": str, "afdeling": str}))
        self.duck.execute("CREATE TABLE call AS SELECT * FROM frame")
        self.duck.unregister("frame")

    def pandas_trend(self) -> None:
        """Every telephone figure by month."""
        frame, outcome, wait = self.frame, self.frame["outcome"], self.frame["wait_s"]
        answered, left = outcome == 1, outcome == 2
        sums = pd.DataFrame(
            {
                "maand": frame["maand"],
                "aangeboden": outcome.isin([1, 2, 3]),
                "opgenomen": answered,
                "afgehaakt": left,
                "overgelopen": outcome == 3,
                "binnen": answered & (wait <= frame["answer_norm_s"]),
                "binnen_60": answered & (wait <= 60),
                "kort": left & (wait <= frame["short_s"]),
                "afgehaakt_binnen": left & (wait <= frame["answer_norm_s"]),
                "doorverbonden": answered & (frame["transferred"] == 1),
                "gewacht": wait.where(answered, 0),
                "gewacht_afhakers": wait.where(left, 0),
                "gesproken": frame["talk_s"].where(answered, 0),
            }
        )
        sums.groupby("maand").sum()
        frame.groupby("maand")["wait_s"].quantile([0.5, 0.9], interpolation="lower")

    def duckdb_trend(self) -> None:
        """Every telephone figure by month, in one statement."""
        self.duck.execute(
            f"SELECT maand, {SUMS}, quantile_disc(wait_s, [0.5, 0.9]) "  # noqa: S608
            "FROM call WHERE open = 1 GROUP BY maand ORDER BY maand"
        ).fetchall()

    def sqlite_trend(self) -> None:
        """Every telephone figure by month, with a window for the quantiles."""
        month = "cast(strftime('%Y%m', arrived_at, 'unixepoch') as integer)"
        with sqlite3.connect(self.path) as connection:
            where = f"FROM call WHERE organisation = {ORGANISATION} AND open = 1"
            connection.execute(f"SELECT {month} AS maand, {SUMS} {where} GROUP BY 1").fetchall()
            connection.execute(
                f"SELECT maand, min(wait_s) FILTER (WHERE share >= 0.5),"  # noqa: S608
                f" min(wait_s) FILTER (WHERE share >= 0.9) FROM (SELECT {month} AS maand, wait_s,"
                f" cume_dist() OVER (PARTITION BY {month} ORDER BY wait_s) AS share {where})"
                " GROUP BY maand"
            ).fetchall()


def _months(days: pd.Series[int]) -> pd.Series[int]:
    dates = pd.to_datetime(days - 719163, unit="D")
    return dates.dt.year * 100 + dates.dt.month
