"""A TCP proxy that loses things: the network as a site knows it."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Proxy:
    """Passes bytes between a desk and the server, until told otherwise.

    `swallow`: takes everything and says nothing more. `cut_answer_to`: once a request holds these
    bytes, the connection is cut instead of answered (one time).
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.swallow = False
        self.cut_answer_to: bytes | None = None
        self.cuts = 0
        self._closing = False
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def cut_all(self) -> None:
        """Cuts every connection there is."""
        for opened in list(self._sockets):
            _shut(opened)

    def close(self) -> None:
        """Ends all connections and the proxy."""
        self._closing = True
        _shut(self._listening)
        self._listening.close()
        self.cut_all()
        for thread in self._threads:
            thread.join(5)
        for opened in self._sockets:
            opened.close()

    def _accept(self) -> None:
        while not self._closing:
            try:
                desk, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [desk, server]
            doomed = threading.Event()
            for source, target, asks in ((desk, server, True), (server, desk, False)):
                thread = threading.Thread(
                    target=self._pass, args=(source, target, asks, doomed), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _pass(
        self, source: socket.socket, target: socket.socket, asks: bool, doomed: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while body := source.recv(65536):
                if self.swallow:
                    continue
                if asks and self.cut_answer_to is not None and self.cut_answer_to in body:
                    self.cut_answer_to = None
                    doomed.set()
                if not asks and doomed.is_set():
                    self.cuts += 1
                    break
                target.sendall(body)
        _shut(source)
        _shut(target)


def _shut(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxy(port: int) -> Iterator[Proxy]:
    """A proxy for one test."""
    opened = Proxy(port)
    try:
        yield opened
    finally:
        opened.close()
