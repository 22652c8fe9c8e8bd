"""Spoils an answer of a service: replaces a thing somewhere inside by junk, or leaves it out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

from ingest.source import Batch

JUNK = st.sampled_from(
    [None, True, -1, 2.5, "", "x", "2026-13-45", "9999-12-31", [], [None], {}, {"x": []}]
)


def spoil(body: Any, place: int, junk: Any) -> Any:
    """Return a body of which the so manieth thing is no longer as agreed."""
    body = json.loads(json.dumps(body))
    places = _places(body, junk)
    if places:
        places[place % len(places)]()
    return body


def assert_sound(batches: Iterable[Batch]) -> None:
    """Whatever was spoilt, a cursor is JSON and a moment is a whole number or nothing."""
    for batch in batches:
        assert json.loads(json.dumps(batch.cursor)) == batch.cursor
        for ticket in batch.tickets:
            moments = [ticket.received_at, ticket.due_at, ticket.closed_at]
            assert all(moment is None or type(moment) is int for moment in moments)


def _places(node: Any, junk: Any) -> list[Callable[[], object]]:
    """Return what could be done to everything inside."""
    found: list[Callable[[], object]] = []
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        found.append(lambda key=key: node.__setitem__(key, junk))
        if isinstance(node, dict):
            found.append(lambda key=key: node.pop(key))
        if isinstance(value, dict | list):
            found += _places(value, junk)
    return found
