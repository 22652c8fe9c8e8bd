"""Serve on this machine: gunicorn, one process with threads, that stops within seconds."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from dashboard.app import App

THREADS = 256  # each open screen holds one
GRACE = 2  # seconds that a request gets to finish when the server stops
UNHEARD_MS = 30_000
"""After so long without a sign that what was sent arrived, a screen is gone: its thread is free."""


class CannotListen(RuntimeError):
    """The address cannot be used; the message says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else starts, so that a clash is said in one line."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _let_go_of_the_dead(listener)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        raise CannotListen(_refusal(host, port, error)) from error
    return listener


def _let_go_of_the_dead(listener: socket.socket) -> None:
    """A cut cable closes nothing: else the system tries again for a quarter of an hour.

    Every connection inherits it; a stream speaks each ten seconds, so something is always sent.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Poort {port} op {host} is al in gebruik. "
            f"Stop het andere programma of kies een andere poort: --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Poort {port} mag niet zonder beheerrechten. Kies er een boven 1023: --port 8050"
    return f"Kan niet luisteren op {host}, poort {port}: {error}. Kijk of het adres klopt."


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class StoppingWorker(ThreadWorker):
    """A worker that ends its open streams and goes as soon as it is told to stop.

    gunicorn's own way out lingers two seconds on each connection that a screen keeps open.
    Requests under way still finish: the interpreter waits for the threads of the pool.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on SIGTERM as on SIGINT."""
        self.handle_quit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Let the streams end, then leave."""
        self.app.stop()
        super().handle_quit(sig, frame)


class Server(BaseApplication):
    """gunicorn around one App, which is built in the worker, after the fork."""

    def __init__(self, build: Callable[[], App], listener: socket.socket) -> None:
        self._build, self._listener = build, listener
        self._app: App | None = None
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self._listener.fileno()}",
            "worker_class": StoppingWorker,
            "workers": 1,
            "threads": THREADS,
            "worker_connections": 2 * THREADS,
            "graceful_timeout": GRACE,
            "timeout": 60,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        self._app = self._build()
        self._app.watcher.start()
        return self._app.server

    def stop(self) -> None:
        """End the watcher and the streams."""
        if self._app is not None:
            self._app.watcher.stop()
