"""Each single value of a snapshot with its place, so that one that was tampered with has a name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import fields

from metrics.published.canonical import digest, written

Place = tuple[str, ...]
KEYS = ("key", "month", "name", "naam", "feed", "year")
"""By which field a value among others is known; one that has none of them by its number."""
SEAL = 4
"""Bytes per value: enough to find the one that changed; that none did is for the whole hash."""
SECTIONS = {
    "definitions": "definitie",
    "figures": "cijfer",
    "goals": "doel",
    "parts": "verdeling",
    "years": "jaren",
    "sources": "bron",
    "gaps": "dagen",
    "rejected": "apart gezet",
}
WORDS = {
    "value": "waarde",
    "text": "tekst",
    "cases": "aantal",
    "met": "oordeel",
    "reason": "reden",
    "lower": "ondergrens",
    "upper": "bovengrens",
    "low": "ondergrens",
    "high": "bovengrens",
    "mean": "gemiddelde",
    "points": "maand",
    "rows": "deel",
    "past": "jaar",
    "so_far": "jaar tot nu",
}


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield each value that is not made of others, in order."""
    if isinstance(value, Struct):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), (*place, field.name))
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from leaves(one, (*place, _known_by(one, number)))
    else:
        yield place, value


def at(value: object, place: Place) -> object:
    """Return what stands at a place; None when nothing does."""
    for word in place:
        if isinstance(value, tuple):
            named = {_known_by(one, number): one for number, one in enumerate(value)}
            value = named.get(word)
        else:
            value = getattr(value, word, None)
    return value


def seals(snapshot: Struct) -> bytes:
    """Return a few bytes of the hash of each value at its place, in order."""
    return b"".join(_seal(place, value) for place, value in leaves(snapshot))


def broken(snapshot: Struct, sealed: bytes) -> list[tuple[Place, object]]:
    """Return the values that are not the ones that were sealed, as far as each has its seal."""
    found = list(leaves(snapshot))
    marks = [sealed[at : at + SEAL] for at in range(0, len(sealed), SEAL)]
    return [leaf for leaf, mark in zip(found, marks, strict=False) if _seal(*leaf) != mark]


def fits(snapshot: Struct, sealed: bytes) -> bool:
    """Tell whether there are as many values as seals."""
    return sum(1 for _ in leaves(snapshot)) * SEAL == len(sealed)


def said(place: Place) -> str:
    """Name a place for a reader: cijfer bereikbaarheid: waarde."""
    *where, last = (WORDS.get(word, word) for word in place)
    if not where:
        return last
    section = SECTIONS.get(place[0], place[0])
    return f"{' '.join((section, *where[1:]))}: {last}"


def _known_by(value: object, number: int) -> str:
    known = next((str(getattr(value, name)) for name in KEYS if hasattr(value, name)), str(number))
    return f"{known} {value.axis}" if hasattr(value, "axis") else known


def _seal(place: Place, value: object) -> bytes:
    return bytes.fromhex(digest(written((place, value)))[: 2 * SEAL])
