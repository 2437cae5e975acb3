"""A line between a process and PostgreSQL that can be cut."""

import contextlib
import socket
import threading


class Line:
    """Passes bytes to PostgreSQL while it is open. Cut, it ends every connection and takes no new
    one; silent, it takes everything and says nothing."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._is_cut = False
        self._is_silent = False
        self._guard = threading.Lock()
        self._sockets: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Ends all connections; new ones are ended at once."""
        self._is_cut = True
        with self._guard:
            doomed = list(self._sockets)
        for one in doomed:
            _shut(one)

    def fall_silent(self) -> None:
        """Swallows what is sent from now on."""
        self._is_silent = True

    def mend(self) -> None:
        """Works again; what was swallowed stays lost, and the connections with it."""
        was_silent, self._is_silent = self._is_silent, False
        if was_silent:
            self.cut()
        self._is_cut = False

    def close(self) -> None:
        """Ends the line."""
        self.cut()
        _shut(self._listening)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            ends = {near, far}
            with self._guard:
                self._sockets |= ends
            if self._is_cut:
                _shut(near)
                _shut(far)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while body := source.recv(65536):
                if not self._is_silent:
                    sink.sendall(body)
        _shut(sink)
        _shut(source)
        with self._guard:
            self._sockets.discard(source)
        source.close()


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
