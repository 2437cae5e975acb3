"""The thread wakes up for what is saved, for what the server says, and to end."""

import contextlib
import socket
import threading

from app.sync.link_thread import LinkThread


class Turns:
    """Counts turns; the first ones fail."""

    def __init__(self, failures: int = 0) -> None:
        self.ears, self.mouth = socket.socketpair()
        self.ears.setblocking(False)
        self.turned = threading.Semaphore(0)
        self.failures = failures
        self.closed = False

    def turn(self) -> float:
        try:
            if self.failures:
                self.failures -= 1
                raise ZeroDivisionError
            with contextlib.suppress(BlockingIOError):
                self.ears.recv(100)
        finally:
            self.turned.release()
        return 3600.0

    def descriptor(self) -> int | None:
        return self.ears.fileno()

    def close_link(self) -> None:
        self.closed = True
        self.ears.close()
        self.mouth.close()


def _wait(turns: Turns) -> None:
    assert turns.turned.acquire(timeout=30)


def test_it_wakes_up() -> None:
    turns = Turns()
    told = threading.Semaphore(0)
    thread = LinkThread(turns, told.release)
    thread.start()
    _wait(turns)
    thread.wake()
    _wait(turns)
    turns.mouth.send(b"x")
    _wait(turns)
    thread.stop()
    assert turns.closed
    assert told.acquire(timeout=30)


def test_a_failing_turn_does_not_end_it() -> None:
    turns = Turns(failures=2)
    thread = LinkThread(turns, lambda: None)
    thread.start()
    for _ in range(3):
        _wait(turns)
        thread.wake()
    thread.stop()
    assert turns.failures == 0
    thread.wake()
