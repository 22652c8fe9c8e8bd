"""A process that does to reports what it is told, a line at a time, and says how that went."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from data.store import Store, open_engine
from metrics.published.edition import State
from metrics.published.reports import Reports
from metrics.published.spans import span_of
from metrics.published.wording import ReportRefused
from tests.report_cast import SNAPSHOT
from tests.report_town import empty_board, reports_of

LONG_S = 600


def do(reports: Reports, what: str, key: str, who: str) -> str:
    """Do one thing at the time of the clock."""
    now = datetime.now(UTC)
    if what == "make":
        return "new" if reports.make(span_of(key), now).new else "there"
    if what == "hang":
        with reports.shelf.turn(key) as turn:
            turn.add_version(SNAPSHOT)
            say("written")
            time.sleep(LONG_S)
    return reports.step(key, State[what], (who, "chef"), now).state.value


def say(word: str) -> None:
    """Tell the test."""
    print(word, flush=True)  # noqa: T201


def main(url: str, organisation: str) -> None:
    """Do what is asked, until nothing more is."""
    reports = reports_of(empty_board(Store(open_engine(url), int(organisation))))
    say("ready")
    for line in sys.stdin:
        try:
            say(do(reports, *line.split()))
        except ReportRefused as refused:
            say(f"refused: {refused}")


if __name__ == "__main__":
    main(*sys.argv[1:])
