"""The health of the service in one JSON answer, for a monitor and for the wall's own watchdog."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dashboard.board import Board, SourceState
from dashboard.freshness import age_of
from metrics.periods import local_text


def health(board: Board, now: datetime, version: str) -> tuple[dict[str, Any], int]:
    """Return the state and its HTTP status: 503 when the store does not answer."""
    try:
        board.revision()
        sources = board.sources()
    except Exception as error:  # any failure of the store is the answer
        down = {"status": "storing", "opslag": "niet bereikbaar", "reden": type(error).__name__}
        return {**down, "versie": version}, 503
    return {
        "status": "ok",
        "opslag": "bereikbaar",
        "versie": version,
        "nu": local_text(now),
        "bronnen": [_source(source, now) for source in sources],
    }, 200


def _source(source: SourceState, now: datetime) -> dict[str, Any]:
    return {
        "naam": source.naam,
        "soort": source.soort,
        "demonstratie": source.demo,
        "gelezen": local_text(source.checked_at),
        "leeftijd_s": age_of(source, now),
        "laatste_gegevens": local_text(source.newest),
        "fout": source.error or None,
    }
