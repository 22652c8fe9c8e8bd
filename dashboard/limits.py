"""When figures count as old, and when a screen gives up on a silent server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Durations are in seconds."""

    age_attention: float = 30.0
    age_stale: float = 120.0
    age_gone: float = 900.0
    silence: float = 25.0  # no word from the server: the browser opens the stream again
    watchdog: float = 180.0  # still no word: the browser loads the page again
