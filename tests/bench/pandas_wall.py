"""All figures of the wall from pandas with all rows in memory, picked by filters or by order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from data.calendar import midnight
from tests.bench.world import LAST_DAY, NOW

DAY_BEGINS = midnight(LAST_DAY)
MONTH_BEGINS = midnight(date.fromordinal(LAST_DAY).replace(day=1).toordinal())
LONGEST_WAIT_S, LONGEST_SHIFT_S = 4 * 3600, 16 * 3600
PAST_DAYS = [LAST_DAY - 7 * weeks for weeks in range(1, 13)]
REACHED = ["opgenomen", "aangeboden"]


@dataclass(frozen=True)
class PandasWall:
    """The rows are picked by filters over whole columns."""

    calls: pd.DataFrame
    tickets: pd.DataFrame
    staffing: pd.DataFrame

    def wall(self) -> None:
        """Answer what the wall asks: stocks, flows of today, the normal day and the month."""
        self._stocks()
        self._flows()
        self._normal_day()
        self._month()

    def _stocks(self) -> None:
        waiting = self.recent_calls()
        waiting = waiting[waiting["left_at"].isna() | (waiting["left_at"] > NOW)]
        len(waiting), NOW - waiting["arrived_at"].min()
        waiting.groupby("wachtrij", observed=True).size()
        staff = self.staffing
        begun = (staff["begins_at"] > NOW - LONGEST_SHIFT_S) & (staff["begins_at"] <= NOW)
        present = staff[begun & (staff["ends_at"].isna() | (staff["ends_at"] > NOW))]
        present["token"].nunique(), present.loc[present["presence"] == 1, "token"].nunique()

    def _flows(self) -> None:
        day = _with_reached(self.calls_of_today())
        (day["outcome"] == 0).sum()
        day.loc[day["opgenomen"], "wait_s"].mean()
        day[REACHED].sum()
        day.groupby("wachtrij", observed=True)[REACHED].sum()
        day.groupby("slot")[REACHED].sum()

    def _normal_day(self) -> None:
        past = _with_reached(self.calls_of_past_days())
        past = past.assign(half_uur=past["slot"] // 2)
        so_far = past.groupby(["day", "half_uur"])[REACHED].sum().groupby(level="day").cumsum()
        shares = (so_far["opgenomen"] / so_far["aangeboden"]).unstack("day")
        shares.quantile([0.1, 0.9], axis=1)

    def _month(self) -> None:
        asked, due = self.tickets_asked(), self.tickets_due()
        handled, simple = asked["handler"] != 0, asked["complexity"] == 1
        topic = asked["complexity"] != 0
        settled = asked["handler"].isin([1, 2]) & asked["closed_at"].notna()
        (simple & handled & settled).sum(), (simple & handled).sum()
        (~topic | (simple & ~handled)).sum(), (topic & handled).sum(), len(asked)
        (due["closed_at"] <= due["due_at"]).sum(), len(due)

    def recent_calls(self) -> pd.DataFrame:
        """The calls that may still be waiting."""
        arrived = self.calls["arrived_at"]
        return self.calls[(arrived > NOW - LONGEST_WAIT_S) & (arrived <= NOW)]

    def calls_of_today(self) -> pd.DataFrame:
        """The calls of today."""
        arrived = self.calls["arrived_at"]
        return self.calls[(arrived >= DAY_BEGINS) & (arrived < NOW)]

    def calls_of_past_days(self) -> pd.DataFrame:
        """The calls of the last twelve days like this one."""
        return self.calls[self.calls["day"].isin(PAST_DAYS)]

    def tickets_asked(self) -> pd.DataFrame:
        """The questions of this month."""
        received = self.tickets["received_at"]
        return self.tickets[(received >= MONTH_BEGINS) & (received < NOW)]

    def tickets_due(self) -> pd.DataFrame:
        """The questions whose term ended this month."""
        due = self.tickets["due_at"]
        return self.tickets[(due >= MONTH_BEGINS) & (due < NOW)]


class SortedPandasWall(PandasWall):
    """The rows are slices of frames kept in order of time: the most that tuning pandas gives."""

    @cached_property
    def _calls(self) -> pd.DataFrame:
        return self.calls.set_index("arrived_at", drop=False).sort_index()

    @cached_property
    def _asked(self) -> pd.DataFrame:
        return self.tickets.set_index("received_at", drop=False).sort_index()

    @cached_property
    def _due(self) -> pd.DataFrame:
        with_term = self.tickets[self.tickets["due_at"].notna()]
        return with_term.set_index("due_at", drop=False).sort_index()

    def recent_calls(self) -> pd.DataFrame:
        """The calls that may still be waiting."""
        return self._calls.loc[NOW - LONGEST_WAIT_S + 1 : NOW]

    def calls_of_today(self) -> pd.DataFrame:
        """The calls of today."""
        return self._calls.loc[DAY_BEGINS : NOW - 1]

    def calls_of_past_days(self) -> pd.DataFrame:
        """The calls of the last twelve days like this one."""
        days = (self._calls.loc[midnight(day) : midnight(day + 1) - 1] for day in PAST_DAYS)
        return pd.concat(days)

    def tickets_asked(self) -> pd.DataFrame:
        """The questions of this month."""
        return self._asked.loc[MONTH_BEGINS : NOW - 1]

    def tickets_due(self) -> pd.DataFrame:
        """The questions whose term ended this month."""
        return self._due.loc[MONTH_BEGINS : NOW - 1]


def _with_reached(calls: pd.DataFrame) -> pd.DataFrame:
    """Say of each call whether it was offered and answered, within opening hours."""
    in_hours = calls["open"] == 1
    return calls.assign(
        opgenomen=in_hours & (calls["outcome"] == 1),
        aangeboden=in_hours & calls["outcome"].isin([1, 2, 3]),
    )
