"""Makes values of the rows of reports, and rows of values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from data import reports
from data.store import Store
from metrics.published.canonical import digest, read
from metrics.published.edition import Erratum, Note, Rendered, State, Step
from metrics.published.entry import Entry
from metrics.published.wording import ReportRefused


def entries(store: Store, connection: Connection, key: str | None) -> tuple[Entry, ...]:
    """Return all versions, of a period or of all, in order; refuse what cannot be read."""
    try:
        return _entries(store, connection, key)
    except (ValueError, msgspec.DecodeError) as error:
        raise ReportRefused(
            f"een stap of erratum van de rapportages is niet te lezen ({error}); "
            "zet een reservekopie terug"
        ) from None


def _entries(store: Store, connection: Connection, key: str | None) -> tuple[Entry, ...]:
    steps, notes = defaultdict[Any, list[Step]](list), defaultdict[Any, list[Note]](list)
    for row in reports.steps(store, connection, key):
        steps[row.period, row.version].append(_step(row))
    for row in reports.notes(store, connection, key):
        notes[row.period, row.version].append(_note(row))
    found = [
        Entry(
            key=row.period,
            number=row.version,
            made_at=_instant(row.made_at),
            sha256=row.sha256,
            steps=tuple(steps[row.period, row.version]),
            notes=_standing(notes[row.period, row.version]),
            erratum=read(bytes(row.erratum), Erratum) if row.erratum else None,
        )
        for row in reports.versions(store, connection, key)
    ]
    return tuple(_replaced(one, found) for one in found)


def step_row(place: int, step: Step) -> dict[str, Any]:
    """Write a step as a row."""
    return {
        "number": place,
        "state": step.state.value,
        "person": step.person,
        "role": step.role,
        "at": int(step.at.timestamp()),
        "content": step.content,
        "seal": step.seal,
    }


def note_row(place: int, note: Note) -> dict[str, Any]:
    """Write a note as a row."""
    at = int(note.at.timestamp())
    return {"number": place, "about": note.about, "text": note.text, "role": note.role, "at": at}


def file_row(place: int, file: Rendered) -> dict[str, Any]:
    """Write a file as a row, with its hashes."""
    return {
        "number": place,
        "name": file.name,
        "media_type": file.media_type,
        "sha256": digest(file.content),
        "compared": compared(file),
        "content": file.content,
    }


def compared(file: Rendered) -> str:
    """Return the hash of what must be equal when a file is drawn again."""
    return digest(file.content if file.compared is None else file.compared)


def _replaced(entry: Entry, all_: Sequence[Entry]) -> Entry:
    """Lead to the last version that was established later: the one between is no longer valid."""
    later = (
        one.number
        for one in all_
        if one.key == entry.key and one.number > entry.number and one.frozen
    )
    return msgspec.structs.replace(entry, replaced_by=max(later, default=None))


def _standing(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Of several notes about one thing the last counts; an empty one withdraws it."""
    last = {note.about: note for note in notes}
    return tuple(note for _, note in sorted(last.items()) if note.text)


def _step(row: Any) -> Step:
    return Step(
        state=State(row.state),
        person=row.person,
        role=row.role,
        at=_instant(row.at),
        content=row.content,
        seal=row.seal,
    )


def _note(row: Any) -> Note:
    return Note(about=row.about, text=row.text, role=row.role, at=_instant(row.at))


def _instant(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
