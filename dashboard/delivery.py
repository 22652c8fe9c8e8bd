"""Scripts, styles and fonts as they travel: compressed once, kept, and never asked for again."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, Response, request

FOREVER = "public, max-age=31536000, immutable"
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
WORTHWHILE = 1000  # bytes; below this a packet is a packet
PLACES = ("/assets/", "/_dash-component-suites/")
ROOM = 32_000_000
"""Bytes; more than all files take. Dash gives a file under any fingerprint that one invents."""


@dataclass(frozen=True)
class Kept:
    """A file as it was sent the first time."""

    body: bytes
    headers: Mapping[str, str]

    def answer(self) -> Response:
        """Send it again, or say that the browser has it."""
        response = Response(self.body, headers=dict(self.headers))
        response.make_conditional(request)
        return response


@dataclass
class Shelf:
    """The files by their path, as many as there is room for; the oldest go first."""

    _kept: dict[str, Kept] = field(default_factory=dict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, path: str) -> Kept | None:
        """Return the file that was sent under a path before."""
        return self._kept.get(path)

    def put(self, path: str, kept: Kept) -> None:
        """Keep a file."""
        with self._lock:
            self._drop(path)
            self._kept[path] = kept
            self._size += len(kept.body)
            while self._size > ROOM:
                self._drop(next(iter(self._kept)))

    def _drop(self, path: str) -> None:
        old = self._kept.pop(path, None)
        self._size -= 0 if old is None else len(old.body)


def tagged(response: Response) -> Response:
    """The same bytes have the same tag: who has them is not sent them again."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def deliver(server: Flask) -> None:
    """Compress and date every file that a page is made of; figures go as they are."""
    shelf = Shelf()

    @server.before_request
    def from_shelf() -> Response | None:
        kept = shelf.get(request.path)
        return kept.answer() if kept is not None and _takes_gzip() else None

    @server.after_request
    def pack(response: Response) -> Response:
        if response.status_code != 200 or not any(place in request.path for place in PLACES):
            return response
        if _compressible(response):
            response.headers["Vary"] = "Accept-Encoding"
            if _takes_gzip():
                shelf.put(request.path, _compress(response))
        if _named_by_content(response):
            response.headers["Cache-Control"] = FOREVER
        return response


def _compress(response: Response) -> Kept:
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return Kept(response.get_data(), dict(response.headers))


def _takes_gzip() -> bool:
    return bool(request.accept_encodings.quality("gzip"))


def _named_by_content(response: Response) -> bool:
    """Whether the address changes when the file does: Dash knows its own, ours say ?m= or ?v=."""
    return bool(response.cache_control.max_age or {"m", "v"} & set(request.args))


def _compressible(response: Response) -> bool:
    length = response.content_length or 0
    new = "Content-Encoding" not in response.headers
    return new and length >= WORTHWHILE and str(response.mimetype).startswith(COMPRESSIBLE)
