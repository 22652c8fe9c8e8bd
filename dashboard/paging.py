"""Long answers in parts: how many at once (aantal), after how many (na), and where the next is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from metrics.command import whole_number

Item = TypeVar("Item")
MOST = 50_000
"""Items in one answer; a year of quarter-hours fits."""
HINT = f"geef een heel getal, hoogstens {MOST}"


def paged(items: Sequence[Item]) -> tuple[Sequence[Item], dict[str, str]]:
    """Return the part that the address asks for, with a header that links to the next."""
    asked = request.args
    after = whole_number("na", asked.get("na", "0"), 0, MOST, HINT)
    size = whole_number("aantal", asked.get("aantal", str(MOST)), 1, MOST, HINT)
    headers = {"X-Totaal": str(len(items))}
    if after + size < len(items):
        headers["Link"] = f'<{_address(after + size)}>; rel="next"'
    return items[after : after + size], headers


def _address(after: int) -> str:
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "na"]
    return f"{request.path}?{urlencode([*rest, ('na', str(after))])}"
