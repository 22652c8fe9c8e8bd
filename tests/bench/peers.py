"""The same answers from pandas, DuckDB and plain SQL on the raw rows."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from data.calendar import midnight
from tests.bench.world import LAST_DAY, NOW, ORGANISATION

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
MONTH_BEGINS = midnight(date.fromordinal(LAST_DAY).replace(day=1).toordinal())
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
            self.tickets = pd.read_sql(tickets, connection)
        self.frame["wachtrij"] = self.frame["wachtrij"].astype("category")
        self.frame["afdeling"] = self.frame["afdeling"].astype("category")
        self.frame["maand"] = _months(self.frame["day"])
        self.duck = duckdb.connect()
        self.duck.register("frame", self.frame.astype({"wachtrij": str, "afdeling": str}))
        self.duck.execute("CREATE TABLE call AS SELECT * FROM frame")
        self.duck.unregister("frame")

    def pandas_wall(self) -> None:
        """What the wall asks, by filtering and grouping the whole frames."""
        self._pandas_today()
        self._pandas_normal_day()
        self._pandas_month()

    def _pandas_today(self) -> None:
        frame = self.frame
        day = frame[(frame["arrived_at"] >= midnight(LAST_DAY)) & (frame["arrived_at"] < NOW)]
        waiting = frame[
            (frame["arrived_at"] <= NOW)
            & (frame["arrived_at"] > NOW - 4 * 3600)
            & (frame["left_at"] > NOW)
        ]
        len(waiting), waiting["arrived_at"].min()
        day = day.assign(opgenomen=day["outcome"] == 1, aangeboden=day["outcome"].isin([1, 2, 3]))
        day.loc[day["opgenomen"], "wait_s"].mean()
        day[["opgenomen", "aangeboden"]].sum()
        day.groupby("wachtrij", observed=True)[["opgenomen", "aangeboden"]].sum()
        waiting.groupby("wachtrij", observed=True).size()
        day.groupby("slot")[["opgenomen", "aangeboden"]].sum()

    def _pandas_normal_day(self) -> None:
        frame = self.frame
        days = [LAST_DAY - 7 * weeks for weeks in range(1, 13)]
        past = frame[frame["day"].isin(days)]
        past = past.assign(
            opgenomen=past["outcome"] == 1,
            aangeboden=past["outcome"].isin([1, 2, 3]),
            half_uur=past["slot"] // 2,
        )
        sums = past.groupby(["day", "half_uur"])[["opgenomen", "aangeboden"]].sum()
        so_far = sums.groupby(level="day").cumsum()
        shares = (so_far["opgenomen"] / so_far["aangeboden"]).unstack("day")
        shares.quantile([0.1, 0.9], axis=1)

    def _pandas_month(self) -> None:
        tickets = self.tickets
        asked = tickets[(tickets["received_at"] >= MONTH_BEGINS) & (tickets["received_at"] < NOW)]
        known, simple = asked["handler"] != 0, asked["complexity"] == 1
        settled = asked["handler"].isin([1, 2]) & asked["closed_at"].notna()
        (simple & known & settled).sum(), (simple & known).sum(), (known & ~simple).sum()
        due = tickets[(tickets["due_at"] >= MONTH_BEGINS) & (tickets["due_at"] < NOW)]
        (due["closed_at"] <= due["due_at"]).sum(), len(due)

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
