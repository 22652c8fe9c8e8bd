"""When the concept of a month must be there, and sees to it that it is."""

from __future__ import annotations

import logging
from datetime import datetime

from data.store_errors import StoreTrouble, store_trouble
from data.workdays import Workdays
from metrics.periods import local_day, month_before
from metrics.published.entry import Entry
from metrics.published.reports import Reports
from metrics.published.spans import span_of

log = logging.getLogger(__name__)


def due(now: datetime, workday: int, workdays: Workdays) -> str | None:
    """Return the month of which the concept must be there by now: none before its working day."""
    today = local_day(now)
    last_of_before = today.replace(day=1).toordinal() - 1
    if not workday or today.toordinal() < workdays.after(last_of_before, workday):
        return None
    return f"{month_before(today):%Y-%m}"


def concept(reports: Reports, workday: int, now: datetime) -> Entry | None:
    """Make the concept that is due, unless it is there or nothing is known of its month."""
    key = due(now, workday, reports.board.workdays)
    try:
        if key is None or reports.entries(key) or not _knows(reports, key, now):
            return None
        made = reports.make(span_of(key), now)
    except StoreTrouble as error:
        log.warning("het concept van %s is nog niet gemaakt: %s", key, store_trouble(error))
        return None
    return made.entry if made.new else None


def _knows(reports: Reports, key: str, now: datetime) -> bool:
    return any(goal.point.value is not None for goal in reports.now(key, now).goals)
