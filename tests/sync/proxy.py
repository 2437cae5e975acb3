"""A TCP proxy that loses things: the network as a site knows it."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from enum import Enum, auto

_PIECE = 65_536
_TRICKLE_BYTES = 48
_TRICKLE_S = 0.0005
_DELAY_S = 0.03
# libpq says goodbye so; nobody waits for an answer.
_GOODBYE = b"X\x00\x00\x00\x04"


class Fault(Enum):
    """What happens to one request, or from it on to its connection."""

    CUT = auto()
    """The connection breaks before the request is sent."""
    CUT_HALFWAY = auto()
    """The connection breaks within the request."""
    CUT_ANSWER = auto()
    """The server has done what was asked, and the connection breaks before it can say so."""
    CUT_ANSWER_HALFWAY = auto()
    """The connection breaks within the answer."""
    DROP = auto()
    """The first half of the request vanishes; the rest arrives."""
    SWALLOW = auto()
    """From here on nothing comes through, and nobody is told."""
    DEAF = auto()
    """Half open: from here on the server hears, and its answers vanish."""
    MUTE = auto()
    """Half open: from here on the server is not heard, but what it says arrives."""
    DELAY = auto()
    """The answer comes late."""
    TRICKLE = auto()
    """From here on answers come a few bytes at a time."""


_SILENT = (Fault.SWALLOW, Fault.DEAF, Fault.MUTE)
_LOST_REQUESTS = (Fault.SWALLOW, Fault.MUTE)
_LOST_ANSWERS = (Fault.SWALLOW, Fault.DEAF)


class _Line:
    """One connection through the proxy."""

    def __init__(self, desk: socket.socket, server: socket.socket) -> None:
        self.desk = desk
        self.server = server
        self.fault: Fault | None = None
        self.asking = False

    def end(self) -> None:
        _shut(self.desk)
        _shut(self.server)


class Proxy:
    """Passes bytes between a desk (or a server process) and PostgreSQL, until told otherwise.

    `swallow`: takes everything and says nothing more. `cut_answer_to`: once a request holds these
    bytes, the connection is cut instead of answered (one time). `strike`: a fault at the n-th
    request from now on, counted over all connections, signing in included.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.swallow = False
        self.cut_answer_to: bytes | None = None
        self.cuts = 0
        self.struck: bytes | None = None
        """The request that the last fault fell on."""
        self._strike: tuple[int, Fault] | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._lines: list[_Line] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def strike(self, number: int, fault: Fault) -> None:
        """Arms a fault for the n-th request from now on, the first being 1."""
        with self._lock:
            self._strike = (number, fault)
            self.struck = None

    def calm(self) -> bytes | None:
        """Disarms; the request that the fault fell on, None if it was never reached."""
        with self._lock:
            self._strike = None
            return self.struck

    def cut_all(self) -> None:
        """Cuts every connection there is."""
        for line in list(self._lines):
            line.end()

    def close(self) -> None:
        """Ends all connections and the proxy."""
        self._closing.set()
        _shut(self._listening)
        self._listening.close()
        self.cut_all()
        for thread in self._threads:
            thread.join(5)
        for line in self._lines:
            line.desk.close()
            line.server.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                desk, _ = self._listening.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                # Nobody listens behind it: who connects is sent away.
                desk.close()
                continue
            line = _Line(desk, server)
            self._lines.append(line)
            for work in (self._pass_requests, self._pass_answers):
                thread = threading.Thread(target=work, args=(line,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pass_requests(self, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while body := line.desk.recv(_PIECE):
                fresh = self._heed(line, body)
                if self.swallow or line.fault in _LOST_REQUESTS:
                    continue
                if line.fault is Fault.CUT:
                    break
                if line.fault is Fault.CUT_HALFWAY:
                    line.server.sendall(body[: len(body) // 2])
                    break
                if line.fault is Fault.DROP and fresh:
                    body = body[len(body) // 2 :]
                line.server.sendall(body)
        self._leave(line)

    def _heed(self, line: _Line, body: bytes) -> bool:
        """Whether a new request begins; a fault that was armed for it holds from now on."""
        if line.asking or body == _GOODBYE:
            return False
        line.asking = True
        with self._lock:
            if self.cut_answer_to is not None and self.cut_answer_to in body:
                self.cut_answer_to = None
                line.fault = Fault.CUT_ANSWER
            if self._strike is not None:
                left, fault = self._strike
                self._strike = (left - 1, fault) if left > 1 else None
                if left == 1:
                    line.fault, self.struck = fault, body
        return True

    def _pass_answers(self, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while body := line.server.recv(_PIECE):
                line.asking = False
                if self.swallow or line.fault in _LOST_ANSWERS:
                    continue
                if line.fault is Fault.CUT_ANSWER:
                    self.cuts += 1
                    break
                if line.fault is Fault.CUT_ANSWER_HALFWAY:
                    line.desk.sendall(body[: len(body) // 2])
                    break
                self._answer(line, body)
        self._leave(line)

    def _answer(self, line: _Line, body: bytes) -> None:
        if line.fault is Fault.DELAY:
            line.fault = None
            self._closing.wait(_DELAY_S)
        if line.fault is not Fault.TRICKLE:
            line.desk.sendall(body)
            return
        for start in range(0, len(body), _TRICKLE_BYTES):
            self._closing.wait(_TRICKLE_S)
            line.desk.sendall(body[start : start + _TRICKLE_BYTES])

    def _leave(self, line: _Line) -> None:
        # On a line that swallows, the end of one side is not heard on the other either.
        if line.fault not in _SILENT:
            line.end()


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
