"""The one way in which pages read and write: never on the window's thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any, Final, TypeVar
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from app.core.errors import GantryError
from app.services.changes import Changes
from app.ui.kit.desk import Desk, Reader
from app.ui.kit.garbage import WindowGarbage

T = TypeVar("T")
logger = logging.getLogger(__name__)

READERS: Final = 3
PATIENCE_S: Final = 0.3
LOOK_MS: Final = 100
GATHER_MS: Final = 15


@dataclass(slots=True)
class _Ask:
    """One read or write. Kept by the window's thread: what it refers to must die there."""

    work: Callable[[], Any]
    on_result: Callable[[Any], None] | None
    on_error: Callable[[GantryError], None] | None
    owner: ReferenceType[QObject] | None
    slot: tuple[int, str] | None
    began: float
    is_write: bool
    future: Future[None] | None = None

    def has_listener(self) -> bool:
        """False once the owner, or the object of a bound method, is gone."""
        if self.owner is not None:
            found = self.owner()
            if found is None or not isValid(found):
                return False
        return self.on_result is None or is_alive(self.on_result)


def is_alive(callback: Callable[..., object]) -> bool:
    """False for a bound method of a widget that Qt has deleted."""
    bound = getattr(callback, "__self__", None)
    return not isinstance(bound, QObject) or isValid(bound)


class Runner(QObject):
    """One writer thread, a few reader threads; answers come back on the window's thread.

    `changed(Changes)` after any edit, gathered for some milliseconds; `written(stored)` after each
    edit; `busy(bool)` when something lasts over 300 ms; `refused(GantryError)` and
    `broken(Exception)` for what no caller handles.
    """

    changed = Signal(object)
    busy = Signal(bool)
    refused = Signal(object)
    broken = Signal(object)
    written = Signal(bool)
    _answered = Signal(int, object, object)
    _told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="gantry-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="gantry-reader")
        self._garbage = WindowGarbage(self)
        self._asks: dict[int, _Ask] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._tickets = count(1)
        self._held: list[int] | None = None
        self._is_busy = False
        self._closed = False
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._gather, Qt.ConnectionType.QueuedConnection)
        self._gathered = Changes()
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHER_MS)
        self._gathering.timeout.connect(self._tell_changes)
        # A worker's last frames may hold what it was given; it must not be last to let go.
        self._leaving: list[tuple[_Ask, object, Exception | None]] = []
        desk.subscribe(self._hear)

    def submit(
        self,
        command: object,
        on_done: Callable[[Changes], None] | None = None,
        on_refused: Callable[[GantryError], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Runs a command on the writer thread, in order. No call back once `owner` is deleted."""
        ask = _Ask(
            lambda: self._desk.execute(command),
            on_done,
            on_refused,
            _weak(owner),
            None,
            monotonic(),
            True,
        )
        self._start(ask, self._writer)

    def query(
        self,
        owner: QObject,
        function: Callable[[Reader], T],
        on_result: Callable[[T], None],
        *,
        key: str,
        on_error: Callable[[GantryError], None] | None = None,
    ) -> None:
        """Reads on a reader thread. Of one owner and key only the newest is delivered."""

        def work() -> T:
            with self._desk.read() as reader:
                return function(reader)

        slot = (id(owner), key)
        self._drop(slot)
        self._start(
            _Ask(work, on_result, on_error, _weak(owner), slot, monotonic(), False), self._readers
        )

    def work(
        self,
        owner: QObject,
        function: Callable[[], T],
        on_result: Callable[[T], None],
        *,
        key: str,
        on_error: Callable[[GantryError], None] | None = None,
    ) -> None:
        """Like `query`, for work that needs no session: parsing a file, drawing a page."""
        slot = (id(owner), key)
        self._drop(slot)
        self._start(
            _Ask(function, on_result, on_error, _weak(owner), slot, monotonic(), False),
            self._readers,
        )

    def cancel(self, owner: QObject | None = None, key: str | None = None) -> None:
        """Forgets reads of an owner (all owners when none). Writes are never dropped. Silent."""
        for slot in list(self._newest):
            mine = owner is None or slot[0] == id(owner)
            if mine and (key is None or slot[1] == key):
                self._drop(slot)

    def hold(self) -> None:
        """Keeps reads waiting until `release`: what is computed meanwhile takes from the window."""
        if self._held is None:
            self._held = []

    def release(self) -> None:
        """Begins the reads that were kept waiting."""
        held, self._held = self._held or [], None
        for ticket in held:
            ask = self._asks.get(ticket)
            if ask is not None and not self._closed:
                ask.future = self._readers.submit(self._run, ticket)

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._asks

    def writes_under_way(self) -> int:
        """Edits not yet safely stored."""
        return sum(ask.is_write for ask in self._asks.values())

    def shutdown(self) -> None:
        """Finishes writes, drops reads, ends all threads. Nothing is delivered afterwards."""
        if self._closed:
            return
        self._closed = True
        self.cancel()
        self._clock.stop()
        self._gathering.stop()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._asks.clear()
        self._leaving.clear()
        self._garbage.stop()

    def _start(self, ask: _Ask, pool: ThreadPoolExecutor) -> None:
        if self._closed:
            return
        ticket = next(self._tickets)
        self._asks[ticket] = ask
        if ask.slot is not None:
            self._newest[ask.slot] = ticket
        if not self._clock.isActive():
            self._clock.start()
        if self._held is not None and not ask.is_write:
            self._held.append(ticket)
        else:
            ask.future = pool.submit(self._run, ticket)

    def _run(self, ticket: int) -> None:
        answer, error = self._attempt(ticket)
        if not self._closed:
            self._answered.emit(ticket, answer, error)

    def _attempt(self, ticket: int) -> tuple[object, Exception | None]:
        ask = self._asks.get(ticket)
        if ask is None:
            return None, None
        try:
            return ask.work(), None
        except Exception as error:  # noqa: BLE001 - carried to the window's thread, told there
            return None, error

    @Slot(int, object, object)
    def _deliver(self, ticket: int, answer: object, error: Exception | None) -> None:
        ask = self._asks.pop(ticket, None)
        if ask is None or self._closed:
            return
        self._leaving = [
            left for left in self._leaving if left[0].future and not left[0].future.done()
        ]
        self._leaving.append((ask, answer, error))
        if ask.is_write and isinstance(answer, Changes):
            self._gather(answer)
        if ask.slot is not None:
            if self._newest.get(ask.slot) != ticket:
                return
            del self._newest[ask.slot]
        if not self._asks:
            self._look()
        if error is not None:
            self._tell_error(ask, error)
        elif ask.on_result is not None and ask.has_listener():
            ask.on_result(answer)
        if ask.is_write:
            self.written.emit(error is None)

    def _tell_error(self, ask: _Ask, error: Exception) -> None:
        if not isinstance(error, GantryError):
            logger.error("work for the window failed", exc_info=error)
            self.broken.emit(error)
        elif ask.on_error is not None and ask.has_listener():
            ask.on_error(error)
        elif ask.is_write or ask.has_listener():
            self.refused.emit(error)

    def _drop(self, slot: tuple[int, str]) -> None:
        ticket = self._newest.pop(slot, None)
        ask = self._asks.get(ticket) if ticket is not None else None
        if ask is not None and (ask.future is None or ask.future.cancel()):
            self._asks.pop(ticket or 0, None)

    def _hear(self, changes: Changes) -> None:
        if not self._closed and isValid(self):
            self._told.emit(changes)

    @Slot(object)
    def _gather(self, changes: Changes) -> None:
        if self._closed:
            return
        self._gathered |= changes
        if not self._gathering.isActive():
            self._gathering.start()

    @Slot()
    def _tell_changes(self) -> None:
        changes, self._gathered = self._gathered, Changes()
        if changes:
            self.changed.emit(changes)

    @Slot()
    def _look(self) -> None:
        if not self._asks:
            self._clock.stop()
        since = monotonic() - PATIENCE_S
        wanted = set(self._newest.values())
        slow = any(
            ask.began < since and (ask.is_write or ticket in wanted)
            for ticket, ask in self._asks.items()
        )
        if slow != self._is_busy:
            self._is_busy = slow
            self.busy.emit(slow)


def _weak(owner: QObject | None) -> ReferenceType[QObject] | None:
    return None if owner is None else ref(owner)
