"""A proxy that can swallow: connections stay up, and nothing comes through."""

import selectors
import socket
import threading


class SwallowingProxy:
    """Passes bytes between a free local port and a target until `swallow` is set."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.swallow = threading.Event()
        self._end = threading.Event()
        self._open: list[socket.socket] = [self._listener]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        """Ends all connections."""
        self._end.set()
        self._thread.join()
        for one in self._open:
            one.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._end.is_set():
                for key, _ in selector.select(0.05):
                    if key.fileobj is self._listener:
                        self._admit(selector)
                    else:
                        self._pass_on(selector, key)

    def _admit(self, selector: selectors.BaseSelector) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(self._target)
        self._open += [client, server]
        selector.register(client, selectors.EVENT_READ, server)
        selector.register(server, selectors.EVENT_READ, client)

    def _pass_on(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        source, sink = key.fileobj, key.data
        assert isinstance(source, socket.socket)
        try:
            body = source.recv(65_536)
            if self.swallow.is_set() and body:
                return
            sink.sendall(body)
        except OSError:
            body = b""
        if not body:
            for one in (source, sink):
                if one.fileno() >= 0 and one in {k.fileobj for k in selector.get_map().values()}:
                    selector.unregister(one)
                one.close()
