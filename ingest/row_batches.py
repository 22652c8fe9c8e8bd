"""Turns the rows of one answer into a batch that still lacks its cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.json_rows import Parse, batch, parsed
from ingest.source import Batch, SourceChanged


def rows_of(body: object, place: str) -> list[Any]:
    """Return the rows of an answer; no answer is none. Raises SourceChanged for anything else."""
    if body is None:
        return []
    if isinstance(body, list):
        return body
    raise SourceChanged(f"{place}: geen lijst maar {type(body).__name__}; klopt `adres`?")


def batch_of(rows: Sequence[Any], place: str, id_field: str, parse: Parse, now: int) -> Batch:
    """Parse rows; `seen` names those that count, so that a sweep drops what no longer does."""
    found = parsed(rows, place, id_field, parse)
    counted = [ticket.key for ticket in found.tickets] + [row.key for row in found.rejected]
    return batch(found, {}, now, len(rows), seen=counted)
