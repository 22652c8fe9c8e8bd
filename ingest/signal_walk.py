"""Walks through the reports of Signalen in the order of their last change.

Signalen ignores a parameter that it does not know, and then answers with everything: so each page
must prove that it was asked for. A report that changes meanwhile moves to the end, so the walk
goes on from the last change it saw and turns a page only where many changed in one instant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.follow_up import Answers, follow_up
from ingest.json_item import Item
from ingest.json_rows import batch
from ingest.options import DAY_S
from ingest.signal_report import EPOCH, MICROSECOND, PATH, SECOND, Reports, micros, trimmed
from ingest.source import Batch, Cursor, RowRejected, SourceChanged, Sweep, copied
from ingest.web import Web

OVERLAP = 60 * SECOND
"""A change shows when its transaction ends: maybe after one that is dated later."""
MOST_KNOWN = 1000
LARGEST_PAGE = 500


class Row(NamedTuple):
    """A report of a page: its number and its last change, where these can be read."""

    content: Any
    key: str
    changed: int | None
    is_parent: bool


@dataclass(frozen=True)
class Changes:
    """How the reports are walked through; `round_s` is after how many seconds all are seen."""

    reports: Reports
    page_size: int = LARGEST_PAGE
    round_s: float = DAY_S

    def batches(self, web: Web, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield what changed; raise BudgetSpent when the next run has to go on."""
        at = copied({**self._begin(cursor, now), **cursor})
        answers = Answers(web, at["half"], {})
        yield from self._reports(answers, at, now)
        while at["meer"]:
            yield self._page(web, at)
            yield from self._reports(answers, at, now)
        seen = at["begon"] if at["vol"] else at["geveegd"]
        yield Batch(
            cursor={"tot": at["tot"], "bekend": at["bekend"], "geveegd": seen}, complete=True
        )

    def _begin(self, cursor: Cursor, now: int) -> dict[str, Any]:
        """Return where a walk begins; the first one and one a day see all."""
        full = now - cursor.get("geveegd", 0) >= self.round_s
        since = 0 if full else max(0, cursor.get("tot", 0) - OVERLAP)
        place = {"vol": full, "begon": now, "van": since, "pagina": 1, "eerste": True, "meer": True}
        return {"tot": 0, "bekend": {}, "geveegd": 0, "rest": [], "half": {}, **place}

    def _page(self, web: Web, at: dict[str, Any]) -> Batch:
        rows, more = _asked(web, at["van"], at["pagina"], self.page_size)
        fresh = [row for row in rows if _is_fresh(row, at)]
        part = Sweep.part(at["eerste"], not more) if at["vol"] else None
        at.update(_after(rows, fresh, at), meer=more, eerste=False)
        at["rest"] = [trimmed(row.content) for row in fresh if not row.is_parent]
        return Batch(
            cursor=copied(at),
            sweep=part,
            seen=[row.key for row in rows if row.key and not row.is_parent] if at["vol"] else (),
            gone=[row.key for row in fresh if row.is_parent],
        )

    def _reports(self, answers: Answers, at: dict[str, Any], now: int) -> Iterator[Batch]:
        parse = partial(self.reports.parsed, answers)
        for found, read, rest in follow_up(at["rest"], answers, parse):
            at["rest"] = rest
            yield batch(found, copied(at), now, read)


def _asked(web: Web, since: int, page: int, size: int) -> tuple[list[Row], bool]:
    """Ask for a page; raise SourceChanged unless its reports are those that were asked for."""
    asked: dict[str, str | int] = {"ordering": "updated_at", "page_size": size, "page": page}
    if since:
        asked["updated_after"] = (EPOCH + since * MICROSECOND).isoformat()
    answer = web.get(PATH, asked, (HTTPStatus.NOT_FOUND,) if page > 1 else ())
    if answer.status == HTTPStatus.NOT_FOUND:
        return [], False
    body = answer.body if isinstance(answer.body, Mapping) else {}
    if not isinstance(body.get("results"), list) or not isinstance(body.get("_links"), Mapping):
        raise SourceChanged(f"{PATH}: geen pagina met `results` en `_links`; klopt het adres?")
    rows = [_row(content) for content in body["results"]]
    _prove([row.changed for row in rows if row.changed is not None], since)
    return rows, Item(body).raw("_links.next.href") is not None


def _prove(changed: Sequence[int], since: int) -> None:
    if any(at < since for at in changed):
        raise SourceChanged(f"{PATH}: de bron negeert `updated_after`; er is niets gelezen")
    if any(later < sooner for sooner, later in pairwise(changed)):
        raise SourceChanged(f"{PATH}: de bron negeert `ordering`; er is niets gelezen")


def _row(content: object) -> Row:
    item = Item(content if isinstance(content, Mapping) else {})
    key = item.raw("id")
    try:
        changed = micros(item, "updated_at")
    except RowRejected:
        changed = None
    known = isinstance(key, str | int)
    return Row(content, str(key) if known else "", changed, item.raw("has_children") is True)


def _is_fresh(row: Row, at: Mapping[str, Any]) -> bool:
    """Tell whether a report changed since it was last read."""
    if row.changed is None:
        return True
    return row.changed > int(at["tot"]) - OVERLAP and at["bekend"].get(row.key) != row.changed


def _after(rows: Sequence[Row], fresh: Sequence[Row], at: Mapping[str, Any]) -> dict[str, Any]:
    """Return where the walk is after a page, and which late changes it knows."""
    last = max((row.changed for row in rows if row.changed is not None), default=at["van"])
    until = max(last, at["tot"])
    known = {**at["bekend"], **{row.key: row.changed for row in fresh if row.changed is not None}}
    late = sorted(known.items(), key=lambda one: one[1])[-MOST_KNOWN:]
    place = {"van": last, "pagina": 1} if last > at["van"] else {"pagina": at["pagina"] + 1}
    return {**place, "tot": until, "bekend": {k: at for k, at in late if at > until - OVERLAP}}
