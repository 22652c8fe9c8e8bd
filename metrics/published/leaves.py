"""Each single value of a snapshot with its place, so that one that was tampered with has a name.

They are looked for in what was written, not in the types of a program that may be a later one.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*place, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, (*place, _known_by(one, number)))
    else:
        yield place, value


def at(value: object, place: Place) -> object:
    """Return what stands at a place; None when nothing does."""
    for word in place:
        if isinstance(value, list):
            value = {_known_by(one, number): one for number, one in enumerate(value)}
        value = value.get(word) if isinstance(value, dict) else None
    return value


def seals(content: object) -> bytes:
    """Return a few bytes of the hash of each value at its place, in order."""
    return b"".join(_seal(place, value) for place, value in leaves(content))


def broken(content: object, sealed: bytes) -> list[tuple[Place, object]]:
    """Return the values that are not the ones that were sealed, as far as each has its seal."""
    marks = [sealed[start : start + SEAL] for start in range(0, len(sealed), SEAL)]
    pairs = zip(leaves(content), marks, strict=False)
    return [leaf for leaf, mark in pairs if _seal(*leaf) != mark]


def fits(content: object, sealed: bytes) -> bool:
    """Tell whether there are as many values as seals."""
    return sum(1 for _ in leaves(content)) * SEAL == len(sealed)


def said(place: Place) -> str:
    """Name a place for a reader: cijfer bereikbaarheid: waarde."""
    *where, last = (WORDS.get(word, word) for word in place)
    if not where:
        return last
    section = SECTIONS.get(place[0], place[0])
    return f"{' '.join((section, *where[1:]))}: {last}"


def _known_by(value: object, number: int) -> str:
    if not isinstance(value, dict):
        return str(number)
    known = next((str(value[name]) for name in KEYS if name in value), str(number))
    return f"{known} {value['axis']}" if "axis" in value else known


def _seal(place: Place, value: object) -> bytes:
    return bytes.fromhex(digest(written((place, value)))[: 2 * SEAL])
