"""A version of a report as it is kept: without its contents, and these as bytes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from metrics.published.edition import Edition, Erratum, Note, Rendered, State, Step
from metrics.published.snapshot import Snapshot
from metrics.published.states import ORDER, content_of, effective, is_frozen, reached


class Entry(Struct, frozen=True, kw_only=True):
    """A version without its contents; `replaced_by` is the last one established after it."""

    key: str
    number: int
    made_at: datetime
    sha256: str
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    erratum: Erratum | None
    replaced_by: int | None = None

    @property
    def state(self) -> State:
        """How far it has come."""
        return reached(self.steps)

    @property
    def frozen(self) -> bool:
        """Whether it was established."""
        return is_frozen(self.steps)

    @property
    def content(self) -> str:
        """The hash of what is signed."""
        return content_of(self.sha256, self.notes, self.erratum)

    def edition(self, snapshot: Snapshot) -> Edition:
        """Put it together as it is drawn: without what came after it was established."""
        last = ORDER.index(State.VASTGESTELD)
        steps = tuple(one for one in effective(self.steps) if ORDER.index(one.state) <= last)
        return Edition(
            version=self.number,
            sha256=self.sha256,
            content=self.content,
            snapshot=snapshot,
            steps=steps,
            notes=self.notes,
            erratum=self.erratum,
        )


class Kept(Struct, frozen=True, kw_only=True):
    """A file as it was kept, with the hashes that were kept beside it."""

    name: str
    media_type: str
    content: bytes
    sha256: str
    compared: str

    @property
    def rendered(self) -> Rendered:
        """The file itself."""
        return Rendered(name=self.name, media_type=self.media_type, content=self.content)


class Contents(Struct, frozen=True, kw_only=True):
    """What a version holds, as bytes."""

    snapshot: bytes
    seals: bytes
    files: tuple[Kept, ...]
