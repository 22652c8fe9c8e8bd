"""What people do with reports: make, check, establish, explain, correct; whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from metrics.board import Board
from metrics.published.checking import Finding, drawn_by, of_drawn, of_kept, of_snapshot, of_steps
from metrics.published.comparing import changes, effect, turned
from metrics.published.comparing import same as says_the_same
from metrics.published.edition import Change, Edition, Erratum, Note, Rendered, Renderer, State
from metrics.published.entry import Entry, Kept
from metrics.published.shelf import Shelf
from metrics.published.signing import check_clock, sign
from metrics.published.snapshot import Code, Header, Snapshot, Span
from metrics.published.spans import span_of
from metrics.published.taking import take
from metrics.published.wording import ReportRefused, about_of, name_of, text_of


class Reason(Struct, frozen=True, kw_only=True):
    """Why a version is corrected: what was wrong, its cause, who was told, and who says so."""

    what: str
    cause: str
    informed: str
    role: str


class Made(Struct, frozen=True, kw_only=True):
    """A version, whether it is new, and what is different now from what it says."""

    entry: Entry
    new: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Reports:
    """The reports of one municipality; `draw` makes the files that are kept of a version."""

    board: Board
    code: Code
    header: Header
    draw: Renderer

    @property
    def shelf(self) -> Shelf:
        """Where they are kept."""
        return Shelf(self.board.store)

    def entries(self, key: str | None = None) -> tuple[Entry, ...]:
        """Return all versions, of a period or of all periods."""
        return self.shelf.entries(key)

    def entry(self, key: str, number: int | None = None) -> Entry:
        """Return a version, or the last one."""
        return self._seen(key, number)[1]

    def edition(self, entry: Entry) -> Edition:
        """Return a version as it is drawn."""
        return self.shelf.edition(entry)

    def snapshot(self, entry: Entry) -> bytes:
        """Return what was frozen, to the byte: the hash of a version is that of these."""
        return self.shelf.contents(entry.key, entry.number).snapshot

    def corrections(self) -> tuple[Entry, ...]:
        """Return the register: every version that was established to correct another."""
        return tuple(entry for entry in self.entries() if entry.erratum and entry.frozen)

    def files(self, entry: Entry) -> tuple[Rendered, ...]:
        """Return the files of a version: as they were established, or as they are drawn now."""
        edition = self.edition(entry)
        kept = self.shelf.contents(entry.key, entry.number).files
        return tuple(file.rendered for file in kept) or self.draw(edition)

    def now(self, key: str, now: datetime) -> Snapshot:
        """Return what the store says of a period now."""
        return self._take(span_of(key), now)

    def check(self, entry: Entry, now: datetime) -> tuple[Finding, ...]:
        """Return all that is not as it was frozen, signed and drawn."""
        contents = self.shelf.contents(entry.key, entry.number)
        frozen = tuple(of_snapshot(entry, contents, lambda: self.now(entry.key, now)))
        drawn = () if frozen else self._drawn(entry, contents.files)
        return (*frozen, *of_steps(entry), *of_kept(contents.files), *drawn)

    def _drawn(self, entry: Entry, kept: Sequence[Kept]) -> tuple[Finding, ...]:
        """Draw the files again; of a concept none were kept."""
        if not (entry.frozen or kept):
            return ()
        edition = self.edition(entry)
        return tuple(of_drawn(kept, self.draw(edition), drawn_by(edition.snapshot.code, self.code)))

    def make(self, span: Span, now: datetime) -> Made:
        """Freeze a period as a concept; one that stands stays, and is compared with now."""
        snapshot = self._take(span, now)
        with self.shelf.turn(span.key) as turn:
            new = not turn.entries
            if new:
                turn.add_version(snapshot)
        entry = self.entry(span.key)
        told = () if new else changes(self.edition(entry).snapshot, snapshot)
        return Made(entry=entry, new=new, changes=told)

    def renew(self, key: str, now: datetime) -> Made:
        """Freeze a concept anew, as a next version; one that says the same stays."""
        seen, last = self._seen(key)
        if last.frozen:
            raise ReportRefused(
                f"{key} versie {last.number} is vastgesteld en verandert niet meer; "
                "een nieuwe versie is een correctie (--corrigeer)"
            )
        check_clock(last, now)
        old, new = self.edition(last).snapshot, self._take(span_of(key), now)
        if says_the_same(old, new):
            return Made(entry=last, new=False)
        erratum = last.erratum and self._compared(last.erratum, new)
        with self.shelf.turn(key, seen) as turn:
            turn.add_version(new, erratum, last.notes)
        return Made(entry=self.entry(key), new=True, changes=changes(old, new))

    def correct(self, key: str, reason: Reason, now: datetime) -> Made:
        """Freeze a period again because what was established is wrong, and say what and why.

        A correction that is not established yet is said anew.
        """
        seen, last = self._seen(key)
        if not (last.frozen or last.erratum):
            raise ReportRefused(
                f"{key} versie {last.number} is nog niet vastgesteld; "
                "een concept wordt opnieuw gemaakt (--maak --opnieuw)"
            )
        check_clock(last, now)
        new = self._take(span_of(key), now)
        erratum = self._compared(_erratum(last, reason, now), new)
        with self.shelf.turn(key, seen) as turn:
            turn.add_version(new, erratum, last.notes)
        return Made(entry=self.entry(key), new=True, changes=erratum.changes)

    def step(self, key: str, state: State, who: tuple[str, str], now: datetime) -> Entry:
        """Take the last version to a state; once it is established its files are kept."""
        seen, last = self._seen(key)
        edition = self.edition(last)
        step = sign(last, state, who, now)
        files: Sequence[Rendered] = ()
        if state is State.VASTGESTELD:
            files = self.draw(replace(last, steps=(*last.steps, step)).edition(edition.snapshot))
        with self.shelf.turn(key, seen) as turn:
            turn.add_step(last.number, len(last.steps) + 1, step)
            turn.add_files(last.number, files)
        return self.entry(key)

    def note(self, key: str, about: str, text: str, role: str, now: datetime) -> Entry:
        """Keep what a person wrote about a target or under a heading; no text withdraws it."""
        seen, last = self._seen(key)
        if last.frozen:
            raise ReportRefused(
                f"{key} versie {last.number} is vastgesteld; haar toelichtingen staan vast. "
                "Ze veranderen alleen met een correctie (--corrigeer)"
            )
        check_clock(last, now)
        goals = [goal.key for goal in self.edition(last).snapshot.goals]
        note = Note(
            about=about_of(about, goals),
            text=text_of(text, "toelichting"),
            role=name_of(role, "rol"),
            at=now.astimezone(UTC).replace(microsecond=0),
        )
        with self.shelf.turn(key, seen) as turn:
            turn.add_note(last.number, note)
        return self.entry(key)

    def _take(self, span: Span, now: datetime) -> Snapshot:
        return take(self.board, span, now, self.code, self.header)

    def _seen(self, key: str, number: int | None = None) -> tuple[tuple[Entry, ...], Entry]:
        """Return all versions of a period, with the one that is asked for, or the last."""
        seen = self.entries(key)
        if not seen:
            raise ReportRefused(f"van {key} is nog geen rapportage; maak haar met --maak")
        wanted = seen[-1].number if number is None else number
        found = [entry for entry in seen if entry.number == wanted]
        if not found:
            raise ReportRefused(
                f"{key} heeft geen versie {number}; de laatste is {seen[-1].number}"
            )
        return seen, found[0]

    def _compared(self, erratum: Erratum, new: Snapshot) -> Erratum:
        """Say in an erratum what the new version changes of the one it replaces."""
        replaced = self.entry(new.span.key, erratum.replaces)
        found = changes(self.edition(replaced).snapshot, new)
        return replace(
            erratum, changes=found, effect=effect(found), substantial=bool(turned(found))
        )


def _erratum(last: Entry, reason: Reason, now: datetime) -> Erratum:
    in_preparation = None if last.frozen else last.erratum
    return Erratum(
        replaces=in_preparation.replaces if in_preparation else last.number,
        at=now.astimezone(UTC).replace(microsecond=0),
        what=text_of(reason.what, "wat", needed=True),
        cause=text_of(reason.cause, "oorzaak", needed=True),
        informed=text_of(reason.informed, "geinformeerd"),
        role=name_of(reason.role, "rol"),
        changes=(),
        effect="",
        substantial=False,
    )
