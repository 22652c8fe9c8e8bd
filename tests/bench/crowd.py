"""Many screens without browsers: raw connections that read the stream of a wall in one thread."""

from __future__ import annotations

import re
import selectors
import socket
import threading
import time
from types import TracebackType
from urllib.parse import urlsplit

WAITING = re.compile(rb'"wachtenden":\{.*?"children":"(\d+)","className":"getal"')
BUFFER = 1 << 16


class Screen:
    """One connection, what it last showed, and when that came."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self.socket = socket.create_connection((host, port), timeout=30)
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n"
        self.socket.sendall(request.encode())
        self.socket.setblocking(False)
        self.shown = b""
        self.at = 0.0
        self.open = True
        self.told: list[bytes] = []
        self._rest = b""

    def read(self) -> None:
        """Take what has come, and note the number of callers waiting when it is told."""
        try:
            came = self.socket.recv(BUFFER)
        except OSError:
            came = b""
        if not came:
            self.open = False
            return
        *events, self._rest = (self._rest + came).split(b"\n\n")
        for event in events:
            name = event.rpartition(b"event: ")[2].partition(b"\n")[0]
            self.told.append(b"event: " + name)
            if found := WAITING.search(event):
                self.shown, self.at = found.group(1), time.monotonic()


class Crowd:
    """So many screens, for as long as it is entered."""

    def __init__(self, address: str, count: int) -> None:
        parts = urlsplit(address)
        self._where = parts.hostname or "", parts.port or 80, "/stroom/kcc"
        self._count = count
        self._stop = threading.Event()
        self._selector = selectors.DefaultSelector()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.screens: list[Screen] = []

    def __enter__(self) -> Crowd:
        for _ in range(self._count):
            screen = Screen(*self._where)
            self._selector.register(screen.socket, selectors.EVENT_READ, screen)
            self.screens.append(screen)
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        for screen in self.screens:
            screen.socket.close()
        self._selector.close()

    def slowest(self, number: int, patience: float = 10.0) -> float | None:
        """Return when the last screen showed a number; None when one did not within `patience`."""
        expected, until = str(number).encode(), time.monotonic() + patience
        while time.monotonic() < until:
            if all(screen.shown == expected for screen in self.screens):
                return max(screen.at for screen in self.screens)
            time.sleep(0.005)
        return None

    def all_told(self, patience: float) -> bool:
        """Tell whether each screen heard the version and the figures within `patience`."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if all(len(screen.told) >= 2 for screen in self.screens):
                return True
            time.sleep(0.05)
        return False

    def _run(self) -> None:
        while not self._stop.is_set():
            for key, _ in self._selector.select(0.1):
                key.data.read()
                if not key.data.open:
                    self._selector.unregister(key.data.socket)
