"""Checks a version of a report: is it still what was frozen, signed and drawn; if not, what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

import msgspec
from msgspec import Struct

from metrics.periods import local_text
from metrics.published.arithmetic import expected
from metrics.published.canonical import digest, read, written
from metrics.published.edition import Rendered, State
from metrics.published.entry import Contents, Entry, Kept
from metrics.published.leaves import at, broken, fits, said
from metrics.published.rows import compared
from metrics.published.signing import sealed
from metrics.published.snapshot import Code, Snapshot

TEXTS = ("text/", "application/json")
SHOWN = 80
NOT_KEPT = "elk bestand is bewaard toen de rapportage werd vastgesteld"
BY_SUMS = "volgt uit de waarden ernaast"
AGAIN = "opnieuw gemaakt"
BY_STORE = "berekend uit de opslag van nu"


class Moment(Struct, frozen=True):
    """When a snapshot was made, whatever program reads it."""

    made_at: datetime


class Finding(Struct, frozen=True, kw_only=True):
    """Something that is not as it was: where, what stands there, what should, and by which rule."""

    where: str
    stored: str
    computed: str
    rule: str


def of_snapshot(
    entry: Entry, contents: Contents, ask_now: Callable[[], Snapshot]
) -> Iterator[Finding]:
    """Compare a snapshot with its hash; name each value that is not the one that was frozen.

    What it should be follows from the other values, or else from what the store says now.
    """
    found = digest(contents.snapshot)
    if found == entry.sha256:
        yield from _of_moment(entry, contents)
        return
    yield Finding(
        where="momentopname", stored=found, computed=entry.sha256, rule="SHA-256 van het geheel"
    )
    try:
        content = msgspec.json.decode(contents.snapshot)
    except msgspec.DecodeError as error:
        yield Finding(
            where="momentopname", stored=str(error), computed="leesbare JSON", rule="vorm"
        )
        return
    if not fits(content, contents.seals):
        yield Finding(
            where="momentopname",
            stored="een ander aantal waarden",
            computed="een waarde per zegel",
            rule="zegels",
        )
    yield from _values(content, contents.seals, msgspec.json.decode(written(ask_now())))


def _of_moment(entry: Entry, contents: Contents) -> Iterator[Finding]:
    """Compare the time beside a snapshot that is whole with the one in it."""
    made = read(contents.snapshot, Moment).made_at.replace(microsecond=0)
    if made != entry.made_at:
        yield Finding(
            where="gemaakt op",
            stored=_shown(local_text(entry.made_at)),
            computed=_shown(local_text(made)),
            rule="staat ook in de momentopname",
        )


def _values(content: object, sealed: bytes, now: object) -> Iterator[Finding]:
    for place, value in broken(content, sealed):
        known = expected(content, place)
        follows = known is not None and known != value
        yield Finding(
            where=said(place),
            stored=_shown(value),
            computed=_shown(known if follows else at(now, place)),
            rule=BY_SUMS if follows else BY_STORE,
        )


def of_steps(entry: Entry) -> Iterator[Finding]:
    """Compare each step with its seal, and what was established with what is there."""
    before = ""
    for step in entry.steps:
        seal = sealed(entry.key, entry.number, before, step)
        if seal != step.seal:
            where = f"stap {step.state.value} door {step.person}"
            yield Finding(where=where, stored=step.seal, computed=seal, rule="zegel van de stap")
        before = step.seal
        established = step.state not in (State.CONCEPT, State.GECONTROLEERD)
        if established and step.content != entry.content:
            yield Finding(
                where=f"inhoud bij stap {step.state.value}",
                stored=entry.content,
                computed=step.content,
                rule="hash van wat is ondertekend: cijfers, toelichtingen, erratum",
            )


def of_kept(kept: Sequence[Kept]) -> Iterator[Finding]:
    """Compare each file that was kept with its hash."""
    for file in kept:
        found = digest(file.content)
        if found != file.sha256:
            yield Finding(
                where=file.name,
                stored=found,
                computed=file.sha256,
                rule="SHA-256 van het bewaarde bestand",
            )


def drawn_by(then: Code, now: Code) -> str:
    """Say that a file is drawn again, and when that is by another program than made the figures."""
    if then == now:
        return AGAIN
    return f"{AGAIN} met een ander programma: toen {_named(then)}, nu {_named(now)}"


def _named(code: Code) -> str:
    return " ".join(filter(None, (code.version, code.commit)))


def of_drawn(
    kept: Sequence[Kept], drawn: Sequence[Rendered], rule: str = AGAIN
) -> Iterator[Finding]:
    """Compare each file with itself as it is drawn again; each that is drawn must be kept."""
    again = {file.name: file for file in drawn}
    names = {file.name for file in kept}
    for name in again:
        if name not in names:
            yield Finding(where=name, stored="", computed="een bestand", rule=NOT_KEPT)
    for file in kept:
        if file.name not in again:
            yield Finding(where=file.name, stored="bewaard", computed="", rule=rule)
        elif compared(again[file.name]) != file.compared:
            yield _difference(file, again[file.name], rule)


def _difference(kept: Kept, again: Rendered, rule: str) -> Finding:
    """Name the first line, or else the first byte, in which two files differ."""
    if kept.media_type.startswith(TEXTS):
        old, new = (one.content.decode("utf-8", "replace").splitlines() for one in (kept, again))
        pairs = enumerate(zip_longest(old, new, fillvalue=""), 1)
        for number, (before, after) in pairs:
            if before != after:
                where = f"{kept.name}, regel {number}"
                return Finding(
                    where=where,
                    stored=before[:SHOWN],
                    computed=after[:SHOWN],
                    rule=rule,
                )
    return Finding(where=kept.name, stored=kept.compared, computed=compared(again), rule=rule)


def _shown(value: object) -> str:
    return "geen waarde" if value is None else str(value)
