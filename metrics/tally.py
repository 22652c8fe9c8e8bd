"""Closed days and months, added up once and kept until a day or a definition changes.

Of cuts that are rarely asked together only the months are kept that somebody asked for.
Nobody can see it: a tally of another day version or definition is made anew when it is read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from data.calendar import midnight
from data.schema import day_version, tally
from data.store import Store
from metrics.cells import Cells, joined, merged, parted
from metrics.facts import Cut, Sql
from metrics.periods import next_month
from metrics.plan import Need, Plan, quarter_of

log = logging.getLogger(__name__)
QUARTER, DAY, MONTH = "kwartier", "dag", "maand"
DAYS_PER_READ = 31

_VERSIONS = select(day_version.c.day, day_version.c.version).where(
    day_version.c.organisation == bindparam("organisation"),
    day_version.c.fact == bindparam("fact"),
    day_version.c.day >= bindparam("first"),
    day_version.c.day < bindparam("after"),
)
_KEPT = select(tally.c.begins, tally.c.version, tally.c.content).where(
    tally.c.organisation == bindparam("organisation"),
    tally.c.fact == bindparam("fact"),
    tally.c.rollup == bindparam("rollup"),
    tally.c.grain == bindparam("grain"),
    tally.c.fingerprint == bindparam("fingerprint"),
)
_KEPT_BETWEEN = _KEPT.where(
    tally.c.begins >= bindparam("first"), tally.c.begins < bindparam("after")
)
_KEPT_OF_DAYS = _KEPT.where(tally.c.begins.in_(bindparam("days", expanding=True)))


@dataclass(frozen=True)
class Tallied:
    """A tally that was made now and is to be kept."""

    grain: str
    begins: int
    version: int
    cells: Cells


@dataclass(frozen=True)
class Tally:
    """The tally of one fact under one rollup, as seen by one reading connection."""

    store: Store
    connection: Connection
    plan: Plan
    rollup: tuple[Cut, ...]
    made: list[Tallied]

    def days(self, first: int, after: int) -> dict[int, Cells]:
        """Return the cells of each local day (ordinal) that has rows."""
        versions = self.versions(first, after)
        kept = self._kept(DAY, versions, _KEPT_BETWEEN, first=first, after=after)
        stale = sorted(versions.keys() - kept.keys())
        for start in range(0, len(stale), DAYS_PER_READ):
            kept |= self._made_days(stale[start : start + DAYS_PER_READ], versions)
        return {day: cells for day, cells in kept.items() if cells.keys}

    def months(self, first: int, after: int) -> dict[int, Cells]:
        """Return the cells of each month that has rows, by its first day (ordinal)."""
        per_month = self._per_month(first, after)
        kept = self._kept(MONTH, per_month, _KEPT_BETWEEN, first=first, after=after)
        for begins in sorted(per_month.keys() - kept.keys()):
            kept[begins] = self._made_month(begins, per_month[begins])
        return {begins: cells for begins, cells in kept.items() if cells.keys}

    def _per_month(self, first: int, after: int) -> dict[int, int]:
        """Return the version of each month: all versions of its days together."""
        found: dict[int, int] = {}
        for day, version in self.versions(first, after).items():
            begins = date.fromordinal(day).replace(day=1).toordinal()
            found[begins] = found.get(begins, 0) + version
        return found

    def stale(self, first: int, after: int) -> tuple[list[int], list[int]]:
        """Return which months, and which days after the last whole one, are to be made anew."""
        running = date.fromordinal(after).replace(day=1).toordinal()
        wanted = (MONTH, self._per_month(first, running)), (DAY, self.versions(running, after))
        months, days = (self._stale(*of) for of in wanted)
        return months, days

    def _stale(self, grain: str, versions: Mapping[int, int]) -> list[int]:
        query = _KEPT.with_only_columns(tally.c.begins, tally.c.version)
        rows = self.connection.execute(query, self._own(grain))
        kept = {row.begins: row.version for row in rows}
        return [begins for begins in sorted(versions) if kept.get(begins) != versions[begins]]

    def quarters(self, days: Sequence[int], need: Need) -> dict[int, Cells]:
        """Return the cells of each quarter-hour (epoch // 900) with rows, of some local days."""
        whole = self.quarter_days(days)
        return dict(part for cells in whole for part in parted(cells, need.spreads))

    def quarter_days(self, days: Sequence[int]) -> list[Cells]:
        """Return each day's quarter-hours side by side, each key led by epoch // 900.

        Kept per day that was ever asked: over all days they would be as many as the facts.
        """
        versions = self.versions(min(days), max(days) + 1)
        wanted = {day: versions[day] for day in days if day in versions}
        kept = self._kept(QUARTER, wanted, _KEPT_OF_DAYS, days=sorted(wanted))
        for day in sorted(wanted.keys() - kept.keys()):
            kept[day] = self._made_quarters(day, wanted[day])
        return [kept[day] for day in sorted(kept)]

    def versions(self, first: int, after: int) -> dict[int, int]:
        """Return the version of each local day (ordinal) that a source ever told of."""
        values = {
            "organisation": self.store.organisation,
            "fact": self.plan.fact.name,
            "first": first,
            "after": after,
        }
        return {row.day: row.version for row in self.connection.execute(_VERSIONS, values)}

    def _kept(
        self, grain: str, versions: Mapping[int, int], query: Select[Any], **which: Any
    ) -> dict[int, Cells]:
        return {
            at: Cells.unpacked(content)
            for at, version, content in self.connection.execute(query, self._own(grain) | which)
            if versions.get(at) == version
        }

    def _own(self, grain: str) -> dict[str, Any]:
        return {
            "organisation": self.store.organisation,
            "fact": self.plan.fact.name,
            "rollup": _written(self.rollup),
            "grain": grain,
            "fingerprint": self.plan.fingerprint,
        }

    def _made_days(self, days: list[int], versions: Mapping[int, int]) -> dict[int, Cells]:
        read = self._read(self.plan.fact.day, days[0], days[-1] + 1)
        empty = self.plan.nothing()
        made = {day: read.get(day, empty) for day in days}
        self.made.extend(Tallied(DAY, day, versions[day], made[day]) for day in days)
        return made

    def _made_quarters(self, day: int, version: int) -> Cells:
        read = self._read(quarter_of(self.plan.fact), day, day + 1)
        cells = joined(read) if read else self.plan.nothing()
        self.made.append(Tallied(QUARTER, day, version, cells))
        return cells

    def _read(self, bucket: Sql, first: int, after: int) -> dict[int, Cells]:
        span = (midnight(first), midnight(after))
        return self.read(self.rollup, bucket, span, self.plan.everything)

    def read(
        self, cuts: Sequence[Cut], bucket: Sql | None, span: tuple[int, int], need: Need
    ) -> dict[int, Cells]:
        """Add up the facts of a span, as the plan does."""
        organisation = self.store.organisation
        return self.plan.read(self.connection, organisation, cuts, bucket, span, need)

    def _made_month(self, begins: int, version: int) -> Cells:
        cells = self._month(begins, next_month(date.fromordinal(begins)).toordinal())
        self.made.append(Tallied(MONTH, begins, version, cells))
        return cells

    def _month(self, begins: int, after: int) -> Cells:
        """Add up a month: of its days where these are kept, else at once."""
        if self.rollup not in self.plan.fact.rollups:
            span = (midnight(begins), midnight(after))
            return self.read(self.rollup, None, span, self.plan.everything).get(
                0, self.plan.nothing()
            )
        days = self.days(begins, after)
        return merged([days[day] for day in sorted(days)]) if days else self.plan.nothing()

    def keep(self) -> None:
        """Store what was made; an older version never replaces a newer one."""
        if not self.made:
            return
        rows = [self._row(item) for item in self.made]
        try:
            with self.store.trying() as connection:
                connection.execute(_upsert(self.store.is_sqlite), rows)
        except OperationalError as error:
            log.info("de telling is niet bewaard: %s", error.orig)  # it is made again

    def _row(self, item: Tallied) -> dict[str, Any]:
        return {
            "organisation": self.store.organisation,
            "fact": self.plan.fact.name,
            "rollup": _written(self.rollup),
            "grain": item.grain,
            "begins": item.begins,
            "fingerprint": self.plan.fingerprint,
            "version": item.version,
            "content": item.cells.packed(),
        }


def _written(rollup: Iterable[Cut]) -> str:
    return ",".join(cut.value for cut in rollup)


def _upsert(is_sqlite: bool) -> Any:
    insert = sqlite.insert(tally) if is_sqlite else postgresql.insert(tally)
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=list(tally.primary_key.columns),
        set_={name: new[name] for name in ("fingerprint", "version", "content")},
        where=(new.version >= tally.c.version) | (new.fingerprint != tally.c.fingerprint),
    )
