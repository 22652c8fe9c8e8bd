"""Long answers in parts: how many at once (aantal), after how many (na), and where the next is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from metrics.command import whole_number

Item = TypeVar("Item")
MOST = 50_000
"""Items in one answer; a year of quarter-hours fits."""
HINT = f"geef een heel getal, hoogstens {MOST}"


@dataclass(frozen=True)
class Stretch(Generic[Item]):
    """The part of a long answer that is asked for, and how long the whole is."""

    items: Sequence[Item]
    number: int


def asked() -> tuple[int, int]:
    """Return after how many items the part begins, and how many it has at most."""
    given = request.args
    after = whole_number("na", given.get("na", "0"), 0, MOST, HINT)
    return after, whole_number("aantal", given.get("aantal", str(MOST)), 1, MOST, HINT)


def paged(items: Sequence[Item]) -> tuple[Sequence[Item], dict[str, str]]:
    """Return the part that the address asks for, with a header that links to the next."""
    after, size = asked()
    return linked(Stretch(items[after : after + size], len(items)))


def linked(found: Stretch[Item]) -> tuple[Sequence[Item], dict[str, str]]:
    """Return a part that was read by itself, with the same headers."""
    after, size = asked()
    headers = {"X-Totaal": str(found.number)}
    if after + size < found.number:
        headers["Link"] = f'<{_address(after + size)}>; rel="next"'
    return found.items, headers


def _address(after: int) -> str:
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "na"]
    return f"{request.path}?{urlencode([*rest, ('na', str(after))])}"
