"""Who may write to the cache: an edit goes before a rebase, which gives way a bounded number of
times."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 5
"""How often one rebase gives way before it holds on to its end."""

_STARVED_S: Final = 2.0
_BY_S: Final = 0.05
_QUIET_S: Final = 0.15
_QUIET_TRIES: Final = 20


class GaveWay(Exception):
    """An edit waits: the rebase rolls back and starts again."""


class WriteGate:
    """One writer at a time."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._busy = False
        self._edits_waiting = 0

    @contextmanager
    def edit(self) -> Iterator[None]:
        """The right to write, for a person's edit."""
        with self._condition:
            self._edits_waiting += 1
            while self._busy:
                self._condition.wait()
            self._edits_waiting -= 1
            self._busy = True
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def rebase(self) -> Iterator[None]:
        """The right to write, for the link: after the edits that wait, if they ever end."""
        with self._condition:
            self._condition.wait_for(lambda: not self._edits_waiting, timeout=_STARVED_S)
            while self._busy:
                self._condition.wait()
            self._busy = True
        try:
            yield
        finally:
            self._leave()

    def give_way(self) -> None:
        """GaveWay if an edit waits."""
        if self._edits_waiting:
            raise GaveWay

    def let_edits_by(self) -> bool:
        """For work beside the cache: waits while an edit is at work. False if it never ended."""
        with self._condition:
            return self._condition.wait_for(
                lambda: not self._busy and not self._edits_waiting, _BY_S
            )

    def wait_for_quiet(self) -> None:
        """Waits for a pause in the edits, but not for ever."""
        with self._condition:
            for _ in range(_QUIET_TRIES):
                if not self._condition.wait(_QUIET_S) and not self._edits_waiting:
                    return

    def _leave(self) -> None:
        with self._condition:
            self._busy = False
            self._condition.notify_all()
