"""The limits that the wall judges by: one table, for whoever composes the dashboard to change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Durations are in seconds."""

    longest_attention: float = 180.0
    longest_action: float = 300.0
    waiting_per_employee: float = 2.0
    cases_for_verdict: int = 20
    age_attention: float = 30.0
    age_stale: float = 120.0
    age_gone: float = 900.0
    silence: float = 25.0  # no word from the server: the browser opens the stream again
    watchdog: float = 180.0  # still no word: the browser loads the page again
