"""Serves an application on loopback for as long as a test or a picture needs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server


def begin(app: Flask, port: int = 0) -> BaseWSGIServer:
    server = make_server("127.0.0.1", port, app, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def end(server: BaseWSGIServer) -> None:
    server.shutdown()
    server.server_close()


def address(server: BaseWSGIServer) -> str:
    return f"http://127.0.0.1:{server.port}"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = begin(app)
    yield address(server)
    end(server)
