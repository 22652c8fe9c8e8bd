"""What a kind of source says of itself: the text of docs/bronnen.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class About:
    """One kind of source, in English; `example` is a block of bronnen.toml that works.

    `rights` is the least that must be granted at the other side, `cadence` how often it is read and
    why, `lag` how late something may still change, `traps` what is known to go wrong. `without` are
    the keys of figures that rest on what it feeds, but that it cannot tell.
    """

    title: str
    reads: str
    feeds: str
    rights: str
    cadence: str
    lag: str
    traps: tuple[str, ...]
    example: str
    without: tuple[str, ...] = ()
