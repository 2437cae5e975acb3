"""A desk for tests of the kit: rows in memory, commands that carry what they do."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from app.services.changes import Changes, changes_of


@dataclass(frozen=True)
class Put:
    """Adds words to the desk; `before` runs first, on the writer thread."""

    words: str
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Take:
    """Takes words away again."""

    words: str


@dataclass
class MemoryDesk:
    """What was put, and on which threads it was reached."""

    words: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    listeners: list[Callable[[Changes], None]] = field(default_factory=list)
    fault: Exception | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def execute(self, command: object) -> Changes:
        """Puts or takes; raises `fault` when one is set."""
        self.threads.add(threading.current_thread().name)
        if isinstance(command, Put):
            command.before()
        if self.fault is not None:
            raise self.fault
        with self._lock:
            if isinstance(command, Put):
                self.words.append(command.words)
            elif isinstance(command, Take):
                self.words.remove(command.words)
        return changes_of("word", [uuid4()])

    @contextmanager
    def read(self) -> Iterator[list[str]]:
        """A copy of the words."""
        self.threads.add(threading.current_thread().name)
        with self._lock:
            rows = list(self.words)
        yield rows

    def subscribe(self, callback: Callable[[Changes], None]) -> object:
        """Calls back when `tell` is called."""
        self.listeners.append(callback)
        return None

    def tell(self, table: str, *ids: UUID) -> None:
        """Says from a foreign thread that rows changed."""
        changes = changes_of(table, ids)
        thread = threading.Thread(target=lambda: [one(changes) for one in self.listeners])
        thread.start()
        thread.join()


def anything(*_arguments: Any) -> None:
    """Takes any answer."""
