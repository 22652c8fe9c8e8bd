"""Tells a button on a page of our own from one on somebody else's.

There is no login here and no cookie, so a token would prove nothing. A browser does say which site
a request comes from, and a page of another cannot make it say otherwise.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.datastructures import Headers


def from_here(headers: Headers, host: str) -> bool:
    """Whether a browser says that the request comes from a page of this server.

    Browsers leave out Sec-Fetch-Site on an address without TLS; Origin is then all there is.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(headers.get("Origin", "")).netloc == host != ""
