"""The one thread of a desk: sleeps until something is due, saved, or said by the server."""

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

logger = logging.getLogger(__name__)

_LONGEST_SLEEP_S: Final = 60.0
_AFTER_BUG_S: Final = 1.0


class Turning(Protocol):
    """What the thread drives."""

    def turn(self) -> float:
        """Does what is due; seconds until there is more."""

    def descriptor(self) -> int | None:
        """What else to wake up for."""

    def close_link(self) -> None:
        """Ends the connection."""


class LinkThread:
    """Runs a link until it is stopped. `after_turn` is called on the thread."""

    def __init__(self, link: Turning, after_turn: Callable[[], None]) -> None:
        self._link = link
        self._after_turn = after_turn
        self._ears, self._mouth = socket.socketpair()
        self._ears.setblocking(False)
        self._mouth.setblocking(False)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="gantry-link", daemon=True)

    def start(self) -> None:
        """Starts."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do. From any thread; never waits."""
        # A full pipe wakes it all the same; a closed one has nobody to wake.
        with suppress(OSError):
            self._mouth.send(b"!")

    def stop(self) -> None:
        """Stops after the turn under way, which a deadline ends."""
        self._stopping = True
        self.wake()
        self._thread.join()
        self._ears.close()
        self._mouth.close()

    def _run(self) -> None:
        try:
            while not self._stopping:
                pause = self._turn()
                if not self._stopping:
                    self._sleep(pause)
        finally:
            self._link.close_link()
            self._after_turn()

    def _turn(self) -> float:
        try:
            pause = self._link.turn()
            self._after_turn()
        except Exception:
            logger.exception("the link failed")
            return _AFTER_BUG_S
        return pause

    def _sleep(self, seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._ears, selectors.EVENT_READ)
            spoken = self._link.descriptor()
            if spoken is not None:
                selector.register(spoken, selectors.EVENT_READ)
            selector.select(min(seconds, _LONGEST_SLEEP_S))
        with suppress(BlockingIOError):
            while self._ears.recv(4096):
                pass
