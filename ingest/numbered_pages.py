"""Walks through a list that is cut into numbered pages and may change meanwhile.

What is added moves rows to later pages: they come twice, which does no harm. What is taken out
moves rows to earlier pages, where they would be missed: the count shows it, and the walk goes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from math import ceil
from typing import Any, NamedTuple

from ingest.source import SourceChanged, SourceDown
from ingest.web import Params, Web

MOST_RETURNS = 20


class Page(NamedTuple):
    """One page of {count, next, results}; `total` is of the whole list."""

    number: int
    total: int
    rows: list[Any]
    last: bool


def pages(
    web: Web, path: str, params: Params, number: int = 1, count: int | None = None
) -> Iterator[Page]:
    """Yield the pages from `number` on; `count` is that of the page before, if there was one.

    Raises SourceDown when the list keeps shrinking, SourceChanged when it is no such list.
    """
    returns = 0
    while True:
        page = _page(web, path, params, number)
        if page is not None and not (back := _missed(page, count)):
            yield page
            if page.last:
                return
            number, count = number + 1, page.total
            continue
        number, count = (number - 1, None) if page is None else (max(1, number - back), page.total)
        returns += 1
        if returns > MOST_RETURNS:
            raise SourceDown(f"{path}: de lijst verandert te snel om door te bladeren")


def _missed(page: Page, count: int | None) -> int:
    """Return over how many pages before this one rows may have moved that nobody has seen."""
    gone = 0 if count is None or page.number == 1 else max(0, count - page.total)
    return ceil(gone / max(1, len(page.rows)))


def _page(web: Web, path: str, params: Params, number: int) -> Page | None:
    """Return a page; None when it is past the end, which the first page never is."""
    past = (HTTPStatus.NOT_FOUND,) if number > 1 else ()
    answer = web.get(path, {**params, "page": number}, past)
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    body = answer.body if isinstance(answer.body, Mapping) else {}
    count, rows = body.get("count"), body.get("results")
    if not isinstance(count, int) or not isinstance(rows, list):
        raise SourceChanged(f"{path}: geen pagina met `count` en `results`; klopt het adres?")
    return Page(number, count, rows, not body.get("next"))
