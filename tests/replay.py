"""A real web server on loopback that answers as a test tells it, and remembers what was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """One answer; `body` is JSON unless it is bytes. `cut` breaks the connection half-way."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0
    cut: bool = False


Answers = Callable[[Asked], Said]


@dataclass
class Replay:
    """The running server: where it is and what it was asked."""

    base: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def replay(answers: Answers) -> Iterator[Replay]:
    """Serve on a free port of loopback for as long as the block lasts."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for the other side

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers))
            running.asked.append(asked)
            said = answers(asked)
            stop.wait(said.after)
            content = said.body if isinstance(said.body, bytes) else _written(said.body)
            dated = "Date" in said.headers
            (self.send_response_only if dated else self.send_response)(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if said.cut:
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
                self.connection.close()
                return
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Replay(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _written(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()
