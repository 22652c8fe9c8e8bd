"""Looks every hour whether the concept of last month's report is due; a user of APScheduler."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from metrics.published.due import concept
from metrics.published.reports import Reports

log = logging.getLogger(__name__)
HOURS, FIRST, GRACE_S = 1, timedelta(minutes=1), 3600


def look_hourly(
    reports: Reports, workday: int, clock: Callable[[], datetime]
) -> BackgroundScheduler:
    """Start to look; a machine that was off on the day makes up for it when it is on again."""

    def look() -> None:
        made = concept(reports, workday, clock())
        if made:
            log.warning("het concept van de rapportage over %s is gemaakt", made.key)

    scheduler = BackgroundScheduler(timezone="UTC")
    settings = {"max_instances": 1, "coalesce": True, "misfire_grace_time": GRACE_S}
    first = clock() + FIRST
    scheduler.add_job(look, "interval", hours=HOURS, next_run_time=first, **settings)
    scheduler.start()
    return scheduler
