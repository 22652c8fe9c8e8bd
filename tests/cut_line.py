"""A cable between screen and server that a test can cut: TCP on loopback, both ways."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Cable:
    """Listens on a port of its own and passes everything on to the server."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._whole = threading.Event()
        self._whole.set()
        self._refusing = False
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Pass nothing on any more, and tell nobody: as a cable does that is pulled out."""
        self._whole.clear()

    def mend(self) -> None:
        """Pass on again; what was under way is lost."""
        self.hang_up()
        self._whole.set()

    def refuse(self) -> None:
        """Answer as a proxy does whose server is away."""
        self._refusing = True
        self.hang_up()

    def allow(self) -> None:
        self._refusing = False

    def close(self) -> None:
        self._listener.close()
        self._whole.set()
        self.hang_up()

    def hang_up(self) -> None:
        """End every connection, as a restarted switch does."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with suppress(OSError):
            if self._refusing:
                near.recv(65536)
                near.sendall(BAD_GATEWAY)
                near.close()
                return
            far = socket.create_connection(self._target)
            self._ends += [near, far]
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()
            self._pass(far, near)

    def _pass(self, giver: socket.socket, taker: socket.socket) -> None:
        with suppress(OSError):
            while sent := giver.recv(65536):
                self._whole.wait()
                taker.sendall(sent)
            taker.shutdown(socket.SHUT_WR)
