"""Headers that keep the pages to themselves: nothing loads from, or leaks to, another host."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request


def policy(script_hashes: Sequence[str]) -> str:
    """Write the content security policy; the hashes are of Dash's own inline scripts."""
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *script_hashes],
        "style-src": ["'self'", "'unsafe-inline'"],  # Dash sets style attributes
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def secure(server: Flask, script_hashes: Sequence[str]) -> None:
    """Send the headers with every response."""
    headers = {
        "Content-Security-Policy": policy(sorted(set(script_hashes))),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        if response.mimetype == "text/html":
            # the figures of a wall may not come back from a drawer, not even for a moment
            wall = request.path.startswith("/wand/")
            response.headers["Cache-Control"] = "no-store" if wall else "no-cache"
        return response
